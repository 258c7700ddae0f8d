// Whom the counter finds by what: the quality of the search, on a small branch whose people resemble each other.

import { beforeAll, describe, expect, test } from 'vitest';
import type { FoundClient } from '../../electron/ports/store.ts';
import { openStore } from '../../electron/store/openStore.ts';
import type { OpenedStore } from '../../electron/store/openStore.ts';
import { AT, aClient, aGroup, aLoan, aSavings, newId } from './storeWorld.ts';

let store: OpenedStore;

beforeAll(() => {
  store = openStore({ file: ':memory:', key: null, now: () => AT, ownerName: 'test' });
  store.write((write) => {
    write.saveClients(
      [
        aClient(12, 'Mary Nekesa Wafula', { mobileNo: '+254 712 345 678', externalId: 'KE-4471-B' }),
        aClient(13, 'Peter Wafubwa', { mobileNo: '0733 000 111' }),
        aClient(14, 'Márta Ñandú', { mobileNo: null }),
        aClient(15, 'Mariam Hassan', { mobileNo: '+254 700 999 345', externalId: '0198f0aa-1111-7abc-8def-000000000015' }),
        aClient(16, "Grace Achieng' O'Brien"),
        aClient(17, 'Josephine Wanjiru'),
        aClient(18, 'Ann'),
        aClient(19, 'Anna Moraa'),
        aClient(120, 'Wafula Barasa'),
        aClient(121, 'Фатима Иванова'),
        aClient(130, "Paul Ng'ang'a"),
        aClient(131, 'मारिया देवी'),
        aClient(140, 'Amani Accept002'),
      ],
      AT,
      newId,
    );
    write.saveGroups([aGroup(31, 'Umoja Women Group', [12]), aGroup(32, 'Tumaini', [13])], AT, newId);
    write.saveLoans([aLoan(7_781, 17)], AT, newId);
    write.saveSavings([aSavings(9_902, 16)], AT, newId);
  });
});

function find(text: string, most = 9): readonly FoundClient[] {
  return store.read((read) => read.findClients(text, most));
}

function names(text: string, most = 9): string[] {
  return find(text, most).map((found) => found.client.displayName);
}

describe('by words of the name', () => {
  test.each([
    ['waf mar', 'Mary Nekesa Wafula'],
    ['mary nekesa wafula', 'Mary Nekesa Wafula'],
    ['  NEKESA   ma ', 'Mary Nekesa Wafula'],
    ['marta nandu', 'Márta Ñandú'],
    ['ñand', 'Márta Ñandú'],
    ['obrien', "Grace Achieng' O'Brien"],
    ["o'brien", "Grace Achieng' O'Brien"],
    ['achieng', "Grace Achieng' O'Brien"],
    ['фатима', 'Фатима Иванова'],
    ['nganga', "Paul Ng'ang'a"],
    ["ng'ang'a paul", "Paul Ng'ang'a"],
    ['ng\u2019ang', "Paul Ng'ang'a"],
    ['मारि', 'मारिया देवी'],
    ['Amani Accept002', 'Amani Accept002'],
    ['accept002', 'Amani Accept002'],
    ['accept00 ama', 'Amani Accept002'],
  ])('%s finds %s first', (text, name) => {
    expect([find(text)[0]?.client.displayName, find(text)[0]?.how]).toEqual([name, 'words']);
  });

  test('every word must be there', () => expect(find('waf mar').filter((found) => found.how === 'words')).toHaveLength(1));
  test('the whole word comes before its beginnings', () => expect(names('ann')).toEqual(['Ann', 'Anna Moraa']));
  test('no more than asked', () => expect(names('wa', 2)).toHaveLength(2));
  test.each(['', '   ', '"', '*', '- -', 'zzzz', "'; DROP TABLE replica_clients; --", 'NEAR(', 'name:mary OR'])(
    '%j asks for nobody and does no harm',
    (text) => {
      expect(find(text).filter((found) => found.how !== 'soundsAlike')).toEqual([]);
    },
  );
});

