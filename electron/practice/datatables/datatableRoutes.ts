// Datatables: tables that an institution hangs on a noun of head office, such as the marker table of a branch. A column
// may be unique, which is what makes a savings posting exactly-once. Queries are not limited to the caller's offices.
import { type Call, isInScope, reply, requireRead } from '../call.ts';
import { type CommandResult, runCommand } from '../commandLayer.ts';
import { type JsonObject, parseObject } from '../commandBody.ts';
import { dateParts, dateTimeArray, parseDate } from '../dates.ts';
import { integrityIssue, notFound, unsupportedParameters, validationError } from '../errors.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import { type Route, route } from '../router.ts';

interface Column {
  name: string;
  type: string;
  length?: number;
  mandatory: boolean;
  unique: boolean;
  indexed: boolean;
}

interface TableRow {
  name: string;
  apptable: string;
  multi_row: number;
  columns: string;
}

interface ContentRow {
  id: number;
  table_name: string;
  owner_id: number;
  content: string;
  created_at: number;
  updated_at: number;
}

/** What a table may hang on: where the owner lives, its id column in answers, and its office. */
const APPTABLES: Readonly<Record<string, { owner: string; column: string }>> = {
  m_client: {
    owner: 'SELECT office_id, id AS client_id, NULL AS savings_id, NULL AS loan_id FROM client WHERE id = ?',
    column: 'client_id',
  },
  m_group: {
    owner: 'SELECT office_id, NULL AS client_id, NULL AS savings_id, NULL AS loan_id FROM client_group WHERE id = ?',
    column: 'group_id',
  },
  m_office: {
    owner: 'SELECT id AS office_id, NULL AS client_id, NULL AS savings_id, NULL AS loan_id FROM office WHERE id = ?',
    column: 'office_id',
  },
  m_loan: { owner: 'SELECT office_id, client_id, NULL AS savings_id, id AS loan_id FROM loan WHERE id = ?', column: 'loan_id' },
  m_savings_account: {
    owner: 'SELECT office_id, client_id, id AS savings_id, NULL AS loan_id FROM savings_account WHERE id = ?',
    column: 'savings_account_id',
  },
  m_savings_account_transaction: {
    owner:
      'SELECT t.office_id, a.client_id, a.id AS savings_id, NULL AS loan_id FROM savings_transaction t JOIN savings_account a ON a.id = t.account_id WHERE t.id = ?',
    column: 'savings_transaction_id',
  },
};

interface Owner {
  office_id: number;
  client_id: number | null;
  savings_id: number | null;
  loan_id: number | null;
}

const COLUMN_TYPES = ['String', 'Number', 'Boolean', 'Decimal', 'Date', 'DateTime', 'Text', 'JSON', 'Dropdown'];

function findTable(call: Call, name: string): TableRow {
  const row = call.office.book.get('SELECT * FROM datatable WHERE name = ?', name) as TableRow | undefined;
  if (row === undefined) throw notFound('error.msg.datatable.not.found', `Datatable \`${name}\` not found.`, [name]);
  return row;
}

function columnsOf(table: TableRow): Column[] {
  return JSON.parse(table.columns) as Column[];
}

function ownerColumn(table: TableRow): string {
  return APPTABLES[table.apptable]?.column ?? 'owner_id';
}

function findOwner(call: Call, table: TableRow, id: number): Owner {
  const owner = call.office.book.get(APPTABLES[table.apptable]?.owner ?? '', id) as Owner | undefined;
  if (owner === undefined || !isInScope(call, owner.office_id)) {
    throw notFound('error.msg.datatable.entry.not.found', `${table.apptable} with identifier ${String(id)} does not exist`, [id]);
  }
  return owner;
}

/** The office of an owner decides about rights before the command is stored; an unknown owner is refused inside it. */
function officeOfOwner(call: Call, table: TableRow, id: number): number | undefined {
  return (call.office.book.get(APPTABLES[table.apptable]?.owner ?? '', id) as Owner | undefined)?.office_id;
}

