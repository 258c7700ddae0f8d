// The roles whose holders take and pay money, and which rights on our tables each still lacks.

import type { Answer, Credential } from '../../ports/headOffice.ts';
import { decoding, failed } from '../line.ts';
import type { Line } from '../line.ts';
import { nonsense } from '../classifyTrouble.ts';
import { Members, needed } from '../members.ts';
import { RIGHTS_GIVEN, RIGHTS_WANTED } from './tables.ts';

const EVERYTHING = 'ALL_FUNCTIONS';
const HANDLES_MONEY = ['DEPOSIT_SAVINGSACCOUNT', 'WITHDRAWAL_SAVINGSACCOUNT'];

export interface RoleRights {
  readonly roleId: number;
  readonly name: string;
  readonly lacking: readonly string[];
  /** With what is useful and not needed. */
  readonly toGive: readonly string[];
}

export function lackingRights(held: ReadonlySet<string>, wanted: readonly string[] = RIGHTS_WANTED): readonly string[] {
  return held.has(EVERYTHING) ? [] : wanted.filter((code) => !held.has(code));
}

export async function readMoneyRoles(line: Line, credential: Credential): Promise<Answer<readonly RoleRights[]>> {
  const answer = await line.ask({ method: 'GET', url: '/roles' }, credential);
  if (!answer.ok) return answer;
  if (!Array.isArray(answer.value)) return failed(nonsense('roles: not a list'));
  const list = answer.value as readonly unknown[];
  const roles = decoding(() =>
    list
      .map((each) => new Members(each, 'role'))
      .filter((role) => !role.flag('disabled'))
      .map((role) => ({ roleId: needed(role.id('id'), role, 'id'), name: needed(role.text('name'), role, 'name') })),
  );
  if (!roles.ok) return roles;

  const found: RoleRights[] = [];
  for (const { roleId, name } of roles.value) {
    const rights = await line.ask({ method: 'GET', url: `/roles/${roleId}/permissions` }, credential);
    if (!rights.ok) return rights;
    const held = decoding(() => selectedRights(new Members(rights.value, `role ${roleId}`)));
    if (!held.ok) return held;
    if (HANDLES_MONEY.some((code) => held.value.has(code)))
      found.push({ roleId, name, lacking: lackingRights(held.value), toGive: lackingRights(held.value, RIGHTS_GIVEN) });
  }
  return { ok: true, value: found };
}

function selectedRights(role: Members): ReadonlySet<string> {
  const rights = role.children('permissionUsageData').filter((each) => each.flag('selected'));
  return new Set(rights.map((each) => needed(each.text('code'), each, 'code')));
}
