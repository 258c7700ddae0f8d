// What is due of each member on a day: of the groups that meet, or of an office's single clients. A sheet is made for any
// day, whether anybody meets on it or not.
import { currencyReply, jsonAmount } from '../amounts.ts';
import type { Call } from '../call.ts';
import { given, parseObject, readBody } from '../commandBody.ts';
import { dateArray } from '../dates.ts';
import { loanProductOption } from '../loans/productOptions.ts';
import { paymentTypeReplies } from '../options.ts';
import { GROUP_COLUMNS, GROUP_FROM, type GroupRow } from './groupReplies.ts';
import { attendanceOf, ATTENDANCE_TYPES, attendanceType } from '../calendars/calendarBook.ts';

interface LoanDue {
  client_id: number;
  client_name: string;
  id: number;
  account_no: string;
  status: number;
  short_name: string;
  product_id: number;
  principal: number;
  principal_paid: number;
  interest: number;
  interest_paid: number;
  fee: number;
  fee_paid: number;
}

interface SavingsLine {
  client_id: number;
  client_name: string;
  id: number;
  account_no: string;
  status: number;
  short_name: string;
  product_id: number;
}

const INDIVIDUAL = 1;

export function groupsOfCenter(call: Call, centerId: number): GroupRow[] {
  return call.office.book.all(`SELECT ${GROUP_COLUMNS} ${GROUP_FROM} WHERE g.parent_id = ? ORDER BY g.id`, centerId) as GroupRow[];
}

function loansDue(call: Call, date: string, condition: string, ...values: (string | number)[]): LoanDue[] {
  return call.office.book.all(
    `SELECT l.client_id, c.display_name AS client_name, l.id, l.account_no, l.status, p.short_name, l.product_id,
       SUM(i.principal - i.principal_paid) AS principal, SUM(i.principal_paid) AS principal_paid,
       SUM(i.interest - i.interest_paid - i.interest_waived) AS interest, SUM(i.interest_paid) AS interest_paid,
       SUM(i.fee - i.fee_paid - i.fee_waived) AS fee, SUM(i.fee_paid) AS fee_paid
     FROM loan l JOIN client c ON c.id = l.client_id JOIN loan_product p ON p.id = l.product_id JOIN loan_installment i ON i.loan_id = l.id
     WHERE l.status = 300 AND i.due_date <= ? AND ${condition} GROUP BY l.id ORDER BY l.client_id, l.id`,
    date,
    ...values,
  ) as LoanDue[];
}

function savingsOf(call: Call, condition: string, ...values: (string | number)[]): SavingsLine[] {
  return call.office.book.all(
    `SELECT s.client_id, c.display_name AS client_name, s.id, s.account_no, s.status, p.short_name, s.product_id FROM savings_account s
     JOIN client c ON c.id = s.client_id JOIN savings_product p ON p.id = s.product_id WHERE s.status = 300 AND ${condition} ORDER BY s.client_id, s.id`,
    ...values,
  ) as SavingsLine[];
}

function loanLine(row: LoanDue): object {
  return {
    loanId: row.id,
    accountId: row.account_no,
    accountStatusId: row.status,
    productShortName: row.short_name,
    productId: row.product_id,
    currency: currencyReply,
    principalDue: jsonAmount(row.principal),
    principalPaid: jsonAmount(row.principal_paid),
    interestDue: jsonAmount(row.interest),
    interestPaid: jsonAmount(row.interest_paid),
    totalDue: jsonAmount(row.principal + row.interest),
    feeDue: jsonAmount(row.fee),
    feePaid: jsonAmount(row.fee_paid),
  };
}

function savingsLine(row: SavingsLine): object {
  return {
    savingsId: row.id,
    accountId: row.account_no,
    accountStatusId: row.status,
    productName: row.short_name,
    productId: row.product_id,
    currency: currencyReply,
    dueAmount: 0,
    depositAccountType: 'Saving Deposit',
  };
}