function define(call: Call): CommandResult {
  const asked = parseObject(call.body);
  const unknown = Object.keys(asked).filter(
    (name) => !['datatableName', 'apptableName', 'multiRow', 'columns', 'entitySubType', 'locale', 'dateFormat'].includes(name),
  );
  if (unknown.length > 0) throw unsupportedParameters(unknown);
  const name = asked['datatableName'];
  const apptable = asked['apptableName'];
  if (typeof name !== 'string' || !/^[A-Za-z][A-Za-z0-9 _-]{0,49}$/.test(name))
    throw validationError(
      'validation.msg.datatable.datatableName.does.not.match.regexp',
      'A name of letters, digits, _ and - is needed.',
      'datatableName',
    );
  if (typeof apptable !== 'string' || APPTABLES[apptable] === undefined)
    throw validationError(
      'validation.msg.datatable.apptableName.is.not.one.of.expected.enumerations',
      'Unknown application table.',
      'apptableName',
    );
  if (!Array.isArray(asked['columns']) || asked['columns'].length === 0)
    throw validationError('validation.msg.datatable.columns.cannot.be.blank', 'Columns are needed.', 'columns');
  const columns = asked['columns'].map((each: unknown): Column => {
    const column = each as JsonObject;
    if (typeof column['name'] !== 'string' || !/^[A-Za-z][A-Za-z0-9_-]{0,49}$/.test(column['name']))
      throw validationError('validation.msg.datatable.columns.name.does.not.match.regexp', 'A column name is invalid.', 'name');
    if (typeof column['type'] !== 'string' || !COLUMN_TYPES.includes(column['type']))
      throw validationError(
        'validation.msg.datatable.columns.type.is.not.one.of.expected.enumerations',
        'A column type is unknown.',
        'type',
      );
    if (column['type'] === 'String' && typeof column['length'] !== 'number')
      throw validationError('validation.msg.datatable.columns.length.cannot.be.blank', 'A String column needs a length.', 'length');
    return {
      name: column['name'],
      type: column['type'],
      ...(typeof column['length'] === 'number' ? { length: column['length'] } : {}),
      mandatory: column['mandatory'] === true,
      unique: column['unique'] === true,
      indexed: column['indexed'] === true,
    };
  });
  const { book } = call.office;
  if (book.get('SELECT name FROM datatable WHERE name = ?', name) !== undefined) {
    throw integrityIssue(
      'error.msg.datatable.registered',
      'Datatable `' + name + '` is already registered against an application table.',
      'dataTableName',
      [name],
    );
  }
  book.run(
    'INSERT INTO datatable (name, apptable, multi_row, columns) VALUES (?,?,?,?)',
    name,
    apptable,
    asked['multiRow'] === true ? 1 : 0,
    JSON.stringify(columns),
  );
  for (const action of ['CREATE', 'READ', 'UPDATE', 'DELETE']) {
    for (const suffix of action === 'READ' ? [''] : ['', '_CHECKER']) {
      book.run(
        'INSERT OR IGNORE INTO permission (code, grouping_name, action, entity) VALUES (?,?,?,?)',
        `${action}_${name}${suffix}`,
        'datatable',
        `${action}${suffix}`,
        name,
      );
    }
  }
  return { resourceIdentifier: name };
}

function definitionReply(table: TableRow): object {
  const own = { isColumnNullable: false, isColumnIndexed: true, columnValues: [] };
  return {
    applicationTableName: table.apptable,
    registeredTableName: table.name,
    columnHeaderData: [
      ...(table.multi_row === 1
        ? [
            {
              columnName: 'id',
              columnType: 'BIGINT',
              columnLength: 0,
              columnDisplayType: 'INTEGER',
              isColumnPrimaryKey: true,
              isColumnUnique: true,
              ...own,
            },
          ]
        : []),
      {
        columnName: ownerColumn(table),
        columnType: 'BIGINT',
        columnLength: 0,
        columnDisplayType: 'INTEGER',
        isColumnPrimaryKey: table.multi_row === 0,
        isColumnUnique: table.multi_row === 0,
        ...own,
      },
      ...columnsOf(table).map((column) => ({
        columnName: column.name,
        columnType: column.type.toUpperCase() === 'STRING' ? 'VARCHAR' : column.type.toUpperCase(),
        columnLength: column.length ?? 0,
        columnDisplayType: column.type.toUpperCase(),
        isColumnNullable: !column.mandatory,
        isColumnPrimaryKey: false,
        isColumnUnique: column.unique,
        isColumnIndexed: column.indexed || column.unique,
        columnValues: [],
      })),
      ...['created_at', 'updated_at'].map((name) => ({
        columnName: name,
        columnType: 'DATETIME',
        columnLength: 0,
        columnDisplayType: 'DATETIME',
        isColumnNullable: true,
        isColumnPrimaryKey: false,
        isColumnUnique: false,
        isColumnIndexed: false,
        columnValues: [],
      })),
    ],
  };
}

