// What each report of the window answers, told from the same replies that the API gives: whatever practice learns about a loan, both ways of
// reading it know. Rows are in the caller's scope; the parameters decide which of them.
import type { Call } from '../call.ts';
import { dateParts } from '../dates.ts';
import { LOAN_COLUMNS, LOAN_FROM, loanDetailReply, type LoanLine, loanListReply } from '../loans/loanReplies.ts';
import { SAVINGS_COLUMNS, SAVINGS_FROM, savingsDetailReply, type SavingsLine, savingsListReply } from '../savings/savingsReplies.ts';
import { CLIENT_COLUMNS, CLIENT_FROM, type ClientLine } from '../clients/clientReplies.ts';
import { findCharge } from '../reference/chargeReplies.ts';
import { LEVEL_GROUP } from '../groups/groupReplies.ts';
import { scopePattern } from '../lists.ts';
import { momentText, stampOf } from './changeStamps.ts';

export type Row = Readonly<Record<string, unknown>>;

export interface Asked {
  readonly after: number;
  readonly most: number;
  readonly mode: number;
  readonly ids: readonly number[];
  readonly since: number;
  readonly tx: number;
  readonly action: string;
  readonly entity: string;
  readonly key: string;
}

/** Modes of the lists. */
const THESE = 1;
const CHANGED = 2;
/** Modes of the commands. */
const BY_KEY = 1;
const COMMANDS_OF = 2;
const WAITING = 3;

/** Transactions that the API leaves out of a loan. */
const REPLAY_OF: ReadonlySet<unknown> = new Set([0, 3]);

type Values = (string | number)[];

interface ListQuery {
  readonly kind: 'client' | 'loan' | 'savings';
  readonly from: string;
  readonly columns: string;
  readonly row: string;
  /** Accounts with a transaction above a number. */
  readonly transacted?: string;
}

/** The rows of a list that the caller may see and asked for, by id. */
function listed<T>(call: Call, asked: Asked, query: ListQuery): T[] {
  const conditions = ['o.hierarchy LIKE ?', `${query.row}.id > ?`];
  const values: Values = [scopePattern(call.caller.scope), asked.after];
  if (asked.mode === THESE) {
    conditions.push(`${query.row}.id IN (SELECT value FROM json_each(?))`);
    values.push(JSON.stringify(asked.ids));
  }
  if (asked.mode === CHANGED) {
    const changed = `${query.row}.id IN (SELECT id FROM change_stamp WHERE kind = '${query.kind}' AND modified >= ?)`;
    const transacted = query.transacted === undefined || asked.tx === 0 ? null : `${query.row}.id IN (${query.transacted})`;
    conditions.push(transacted === null ? changed : `(${changed} OR ${transacted})`);
    values.push(momentText(asked.since * 1_000));
    if (transacted !== null) values.push(asked.tx);
  }
  values.push(asked.most);
  return call.office.book.all(
    `SELECT ${query.columns} ${query.from} WHERE ${conditions.join(' AND ')} ORDER BY ${query.row}.id LIMIT ?`,
    ...values,
  ) as T[];
}

function clientRows(call: Call, asked: Asked): Row[] {
  const query = { kind: 'client', from: CLIENT_FROM, columns: CLIENT_COLUMNS, row: 'c' } as const;
  return listed<ClientLine>(call, asked, query).map((row) => ({
    id: row.id,
    account: row.account_no,
    external: row.external_id,
    status: row.status,
    display: row.display_name,
    first: row.firstname,
    middle: row.middlename,
    last: row.lastname,
    full: row.fullname,
    mobile: row.mobile_no,
    born: day(row.date_of_birth),
    gender: row.gender_name,
    activated: day(row.activated_on),
    legal: row.legal_form,
    office: row.office_id,
    tooffice: row.transfer_to,
    staffid: row.staff_id,
    staff: row.staff_name,
    image: row.image_id,
    closed: day(row.closed_on),
    modified: stampOf(call.office.book, 'client', row.id).modified,
  }));
}

