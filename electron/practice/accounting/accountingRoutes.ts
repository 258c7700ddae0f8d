// Journal entries and period closures. A manual entry must balance to the unit before anything is written.
import { type Call, businessDate, isInScope, reply, requireRead } from '../call.ts';
import { currencyReply, jsonAmount, minorOfText } from '../amounts.ts';
import { type CommandResult, runCommand } from '../commandLayer.ts';
import { given, parseObject, readBody } from '../commandBody.ts';
import { dateArray, parseDate } from '../dates.ts';
import { glAccountType } from '../enumerations.ts';
import { domainRule, notFound, unsupportedCommand, validationError } from '../errors.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import { readPage, scopePattern } from '../lists.ts';
import { PAYMENT_FIELDS } from '../paymentDetail.ts';
import { type Route, route } from '../router.ts';
import { ENTITY_LOAN, ENTITY_SAVINGS, postMovement, requireOpenPeriod, reverseMovement } from './ledger.ts';

interface LineRow {
  id: number;
  transaction_ref: string;
  office_id: number;
  office_name: string;
  gl_account_id: number;
  gl_name: string;
  gl_code: string;
  gl_type: number;
  type: number;
  amount: number;
  entry_date: string;
  submitted_on: string;
  manual: number;
  entity_type: number | null;
  entity_id: number | null;
  reversed: number;
  reference_number: string | null;
  comments: string | null;
  created_by: number;
  username: string;
}

function lineReply(row: LineRow): object {
  return {
    id: row.id,
    officeId: row.office_id,
    officeName: row.office_name,
    glAccountName: row.gl_name,
    glAccountId: row.gl_account_id,
    glAccountCode: row.gl_code,
    glAccountType: glAccountType(row.gl_type),
    transactionDate: dateArray(row.entry_date),
    entryType:
      row.type === 1
        ? { id: 1, code: 'journalEntryType.credit', value: 'CREDIT' }
        : { id: 2, code: 'journalEntrytype.debit', value: 'DEBIT' },
    amount: jsonAmount(row.amount),
    currency: currencyReply,
    transactionId: row.transaction_ref,
    manualEntry: row.manual === 1,
    entityType:
      row.entity_type === null
        ? undefined
        : {
            id: row.entity_type,
            code: row.entity_type === ENTITY_LOAN ? 'productType.loan' : 'productType.saving',
            value: row.entity_type === ENTITY_LOAN ? 'LOAN' : 'SAVINGS',
          },
    entityId: row.entity_id ?? undefined,
    createdByUserId: row.created_by,
    createdByUserName: row.username,
    createdDate: dateArray(row.submitted_on),
    submittedOnDate: dateArray(row.submitted_on),
    comments: row.comments ?? undefined,
    reversed: row.reversed === 1,
    referenceNumber: row.reference_number ?? undefined,
  };
}

function listEntries(call: Call): HeadOfficeReply {
  requireRead(call, 'JOURNALENTRY');
  const conditions = ['o.hierarchy LIKE ?'];
  const values: (string | number)[] = [scopePattern(call.caller.scope)];
  const add = (condition: string, ...given: (string | number)[]): void => {
    conditions.push(condition);
    values.push(...given);
  };
  const asked = (name: string): string | null => {
    const value = call.query.get(name);
    return value === '' ? null : value;
  };
  const numbered: readonly (readonly [string, string])[] = [
    ['officeId', 'j.office_id = ?'],
    ['glAccountId', 'j.gl_account_id = ?'],
    ['entityType', 'j.entity_type = ?'],
  ];
  for (const [name, condition] of numbered) {
    const value = asked(name);
    if (value !== null) add(condition, Number(value));
  }
  const loanId = asked('loanId');
  if (loanId !== null) add('j.entity_type = ? AND j.entity_id = ?', ENTITY_LOAN, Number(loanId));
  const savingsId = asked('savingsId');
  if (savingsId !== null) add('j.entity_type = ? AND j.entity_id = ?', ENTITY_SAVINGS, Number(savingsId));
  const transactionId = asked('transactionId');
  if (transactionId !== null) add('j.transaction_ref = ?', transactionId);
  if (asked('manualEntriesOnly') === 'true') conditions.push('j.manual = 1');
  const format = asked('dateFormat') ?? 'yyyy-MM-dd';
  const dated: readonly (readonly [string, string])[] = [
    ['fromDate', 'j.entry_date >= ?'],
    ['toDate', 'j.entry_date <= ?'],
    ['submittedOnDateFrom', 'j.submitted_on >= ?'],
    ['submittedOnDateTo', 'j.submitted_on <= ?'],
  ];
  for (const [name, condition] of dated) {
    const value = asked(name);
    if (value === null) continue;
    const date = parseDate(value, format);
    if (date === null) throw validationError('validation.msg.invalid.dateFormat.format', `The parameter ${name} is invalid.`, name);
    add(condition, date);
  }
  const page = readPage(call.office.book, call.query, {
    columns: 'j.*, o.name AS office_name, a.name AS gl_name, a.gl_code, a.type AS gl_type, u.username',
    from: `FROM journal_line j JOIN office o ON o.id = j.office_id JOIN gl_account a ON a.id = j.gl_account_id JOIN user_account u ON u.id = j.created_by WHERE ${conditions.join(' AND ')}`,
    values,
    orders: { id: 'j.id', entryDate: 'j.entry_date', transactionId: 'j.transaction_ref' },
    defaultOrder: 'j.entry_date DESC, j.id DESC',
  });
  return reply({ totalFilteredRecords: page.totalFilteredRecords, pageItems: (page.rows as LineRow[]).map(lineReply) });
}

