// Tellers and who keeps their till. A teller is of an office and open between two days; a cashier is one of its staff for
// some of them. Cash is handed out of the vault; what head office does with it afterwards fails in 1.10.1, and so here.
import { given, type JsonObject, parseObject, readBody } from '../commandBody.ts';
import { type Call, reply, requireRead } from '../call.ts';
import { type CommandResult, runCommand } from '../commandLayer.ts';
import { dateArray } from '../dates.ts';
import { containerRefusal, domainRule, integrityIssue, notFound } from '../errors.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import { postMovement, requireOpenPeriod, tellerAccounts } from '../accounting/ledger.ts';
import { staffOptions } from '../options.ts';
import { CURRENCIES } from '../amounts.ts';
import { chosenCurrencies } from '../reference/chosenCurrencies.ts';
import { type Route, route } from '../router.ts';

interface TellerRow {
  id: number;
  office_id: number;
  office_name: string;
  name: string;
  description: string | null;
  start_date: string;
  end_date: string | null;
  status: number;
}

interface CashierRow {
  id: number;
  teller_id: number;
  teller_name: string;
  staff_id: number;
  staff_name: string;
  description: string | null;
  start_date: string;
  end_date: string;
  is_full_day: number;
}

const TELLERS = 'SELECT t.*, o.name AS office_name FROM teller t JOIN office o ON o.id = t.office_id';
const CASHIERS = `SELECT c.*, t.name AS teller_name, s.lastname || ', ' || s.firstname AS staff_name FROM cashier c JOIN teller t ON t.id = c.teller_id
  JOIN staff s ON s.id = c.staff_id`;
const STATES: Readonly<Record<number, string>> = { 100: 'PENDING', 300: 'ACTIVE', 400: 'INACTIVE', 600: 'CLOSED' };

/** Head office looks for a teller among its staff. */
function unknownTeller(id: number): Error {
  return notFound('error.msg.staff.id.invalid', `Staff with identifier ${String(id)} does not exist`, [id]);
}

function findTeller(call: Call, id: number): TellerRow {
  const row = call.office.book.get(`${TELLERS} WHERE t.id = ?`, id) as TellerRow | undefined;
  if (row === undefined) throw unknownTeller(id);
  return row;
}

function findCashier(call: Call, tellerId: number, id: number): CashierRow {
  findTeller(call, tellerId);
  const row = call.office.book.get(`${CASHIERS} WHERE c.id = ? AND c.teller_id = ?`, id, tellerId) as CashierRow | undefined;
  if (row === undefined) throw notFound('error.msg.cashier.id.invalid', `Cashier with identifier ${String(id)} does not exist`, [id]);
  return row;
}

function databaseIssue(message: string): Error {
  return integrityIssue('error.msg.teller.unknown.data.integrity.issue', `Unknown data integrity issue with resource: ${message}`, null);
}

function tellerReply(row: TellerRow): object {
  return {
    id: row.id,
    officeId: row.office_id,
    debitAccountId: 0,
    creditAccountId: 0,
    name: row.name,
    description: row.description ?? undefined,
    startDate: dateArray(row.start_date),
    endDate: dateArray(row.end_date),
    status: STATES[row.status],
    officeName: row.office_name,
  };
}

function cashierReply(row: CashierRow): object {
  return {
    id: row.id,
    tellerId: row.teller_id,
    staffId: row.staff_id,
    description: row.description ?? undefined,
    startDate: dateArray(row.start_date),
    endDate: dateArray(row.end_date),
    isFullDay: row.is_full_day === 1,
    startTime: ' ',
    endTime: ' ',
    tellerName: row.teller_name,
    staffName: row.staff_name,
  };
}

function openTeller(call: Call): CommandResult {
  const body = readBody(parseObject(call.body), 'teller', ['officeId', 'name', 'description', 'startDate', 'endDate', 'status']);
  const officeId = body.identifier('officeId');
  const name = body.text('name', 50);
  const description = body.optionalText('description', 100);
  const from = body.date('startDate');
  const until = body.optionalDate('endDate');
  const status = body.identifier('status');
  body.check();
  const { book } = call.office;
  if (book.get('SELECT id FROM office WHERE id = ?', given(officeId)) === undefined)
    throw notFound('error.msg.office.id.invalid', `Office with identifier ${String(officeId)} does not exist`, [given(officeId)]);
  if (book.get('SELECT id FROM teller WHERE name = ?', given(name)) !== undefined)
    throw databaseIssue(`Duplicate entry '${given(name)}' for key 'name'`);
  const id = book.run(
    'INSERT INTO teller (office_id, name, description, start_date, end_date, status) VALUES (?,?,?,?,?,?)',
    given(officeId),
    given(name),
    description ?? null,
    given(from),
    until ?? null,
    given(status),
  );
  return { officeId: given(officeId), resourceId: id };
}