function groupRows(call: Call, asked: Asked): Row[] {
  const these = asked.mode === THESE ? 'AND g.id IN (SELECT value FROM json_each(?))' : '';
  const rows = call.office.book.all(
    `SELECT g.*, s.lastname || ', ' || s.firstname AS staff_name, m.client_id AS member, w.name AS role, v.id AS savings FROM (
       SELECT g.* FROM client_group g JOIN office o ON o.id = g.office_id WHERE g.id > ? AND g.level = ${String(LEVEL_GROUP)} AND o.hierarchy LIKE ? ${these} ORDER BY g.id LIMIT ?) g
     LEFT JOIN staff s ON s.id = g.staff_id LEFT JOIN group_member m ON m.group_id = g.id
     LEFT JOIN group_role r ON r.group_id = g.id AND r.client_id = m.client_id LEFT JOIN code_value w ON w.id = r.role_id
     LEFT JOIN savings_account v ON v.group_id = g.id AND v.client_id IS NULL ORDER BY g.id, m.client_id`,
    asked.after,
    scopePattern(call.caller.scope),
    ...(asked.mode === THESE ? [JSON.stringify(asked.ids)] : []),
    asked.most,
  ) as {
    id: number;
    account_no: string;
    external_id: string | null;
    name: string;
    status: number;
    parent_id: number | null;
    office_id: number;
    staff_id: number | null;
    staff_name: string | null;
    activated_on: string | null;
    member: number | null;
    role: string | null;
    savings: number | null;
  }[];
  return rows.map((row) => ({
    id: row.id,
    account: row.account_no,
    external: row.external_id,
    name: row.name,
    status: row.status,
    level: LEVEL_GROUP,
    parent: row.parent_id,
    office: row.office_id,
    staffid: row.staff_id,
    staff: row.staff_name,
    activated: day(row.activated_on),
    member: row.member,
    role: row.role,
    savings: row.savings,
  }));
}

const LOANS = {
  kind: 'loan',
  from: LOAN_FROM,
  columns: LOAN_COLUMNS,
  row: 'l',
  transacted: 'SELECT loan_id FROM loan_transaction WHERE id > ?',
} as const satisfies ListQuery;

function loanRows(call: Call, asked: Asked): Row[] {
  return listed<LoanLine>(call, asked, LOANS).map((line) => {
    const loan = reader(loanListReply(call, line, undefined));
    const stamp = stampOf(call.office.book, 'loan', line.id);
    return {
      id: line.id,
      account: line.account_no,
      external: line.external_id,
      client: line.client_id,
      groupid: line.group_id,
      type: line.loan_type,
      product: loan('loanProductName'),
      productid: line.product_id,
      currency: loan('currency.code'),
      decimals: loan('currency.decimalPlaces'),
      multiples: loan('currency.inMultiplesOf'),
      status: line.status,
      substatus: null,
      officer: line.officer_id,
      strategy: loan('transactionProcessingStrategyCode'),
      recalculates: bit(loan('isInterestRecalculationEnabled')),
      tranches: bit(loan('multiDisburseLoan')),
      floating: bit(loan('isFloatingInterestRate')),
      variable: bit(loan('isVariableInstallmentsAllowed')),
      downpayment: bit(loan('enableDownPayment')),
      chargedoff: bit(loan('chargedOff')),
      fraud: bit(loan('fraud')),
      submitted: day(line.submitted_on),
      approved: day(line.approved_on),
      expected: day(line.expected_disbursement),
      disbursed: day(line.disbursed_on),
      matures: null,
      closed: day(line.closed_on),
      principal: loan('principal'),
      approvedprincipal: loan('approvedPrincipal'),
      disbursedamount: loan('summary.principalDisbursed') ?? 0,
      outstanding: loan('summary.totalOutstanding') ?? 0,
      principalleft: loan('summary.principalOutstanding') ?? 0,
      interestleft: loan('summary.interestOutstanding') ?? 0,
      feesleft: loan('summary.feeChargesOutstanding') ?? 0,
      penaltiesleft: loan('summary.penaltyChargesOutstanding') ?? 0,
      repaid: loan('summary.totalRepayment') ?? 0,
      expectedtotal: loan('summary.totalExpectedRepayment') ?? 0,
      overpaid: loan('totalOverpaid'),
      installments: loan('numberOfRepayments'),
      atpayout: loan('feeChargesAtDisbursementCharged'),
      topup: bit(loan('isTopup')),
      ...stamp,
    };
  });
}

