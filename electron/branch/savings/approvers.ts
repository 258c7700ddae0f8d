// Who may agree to a withdrawal at this PC: the same tests that the agreement itself must pass, but for the password.

import type { ReadStore, StaffRecord } from '../../ports/store.ts';
import { whoMay } from '../session/whoMay.ts';

export function approversOf(read: ReadStore, maker: string): readonly StaffRecord[] {
  return whoMay(read, 'withdrawal.approve', maker);
}