function readContent(table: TableRow, asked: JsonObject, isWhole: boolean): JsonObject {
  const columns = columnsOf(table);
  const names = new Set(columns.map((column) => column.name));
  const unknown = Object.keys(asked).filter((name) => !names.has(name) && name !== 'locale' && name !== 'dateFormat');
  if (unknown.length > 0) throw unsupportedParameters(unknown);
  const content: JsonObject = {};
  for (const column of columns) {
    const value = asked[column.name];
    if (value === undefined || value === null || value === '') {
      if (column.mandatory && (isWhole || column.name in asked))
        throw validationError(
          `validation.msg.datatable.${column.name}.cannot.be.blank`,
          `The parameter \`${column.name}\` is mandatory.`,
          column.name,
        );
      continue;
    }
    if (column.length !== undefined && typeof value === 'string' && value.length > column.length) {
      throw validationError(
        `validation.msg.datatable.${column.name}.exceeds.max.length`,
        `The parameter \`${column.name}\` is too long.`,
        column.name,
      );
    }
    content[column.name] = readValue(column, value, asked);
  }
  return content;
}

function readValue(column: Column, value: unknown, asked: JsonObject): unknown {
  const invalid = (): Error =>
    validationError(
      `validation.msg.datatable.${column.name}.format.is.invalid`,
      `The parameter \`${column.name}\` is invalid.`,
      column.name,
    );
  const text = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : JSON.stringify(value);
  if (column.type === 'Number' || column.type === 'Dropdown' || column.type === 'Decimal') {
    if (!Number.isFinite(Number(text))) throw invalid();
    return Number(text);
  }
  if (column.type === 'Boolean') {
    if (text !== 'true' && text !== 'false') throw invalid();
    return text === 'true';
  }
  if (column.type === 'Date') {
    const date = parseDate(text, typeof asked['dateFormat'] === 'string' ? asked['dateFormat'] : 'yyyy-MM-dd');
    if (date === null) throw invalid();
    return date;
  }
  return text;
}

function keepUnique(call: Call, table: TableRow, rowId: number, content: JsonObject): void {
  for (const column of columnsOf(table)) {
    const value = content[column.name];
    if (!column.unique || value === undefined) continue;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    if (
      call.office.book.get(
        'SELECT row_id FROM datatable_unique WHERE table_name = ? AND column_name = ? AND value = ?',
        table.name,
        column.name,
        text,
      ) !== undefined
    ) {
      throw integrityIssue(
        'error.msg.datatable.entry.duplicate',
        `An entry already exists for datatable \`${table.name}\` with ${column.name} \`${text}\`.`,
        'dataTableName',
        [table.name, text],
      );
    }
    call.office.book.run(
      'INSERT INTO datatable_unique (table_name, column_name, value, row_id) VALUES (?,?,?,?)',
      table.name,
      column.name,
      text,
      rowId,
    );
  }
}

function resultOf(table: TableRow, owner: Owner, ownerId: number, rowId: number): CommandResult {
  return {
    officeId: owner.office_id,
    clientId: owner.client_id ?? undefined,
    savingsId: owner.savings_id ?? undefined,
    loanId: owner.loan_id ?? undefined,
    resourceId: table.multi_row === 1 ? rowId : ownerId,
    ...(table.apptable === 'm_savings_account_transaction' ? { transactionId: String(ownerId) } : {}),
  };
}