/** Child rows of the loans asked for, from the whole replies; ids of one child rise over all loans. */
function loanChildren(call: Call, asked: Asked, association: string, rowsOf: (loan: Read, line: LoanLine) => Row[]): Row[] {
  const whole = { ...call, query: new URLSearchParams({ associations: association }) };
  const loans = listed<LoanLine>(call, { ...asked, mode: THESE, after: 0, most: asked.ids.length }, LOANS);
  return afterAndMost(
    loans.flatMap((line) => rowsOf(reader(loanDetailReply(whole, line)), line)),
    asked,
  );
}

/** Instalments have no number of their own in this book. */
const INSTALMENTS_MOST = 1_000;

function periodRows(call: Call, asked: Asked): Row[] {
  return loanChildren(call, asked, 'repaymentSchedule', (loan, line) =>
    each(loan('repaymentSchedule.periods')).flatMap((period) =>
      period('period') === null
        ? []
        : [
            {
              id: line.id * INSTALMENTS_MOST + Number(period('period')),
              loan: line.id,
              period: period('period'),
              due: period('dueDate'),
              met: period('obligationsMetOnDate'),
              principal: period('principalDue'),
              principalleft: period('principalOutstanding'),
              interest: period('interestDue'),
              interestleft: period('interestOutstanding'),
              fees: period('feeChargesDue'),
              feesleft: period('feeChargesOutstanding'),
              penalties: period('penaltyChargesDue'),
              penaltiesleft: period('penaltyChargesOutstanding'),
              paid: period('totalPaidForPeriod'),
            },
          ],
    ),
  );
}

function loanTransactionRows(call: Call, asked: Asked): Row[] {
  return loanChildren(call, asked, 'transactions', (loan, line) =>
    each(loan('transactions'))
      .filter((transaction) => !REPLAY_OF.has(transaction('type.id')))
      .map((transaction) => ({
        id: transaction('id'),
        loan: line.id,
        type: transaction('type.id'),
        day: transaction('date'),
        amount: transaction('amount'),
        principal: transaction('principalPortion') ?? 0,
        interest: transaction('interestPortion') ?? 0,
        fees: transaction('feeChargesPortion') ?? 0,
        penalties: transaction('penaltyChargesPortion') ?? 0,
        overpayment: transaction('overpaymentPortion') ?? 0,
        balance: transaction('outstandingLoanBalance'),
        reversed: bit(transaction('manuallyReversed')),
        external: transaction('externalId'),
        receipt: transaction('paymentDetailData.receiptNumber'),
        paytype: transaction('paymentDetailData.paymentType.id'),
        entered: transaction('submittedOnDate'),
        byuser: null,
      })),
  );
}

function loanChargeRows(call: Call, asked: Asked): Row[] {
  return loanChildren(call, asked, 'charges', (loan, line) =>
    each(loan('charges')).map((charge) => ({
      id: charge('id'),
      loan: line.id,
      charge: charge('chargeId'),
      name: charge('name'),
      time: charge('chargeTimeType.id') ?? 2,
      calculation: charge('chargeCalculationType.id') ?? 1,
      penalty: bit(charge('penalty')),
      due: charge('dueDate'),
      amount: charge('amount'),
      paid: charge('amountPaid') ?? 0,
      waivedamount: charge('amountWaived') ?? 0,
      writtenoff: charge('amountWrittenOff') ?? 0,
      outstanding: charge('amountOutstanding') ?? charge('amount'),
      ispaid: bit(charge('paid')),
      waived: bit(charge('waived')),
      external: charge('externalId'),
    })),
  );
}

const SAVINGS = {
  kind: 'savings',
  from: SAVINGS_FROM,
  columns: SAVINGS_COLUMNS,
  row: 'a',
  transacted: 'SELECT account_id FROM savings_transaction WHERE id > ?',
} as const satisfies ListQuery;

