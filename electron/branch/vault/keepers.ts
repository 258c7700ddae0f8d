// Who keeps the vault: the right, and a sign-in that head office takes. It is asked of both people of a slip, whoever of them made it.

import { isPermitted } from '../../../shared/domain/access/permissions.ts';
import type { ReadStore } from '../../ports/store.ts';

export function keepsVault(read: ReadStore, username: string): boolean {
  const staff = read.staff(username);
  return staff !== null && staff.signIn === 'good' && isPermitted('vault.keep', new Set(staff.permissions));
}
