// A member of staff as head office tells of one, alone, in lists and beside a user.
import { dateArray } from '../dates.ts';

export interface StaffRow {
  id: number;
  office_id: number;
  office_name: string;
  firstname: string;
  lastname: string;
  mobile_no: string | null;
  external_id: string | null;
  is_loan_officer: number;
  is_active: number;
  joined_on: string;
}

export function staffReply(row: StaffRow): object {
  return {
    id: row.id,
    externalId: row.external_id ?? undefined,
    firstname: row.firstname,
    lastname: row.lastname,
    displayName: `${row.lastname}, ${row.firstname}`,
    mobileNo: row.mobile_no ?? undefined,
    officeId: row.office_id,
    officeName: row.office_name,
    isLoanOfficer: row.is_loan_officer === 1,
    isActive: row.is_active === 1,
    joiningDate: dateArray(row.joined_on),
  };
}

export const STAFF = 'SELECT s.*, o.name AS office_name FROM staff s JOIN office o ON o.id = s.office_id';
