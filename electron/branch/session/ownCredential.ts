// The signed-in person's own right to speak to head office, for what they ask of it themselves.

import type { Credential } from '../../ports/headOffice.ts';
import type { BranchParts } from '../parts.ts';

export function ownCredential(parts: Pick<BranchParts, 'store' | 'seals'>, username: string): Credential | null {
  const staff = parts.store.read((read) => read.staff(username));
  if (staff === null || staff.signIn !== 'good' || staff.sealedPassword === null) return null;
  const password = parts.seals.open(staff.sealedPassword);
  return password === null ? null : { username, password };
}