function savingsRows(call: Call, asked: Asked): Row[] {
  return listed<SavingsLine>(call, asked, SAVINGS).map((line) => {
    const account = reader(savingsListReply(call, line));
    const stamp = stampOf(call.office.book, 'savings', line.id);
    return {
      id: line.id,
      account: line.account_no,
      external: line.external_id,
      client: line.client_id,
      groupid: line.group_id,
      deposit: account('depositType.id') ?? 100,
      product: account('savingsProductName'),
      productid: line.product_id,
      currency: account('currency.code'),
      decimals: account('currency.decimalPlaces'),
      multiples: account('currency.inMultiplesOf'),
      status: line.status,
      substatus: line.sub_status,
      blockreason: account('reasonForBlock'),
      balance: account('summary.accountBalance') ?? 0,
      held: account('savingsAmountOnHold'),
      guaranteeheld: account('onHoldFunds'),
      minimum: account('minRequiredBalance'),
      enforced: bit(account('enforceMinRequiredBalance')),
      overdraft: bit(account('allowOverdraft')),
      overdraftlimit: account('overdraftLimit'),
      lien: bit(account('lienAllowed')),
      lienlimit: account('maxAllowedLienLimit'),
      lockeduntil: account('lockedInUntilDate'),
      lockcount: account('lockinPeriodFrequency'),
      lockunit: account('lockinPeriodFrequencyType.id'),
      submitted: day(line.submitted_on),
      activated: day(line.activated_on),
      closed: day(line.closed_on),
      rate: account('nominalAnnualInterestRate'),
      officer: line.officer_id,
      ...stamp,
    };
  });
}

function savingsChildren(call: Call, asked: Asked, association: string, rowsOf: (account: Read, line: SavingsLine) => Row[]): Row[] {
  const whole = { ...call, query: new URLSearchParams({ associations: association }) };
  const accounts = listed<SavingsLine>(call, { ...asked, mode: THESE, after: 0, most: asked.ids.length }, SAVINGS);
  return afterAndMost(
    accounts.flatMap((line) => rowsOf(reader(savingsDetailReply(whole, line)), line)),
    asked,
  );
}

function savingsChargeRows(call: Call, asked: Asked): Row[] {
  return savingsChildren(call, asked, 'charges', (account, line) =>
    each(account('charges')).map((charge) => ({
      id: charge('id'),
      savings: line.id,
      charge: charge('chargeId'),
      ...limitsOf(call, Number(charge('chargeId'))),
      name: charge('name'),
      time: charge('chargeTimeType.id'),
      calculation: charge('chargeCalculationType.id'),
      penalty: bit(charge('penalty')),
      active: bit(charge('isActive') ?? true),
      due: charge('dueDate'),
      amount: charge('amount'),
      percent: charge('percentage'),
      outstanding: charge('amountOutstanding') ?? 0,
      free: bit(charge('isFreeWithdrawal')),
    })),
  );
}

/** What only the definition of a charge says of its withdrawals. */
function limitsOf(call: Call, chargeId: number): Row {
  const { free_withdrawals: free, payment_type_id: only } = findCharge(call.office.book, chargeId);
  return { freecount: free === 0 ? null : free, limited: bit(only !== null), paytype: only };
}

function savingsTransactionRows(call: Call, asked: Asked): Row[] {
  return savingsChildren(call, asked, 'transactions', (account, line) =>
    each(account('transactions')).map((transaction) => ({
      id: transaction('id'),
      savings: line.id,
      type: transaction('transactionType.id'),
      day: transaction('date'),
      amount: transaction('amount'),
      balance: transaction('runningBalance'),
      reversed: bit(transaction('reversed')),
      reversal: bit(transaction('isReversal')),
      original: transaction('originalTransactionId'),
      releasedby: transaction('releaseTransactionId'),
      heldfor: transaction('reasonForBlock'),
      lien: bit(transaction('lienTransaction')),
      reference: null,
      receipt: transaction('paymentDetailData.receiptNumber'),
      paytype: transaction('paymentDetailData.paymentType.id'),
      transfer: transaction('transfer.transferDescription'),
      entered: transaction('submittedOnDate'),
      byuser: null,
    })),
  );
}

