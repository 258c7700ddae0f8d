// Journal entries and period closures. A manual entry must balance to the unit before anything is written.
import { type Call, businessDate, reply, requireRead } from '../call.ts';
import { chosenCurrencies } from '../reference/chosenCurrencies.ts';
import { currencyAloneNow, inCurrency, isKnownCurrency, jsonAmount, minorOfText } from '../amounts.ts';
import { type CommandResult, runCommand } from '../commandLayer.ts';
import { given, parseObject, readBody } from '../commandBody.ts';
import { dateArray, parseDate } from '../dates.ts';
import { glAccountType } from '../enumerations.ts';
import {
  domainRule,
  notFound,
  type ParameterError,
  type Refusal,
  unsupportedCommand,
  validationError,
  validationErrors,
} from '../errors.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import { readPage } from '../lists.ts';
import { PAYMENT_FIELDS } from '../paymentDetail.ts';
import { type Route, route } from '../router.ts';
import { ENTITY_LOAN, ENTITY_SAVINGS, type Entry, postEntries, requireOpenPeriod } from './ledger.ts';

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
  currency: string;
  username: string;
}

const LINE_COLUMNS = 'j.*, o.name AS office_name, a.name AS gl_name, a.gl_code, a.type AS gl_type, u.username';
const LINE_FROM =
  'FROM journal_line j JOIN office o ON o.id = j.office_id JOIN gl_account a ON a.id = j.gl_account_id JOIN user_account u ON u.id = j.created_by';

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
        : { id: 2, code: 'journalEntrytType.debit', value: 'DEBIT' },
    ...inCurrency(row.currency, () => ({ amount: jsonAmount(row.amount), currency: currencyAloneNow() })),
    transactionId: row.transaction_ref,
    manualEntry: row.manual === 1,
    entityType:
      row.entity_type === null
        ? undefined
        : {
            id: row.entity_type,
            code: row.entity_type === ENTITY_LOAN ? 'productType.loan' : 'productType.saving',
            value: row.entity_type === ENTITY_LOAN ? 'LOAN' : 'SAVING',
          },
    entityId: row.entity_id ?? undefined,
    createdByUserId: row.created_by,
    createdByUserName: row.username,
    createdDate: dateArray(row.submitted_on),
    submittedOnDate: dateArray(row.submitted_on),
    comments: row.comments ?? undefined,
    // What an account's own undoing took back is answered by counter-entries alone.
    reversed: row.manual === 1 && row.reversed === 1,
    referenceNumber: row.reference_number ?? undefined,
  };
}

function listEntries(call: Call): HeadOfficeReply {
  requireRead(call, 'JOURNALENTRY');
  const conditions = ['1 = 1'];
  const values: (string | number)[] = [];
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
    if (asked('locale') === null)
      throw validationError('validation.msg.invalid.locale.format', 'The parameter `locale` is invalid. It cannot be blank.', 'locale');
    const date = parseDate(value, format);
    if (date === null) throw validationError('validation.msg.invalid.dateFormat.format', `The parameter ${name} is invalid.`, name);
    add(condition, date);
  }
  const page = readPage(call.office.book, call.query, {
    columns: LINE_COLUMNS,
    from: `${LINE_FROM} WHERE ${conditions.join(' AND ')}`,
    values,
    orders: { id: 'j.id', entryDate: 'j.entry_date', transactionId: 'j.transaction_ref' },
    defaultOrder: 'j.entry_date, j.id',
  });
  return reply({ totalFilteredRecords: page.totalFilteredRecords, pageItems: (page.rows as LineRow[]).map(lineReply) });
}

function readOne(call: Call, id: number): HeadOfficeReply {
  requireRead(call, 'JOURNALENTRY');
  const row = call.office.book.get(`SELECT ${LINE_COLUMNS} ${LINE_FROM} WHERE j.id = ?`, id) as LineRow | undefined;
  if (row === undefined)
    throw notFound('error.msg.journalEntries.id.invalid', `Journal Entry with identifier ${String(id)} does not exist`, [id]);
  return reply(lineReply(row));
}

/** A list left out is no side at all, refused later; one without lines is asked for its first line. */
function readSide(raw: unknown, name: 'debits' | 'credits'): Entry[] {
  if (!Array.isArray(raw)) return [];
  const side = name === 'debits' ? 'debit' : 'credit';
  const wrong: ParameterError[] = [];
  const entries = (raw.length === 0 ? [{}] : raw).map((each: unknown, index): Entry => {
    const line = each as { glAccountId?: unknown; amount?: unknown };
    const account = Number(line.glAccountId);
    const amount = typeof line.amount === 'number' || typeof line.amount === 'string' ? minorOfText(String(line.amount)) : null;
    const complain = (member: string, rule: string, message: string, args: readonly unknown[]): void => {
      const parameter = `${name}[${String(index)}].${member}`;
      wrong.push({
        code: `validation.msg.GLJournalEntry.${parameter}.${rule}`,
        message: `The parameter \`${parameter}\` ${message}.`,
        parameter,
        args,
      });
    };
    if (line.glAccountId === undefined || !Number.isSafeInteger(account))
      complain('glAccountId', 'cannot.be.blank', 'is mandatory', [null]);
    if (amount === null) complain('amount', 'cannot.be.blank', 'is mandatory', [null]);
    else if (amount < 0) complain('amount', 'not.zero.or.greater', 'must be greater than or equal to 0', [line.amount]);
    return { account, side, amount: amount ?? 0 };
  });
  if (wrong.length > 0) throw validationErrors(wrong);
  return entries;
}