interface Line {
  client_id: number;
  client_name: string;
}

/** Clients in the order of the first list, then who is in the second alone. */
function byClient(first: readonly Line[], second: readonly Line[]): Map<number, string> {
  return new Map([...first, ...second].map((row) => [row.client_id, row.client_name]));
}

function productsOf(rows: readonly { product_id: number; short_name: string }[]): { id: number; name: string }[] {
  return [...new Map(rows.map((row) => [row.product_id, row.short_name]))].map(([id, name]) => ({ id, name }));
}

function loanProduct(product: { id: number; name: string }): object {
  const { multiDisburseLoan: _many, ...option } = loanProductOption(product);
  return { ...option, currency: currencyReply };
}

function savingsProduct(product: { id: number; name: string }): object {
  return {
    ...product,
    withdrawalFeeForTransfers: false,
    allowOverdraft: false,
    enforceMinRequiredBalance: false,
    lienAllowed: false,
    withHoldTax: false,
    depositAccountType: 'Saving Deposit',
  };
}

export function generateSheet(call: Call, groups: readonly GroupRow[]): object {
  const body = readBody(parseObject(call.body), 'collectionsheet', ['calendarId', 'transactionDate']);
  const calendarId = body.identifier('calendarId');
  const on = body.date('transactionDate');
  body.check();
  const date = given(on);
  const attended = attendanceOf(call, given(calendarId), date);
  const allLoans: LoanDue[] = [];
  const allSavings: SavingsLine[] = [];
  const lines = groups.map((group) => {
    const loans = loansDue(call, date, 'l.group_id = ?', group.id);
    const savings = savingsOf(call, 's.client_id IN (SELECT client_id FROM group_member WHERE group_id = ?)', group.id);
    allLoans.push(...loans);
    allSavings.push(...savings);
    return {
      groupId: group.id,
      groupName: group.name,
      staffId: group.staff_id ?? undefined,
      staffName: group.staff_name ?? undefined,
      levelId: group.level,
      levelName: 'Group',
      clients: [...byClient(loans, savings)].map(([clientId, clientName]) => ({
        clientId,
        clientName,
        loans: loans.filter((row) => row.client_id === clientId).map(loanLine),
        savings: savings.filter((row) => row.client_id === clientId).map(savingsLine),
        attendanceType: attendanceType(attended.get(clientId) ?? 0),
      })),
    };
  });
  return {
    dueDate: dateArray(date),
    loanProducts: productsOf(allLoans).map(loanProduct),
    savingsProducts: productsOf(allSavings).map(savingsProduct),
    groups: lines,
    attendanceTypeOptions: ATTENDANCE_TYPES.map(attendanceType),
    paymentTypeOptions: paymentTypeReplies(call),
  };
}

export function generateIndividualSheet(call: Call): object {
  const body = readBody(parseObject(call.body), 'collectionsheet', ['officeId', 'staffId', 'transactionDate']);
  const officeId = body.identifier('officeId');
  const staffId = body.optionalIdentifier('staffId');
  const on = body.date('transactionDate');
  body.check();
  const whose = `c.office_id = ? AND (? = 0 OR c.staff_id = ?)`;
  const values = [given(officeId), staffId ?? 0, staffId ?? 0];
  const loans = loansDue(call, given(on), `l.loan_type = ${String(INDIVIDUAL)} AND ${whose}`, ...values);
  const savings = savingsOf(call, whose, ...values);
  return {
    dueDate: dateArray(given(on)),
    clients: [...byClient(savings, loans)].map(([clientId, clientName]) => {
      const [owed, kept] = [loans.filter((row) => row.client_id === clientId), savings.filter((row) => row.client_id === clientId)];
      return {
        clientId,
        clientName,
        loans: owed.length === 0 ? undefined : owed.map(loanLine),
        savings: kept.length === 0 ? undefined : kept.map(savingsLine),
      };
    }),
    paymentTypeOptions: paymentTypeReplies(call),
  };
}