interface CommandLine {
  readonly id: number;
  readonly action: string;
  readonly entity: string;
  readonly key: string;
  readonly status: number;
  readonly url: string;
  readonly made_by: number;
  readonly made_at: number;
  readonly maker: string;
  readonly checked_by: number | null;
  readonly checked_at: number | null;
  readonly checker: string | null;
  readonly resource_id: number | null;
  readonly sub_resource_id: number | null;
  readonly resource_external_id: string | null;
  readonly transaction_id: string | null;
  readonly client_id: number | null;
  readonly group_id: number | null;
  readonly loan_id: number | null;
  readonly savings_id: number | null;
  readonly office_id: number | null;
  readonly result_status: number | null;
  readonly result_body: string | null;
}

/** Unlike the audit trail it shows what waits to the maker's own office. */
function commandRows(call: Call, asked: Asked): Row[] {
  const conditions = ['r.id > ?', '(mo.hierarchy LIKE ? OR o.hierarchy LIKE ?)'];
  const values: Values = [asked.after, scopePattern(call.caller.scope), scopePattern(call.caller.scope)];
  if (asked.mode === BY_KEY) {
    conditions.push('r.action = ? AND r.entity = ? AND rtrim(r.key) = rtrim(?) COLLATE NOCASE');
    values.push(asked.action, asked.entity, asked.key);
  }
  if (asked.mode === COMMANDS_OF) {
    conditions.push('r.id IN (SELECT value FROM json_each(?))');
    values.push(JSON.stringify(asked.ids));
  }
  if (asked.mode === WAITING) conditions.push('r.status = 2');
  const rows = call.office.book.all(
    `SELECT r.*, m.username AS maker, k.username AS checker FROM command_row r JOIN user_account m ON m.id = r.made_by
     LEFT JOIN office mo ON mo.id = m.office_id LEFT JOIN user_account k ON k.id = r.checked_by LEFT JOIN office o ON o.id = r.office_id
     WHERE ${conditions.join(' AND ')} ORDER BY r.id LIMIT ?`,
    ...values,
    asked.most,
  ) as CommandLine[];
  return rows.map((row) => ({
    id: row.id,
    action: row.action,
    entity: row.entity,
    status: row.status,
    code: row.result_status,
    idempotency: row.key,
    maker: row.made_by,
    made: momentText(row.made_at),
    checker: row.checked_by,
    checked: row.checked_at === null ? null : momentText(row.checked_at),
    makername: row.maker,
    checkername: row.checker,
    resource: row.resource_id,
    subresource: row.sub_resource_id,
    external: row.resource_external_id,
    subexternal: null,
    transactionid: row.transaction_id,
    client: row.client_id,
    loan: row.loan_id ?? (row.entity === 'LOAN' ? row.resource_id : null),
    savings: row.savings_id ?? (row.entity === 'SAVINGSACCOUNT' ? row.resource_id : null),
    groupid: row.group_id,
    office: row.office_id,
    url: row.url,
    result: asked.mode === BY_KEY || asked.mode === COMMANDS_OF ? (row.result_body?.slice(0, 500) ?? null) : null,
  }));
}

function paperRows(call: Call, asked: Asked): Row[] {
  const rows = call.office.book.all(
    `SELECT q.* FROM (
       SELECT i.id * 4 + 1 AS pos, 1 AS kind, i.id AS id, i.client_id AS client, v.name AS text1, i.document_key AS text2, i.description AS text3
       FROM client_identifier i JOIN code_value v ON v.id = i.document_type_id
       UNION ALL SELECT n.id * 4 + 2, 2, n.id, n.entity_id, n.note, n.created_at, n.created_by FROM note n WHERE n.entity = 'clients'
       UNION ALL SELECT d.id * 4 + 3, 3, d.id, d.entity_id, d.name, d.file_name, d.type FROM document d WHERE d.entity = 'clients') q
     JOIN client c ON c.id = q.client JOIN office o ON o.id = c.office_id
     WHERE q.client IN (SELECT value FROM json_each(?)) AND q.pos > ? AND o.hierarchy LIKE ? ORDER BY q.pos LIMIT ?`,
    JSON.stringify(asked.ids),
    asked.after,
    scopePattern(call.caller.scope),
    asked.most,
  ) as (Record<string, unknown> & { kind: number; text2: unknown; text3: unknown })[];
  const isNote = (kind: number): boolean => kind === 2;
  return rows.map((row) => ({
    ...row,
    text2: isNote(row.kind) ? momentText(Number(row.text2)) : row.text2,
    text3: row.text3 === null ? null : String(row.text3 as string | number),
  }));
}

