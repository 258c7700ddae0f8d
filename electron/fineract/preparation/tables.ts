// The two tables that Tawi asks an institution to keep for it: markers, which make a second posting impossible, and devices, which keep two
// PCs from writing the same receipt numbers (contract 4.2, field rules 1.6). Their names and columns are persisted: add, never rename.

import type { JsonValue } from '../jsonText.ts';

export const MARKER_TABLE = 'tawi_marker';
export const DEVICE_TABLE = 'tawi_device';
export const NUMBERS_GIVEN = 'numbers_given';

export interface Column {
  readonly name: string;
  readonly length: number;
  readonly unique: boolean;
  /** Tables that an older program made lack it, and serve all the same. */
  readonly since?: 'later';
}

export interface Table {
  readonly name: string;
  readonly belongsTo: string;
  readonly manyRows: boolean;
  readonly columns: readonly Column[];
}

function column(name: string, length: number, unique = false): Column {
  return { name, length, unique };
}

export const TABLES = {
  markerTable: {
    name: MARKER_TABLE,
    belongsTo: 'm_savings_account_transaction',
    manyRows: false,
    columns: [
      column('command_id', 50, true),
      column('receipt_number', 50),
      column('recorded_at', 50),
      column('device', 50),
      column('recorded_by', 100),
    ],
  },
  deviceTable: {
    name: DEVICE_TABLE,
    belongsTo: 'm_office',
    manyRows: true,
    columns: [
      column('device_key', 50, true),
      column('device_name', 100),
      column('enrolled_at', 50),
      { ...column(NUMBERS_GIVEN, 100), since: 'later' },
    ],
  },
} as const satisfies Readonly<Record<string, Table>>;

export type TableKey = keyof typeof TABLES;

/** Rights that whoever takes and pays money needs on our tables; head office makes them together with the table. */
export const RIGHTS_WANTED = [MARKER_TABLE, DEVICE_TABLE].flatMap((name) => [`CREATE_${name}`, `READ_${name}`]);
/** Given by preparing as well; whoever lacks it tells no last number, and nothing else. */
export const RIGHTS_GIVEN = [...RIGHTS_WANTED, `UPDATE_${DEVICE_TABLE}`];

export function tableRequest(table: Table): JsonValue {
  return {
    datatableName: table.name,
    apptableName: table.belongsTo,
    multiRow: table.manyRows,
    columns: table.columns.map((each) => ({
      name: each.name,
      type: 'String',
      length: each.length,
      mandatory: each.unique,
      unique: each.unique,
      indexed: each.unique,
    })),
  };
}
