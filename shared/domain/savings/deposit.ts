// May this deposit be taken? Money in is never limited; only an account that head office would certainly refuse is turned away.

import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { SavingsStatus } from '../records.ts';

export function decideDeposit(status: SavingsStatus): Result<null, { readonly code: 'savings.notActive' | 'savings.creditBlocked' }> {
  if (status === 'blocked' || status === 'creditBlocked') return refuse({ code: 'savings.creditBlocked' });
  if (status === 'active' || status === 'inactive' || status === 'dormant' || status === 'debitBlocked') return ok(null);
  return refuse({ code: 'savings.notActive' });
}