function addRow(call: Call, name: string, ownerId: number): HeadOfficeReply {
  const table = findTable(call, name);
  return runCommand(call, {
    action: 'CREATE',
    entity: table.name,
    officeId: officeOfOwner(call, table, ownerId),
    perform: () => {
      const owner = findOwner(call, table, ownerId);
      const content = readContent(table, parseObject(call.body), true);
      const { book } = call.office;
      if (
        table.multi_row === 0 &&
        book.get('SELECT id FROM datatable_row WHERE table_name = ? AND owner_id = ?', table.name, ownerId) !== undefined
      ) {
        throw integrityIssue(
          'error.msg.datatable.entry.duplicate',
          `An entry already exists for datatable \`${table.name}\` and application table with identifier \`${String(ownerId)}\`.`,
          'dataTableName',
          [table.name, ownerId],
        );
      }
      const now = call.office.now();
      const rowId = book.run(
        'INSERT INTO datatable_row (table_name, owner_id, content, created_at, updated_at) VALUES (?,?,?,?,?)',
        table.name,
        ownerId,
        JSON.stringify(content),
        now,
        now,
      );
      keepUnique(call, table, rowId, content);
      return resultOf(table, owner, ownerId, rowId);
    },
  });
}

function findContent(call: Call, table: TableRow, ownerId: number, rowId: number | undefined): ContentRow {
  const row = (
    rowId === undefined
      ? call.office.book.get('SELECT * FROM datatable_row WHERE table_name = ? AND owner_id = ?', table.name, ownerId)
      : call.office.book.get('SELECT * FROM datatable_row WHERE table_name = ? AND owner_id = ? AND id = ?', table.name, ownerId, rowId)
  ) as ContentRow | undefined;
  if (row === undefined) throw notFound('error.msg.datatable.entry.not.found', 'The datatable entry does not exist', [ownerId]);
  return row;
}

function changeRow(call: Call, name: string, ownerId: number, rowId: number | undefined): HeadOfficeReply {
  const table = findTable(call, name);
  return runCommand(call, {
    action: 'UPDATE',
    entity: table.name,
    officeId: officeOfOwner(call, table, ownerId),
    perform: () => {
      const owner = findOwner(call, table, ownerId);
      const row = findContent(call, table, ownerId, rowId);
      const content = { ...(JSON.parse(row.content) as JsonObject), ...readContent(table, parseObject(call.body), false) };
      call.office.book.run('DELETE FROM datatable_unique WHERE table_name = ? AND row_id = ?', table.name, row.id);
      keepUnique(call, table, row.id, content);
      call.office.book.run(
        'UPDATE datatable_row SET content = ?, updated_at = ? WHERE id = ?',
        JSON.stringify(content),
        call.office.now(),
        row.id,
      );
      return resultOf(table, owner, ownerId, row.id);
    },
  });
}

function removeRows(call: Call, name: string, ownerId: number, rowId: number | undefined): HeadOfficeReply {
  const table = findTable(call, name);
  return runCommand(call, {
    action: 'DELETE',
    entity: table.name,
    officeId: officeOfOwner(call, table, ownerId),
    perform: () => {
      const owner = findOwner(call, table, ownerId);
      const row = findContent(call, table, ownerId, rowId);
      call.office.book.run('DELETE FROM datatable_unique WHERE table_name = ? AND row_id = ?', table.name, row.id);
      call.office.book.run('DELETE FROM datatable_row WHERE id = ?', row.id);
      return resultOf(table, owner, ownerId, row.id);
    },
  });
}

function rowReply(table: TableRow, row: ContentRow): JsonObject {
  const content = JSON.parse(row.content) as JsonObject;
  const values: JsonObject = { ...(table.multi_row === 1 ? { id: row.id } : {}), [ownerColumn(table)]: row.owner_id };
  for (const column of columnsOf(table)) {
    const value = content[column.name];
    values[column.name] = column.type === 'Date' && typeof value === 'string' ? dateParts(value) : (value ?? null);
  }
  return { ...values, created_at: dateTimeArray(row.created_at), updated_at: dateTimeArray(row.updated_at) };
}

function readRows(call: Call, name: string, ownerId: number, rowId?: number): HeadOfficeReply {
  const table = findTable(call, name);
  requireRead(call, table.name);
  findOwner(call, table, ownerId);
  const rows = (
    call.office.book.all(
      'SELECT * FROM datatable_row WHERE table_name = ? AND owner_id = ? ORDER BY id',
      table.name,
      ownerId,
    ) as ContentRow[]
  ).filter((row) => rowId === undefined || row.id === rowId);
  const values = rows.map((row) => rowReply(table, row));
  if (call.query.get('genericResultSet') !== 'true') return reply(values);
  const { columnHeaderData } = definitionReply(table) as { columnHeaderData: { columnName: string }[] };
  return reply({
    columnHeaders: columnHeaderData,
    data: values.map((value) => ({ row: columnHeaderData.map((header) => value[header.columnName] ?? null) })),
  });
}

