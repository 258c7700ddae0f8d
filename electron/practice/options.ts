// The choices that head office's templates list: payment types, officers, code values. One reading of each.
import type { Call } from './call.ts';
import { dateArray } from './dates.ts';
import { notFound } from './errors.ts';

export interface PaymentTypeRow {
  id: number;
  name: string;
  description: string;
  is_cash: number;
  position: number;
  code_name: string | null;
  is_system: number;
}

export function paymentTypeReplies(call: Call): object[] {
  const rows = call.office.book.all('SELECT * FROM payment_type ORDER BY position, id') as PaymentTypeRow[];
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    description: row.description,
    isCashPayment: row.is_cash === 1,
    position: row.position,
    codeName: row.code_name ?? undefined,
    isSystemDefined: row.is_system === 1,
  }));
}

interface StaffRow {
  id: number;
  external_id: string | null;
  firstname: string;
  lastname: string;
  office_id: number;
  office_name: string;
  is_loan_officer: number;
  is_active: number;
  joined_on: string;
}

function staffReply(row: StaffRow): object {
  return {
    id: row.id,
    externalId: row.external_id ?? undefined,
    firstname: row.firstname,
    lastname: row.lastname,
    displayName: `${row.lastname}, ${row.firstname}`,
    officeId: row.office_id,
    officeName: row.office_name,
    isLoanOfficer: row.is_loan_officer === 1,
    isActive: true,
    joiningDate: dateArray(row.joined_on === '' ? null : row.joined_on),
  };
}

/** Active staff of an office, by name. */
export function staffReplies(call: Call, officeId: number): object[] {
  const rows = call.office.book.all(
    'SELECT s.*, o.name AS office_name FROM staff s JOIN office o ON o.id = s.office_id WHERE s.office_id = ? AND s.is_active = 1 ORDER BY lower(s.lastname), s.id',
    officeId,
  ) as StaffRow[];
  return rows.map(staffReply);
}

/** Loan officers of an office, as a form offers them. */
export function loanOfficersOf(call: Call, officeId: number): object[] {
  const rows = call.office.book.all(
    'SELECT s.*, o.name AS office_name FROM staff s JOIN office o ON o.id = s.office_id WHERE s.office_id = ? AND s.is_loan_officer = 1 AND s.is_active = 1 ORDER BY s.id',
    officeId,
  ) as StaffRow[];
  return rows.map(staffReply);
}

/** Everybody who works at an office, by name only. */
export function staffOptions(call: Call, officeId: number): object[] {
  const rows = call.office.book.all(
    'SELECT id, firstname, lastname FROM staff WHERE office_id = ? AND is_active = 1 ORDER BY id',
    officeId,
  ) as { id: number; firstname: string; lastname: string }[];
  return rows.map((row) => ({ id: row.id, displayName: `${row.lastname}, ${row.firstname}` }));
}

/** The values of a code in order of their position. */
export function codeValueOptions(call: Call, codeName: string): object[] {
  const rows = call.office.book.all(
    'SELECT v.id, v.name, v.position, v.description FROM code_value v JOIN code c ON c.id = v.code_id WHERE c.name = ? ORDER BY v.position, v.id DESC',
    codeName,
  ) as { id: number; name: string; position: number; description: string | null }[];
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    position: row.position,
    description: row.description ?? undefined,
    active: true,
    mandatory: false,
  }));
}

/** The value itself, or head office's refusal when it stands in another code or nowhere. */
export function requireCodeValue(call: Call, codeName: string, id: number | undefined): void {
  if (id === undefined) return;
  const row = call.office.book.get(
    'SELECT v.id FROM code_value v JOIN code c ON c.id = v.code_id WHERE v.id = ? AND c.name = ?',
    id,
    codeName,
  );
  if (row !== undefined) return;
  throw notFound(
    'error.msg.codevalue.codename.id.combination.invalid',
    `Code value with identifier ${String(id)} does not exist for a code with name ${codeName}`,
    [id, codeName],
  );
}
