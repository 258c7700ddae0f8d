// Maker is never checker: whoever asked for a loan or a savings account does not grant it, whatever her rights are. It is asked by person, never by
// user name, and told before the press as well as after it.

import type { AccountKind, RecordRef } from '../../../shared/domain/commands/kinds/kind.ts';
import { applicationOf } from '../../journal/decidedOn.ts';
import type { ReadStore } from '../../ports/store.ts';
import { isSamePerson } from '../session/samePerson.ts';

export function isMakersOwn(read: ReadStore, account: RecordRef & { readonly kind: AccountKind }, deed: string, username: string): boolean {
  if (deed !== 'approve') return false;
  const application = applicationOf(read, account);
  return application !== null && isSamePerson(read, application.recordedBy, username);
}

/** Of what may be decided by the state that it has, what this person has to leave to another. */
export function barredFrom<Deed extends string, Code extends string>(
  read: ReadStore,
  account: RecordRef & { readonly kind: AccountKind },
  deeds: readonly Deed[],
  username: string,
  code: Code,
): { deed: Deed; code: Code }[] {
  return deeds.flatMap((deed) => (isMakersOwn(read, account, deed, username) ? [{ deed, code }] : []));
}