type Comparable = string | number;

function comparable(value: unknown): Comparable {
  if (typeof value === 'number') return value;
  if (Array.isArray(value)) return value.map((part) => String(part).padStart(4, '0')).join('-');
  return String(value);
}

/** An instant is asked for as 'YYYY-MM-DD HH:mm:ss' or 'YYYY-MM-DDTHH:mm:ss' (UTC) or as a date. */
function instantOf(text: string): number {
  return Date.parse(`${text.includes(':') ? text.replace(' ', 'T') : `${text}T00:00:00`}Z`);
}

function holds(operator: string, actual: unknown, values: readonly string[]): boolean {
  if (operator === 'NULL') return actual === null || actual === undefined;
  if (operator === 'NNULL') return actual !== null && actual !== undefined;
  if (actual === null || actual === undefined) return false;
  const own = comparable(actual);
  const asked = values.map((value): Comparable => (typeof own === 'number' ? Number(value) : value));
  const [first, second] = asked;
  if (first === undefined) return false;
  switch (operator) {
    case 'EQ':
      return own === first;
    case 'NEQ':
      return own !== first;
    case 'GTE':
      return own >= first;
    case 'LTE':
      return own <= first;
    case 'GT':
      return own > first;
    case 'LT':
      return own < first;
    case 'LIKE':
      return String(own).includes(String(first));
    case 'NLIKE':
      return !String(own).includes(String(first));
    case 'IN':
      return asked.includes(own);
    case 'NIN':
      return !asked.includes(own);
    case 'BTW':
      return second !== undefined && own >= first && own <= second;
    case 'NBTW':
      return second !== undefined && !(own >= first && own <= second);
    default:
      throw validationError(
        'validation.msg.datatable.filter.operator.is.not.one.of.expected.enumerations',
        `Unknown operator ${operator}.`,
        'operator',
        [operator],
      );
  }
}

interface ColumnFilter {
  column: string;
  filters: { operator: string; values?: (string | number | boolean)[] }[];
}

function query(call: Call, name: string): HeadOfficeReply {
  const table = findTable(call, name);
  requireRead(call, table.name);
  const asked = parseObject(call.body) as {
    request?: { columnFilters?: ColumnFilter[]; resultColumns?: string[] };
    page?: number;
    size?: number;
    sorts?: { direction?: string; property: string }[];
  };
  const filters = asked.request?.columnFilters ?? [];
  const known = new Set(['id', ownerColumn(table), 'created_at', 'updated_at', ...columnsOf(table).map((column) => column.name)]);
  for (const column of [...filters.map((filter) => filter.column), ...(asked.request?.resultColumns ?? [])]) {
    if (!known.has(column)) throw validationError('error.msg.invalid.column', `Column ${column} does not exist.`, 'column', [column]);
  }
  const rows = candidates(call, table, filters).filter((row) => {
    const content = JSON.parse(row.content) as JsonObject;
    return filters.every((filter) =>
      filter.filters.every(({ operator, values = [] }) => {
        const texts = values.map(String);
        if (filter.column === 'created_at')
          return holds(
            operator,
            row.created_at,
            texts.map((text) => String(instantOf(text))),
          );
        if (filter.column === 'updated_at')
          return holds(
            operator,
            row.updated_at,
            texts.map((text) => String(instantOf(text))),
          );
        if (filter.column === 'id') return holds(operator, row.id, texts);
        if (filter.column === ownerColumn(table)) return holds(operator, row.owner_id, texts);
        return holds(operator, content[filter.column], texts);
      }),
    );
  });
  const sort = asked.sorts?.[0];
  if (sort?.direction?.toUpperCase() === 'DESC') rows.reverse();
  const size = asked.size !== undefined && asked.size > 0 ? asked.size : 50;
  const page = asked.page ?? 0;
  const columns = asked.request?.resultColumns ?? [];
  const content = rows.slice(page * size, (page + 1) * size).map((row) => {
    const whole = rowReply(table, row);
    return columns.length === 0
      ? whole
      : Object.fromEntries(columns.map((column) => [column, column === 'id' ? row.id : (whole[column] ?? null)]));
  });
  return reply({
    content,
    totalElements: rows.length,
    totalPages: Math.ceil(rows.length / size),
    number: page,
    size,
    numberOfElements: content.length,
    first: page === 0,
    last: (page + 1) * size >= rows.length,
  });
}

