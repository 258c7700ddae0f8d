// Creates at head office what Tawi needs and is missing: its two tables, and the rights on them for the roles that handle money. Safe to
// repeat. It changes nothing that is there and wrong, opens no GL account and widens no other right; those are a
// person's decision. So is the account that transfers pass through: it is named to head office only where somebody chose it.

import type { Answer, Credential, PreparationChoices, ReferenceRow } from '../../ports/headOffice.ts';
import type { Line } from '../line.ts';
import { pullReference, TRANSFERS_ACTIVITY } from '../shelves/reference.ts';
import { readTable } from './readTable.ts';
import { readMoneyRoles } from './roles.ts';
import { TABLES, tableRequest } from './tables.ts';

export async function prepare(
  line: Line,
  credential: Credential,
  { transferGlAccountId }: PreparationChoices = {},
): Promise<Answer<readonly string[]>> {
  const created: string[] = [];
  for (const table of [TABLES.markerTable, TABLES.deviceTable]) {
    const before = await readTable(line, table, credential);
    if (!before.ok) return before;
    if (before.value.state !== 'missing') continue;
    const answer = await line.ask({ method: 'POST', url: '/datatables', body: tableRequest(table) }, credential);
    if (!answer.ok) {
      // Somebody else may have been quicker, or an answer was lost on an earlier try: what counts is that it stands.
      const after = await readTable(line, table, credential);
      if (after.ok && after.value.state === 'present') continue;
      return answer;
    }
    created.push(table.name);
  }

  const roles = await readMoneyRoles(line, credential);
  if (!roles.ok) return roles;
  for (const role of roles.value) {
    if (role.toGive.length === 0) continue;
    const permissions = Object.fromEntries(role.toGive.map((code) => [code, true]));
    const answer = await line.ask({ method: 'PUT', url: `/roles/${role.roleId}/permissions`, body: { permissions } }, credential);
    if (!answer.ok) return answer;
    created.push(...role.toGive.map((code) => `${role.name}: ${code}`));
  }
  if (transferGlAccountId !== undefined) {
    const mapped = await mapTransfers(line, credential, transferGlAccountId);
    if (!mapped.ok) return mapped;
    created.push(...mapped.value);
  }
  return { ok: true, value: created };
}

/** What head office has said before stays as it is. */
async function mapTransfers(line: Line, credential: Credential, glAccountId: number): Promise<Answer<readonly string[]>> {
  const isSaid = (rows: readonly ReferenceRow[]): boolean => rows.some((row) => row.body['carriesTransfers'] === true);
  const before = await pullReference(line, 'financialActivities', credential);
  if (!before.ok) return before;
  if (isSaid(before.value)) return { ok: true, value: [] };
  const body = { financialActivityId: TRANSFERS_ACTIVITY, glAccountId };
  const answer = await line.ask({ method: 'POST', url: '/financialactivityaccounts', body }, credential);
  if (answer.ok) return { ok: true, value: ['liabilityTransfer'] };
  const after = await pullReference(line, 'financialActivities', credential);
  return after.ok && isSaid(after.value) ? { ok: true, value: [] } : answer;
}