function readSide(raw: unknown, name: 'debits' | 'credits'): { account: number; minor: number }[] {
  if (!Array.isArray(raw) || raw.length === 0)
    throw validationError(`validation.msg.GLJournalEntry.${name}.cannot.be.blank`, `The parameter \`${name}\` is mandatory.`, name);
  return raw.map((each: unknown) => {
    const line = each as { glAccountId?: unknown; amount?: unknown };
    const amount = typeof line.amount === 'number' || typeof line.amount === 'string' ? minorOfText(String(line.amount)) : null;
    const account = Number(line.glAccountId);
    if (amount === null || amount <= 0 || !Number.isSafeInteger(account)) {
      throw validationError(`validation.msg.GLJournalEntry.${name}.amount.not.greater.than.zero`, 'An amount above zero is needed.', name);
    }
    return { account, minor: amount };
  });
}

function enter(call: Call): CommandResult {
  const body = readBody(parseObject(call.body), 'GLJournalEntry', [
    'officeId',
    'currencyCode',
    'transactionDate',
    'debits',
    'credits',
    'comments',
    'referenceNumber',
    'accountingRule',
    'amount',
    ...PAYMENT_FIELDS,
  ]);
  const officeId = body.integer('officeId');
  body.text('currencyCode', 3);
  const on = body.date('transactionDate');
  const comments = body.optionalText('comments', 500);
  const reference = body.optionalText('referenceNumber', 100);
  body.check();
  const { book } = call.office;
  const date = given(on);
  const office = given(officeId);
  if (!isInScope(call, office)) throw notFound('error.msg.office.id.invalid', 'Office does not exist', [office]);
  const debits = readSide(body.raw('debits'), 'debits');
  const credits = readSide(body.raw('credits'), 'credits');
  const sum = (side: { minor: number }[]): number => side.reduce((total, line) => total + line.minor, 0);
  if (sum(debits) !== sum(credits)) {
    throw domainRule('error.msg.glJournalEntry.invalid.mismatch.debits.credits', 'Sum of all credits must equal the sum of all debits.', [
      jsonAmount(sum(credits)),
      jsonAmount(sum(debits)),
    ]);
  }
  if (date > businessDate(call.office))
    throw domainRule('error.msg.glJournalEntry.invalid.future.date', 'The journal entry cannot be made for a future date.', [date]);
  requireOpenPeriod(call.office, office, date);
  for (const { account } of [...debits, ...credits]) {
    if (book.get('SELECT id FROM gl_account WHERE id = ?', account) === undefined)
      throw notFound('error.msg.glaccount.id.invalid', 'General ledger account does not exist', [account]);
  }
  const count = book.get('SELECT COALESCE(MAX(id), 0) AS last FROM journal_line') as { last: number };
  const ref = `m${String(call.caller.id)}x${String(count.last + 1)}`;
  postMovement(book, {
    ref,
    officeId: office,
    date,
    submittedOn: businessDate(call.office),
    entityType: null,
    entityId: null,
    createdBy: call.caller.id,
    manual: true,
    referenceNumber: reference ?? null,
    comments: comments ?? null,
    lines: [...debits.map((line) => [line.account, line.minor] as const), ...credits.map((line) => [line.account, -line.minor] as const)],
  });
  return { officeId: office, transactionId: ref };
}

function reverse(call: Call, ref: string): CommandResult {
  readBody(parseObject(call.body), 'GLJournalEntry', ['comments']);
  const row = call.office.book.get(
    'SELECT office_id, entry_date, reversed, manual FROM journal_line WHERE transaction_ref = ? ORDER BY id',
    ref,
  ) as { office_id: number; entry_date: string; reversed: number; manual: number } | undefined;
  if (row?.manual !== 1) throw notFound('error.msg.journalEntries.invalid', 'Journal entries do not exist', [ref]);
  if (row.reversed === 1) throw domainRule('error.msg.glJournalEntry.invalid.already.reversed', 'Reversed already.', [ref]);
  requireOpenPeriod(call.office, row.office_id, row.entry_date);
  reverseMovement(call, ref);
  return { officeId: row.office_id, transactionId: ref };
}

export const accountingRoutes: readonly Route[] = [
  route('GET', 'journalentries', listEntries),
  route('POST', 'journalentries', (call) => {
    const command = call.query.get('command');
    if (command !== null) throw unsupportedCommand(command);
    return runCommand(call, { action: 'CREATE', entity: 'JOURNALENTRY', perform: () => enter(call) });
  }),
  route('POST', 'journalentries/:x', (call, parts) => {
    const command = call.query.get('command') ?? '';
    if (command !== 'reverse') throw unsupportedCommand(command);
    return runCommand(call, { action: 'REVERSE', entity: 'JOURNALENTRY', perform: () => reverse(call, parts.text(0)) });
  }),
];