/** The caller, the office and the moment in one number, as digits of sixteen. */
function newTransactionId(call: Call, officeId: number): string {
  for (let moment = call.office.now(); ; moment += 1) {
    const ref = BigInt(`${String(moment)}${String(call.caller.id)}${String(officeId)}`).toString(16);
    if (call.office.book.get('SELECT id FROM journal_line WHERE transaction_ref = ?', ref) === undefined) return ref;
  }
}

/** Sums are in the currency that the entry names. */
function enter(call: Call): CommandResult {
  const code = parseObject(call.body)['currencyCode'];
  return inCurrency(typeof code === 'string' ? code : null, () => enterInIts(call));
}

function enterInIts(call: Call): CommandResult {
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
  const officeId = body.identifier('officeId');
  const currency = body.text('currencyCode', 3);
  const on = body.date('transactionDate');
  const comments = body.optionalText('comments', 500);
  const reference = body.optionalText('referenceNumber', 100);
  body.check();
  const debits = readSide(body.raw('debits'), 'debits');
  const credits = readSide(body.raw('credits'), 'credits');
  const { book } = call.office;
  const date = given(on);
  const office = given(officeId);
  if (book.get('SELECT id FROM office WHERE id = ?', office) === undefined)
    throw notFound('error.msg.office.id.invalid', `Office with identifier ${String(office)} does not exist`, [office]);
  const violated = (rule: string, message: string, first: unknown): Refusal =>
    domainRule(`error.msg.glJournalEntry.invalid.${rule}`, message, [first, null, null]);
  if (date > businessDate(call.office)) throw violated('future.date', 'The journal entry cannot be made for a future date', date);
  requireOpenPeriod(call.office, office, date);
  if (debits.length === 0 || credits.length === 0)
    throw violated('no.debits.or.credits', 'Journal Entry must have at least one Debit and one Credit', null);
  const sum = (side: Entry[]): number => side.reduce((total, line) => total + line.amount, 0);
  if (sum(debits) !== sum(credits))
    throw violated('mismatch.debits.credits', 'Sum of All Debits must equal the sum of all Credits for a Journal Entry', null);
  for (const { account } of [...debits, ...credits]) {
    if (book.get('SELECT id FROM gl_account WHERE id = ?', account) === undefined)
      throw notFound('error.msg.glaccount.id.invalid', `General Ledger account with identifier ${String(account)} does not exist `, [
        account,
      ]);
  }
  if (!isKnownCurrency(currency) || !chosenCurrencies(call.office).includes(String(currency))) {
    throw notFound(
      'error.msg.currency.currencyCode.invalid.or.not.supported',
      `Currency with identifier ${String(currency)} does not exist or is not supported by the Mifos X Platform`,
      [currency],
    );
  }
  const ref = newTransactionId(call, office);
  const posting = { ref, officeId: office, date, submittedOn: businessDate(call.office), entityType: null, entityId: null };
  postEntries(
    book,
    { ...posting, createdBy: call.caller.id, manual: true, referenceNumber: reference ?? null, comments: comments ?? null },
    [...debits, ...credits],
  );
  return { officeId: office, transactionId: ref };
}

interface ManualRow {
  office_id: number;
  gl_account_id: number;
  type: number;
  amount: number;
  entry_date: string;
  reference_number: string | null;
  currency: string;
}

/** What was entered stays, marked; its counter-entries have an address of their own. */
function reverse(call: Call, ref: string): CommandResult {
  const body = readBody(parseObject(call.body), 'GLJournalEntry', ['comments']);
  const comments = body.optionalText('comments', 500);
  body.check();
  const { book } = call.office;
  const rows = book.all(
    'SELECT office_id, gl_account_id, type, amount, entry_date, reference_number, currency FROM journal_line WHERE transaction_ref = ? AND reversed = 0 AND manual = 1 ORDER BY id',
    ref,
  ) as ManualRow[];
  const first = rows[0];
  if (first === undefined) {
    throw notFound(
      'error.msg.journalEntries.transactionId.invalid',
      `Journal Entries with transaction Identifier ${ref} does not exist or are already reversed`,
      [ref],
    );
  }
  requireOpenPeriod(call.office, first.office_id, first.entry_date);
  const counterRef = newTransactionId(call, first.office_id);
  const counter = (): void =>
    postEntries(
      book,
      {
        ref: counterRef,
        officeId: first.office_id,
        date: first.entry_date,
        submittedOn: businessDate(call.office),
        entityType: null,
        entityId: null,
        createdBy: call.caller.id,
        manual: true,
        referenceNumber: first.reference_number,
        comments: comments ?? `Reversal entry for Journal Entry with transaction Id ${ref}`,
      },
      rows.map((row) => ({ account: row.gl_account_id, side: row.type === 1 ? 'debit' : 'credit', amount: row.amount })),
    );
  inCurrency(first.currency, counter);
  book.run('UPDATE journal_line SET reversed = 1 WHERE transaction_ref = ?', ref);
  return { transactionId: counterRef };
}

export const accountingRoutes: readonly Route[] = [
  route('GET', 'journalentries', listEntries),
  route('GET', 'journalentries/:n', (call, parts) => readOne(call, parts.number(0))),
  route('POST', 'journalentries', (call) => {
    const command = call.query.get('command');
    if (command !== null) throw unsupportedCommand(command, []);
    return runCommand(call, { action: 'CREATE', entity: 'JOURNALENTRY', perform: () => enter(call) });
  }),
  route('POST', 'journalentries/:x', (call, parts) => {
    const command = call.query.get('command') ?? '';
    if (command !== 'reverse') throw unsupportedCommand(command, []);
    return runCommand(call, { action: 'REVERSE', entity: 'JOURNALENTRY', perform: () => reverse(call, parts.text(0)) });
  }),
];
