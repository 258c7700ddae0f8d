// What may be changed of a client by its own, and what fits there.

import { isBusinessDate } from '../../kernel/businessDate.ts';

/** First and last name of a person, the one name of a business, the phone, and the birth date of a person. */
export const EDITED_FIELDS = ['firstname', 'lastname', 'fullname', 'mobileNo', 'dateOfBirth'] as const;
export type EditedField = (typeof EDITED_FIELDS)[number];

/** As long as head office takes them. */
const LENGTHS: Readonly<Record<EditedField, number>> = { firstname: 50, lastname: 50, fullname: 160, mobileNo: 50, dateOfBirth: 10 };
/** A name is never taken away, and head office takes no birth date away either (observed). */
const MAY_BE_EMPTY: readonly EditedField[] = ['mobileNo'];

/** What may stand in that field. */
export function fitsField(field: EditedField, value: string | null): boolean {
  if (value === null) return MAY_BE_EMPTY.includes(field);
  return value.length <= LENGTHS[field] && (field !== 'dateOfBirth' || isBusinessDate(value));
}
