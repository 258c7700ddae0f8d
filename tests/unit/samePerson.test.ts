// I9 asks for somebody other than the maker; a second spelling or a second login of the same human is not somebody other.

import { expect, test } from 'vitest';
import { isSamePerson } from '../../electron/branch/session/samePerson.ts';
import type { ReadStore, StaffRecord } from '../../electron/ports/store.ts';

const PEOPLE: Readonly<Record<string, Pick<StaffRecord, 'userServerId' | 'staffServerId'>>> = {
  grace: { userServerId: 4, staffServerId: 11 },
  'grace.manager': { userServerId: 9, staffServerId: 11 },
  renamed: { userServerId: 4, staffServerId: null },
  daniel: { userServerId: 5, staffServerId: 12 },
  amina: { userServerId: 1, staffServerId: null },
  auditor: { userServerId: 2, staffServerId: null },
};
const read = { staff: (username: string) => PEOPLE[username] ?? null } as unknown as ReadStore;

test.each([
  ['grace', 'GRACE', true],
  ['grace', 'renamed', true],
  ['grace', 'grace.manager', true],
  ['grace', 'daniel', false],
  ['amina', 'auditor', false],
  ['grace', 'nobody', false],
])('I9: %s and %s are one person: %s', (one, other, same) => {
  expect(isSamePerson(read, one, other)).toBe(same);
  expect(isSamePerson(read, other, one)).toBe(same);
});