function allocateCashier(call: Call, tellerId: number): CommandResult {
  const body = readBody(parseObject(call.body), 'teller', [
    'staffId',
    'description',
    'startDate',
    'endDate',
    'isFullDay',
    'hourStartTime',
    'minStartTime',
    'hourEndTime',
    'minEndTime',
  ]);
  const staffId = body.identifier('staffId');
  const description = body.optionalText('description', 100);
  const from = given(body.date('startDate'));
  const until = given(body.date('endDate'));
  const isFullDay = body.flag('isFullDay');
  body.check();
  const { book } = call.office;
  const teller = findTeller(call, tellerId);
  if (book.get('SELECT id FROM staff WHERE id = ?', given(staffId)) === undefined)
    throw notFound('error.msg.staff.id.invalid', `Staff with identifier ${String(staffId)} does not exist`, [given(staffId)]);
  if (from < teller.start_date || (teller.end_date !== null && until > teller.end_date))
    throw domainRule('cashier.date.range.out.of.teller.date.range.exception', 'Cashier date range should be in teller date range.');
  const other = book.get('SELECT id FROM cashier WHERE staff_id = ? AND start_date <= ? AND end_date >= ?', given(staffId), until, from);
  if (other !== undefined)
    throw domainRule(
      'cashier.already.allocated.for.given.data.and.time.exception',
      'Cashier already allocated for given date and time range.',
    );
  const id = book.run(
    'INSERT INTO cashier (teller_id, staff_id, description, start_date, end_date, is_full_day) VALUES (?,?,?,?,?,?)',
    teller.id,
    given(staffId),
    description ?? null,
    from,
    until,
    isFullDay === true ? 1 : 0,
  );
  return { resourceId: id };
}

/** Nothing is asked for: what is not given the database refuses. */
function allocateCash(call: Call, tellerId: number, cashierId: number): CommandResult {
  const asked: JsonObject = parseObject(call.body);
  const body = readBody(asked, 'teller', ['txnAmount', 'txnDate', 'currencyCode', 'txnNote', 'entityType', 'entityId']);
  const amount = body.optionalAmount('txnAmount');
  const on = body.optionalDate('txnDate');
  const note = body.optionalText('txnNote', 200);
  body.check();
  const cashier = findCashier(call, tellerId, cashierId);
  if (amount === undefined) throw databaseIssue("Column 'txn_amount' cannot be null");
  if (on === undefined) throw databaseIssue("Column 'txn_date' cannot be null");
  const { book } = call.office;
  const officeId = findTeller(call, tellerId).office_id;
  requireOpenPeriod(call.office, officeId, on);
  const { vault, tellers } = tellerAccounts(call.office);
  for (const [activity, account] of [
    [101, vault],
    [102, tellers],
  ] as const) {
    if (account === null)
      throw notFound(
        'error.msg.financialActivityAccount.not.found',
        `Financial Activity account with for the financial Activity with Id ${String(activity)} does not exist`,
        [activity],
      );
  }
  const id = book.run(
    'INSERT INTO cashier_transaction (cashier_id, amount, date, note, created_by) VALUES (?,?,?,?,?)',
    cashier.id,
    amount,
    on,
    note ?? null,
    call.caller.id,
  );
  postMovement(book, {
    ref: `C${String(id)}`,
    officeId,
    date: on,
    submittedOn: on,
    entityType: null,
    entityId: null,
    createdBy: call.caller.id,
    lines: [
      [tellers ?? 0, amount],
      [vault ?? 0, -amount],
    ],
  });
  return { resourceId: cashier.id, subResourceId: id };
}

