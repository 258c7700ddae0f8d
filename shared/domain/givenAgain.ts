// Whether head office gave a number of its own to another record. Head office keeps its numbers apart, until it is put back to an earlier day: then
// it gives those of the days after that day a second time, to whoever comes next. What people correct in a record does not make another one of it.

import { isLocalNumber } from './clients/localNumber.ts';

export interface Person {
  readonly externalId: string | null;
  readonly accountNo: string;
  readonly displayName: string;
  readonly mobileNo: string | null;
  readonly dateOfBirth: string | null;
  readonly activationDate: string | null;
}

function wordsIn(name: string): readonly string[] {
  return name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .split(/[\s.,]+/u)
    .filter(Boolean);
}

function isOf(known: string | null, told: string | null): 'same' | 'other' | 'unknown' {
  if (known === told) return known === null ? 'unknown' : 'same';
  return known === null || told === null ? 'unknown' : 'other';
}

/** Whatever the order of the words. */
export function hasAnotherName(known: Pick<Person, 'displayName'>, told: Pick<Person, 'displayName'>): boolean {
  return wordsIn(known.displayName).toSorted().join(' ') !== wordsIn(told.displayName).toSorted().join(' ');
}

/**
 * Another name alone is a correction or a marriage. It is somebody else where nothing that tells people apart stayed, and something is another that
 * nobody corrects; or where head office was put back since (`putBack`), which then gave the number to whoever came next.
 */
export function isAnotherPerson(known: Person, told: Person, putBack: boolean): boolean {
  if (!hasAnotherName(known, told)) return false;
  const stays = (['externalId', 'mobileNo', 'dateOfBirth'] as const).some((name) => isOf(known[name], told[name]) === 'same');
  if (stays) return false;
  if (isFromABranch(told.externalId)) return true;
  const differs = (name: 'externalId' | 'dateOfBirth' | 'activationDate' | 'accountNo'): boolean =>
    isOf(known[name], told[name]) === 'other';
  if (differs('externalId') || differs('activationDate') || differs('accountNo')) return true;
  // Part of the name stayed: a marriage, with whatever else was corrected on that day, or taken back by the restore.
  if (sharesWord(known.displayName, told.displayName)) return false;
  return putBack || differs('dateOfBirth');
}

/** Shorter ones, such as "de" and "la", stand in half of all names. */
const WORD_THAT_NAMES = 3;

function sharesWord(one: string, other: string): boolean {
  const now = wordsIn(other);
  return wordsIn(one).some((word) => word.length >= WORD_THAT_NAMES && now.includes(word));
}

/** A number that a branch gives stands there from the beginning on, and is given to nobody who was there before. */
function isFromABranch(told: string | null): boolean {
  return told !== null && isLocalNumber(told);
}

export interface Band {
  readonly externalId: string | null;
  readonly name: string;
}

/** `sharesMember`: somebody was in it and is. */
export function isAnotherGroup(known: Band, told: Band, sharesMember: boolean): boolean {
  const externalId = isOf(known.externalId, told.externalId);
  if (externalId !== 'same' && isFromABranch(told.externalId)) return known.name !== told.name;
  // Two groups of one market have members in common.
  if (externalId === 'same' || (sharesMember && externalId !== 'other')) return false;
  // Half of the groups of an office are called after women, a market or hope; nobody takes an id away and gives another name at once.
  return known.externalId === told.externalId ? !sharesWord(known.name, told.name) : known.name !== told.name;
}

/** Local ids of its owners. */
export interface Owned {
  readonly clientId: string | null;
  readonly groupId: string | null;
  /** As head office told it; null also of what is known here alone. */
  readonly externalId: string | null;
}

/**
 * An account stays with its owner for ever, and so does the number that a branch gave it with the application: under another such number it is
 * another account of the same owner. A member's names the group too, where there is one.
 */
export function isAnothersAccount(known: Owned, told: Owned): boolean {
  if (isFromABranch(told.externalId) && isOf(known.externalId, told.externalId) === 'other') return true;
  const client = isOf(known.clientId, told.clientId);
  return client === 'other' || (client === 'unknown' && isOf(known.groupId, told.groupId) === 'other');
}