const SHELVES = [
  ['clients', 'client', 'client', 'JOIN office o ON o.id = t.office_id'],
  ['groups', 'client_group', null, `JOIN office o ON o.id = t.office_id AND t.level = ${String(LEVEL_GROUP)}`],
  ['members', 'group_member', null, 'JOIN client_group g ON g.id = t.group_id JOIN office o ON o.id = g.office_id'],
  ['loans', 'loan', 'loan', 'JOIN office o ON o.id = t.office_id'],
  ['savings', 'savings_account', 'savings', 'JOIN office o ON o.id = t.office_id'],
  ['periods', null, null, ''],
  ['loantransactions', null, null, ''],
  ['savingstransactions', null, null, ''],
] as const;
const TOPS = [
  ['anyloantransaction', 'loan_transaction'],
  ['anysavingstransaction', 'savings_transaction'],
  ['anycommand', 'command_row'],
] as const;
/** Mode in which only the highest ids are asked for. */
const NEWEST_ONLY = 2;

function tallyRows(call: Call, asked: Asked): Row[] {
  const { book } = call.office;
  const shelves = SHELVES.map(([what, table, kind, join], at) => {
    const counted = table !== null && asked.mode !== NEWEST_ONLY;
    const id = what === 'members' ? 'client_id' : 'id';
    const { rows, top } = counted
      ? (book.get(
          `SELECT count(*) AS rows, coalesce(max(t.${id}), 0) AS top FROM ${table} t ${join} WHERE o.hierarchy LIKE ?`,
          scopePattern(call.caller.scope),
        ) as { rows: number; top: number })
      : { rows: 0, top: 0 };
    const newest =
      counted && kind !== null && rows > 0
        ? (book.get(
            `SELECT max(s.modified) AS modified FROM change_stamp s JOIN ${table} t ON t.id = s.id ${join} WHERE s.kind = ? AND o.hierarchy LIKE ?`,
            kind,
            scopePattern(call.caller.scope),
          ) as { modified: string | null })
        : { modified: null };
    const modified = newest.modified ?? (counted && kind !== null && rows > 0 ? stampOf(book, kind, 0).modified : null);
    return { shelf: at + 1, what, rowsum: rows, top, modified };
  });
  const tops = TOPS.map(([what, table], at) => {
    const { top } = book.get(`SELECT coalesce(max(id), 0) AS top FROM ${table}`) as { top: number };
    return { shelf: SHELVES.length + at + 1, what, rowsum: 0, top, modified: null };
  });
  return [...shelves, ...tops];
}

export const WINDOW_ROWS: Readonly<Record<string, (call: Call, asked: Asked) => Row[]>> = {
  'Tawi Clients': clientRows,
  'Tawi Groups': groupRows,
  'Tawi Loans': loanRows,
  'Tawi LoanPeriods': periodRows,
  'Tawi LoanTransactions': loanTransactionRows,
  'Tawi LoanCharges': loanChargeRows,
  'Tawi Savings': savingsRows,
  'Tawi SavingsCharges': savingsChargeRows,
  'Tawi SavingsTransactions': savingsTransactionRows,
  'Tawi Commands': commandRows,
  'Tawi Papers': paperRows,
  'Tawi Tally': tallyRows,
};

function afterAndMost(rows: readonly Row[], { after, most }: Asked): Row[] {
  return rows
    .filter((row) => Number(row['id']) > after)
    .sort((one, other) => Number(one['id']) - Number(other['id']))
    .slice(0, most);
}

function day(date: string | null | undefined): readonly number[] | null {
  return date === null || date === undefined ? null : dateParts(date);
}

function bit(value: unknown): 0 | 1 {
  return value === true ? 1 : 0;
}

type Read = (path: string) => unknown;

/** Reads members of a reply by path; what is not told is null, as a column is. */
function reader(reply: object): Read {
  return (path) => {
    let value: unknown = reply;
    for (const name of path.split('.'))
      value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
    return value ?? null;
  };
}

function each(value: unknown): Read[] {
  return Array.isArray(value) ? (value as object[]).map(reader) : [];
}