describe('misspelt', () => {
  test.each([
    ['wafulla', 'Wafula'],
    ['wafla', 'Wafula'],
    ['wafual', 'Wafula'],
    ['wafubwa mary', 'Mary Nekesa Wafula'],
    ['neckesa', 'Nekesa'],
    ['josefine', 'Josephine'],
    ['hasan', 'Hassan'],
    ['mariyam', 'Mariam'],
    ['wanjilu', 'Wanjiru'],
    ['иваноба', 'Иванова'],
  ])('%s still finds %s', (text, part) => {
    const found = find(text).filter((one) => one.client.displayName.includes(part));
    expect(found[0]?.how).toBe('soundsAlike');
  });

  test('Wafula is followed by those who sound alike, and they say so', () => {
    expect(find('wafula').map((found) => [found.client.displayName, found.how])).toEqual([
      ['Wafula Barasa', 'words'],
      ['Mary Nekesa Wafula', 'words'],
      ['Peter Wafubwa', 'soundsAlike'],
    ]);
  });

  test('neighbours only fill what room is left', () => expect(find('wafula', 2).map((found) => found.how)).toEqual(['words', 'words']));
  test('one that resembles nobody finds nobody', () => expect(find('xylophon')).toEqual([]));
});

describe('by number', () => {
  test.each<[string, string, FoundClient['how']]>([
    ['000000012', 'Mary Nekesa Wafula', 'number'],
    ['12', 'Mary Nekesa Wafula', 'number'],
    ['0712345678', 'Mary Nekesa Wafula', 'phone'],
    ['0712 345', 'Mary Nekesa Wafula', 'phone'],
    ['712 678', 'Mary Nekesa Wafula', 'phone'],
    ['345678', 'Mary Nekesa Wafula', 'phone'],
    ['+254 712', 'Mary Nekesa Wafula', 'phone'],
    ['254733', 'nobody', 'phone'],
    ['733000', 'Peter Wafubwa', 'phone'],
    ['7781', 'Josephine Wanjiru', 'account'],
    ['000009902', "Grace Achieng' O'Brien", 'account'],
    ['99', 'nobody', 'phone'],
    ['ke-4471', 'Mary Nekesa Wafula', 'externalId'],
    ['0198f0aa-1111', 'Mariam Hassan', 'externalId'],
  ])('%s finds %s', (text, name, how) => {
    const first = find(text)[0];
    if (name === 'nobody') expect(find(text).filter((found) => found.how === how)).toEqual([]);
    else expect([first?.client.displayName, first?.how]).toEqual([name, how]);
  });

  test('an exact account comes before those that begin with it', () =>
    expect(names('12').slice(0, 3)).toEqual(['Mary Nekesa Wafula', 'Wafula Barasa', 'Фатима Иванова']));
  test('a word and a number together narrow each other', () => {
    expect(names('mar 345')).toEqual(expect.arrayContaining(['Mary Nekesa Wafula', 'Mariam Hassan']));
    expect(names('mariam 345')).toEqual(['Mariam Hassan']);
    expect(names('wafula 120')).toEqual(['Wafula Barasa']);
    expect(names('jos 7781')).toEqual(['Josephine Wanjiru']);
    expect(names('hassan 7781')).toEqual([]);
  });
});

test('groups are found by word and number', () => {
  const groups = (text: string) => store.read((read) => read.findGroups(text, 9)).map((group) => group.name);
  expect([groups('women umo'), groups('31'), groups('tumáini'), groups('nobody'), groups('')]).toEqual([
    ['Umoja Women Group'],
    ['Umoja Women Group'],
    ['Tumaini'],
    [],
    [],
  ]);
});

test('a changed name or phone is found under the new one only', () => {
  const own = openStore({ file: ':memory:', key: null, now: () => AT, ownerName: 'test' });
  const ways = () =>
    own.read((read) =>
      ['zainab', 'rehema', '711222', '799888'].map(
        (text) => read.findClients(text, 9).filter((found) => found.how !== 'soundsAlike').length,
      ),
    );
  own.write((write) => write.saveClients([aClient(1, 'Zainab Ali', { mobileNo: '0711222333' })], AT, newId));
  expect(ways()).toEqual([1, 0, 1, 0]);
  own.write((write) => write.saveClients([aClient(1, 'Rehema Ali', { mobileNo: '0799888777' })], AT, newId));
  expect(ways()).toEqual([0, 1, 0, 1]);
  own.close();
});

test('pulling the same clients again leaves the search index untouched', () => {
  const own = openStore({ file: ':memory:', key: null, now: () => AT, ownerName: 'test' });
  const rows = [aClient(1, 'Zainab Ali', { mobileNo: '0711222333' }), aClient(2, 'Rehema Ali')];
  own.write((write) => write.saveClients(rows, AT, newId));
  const index = () =>
    own.database
      .prepare('SELECT id, block FROM replica_client_names_data UNION ALL SELECT id, block FROM replica_client_phones_data')
      .all();
  const before = index();
  own.write((write) => write.saveClients(rows, AT + 1, newId));
  expect(index()).toEqual(before);
  expect(own.read((read) => read.findClients('zainab', 9)[0]?.client.pulledAt)).toBe(AT + 1);
  own.close();
});
