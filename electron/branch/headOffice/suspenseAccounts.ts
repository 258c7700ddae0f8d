// Which accounts of head office's books carry suspense and cash. Chosen by an administrator, or recognised by name where only one fits.

import type { ReferenceRow } from '../../ports/headOffice.ts';
import type { SuspenseAccounts } from '../../journal/settings.ts';

export function suspenseAccountsIn(rows: readonly ReferenceRow[], chosenSuspenseId: number | undefined): SuspenseAccounts | null {
  const suspense =
    chosenSuspenseId === undefined
      ? only(rows.filter((row) => /suspense/i.test(row.name)))
      : rows.find((row) => row.serverId === chosenSuspenseId);
  const cashRows = rows.filter((row) => /cash/i.test(row.name) && row.serverId !== suspense?.serverId);
  const cash = cashRows.find((row) => /teller|hand|branch/i.test(row.name)) ?? cashRows[0];
  if (suspense === undefined || cash === undefined) return null;
  return { suspenseGlAccountId: suspense.serverId, cashGlAccountId: cash.serverId };
}

function only<T>(rows: readonly T[]): T | undefined {
  return rows.length === 1 ? rows[0] : undefined;
}
