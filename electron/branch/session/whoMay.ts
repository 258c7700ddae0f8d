// Who on this PC may do something that its maker may not: the right, a sign-in that head office takes and that is kept here, and another person.

import { isPermitted, type Permission } from '../../../shared/domain/access/permissions.ts';
import type { ReadStore, StaffRecord } from '../../ports/store.ts';
import { isSamePerson } from './samePerson.ts';

export function whoMay(read: ReadStore, permission: Permission, maker: string): readonly StaffRecord[] {
  return read
    .allStaff()
    .filter(
      (staff) =>
        staff.passwordHash !== null &&
        !staff.lockedOut &&
        staff.signIn === 'good' &&
        isPermitted(permission, new Set(staff.permissions)) &&
        !isSamePerson(read, staff.username, maker),
    );
}
