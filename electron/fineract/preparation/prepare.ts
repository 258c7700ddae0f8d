// Creates at head office what Tawi needs and is missing: its two tables, and the rights on them for the roles that handle money. Safe to
// repeat. It changes nothing that is there and wrong, opens no GL account and widens no other right; those are a person's decision.

import type { Answer, Credential } from '../../ports/headOffice.ts';
import type { Line } from '../line.ts';
import { readTable } from './readTable.ts';
import { readMoneyRoles } from './roles.ts';
import { TABLES, tableRequest } from './tables.ts';

export async function prepare(line: Line, credential: Credential): Promise<Answer<readonly string[]>> {
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
    if (role.lacking.length === 0) continue;
    const permissions = Object.fromEntries(role.lacking.map((code) => [code, true]));
    const answer = await line.ask({ method: 'PUT', url: `/roles/${role.roleId}/permissions`, body: { permissions } }, credential);
    if (!answer.ok) return answer;
    created.push(...role.lacking.map((code) => `${role.name}: ${code}`));
  }
  return { ok: true, value: created };
}
