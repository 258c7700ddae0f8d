// Who may agree to a withdrawal at this PC: the same tests that the agreement itself must pass, but for the password.

import { isPermitted } from '../../../shared/domain/access/permissions.ts';
import type { ReadStore, StaffRecord } from '../../ports/store.ts';
import { whoMay } from '../session/whoMay.ts';

export function mayApprove(staff: StaffRecord): boolean {
  return staff.signIn === 'good' && isPermitted('withdrawal.approve', new Set(staff.permissions));
}

export function approversOf(read: ReadStore, maker: string): readonly StaffRecord[] {
  return whoMay(read, 'withdrawal.approve', maker);
}
