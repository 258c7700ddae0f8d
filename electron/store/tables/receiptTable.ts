// Receipts and their prints (I8). What is handed out is the receipt as it was issued, checked against its own columns.

import type { Receipt } from '../../../shared/domain/records.ts';
import { StoreFault } from '../../ports/store.ts';
import type { ReceiptHead, ReceiptReads, ReceiptWrites } from '../../ports/store.ts';
import { journalPrintLog } from '../schema/journal/printLog.ts';
import { journalPrints } from '../schema/journal/prints.ts';
import { journalReceipts } from '../schema/journal/receipts.ts';
import { insertInto, numberOf, rowsOf, selectFrom, textOf } from '../statements.ts';
import type { Bound, Selection, Session } from '../statements.ts';

type Row = typeof journalReceipts.$inferSelect;
const FRAGMENT_LENGTH_MIN = 3;

function receiptOf(row: Row): Receipt {
  const receipt = row.body as Receipt | null;
  if (
    typeof receipt !== 'object' ||
    receipt?.receiptId !== row.receiptId ||
    receipt.number !== row.number ||
    receipt.amountMinor !== row.amountMinor
  ) {
    throw new StoreFault('corrupt', 'a receipt does not say what its row says');
  }
  return receipt;
}

function receiptOrNull(row: Row | null): Receipt | null {
  return row === null ? null : receiptOf(row);
}

const HEAD = 'SELECT receipt_id AS receiptId, number, client_id AS clientId FROM journal_receipts';

function soundOrNull(row: () => Row | null): Receipt | null {
  try {
    return receiptOrNull(row());
  } catch (fault) {
    if (fault instanceof StoreFault && fault.kind === 'corrupt') return null;
    throw fault;
  }
}

export function readReceipts(session: Session): ReceiptReads {
  const byId = selectFrom(session, journalReceipts, 'WHERE receipt_id = ?');
  const byNumber = selectFrom(session, journalReceipts, 'WHERE number = ?');
  const head = rowsOf<ReceiptHead>(session, `${HEAD} WHERE receipt_id = ?`);
  const heads = rowsOf<ReceiptHead>(session, `${HEAD} ORDER BY position DESC LIMIT ? OFFSET ?`);
  const last = selectFrom(session, journalReceipts, 'ORDER BY position DESC LIMIT 1');
  const lastHash = textOf(session, `SELECT body ->> '$.hash' FROM journal_receipts ORDER BY position DESC LIMIT 1`);
  const lastSequence = numberOf(session, 'SELECT max(sequence) FROM journal_receipts WHERE business_date = ? AND device_code = ?');
  const prints = selectFrom(session, journalPrints, 'WHERE receipt_id = ? ORDER BY position');
  const lastSaid = selectFrom(session, journalPrintLog, 'WHERE receipt_id = ? ORDER BY position DESC LIMIT 1');
  const unprinted = numberOf(
    session,
    `SELECT count(*) FROM journal_receipts WHERE business_date = ?
       AND NOT EXISTS (SELECT 1 FROM journal_prints WHERE journal_prints.receipt_id = journal_receipts.receipt_id)`,
  );
  // The inner scan reads the narrow index of numbers only, never the receipts' bodies; the plus keeps it there.
  const like = selectFrom(
    session,
    journalReceipts,
    `WHERE position IN (SELECT position FROM journal_receipts WHERE instr(replace(number, '-', ''), ?) > 0 ORDER BY +position DESC LIMIT ?)
     ORDER BY position DESC`,
  );

  interface Filtered {
    readonly rows: Selection<Row>;
    readonly total: (...values: Bound[]) => number | null;
  }
  const filtered = new Map<string, Filtered>();
  function filteredBy(columns: readonly string[]): Filtered {
    const where = columns.length === 0 ? '' : `WHERE ${columns.map((column) => `${column} = ?`).join(' AND ')}`;
    let known = filtered.get(where);
    if (known === undefined) {
      known = {
        rows: selectFrom(session, journalReceipts, `${where} ORDER BY position DESC LIMIT ? OFFSET ?`),
        total: numberOf(session, `SELECT count(*) FROM journal_receipts ${where}`),
      };
      filtered.set(where, known);
    }
    return known;
  }

  return {
    receipt: (receiptId) => receiptOrNull(byId.one(receiptId)),
    soundReceipt: (by) => soundOrNull(() => ('number' in by ? byNumber.one(by.number) : byId.one(by.receiptId))),
    receiptHead: (receiptId) => head(receiptId)[0] ?? null,
    receiptHeads: ({ offset, most }) => heads(most, offset),
    receiptMaker: (receiptId) => byId.one(receiptId)?.username ?? null,
    receiptByNumber: (number) => receiptOrNull(byNumber.one(number)),
    lastReceipt: () => receiptOrNull(last.one()),
    lastReceiptHash: () => lastHash(),
    lastReceiptSequence: (deviceCode, businessDate) => lastSequence(businessDate, deviceCode) ?? 0,
    receipts: (filter) => {
      const wanted: (readonly [string, string])[] = [];
      if (filter.businessDate !== undefined) wanted.push(['business_date', filter.businessDate]);
      // A day holds few receipts, a person many: with both given, the day leads.
      if (filter.username !== undefined) wanted.push([filter.businessDate === undefined ? 'username' : '+username', filter.username]);
      if (filter.clientId !== undefined) wanted.push(['client_id', filter.clientId]);
      const values = wanted.map(([, value]) => value);
      const { rows, total } = filteredBy(wanted.map(([column]) => column));
      return { rows: rows.all(...values, filter.most, filter.offset).map(receiptOf), total: total(...values) ?? 0 };
    },
    prints: (receiptId) => prints.all(receiptId).map(({ position: _position, ...print }) => print),
    lastPrintSaid: (receiptId) => {
      const row = lastSaid.one(receiptId);
      if (row === null) return null;
      const { position: _position, ...said } = row;
      return said;
    },
    countUnprinted: (businessDate) => unprinted(businessDate) ?? 0,
    findReceipts: (text, most) => {
      const exact = byNumber.one(text.trim().toUpperCase());
      if (exact !== null) return [receiptOf(exact)];
      const fragment = text.toUpperCase().replace(/[^0-9A-Z]/g, '');
      if (fragment.length < FRAGMENT_LENGTH_MIN) return [];
      return like.all(fragment, most).map(receiptOf);
    },
  };
}

export function writeReceipts(session: Session): ReceiptWrites {
  const insert = insertInto(session, journalReceipts);
  return {
    insertReceipt: (receipt, sequence, username) => {
      insert({
        receiptId: receipt.receiptId,
        number: receipt.number,
        kind: receipt.kind,
        commandId: receipt.commandId,
        businessDate: receipt.businessDate,
        deviceCode: receipt.deviceCode,
        sequence,
        username,
        clientId: receipt.clientId,
        amountMinor: receipt.amountMinor,
        body: receipt,
      });
      session.written.receipts.push({ deviceCode: receipt.deviceCode, businessDate: receipt.businessDate, sequence });
    },
    insertPrint: insertInto(session, journalPrints),
    insertPrintSaid: insertInto(session, journalPrintLog),
  };
}