/** One equality on a unique column finds its row at once; anything else reads the table. */
function candidates(call: Call, table: TableRow, filters: readonly ColumnFilter[]): ContentRow[] {
  const { book } = call.office;
  const uniqueNames = new Set(
    columnsOf(table)
      .filter((column) => column.unique)
      .map((column) => column.name),
  );
  for (const filter of filters) {
    const exact = filter.filters.find(({ operator }) => operator === 'EQ' || operator === 'IN');
    if (exact === undefined || !uniqueNames.has(filter.column)) continue;
    return (exact.values ?? []).flatMap(
      (value) =>
        book.all(
          'SELECT r.* FROM datatable_unique u JOIN datatable_row r ON r.id = u.row_id WHERE u.table_name = ? AND u.column_name = ? AND u.value = ?',
          table.name,
          filter.column,
          String(value),
        ) as ContentRow[],
    );
  }
  return book.all('SELECT * FROM datatable_row WHERE table_name = ? ORDER BY id', table.name) as ContentRow[];
}

/** GET …/query?columnFilter=&valueFilter=&resultColumns= : the older, simpler question. */
function simpleQuery(call: Call, name: string): HeadOfficeReply {
  const table = findTable(call, name);
  requireRead(call, table.name);
  const column = call.query.get('columnFilter') ?? '';
  const value = call.query.get('valueFilter') ?? '';
  const wanted = (call.query.get('resultColumns') ?? '').split(',').filter((each) => each !== '');
  if (!columnsOf(table).some((each) => each.name === column) && column !== ownerColumn(table))
    throw validationError('error.msg.invalid.column', `Column ${column} does not exist.`, 'columnFilter', [column]);
  const rows = candidates(call, table, [{ column, filters: [{ operator: 'EQ', values: [value] }] }]).map((row) => rowReply(table, row));
  const found = rows.filter((row) => String(row[column]) === value);
  return reply(found.map((row) => (wanted.length === 0 ? row : Object.fromEntries(wanted.map((each) => [each, row[each] ?? null])))));
}

export const datatableRoutes: readonly Route[] = [
  route('GET', 'datatables', (call) => {
    requireRead(call, 'DATATABLE');
    const apptable = call.query.get('apptable');
    const rows = call.office.book.all('SELECT * FROM datatable ORDER BY name') as TableRow[];
    return reply(rows.filter((row) => apptable === null || row.apptable === apptable).map(definitionReply));
  }),
  route('POST', 'datatables', (call) => runCommand(call, { action: 'CREATE', entity: 'DATATABLE', perform: () => define(call) })),
  route('GET', 'datatables/:x', (call, parts) => {
    requireRead(call, 'DATATABLE');
    return reply(definitionReply(findTable(call, parts.text(0))));
  }),
  route('POST', 'datatables/:x/query', (call, parts) => query(call, parts.text(0))),
  route('GET', 'datatables/:x/query', (call, parts) => simpleQuery(call, parts.text(0))),
  route('POST', 'datatables/:x/:n', (call, parts) => addRow(call, parts.text(0), parts.number(1))),
  route('GET', 'datatables/:x/:n', (call, parts) => readRows(call, parts.text(0), parts.number(1))),
  route('GET', 'datatables/:x/:n/:n', (call, parts) => readRows(call, parts.text(0), parts.number(1), parts.number(2))),
  route('PUT', 'datatables/:x/:n', (call, parts) => changeRow(call, parts.text(0), parts.number(1), undefined)),
  route('PUT', 'datatables/:x/:n/:n', (call, parts) => changeRow(call, parts.text(0), parts.number(1), parts.number(2))),
  route('DELETE', 'datatables/:x/:n', (call, parts) => removeRows(call, parts.text(0), parts.number(1), undefined)),
  route('DELETE', 'datatables/:x/:n/:n', (call, parts) => removeRows(call, parts.text(0), parts.number(1), parts.number(2))),
];
