// Who is somebody else under a number of head office's, and who was only corrected (ADR 0026).
import { describe, expect, test } from 'vitest';
import { isAnotherGroup, isAnotherPerson, isAnothersAccount, type Person } from '../../shared/domain/givenAgain.ts';

const REHEMA: Person = {
  externalId: null,
  accountNo: '000000081',
  displayName: 'Rehema Chebet',
  mobileNo: '0711222333',
  dateOfBirth: '1990-05-01',
  activationDate: '2026-11-20',
};
const bare: Person = { ...REHEMA, mobileNo: null, dateOfBirth: null };

describe('a client', () => {
  test.each<[string, Person, Partial<Person>, boolean, boolean]>([
    [
      'is the same with everything changed but the name',
      REHEMA,
      { mobileNo: '07', dateOfBirth: '1980-01-01', activationDate: null },
      false,
      false,
    ],
    [
      'is the same in another order and spelling',
      REHEMA,
      { displayName: 'CHEBET  Réhema', mobileNo: null, dateOfBirth: null },
      false,
      false,
    ],
    ['who married keeps phone or birth date', REHEMA, { displayName: 'Rehema Wanjiru', mobileNo: null }, false, false],
    ['keeps the institution’s own id', { ...bare, externalId: 'KG-1' }, { externalId: 'KG-1', displayName: 'X Y' }, false, false],
    [
      'who married is the same with all else corrected',
      REHEMA,
      { displayName: 'Rehema Wanjiru', mobileNo: null, dateOfBirth: '1991-05-01' },
      false,
      false,
    ],
    [
      'of whom a name is left is another with another day of activation',
      bare,
      { displayName: 'Jane Chebet', activationDate: '2026-11-23' },
      true,
      true,
    ],
    [
      'of whom a name is left is another with another id of the institution’s: of two of one name who were registered on one day',
      { ...bare, externalId: 'KG-1', activationDate: null },
      { externalId: 'KG-2', displayName: 'Rehema Wanjiru' },
      true,
      true,
    ],
    [
      'of another name is another where a number of a branch stands, which nobody gets later',
      { ...bare, activationDate: null },
      { externalId: 'P-KTL-01-0001-1', displayName: 'Rehema Wanjiru' },
      true,
      true,
    ],
    [
      'of another name with the same small words is another',
      { ...REHEMA, displayName: 'Juan de la Cruz' },
      { displayName: 'Ana de la Paz', mobileNo: null, dateOfBirth: '1971-01-01' },
      true,
      true,
    ],
    ['is another with another birth date', REHEMA, { displayName: 'Yusuf Barasa', mobileNo: null, dateOfBirth: '1971-01-01' }, true, true],
    ['is another with another day of activation', bare, { displayName: 'Yusuf Barasa', activationDate: '2026-11-23' }, true, true],
    [
      'of whom nothing is known but the name is told apart only since head office was put back',
      bare,
      { displayName: 'Yusuf Barasa' },
      false,
      true,
    ],
  ])('%s', (_what, known, change, told, afterPutBack) => {
    expect(isAnotherPerson(known, { ...known, ...change }, false)).toBe(told);
    expect(isAnotherPerson(known, { ...known, ...change }, true)).toBe(afterPutBack);
  });
});

test('a group is another with no word, no member and no id that stayed', () => {
  const umoja = { externalId: null, name: 'Umoja Women Group' };
  expect(isAnotherGroup(umoja, { externalId: null, name: 'Tumaini' }, false)).toBe(true);
  expect(isAnotherGroup(umoja, { externalId: null, name: 'Tumaini' }, true)).toBe(false);
  expect(isAnotherGroup(umoja, { externalId: null, name: 'Umoja Kitale' }, false)).toBe(false);
  // A number of a branch is given at the founding and never later.
  expect(isAnotherGroup(umoja, { externalId: 'G-KTL-02-0001-E', name: 'Umoja Kitale' }, true)).toBe(true);
  expect(isAnotherGroup(umoja, { externalId: 'G-KTL-02-0001-E', name: 'Umoja Women Group' }, true)).toBe(false);
  // Under another id that head office keeps unique, a word in common names nobody.
  const founded = { externalId: 'G-ABC-01-0001-1', name: 'Umoja women' };
  expect(isAnotherGroup(founded, { externalId: 'G-ABC-01-0002-2', name: 'Tumaini women' }, false)).toBe(true);
  expect(isAnotherGroup(founded, { externalId: 'G-ABC-01-0002-2', name: 'Umoja women' }, false)).toBe(false);
});

test('an account is another where its owner is, and a member’s names the group as well', () => {
  const of = (clientId: string | null, groupId: string | null = null) => ({ clientId, groupId, externalId: null });
  expect(isAnothersAccount(of('a'), of('b'))).toBe(true);
  expect(isAnothersAccount(of('a'), of('a', 'g'))).toBe(false);
  expect(isAnothersAccount(of(null, 'g'), of(null, 'h'))).toBe(true);
});

test('an account is another of the same owner where a branch gave it another number', () => {
  const numbered = (externalId: string | null) => ({ clientId: 'a', groupId: null, externalId });
  expect(isAnothersAccount(numbered('S-KTL-02-0001-M'), numbered('S-KTL-01-0002-Q'))).toBe(true);
  expect(isAnothersAccount(numbered('S-KTL-02-0001-M'), numbered('S-KTL-02-0001-M'))).toBe(false);
  // Head office's people may have typed one of theirs since, or there was none to compare.
  expect(isAnothersAccount(numbered('S-KTL-02-0001-M'), numbered('HO-17'))).toBe(false);
  expect(isAnothersAccount(numbered(null), numbered('S-KTL-01-0002-Q'))).toBe(false);
});
