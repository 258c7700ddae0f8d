// What head office tells about a client: a line of the list, which says all there is, and the detail, which leaves out
// what is nothing. Also the accounts of a client or a group.
import { savingsTermsOf } from '../savings/savingsAccount.ts';
import { businessDate, type Call } from '../call.ts';
import { currencyReply, currencyReplyNow, inCurrency, jsonAmount } from '../amounts.ts';
import { dateArray } from '../dates.ts';
import { clientStatus, loanStatus, loanType, savingsStatus, savingsSubStatus } from '../enumerations.ts';
import { notFound } from '../errors.ts';
import { LOAN_ACTIVE, type LoanRow } from '../loans/loanAccount.ts';
import { timelineOf as loanTimeline } from '../loans/loanReplies.ts';
import { counterOf } from '../loans/loanStanding.ts';
import { savingsTimeline } from '../savings/savingsReplies.ts';
import type { SavingsRow } from '../savings/savingsAccount.ts';
import { didBy } from '../timeline.ts';

export interface ClientRow {
  id: number;
  account_no: string;
  external_id: string | null;
  status: number;
  firstname: string | null;
  middlename: string | null;
  lastname: string | null;
  fullname: string | null;
  display_name: string;
  mobile_no: string | null;
  email: string | null;
  date_of_birth: string | null;
  gender_id: number | null;
  client_type_id: number | null;
  classification_id: number | null;
  office_id: number;
  staff_id: number | null;
  legal_form: number;
  submitted_on: string;
  submitted_by: number;
  activated_on: string | null;
  closed_on: string | null;
  activated_by: number | null;
  closed_by: number | null;
  transfer_to: number | null;
  transfer_on: string | null;
  office_joined_on: string | null;
}

export interface ClientLine extends ClientRow {
  office_name: string;
  staff_name: string | null;
  gender_name: string | null;
  client_type_name: string | null;
  classification_name: string | null;
  image_id: number | null;
  transfer_name: string | null;
}

export const CLIENT_COLUMNS = `c.*, o.name AS office_name, s.lastname || ', ' || s.firstname AS staff_name, v.name AS gender_name, ct.name AS client_type_name, cc.name AS classification_name, t.name AS transfer_name,
  (SELECT i.id FROM image i WHERE i.entity = 'clients' AND i.entity_id = c.id) AS image_id`;
export const CLIENT_FROM =
  'FROM client c JOIN office o ON o.id = c.office_id LEFT JOIN staff s ON s.id = c.staff_id LEFT JOIN code_value v ON v.id = c.gender_id LEFT JOIN code_value ct ON ct.id = c.client_type_id LEFT JOIN code_value cc ON cc.id = c.classification_id LEFT JOIN office t ON t.id = c.transfer_to';

const NOTHING = { active: false, mandatory: false };

function timelineOf(call: Call, row: ClientRow, isListed: boolean): object {
  const { book } = call.office;
  const end = { 700: 'rejected', 800: 'withdrawn' }[row.status];
  // In transfer nobody is told to have activated the client.
  const isMoving = row.status === 303 || row.status === 304;
  return {
    ...didBy(book, 'submitted', row.submitted_on, isListed ? row.submitted_by : null),
    ...(isMoving && !isListed ? {} : didBy(book, 'activated', row.activated_on, row.activated_by)),
    ...(end === undefined ? didBy(book, 'closed', row.closed_on, row.closed_by) : didBy(book, end, row.closed_on, row.closed_by)),
  };
}

function legalForm(id: number): object {
  return id === 2 ? { id, code: 'legalFormType.entity', value: 'Entity' } : { id: 1, code: 'legalFormType.person', value: 'Person' };
}

function chosen(id: number | null, name: string | null): object {
  return id === null ? NOTHING : { id, name, ...NOTHING };
}

/** A line of a list, or a member of a group. */
export function clientReply(call: Call, row: ClientLine): Record<string, unknown> {
  return {
    id: row.id,
    accountNo: row.account_no,
    externalId: row.external_id ?? undefined,
    status: clientStatus(row.status),
    subStatus: NOTHING,
    active: row.status === 300,
    activationDate: dateArray(row.activated_on),
    firstname: row.firstname ?? undefined,
    middlename: row.middlename ?? undefined,
    lastname: row.lastname ?? undefined,
    fullname: row.fullname ?? undefined,
    displayName: row.display_name,
    mobileNo: row.mobile_no ?? undefined,
    emailAddress: row.email ?? undefined,
    dateOfBirth: dateArray(row.date_of_birth),
    gender: chosen(row.gender_id, row.gender_name),
    clientType: chosen(row.client_type_id, row.client_type_name),
    clientClassification: chosen(row.classification_id, row.classification_name),
    isStaff: false,
    officeId: row.office_id,
    officeName: row.office_name,
    transferToOfficeId: row.transfer_to ?? undefined,
    transferToOfficeName: row.transfer_name ?? undefined,
    imageId: row.image_id ?? undefined,
    imagePresent: row.image_id === null ? undefined : true,
    staffId: row.staff_id ?? undefined,
    staffName: row.staff_name ?? undefined,
    timeline: timelineOf(call, row, true),
    legalForm: legalForm(row.legal_form),
    clientNonPersonDetails: { constitution: NOTHING, mainBusinessLine: NOTHING },
  };
}

