// A second person's agreement, checked before anything is written: their own password, a sign-in that head office still takes, their own
// right, and not the maker.

import { isPermitted, type Permission } from '../../../shared/domain/access/permissions.ts';
import { Redacted } from '../../../shared/kernel/redacted.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import type { BranchParts } from '../parts.ts';
import { isSamePerson } from './samePerson.ts';
import type { Session } from './sessions.ts';
import { checkPasswordHere } from './signIn.ts';

/** The username of who agreed. `permission`: any of these. */
export async function checkAgreement(
  parts: BranchParts,
  approval: { readonly username: string; readonly password: string },
  maker: Session,
  permission: Permission | readonly Permission[] = 'withdrawal.approve',
) {
  if (parts.store.read((read) => isSamePerson(read, approval.username, maker.username)))
    return refuse({ code: 'approval.samePerson' as const });
  const checked = await checkPasswordHere(parts, approval.username, new Redacted(approval.password));
  if (!checked.ok)
    return refuse({
      code: 'approval.wrongPassword' as const,
      ...(checked.refusal.facts === undefined ? {} : { facts: checked.refusal.facts }),
    });
  const { signIn, permissions } = checked.value;
  const granted = new Set(permissions);
  const isGranted = [permission].flat().some((each) => isPermitted(each, granted));
  if (signIn !== 'good' || !isGranted) return refuse({ code: 'approval.notPermitted' as const });
  return ok(checked.value.username);
}
