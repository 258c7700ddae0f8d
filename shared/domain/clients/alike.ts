// How much speaks for two records being one person: names whatever their order, sound, birth date, phone, the institution's own id. It points
// at somebody; that they are one is said by a person.

import type { BusinessDate } from '../../kernel/businessDate.ts';

export interface Described {
  readonly displayName: string;
  readonly mobileNo: string | null;
  readonly externalId: string | null;
  readonly dateOfBirth: BusinessDate | null;
}

export type AlikeWhy = 'sameName' | 'soundsAlike' | 'sameBirthDate' | 'otherBirthDate' | 'samePhone' | 'sameExternalId';

export interface Likeness {
  readonly why: readonly AlikeWhy[];
  readonly score: number;
  readonly likely: boolean;
}

const WEIGHT: Readonly<Record<AlikeWhy, number>> = {
  sameExternalId: 6,
  samePhone: 4,
  sameName: 3,
  sameBirthDate: 2,
  soundsAlike: 1,
  otherBirthDate: -2,
};
const LIKELY = 4;

/** By the branch's own rules of writing: letters that a keyboard does not have, a number's country. */
export interface Spellings {
  nameKey(name: string): string;
  phonesIn(mobileNo: string | null): readonly string[];
}

/** `found`: the search brought this one for these words, written so or only sounding so; null where it came by something else. */
export function likenessOf(asked: Described, known: Described, found: 'words' | 'sound' | null, spellings: Spellings): Likeness {
  const why: AlikeWhy[] = [];
  if (isSame(asked.externalId, known.externalId)) why.push('sameExternalId');
  const phones = spellings.phonesIn(known.mobileNo);
  if (spellings.phonesIn(asked.mobileNo).some((phone) => phones.includes(phone))) why.push('samePhone');
  const wordsOf = (name: string): string => spellings.nameKey(name).split(' ').sort().join(' ');
  if (wordsOf(asked.displayName) === wordsOf(known.displayName)) why.push('sameName');
  else if (found !== null) why.push('soundsAlike');
  if (asked.dateOfBirth !== null && known.dateOfBirth !== null)
    why.push(asked.dateOfBirth === known.dateOfBirth ? 'sameBirthDate' : 'otherBirthDate');
  const score = why.reduce((sum, each) => sum + WEIGHT[each], 0);
  return { why, score, likely: score >= LIKELY };
}

function isSame(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one.trim().toLowerCase() === other.trim().toLowerCase();
}

/** What a client's fields say of it. */
export function describedBy(fields: Readonly<Record<string, string | null>>): Described {
  return {
    displayName: fields['displayName'] ?? '',
    mobileNo: fields['mobileNo'] ?? null,
    externalId: fields['externalId'] ?? null,
    dateOfBirth: fields['dateOfBirth'] ?? null,
  };
}