export function clientDetailReply(call: Call, row: ClientLine): Record<string, unknown> {
  const {
    subStatus: _sub,
    clientType,
    clientClassification,
    clientNonPersonDetails: _details,
    gender,
    legalForm: form,
    ...line
  } = clientReply(call, row);
  return {
    ...line,
    gender: row.gender_id === null ? undefined : gender,
    clientType: row.client_type_id === null ? undefined : clientType,
    clientClassification: row.classification_id === null ? undefined : clientClassification,
    timeline: timelineOf(call, row, false),
    // 1.10.1 really fills this name with the client's own number.
    savingsProductName: String(row.id),
    legalForm: form,
    clientCollateralManagements: [],
    groups: call.office.book.all(
      'SELECT g.id, g.account_no AS accountNo, g.name FROM group_member m JOIN client_group g ON g.id = m.group_id WHERE m.client_id = ? ORDER BY g.id',
      row.id,
    ),
  };
}

export function unknownClient(id: number): Error {
  return notFound('error.msg.client.id.invalid', `Client with identifier ${String(id)} does not exist`, [id]);
}

/** Reading says it in other words than a command. */
export function clientNotFound(value: number | string): Error {
  return notFound('error.msg.client.not.found.with.client.id', `Client not found with valuer ${String(value)}.`, [String(value)]);
}

type LoanLine = LoanRow & { product_name: string; short_name: string; outstanding: number };

type SavingsLine = SavingsRow & { product_name: string; short_name: string };

/** The accounts of an owner; lists that are empty are left out, two that practice never fills are there. */
export function accountsReply(call: Call, owner: 'client_id' | 'group_id', id: number): object {
  const { book } = call.office;
  const alone = owner === 'group_id' ? ' AND {}.client_id IS NULL' : '';
  const loans = book.all(
    `SELECT l.*, p.name AS product_name, p.short_name,
     l.principal + l.interest_charged + l.fee_charged + l.penalty_charged - l.principal_paid - l.interest_paid - l.fee_paid - l.penalty_paid
     - l.principal_written_off - l.interest_written_off - l.fee_written_off - l.penalty_written_off - l.interest_waived - l.fee_waived - l.penalty_waived AS outstanding
     FROM loan l JOIN loan_product p ON p.id = l.product_id WHERE l.${owner} = ?${alone.replace('{}', 'l')} ORDER BY l.id`,
    id,
  ) as LoanLine[];
  const savings = book.all(
    `SELECT a.*, p.name AS product_name, p.short_name FROM savings_account a JOIN savings_product p ON p.id = a.product_id WHERE a.${owner} = ?${alone.replace('{}', 'a')} ORDER BY a.status, a.id`,
    id,
  ) as SavingsLine[];
  const kind =
    owner === 'client_id'
      ? { id: 1, code: 'accountType.individual', value: 'Individual' }
      : { id: 2, code: 'accountType.group', value: 'Group' };
  return {
    loanAccounts: loans.length === 0 ? undefined : loans.map((row) => loanAccountReply(call, row)),
    groupLoanIndividualMonitoringAccounts: [],
    savingsAccounts: savings.length === 0 ? undefined : savings.map((row) => savingsAccountReply(call, row, kind)),
    guarantorAccounts: [],
  };
}

function isInArrears(call: Call, loanId: number): boolean {
  const row = call.office.book.get(
    `SELECT loan_id FROM loan_installment WHERE loan_id = ? AND due_date < ? AND principal + interest + fee + penalty
     > principal_paid + interest_paid + fee_paid + penalty_paid + interest_waived + fee_waived + penalty_waived`,
    loanId,
    businessDate(call.office),
  );
  return row !== undefined;
}

function loanAccountReply(call: Call, row: LoanLine): object {
  return {
    id: row.id,
    accountNo: row.account_no,
    externalId: row.external_id ?? undefined,
    productId: row.product_id,
    productName: row.product_name,
    shortProductName: row.short_name,
    status: loanStatus(row.status),
    currency: currencyReply,
    loanType: loanType(row.loan_type),
    loanCycle: counterOf(call, row),
    timeline: loanTimeline(call, row),
    inArrears: row.status === LOAN_ACTIVE && isInArrears(call, row.id),
    originalLoan: jsonAmount(row.principal),
    loanBalance: row.status === 300 ? jsonAmount(row.outstanding) : undefined,
  };
}

function savingsAccountReply(call: Call, row: SavingsLine, accountType: object): object {
  const timeline = savingsTimeline(call, row) as Record<string, unknown>;
  return {
    id: row.id,
    accountNo: row.account_no,
    externalId: row.external_id ?? undefined,
    productId: row.product_id,
    productName: row.product_name,
    shortProductName: row.short_name,
    status: savingsStatus(row.status),
    ...inCurrency(savingsTermsOf(row).currency, () => ({
      currency: currencyReplyNow(),
      accountBalance: row.balance === 0 ? undefined : jsonAmount(row.balance),
    })),
    accountType,
    timeline: Object.fromEntries(Object.entries(timeline).filter(([name]) => !name.startsWith('activatedBy'))),
    subStatus: savingsSubStatus(row.sub_status),
    lastActiveTransactionDate: dateArray(row.last_transaction_on ?? row.activated_on),
    depositType: { id: 100, code: 'depositAccountType.savingsDeposit', value: 'Savings' },
  };
}