/** 1.10.1 asks its database for a column that is not there. */
function askBrokenTable(): CommandResult {
  throw integrityIssue('error.msg.data.integrity.issue', "Unknown column 'sav_txn.appuser_id' in 'ON'", null);
}

function brokenAnswer(call: Call): HeadOfficeReply {
  requireRead(call, 'TELLER');
  throw containerRefusal(500, 'Internal Server Error', call.path, call.office.now());
}

function emptyAnswer(call: Call): HeadOfficeReply {
  requireRead(call, 'TELLER');
  return { status: 204, headers: {}, body: '' };
}

function inTeller(serve: (call: Call, teller: TellerRow) => object): Route['serve'] {
  return (call, parts) => {
    requireRead(call, 'TELLER');
    return reply(serve(call, findTeller(call, parts.number(0))));
  };
}

export const tellerRoutes: readonly Route[] = [
  route('GET', 'tellers', (call) => {
    requireRead(call, 'TELLER');
    const officeId = Number(call.query.get('officeId') ?? '0');
    const rows = call.office.book.all(
      `${TELLERS} WHERE o.hierarchy LIKE ? AND (? = 0 OR t.office_id = ?) ORDER BY t.id`,
      `${call.caller.scope}%`,
      officeId,
      officeId,
    );
    return reply((rows as TellerRow[]).map(tellerReply));
  }),
  route('POST', 'tellers', (call) => runCommand(call, { action: 'CREATE', entity: 'TELLER', perform: () => openTeller(call) })),
  route(
    'GET',
    'tellers/:n',
    inTeller((_call, teller) => tellerReply(teller)),
  ),
  route(
    'GET',
    'tellers/:n/cashiers/template',
    inTeller((call, teller) => ({
      tellerId: teller.id,
      officeId: teller.office_id,
      officeName: teller.office_name,
      tellerName: teller.name,
      staffOptions: staffOptions(call, teller.office_id),
    })),
  ),
  route(
    'GET',
    'tellers/:n/cashiers',
    inTeller((call, teller) => ({
      tellerId: teller.id,
      tellerName: teller.name,
      officeId: teller.office_id,
      officeName: teller.office_name,
      cashiers: (call.office.book.all(`${CASHIERS} WHERE c.teller_id = ? ORDER BY c.id`, teller.id) as CashierRow[]).map(cashierReply),
    })),
  ),
  route('POST', 'tellers/:n/cashiers', (call, parts) =>
    runCommand(call, { action: 'ALLOCATECASHIER', entity: 'TELLER', perform: () => allocateCashier(call, parts.number(0)) }),
  ),
  route('GET', 'tellers/:n/cashiers/:n', (call, parts) => {
    requireRead(call, 'TELLER');
    return reply(cashierReply(findCashier(call, parts.number(0), parts.number(1))));
  }),
  route('POST', 'tellers/:n/cashiers/:n/allocate', (call, parts) =>
    runCommand(call, {
      action: 'ALLOCATECASHTOCASHIER',
      entity: 'TELLER',
      perform: () => allocateCash(call, parts.number(0), parts.number(1)),
    }),
  ),
  route('POST', 'tellers/:n/cashiers/:n/settle', (call) =>
    runCommand(call, { action: 'SETTLECASHFROMCASHIER', entity: 'TELLER', perform: askBrokenTable }),
  ),
  route('GET', 'tellers/:n/cashiers/:n/transactions', brokenAnswer),
  route('GET', 'tellers/:n/cashiers/:n/summaryandtransactions', brokenAnswer),
  route('GET', 'tellers/:n/cashiers/:n/transactions/template', (call, parts) => {
    requireRead(call, 'TELLER');
    const teller = findTeller(call, parts.number(0));
    const cashier = findCashier(call, teller.id, parts.number(1));
    return reply({
      cashierId: cashier.id,
      officeName: teller.office_name,
      tellerId: teller.id,
      tellerName: teller.name,
      cashierName: cashier.staff_name,
      cashierData: cashierReply(cashier),
      startDate: dateArray(cashier.start_date),
      endDate: dateArray(cashier.end_date),
      currencyOptions: CURRENCIES.filter(({ code }) => chosenCurrencies(call.office).includes(code)),
    });
  }),
  route('GET', 'cashiers', emptyAnswer),
  route('GET', 'cashiersjournal', emptyAnswer),
];
