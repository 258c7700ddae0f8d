// What founding a group and founding a center have in common: the words that both are founded with, and what head office would refuse of either, as
// far as it can be known here. It keeps one list of their names and of their external ids.

import { isLocalNumber } from '../../../shared/domain/clients/localNumber.ts';
import { groupNameOf, type Founding } from '../../../shared/domain/commands/kinds/groupRegistration.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { centersKnownAs, centersNamed } from '../../journal/centersHere.ts';
import type { GroupRecord, ReadStore } from '../../ports/store.ts';
import { officeOpenedOn, staffHere } from './registrationOptions.ts';

type Words = Omit<Founding, 'localNumber' | 'officeServerId'>;

interface Typed extends Pick<Founding, 'name' | 'submittedOn' | 'activationDate'> {
  readonly externalId: string;
  readonly staffId: number | null;
}

/** What was typed, in the words of the payload; `nameNeeded`: the refusal where it has no name. */
export function foundingWords<NameNeeded extends string>(
  read: ReadStore,
  typed: Typed,
  nameNeeded: NameNeeded,
): Result<Words, { readonly code: NameNeeded | 'client.optionUnknown' }> {
  const name = groupNameOf(typed.name);
  if (name === '') return refuse({ code: nameNeeded });
  const staff = typed.staffId === null ? null : staffHere(read).find(({ serverId }) => serverId === typed.staffId);
  if (staff === undefined) return refuse({ code: 'client.optionUnknown' });
  const externalId = typed.externalId.trim();
  const { submittedOn, activationDate } = typed;
  return ok({ name, externalId: externalId === '' ? null : externalId, staff, submittedOn, activationDate });
}

interface WhyNot {
  readonly code: Misfit | 'externalIdTaken' | 'nameTaken';
  readonly facts?: { readonly knownGroup: string };
}

/** The code is of a group or of a center, whichever is founded. Null: nothing is known against it. */
export function whyNotFounded(read: ReadStore, words: Words, today: BusinessDate): WhyNot | null {
  const misfit = misfitOf(words, today, officeOpenedOn(read));
  if (misfit !== null) return { code: misfit };
  const { name, externalId } = words;
  if (isLocalNumber(externalId ?? '')) return { code: 'externalIdTaken' };
  const bearer = externalId === null ? undefined : knownAs(read, externalId)[0];
  if (bearer !== undefined) return { code: 'externalIdTaken', facts: factsOfGroup(bearer) };
  // However they are capitalised.
  const [holder] = named(read, name);
  return holder === undefined ? null : { code: 'nameTaken', facts: factsOfGroup(holder) };
}

/** Groups of that very name that stand here. */
export function groupsNamed(read: ReadStore, name: string) {
  const wanted = name.trim().toLowerCase();
  return read.findGroups(name, NAMED_MOST).filter((group) => !group.gone && group.name.trim().toLowerCase() === wanted);
}

const NAMED_MOST = 50;

type Holder = Pick<GroupRecord, 'name' | 'accountNo'>;

/** Who has that name: head office keeps one list of groups and centers. */
function named(read: ReadStore, name: string): readonly Holder[] {
  return [...groupsNamed(read, name), ...centersNamed(read, name)];
}

/** Who has that number of the institution, likewise. */
function knownAs(read: ReadStore, externalId: string): readonly Holder[] {
  return [...read.groupsKnownAs(externalId), ...centersKnownAs(read, externalId)];
}

/** Who has what was wanted, for the words of a refusal. */
export function factsOfGroup({ name, accountNo }: Pick<GroupRecord, 'name' | 'accountNo'>): { readonly knownGroup: string } {
  return { knownGroup: `${name}, ${accountNo}` };
}

type Misfit = 'dateAhead' | 'dateBeforeOffice' | 'activeBeforeSubmitted';

/** Head office's own rules of dates, as far as they can be known here. */
function misfitOf(
  { submittedOn, activationDate }: Pick<Founding, 'submittedOn' | 'activationDate'>,
  today: BusinessDate,
  openedOn: BusinessDate | null,
): Misfit | null {
  if (submittedOn > today || (activationDate ?? '') > today) return 'dateAhead';
  if (activationDate !== null && activationDate < submittedOn) return 'activeBeforeSubmitted';
  return activationDate !== null && openedOn !== null && activationDate < openedOn ? 'dateBeforeOffice' : null;
}
