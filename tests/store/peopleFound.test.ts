// People are found by what stands on their card and by what the keyboard has: phone numbers in every spelling, names in every script, names
// with digits. Books that an older program kept are made findable in the same ways when they are opened.

import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { FoundClient } from '../../electron/ports/store.ts';
import { openStore } from '../../electron/store/openStore.ts';
import type { OpenedStore } from '../../electron/store/openStore.ts';
import { AT, aClient, aGroup, aLoan, aSavings, newId, openAt, tempFolder } from './storeWorld.ts';

function storeIn(where: { readonly currency: string; readonly zone: string } | null): OpenedStore {
  const store = openStore({ file: ':memory:', key: null, now: () => AT, ownerName: 'test' });
  onTestFinished(() => store.close());
  if (where !== null)
    store.write((write) => write.saveSetting('identity', { currency: { code: where.currency, decimals: 2 }, zone: where.zone }));
  return store;
}

function find(store: OpenedStore, text: string): readonly FoundClient[] {
  return store.read((read) => read.findClients(text, 9)).filter((found) => found.how !== 'soundsAlike');
}

function names(store: OpenedStore, text: string): readonly string[] {
  return find(store, text).map((found) => found.client.displayName);
}

function withPhone(store: OpenedStore, mobileNo: string): void {
  store.write((write) => write.saveClients([aClient(1, 'Amina Otieno', { mobileNo }), aClient(2, 'Somebody Else')], AT, newId));
}

const KENYA = { currency: 'KES', zone: 'Africa/Nairobi' };
const SPELLINGS = [
  '+254704640529',
  '0704640529',
  '254 704 640 529',
  '00254704640529',
  '+254 (0) 704-640-529',
  '704640529',
  '0704 640 529',
  '+٢٥٤٧٠٤٦٤٠٥٢٩',
];

describe('a phone number kept in one spelling is found by every other', () => {
  for (const kept of SPELLINGS) {
    test.each(SPELLINGS)(`${kept} by %s`, (typed) => {
      const store = storeIn(KENYA);
      withPhone(store, kept);
      expect(names(store, typed)).toEqual(['Amina Otieno']);
    });
  }
  test.each(['0704', '070464', '+25470464', '0025470464', '640529', '704 529'])('%s is enough of it', (typed) => {
    const store = storeIn(KENYA);
    withPhone(store, '0704640529');
    expect(names(store, typed)).toEqual(['Amina Otieno']);
  });
  test('with a name beside it', () => {
    const store = storeIn(KENYA);
    withPhone(store, '0704640529');
    expect([names(store, 'amina +254704640529'), names(store, 'amina 00254704640529'), names(store, 'somebody 0704640529')]).toEqual([
      ['Amina Otieno'],
      ['Amina Otieno'],
      [],
    ]);
  });
  test('the number of another country is another number', () => {
    const store = storeIn(KENYA);
    withPhone(store, '0704640529');
    expect(names(store, '+255704640529')).toEqual([]);
  });
});

describe('every country has its own spellings', () => {
  test.each([
    ['MXN', 'America/Mexico_City', '+52 55 1234 5678', '55 1234 5678'],
    ['INR', 'Asia/Kolkata', '098765 43210', '+919876543210'],
    ['PHP', 'Asia/Manila', '0917 123 4567', '+639171234567'],
    ['NGN', 'Africa/Lagos', '+2348031234567', '0803 123 4567'],
    ['XOF', 'Africa/Abidjan', '07 07 12 34 56', '+2250707123456'],
    ['XOF', 'Africa/Dakar', '77 123 45 67', '+221771234567'],
    ['USD', 'America/Guayaquil', '099 123 4567', '+593991234567'],
    ['KZT', 'Asia/Almaty', '8 701 123 45 67', '+77011234567'],
    ['KZT', 'Asia/Almaty', '+77011234567', '87011234567'],
  ])('%s, %s: %s and %s', (currency, zone, kept, typed) => {
    const store = storeIn({ currency, zone });
    withPhone(store, kept);
    expect(names(store, typed)).toEqual(['Amina Otieno']);
  });

  test.each([
    '0704640529 / +254711222333',
    '0711222333 0704640529',
    '0704 640 529 & 0711 222 333',
    '0704640529 na 0711222333',
    '0711222333-0704640529',
    '0704640529\n0711222333',
    '0704640529 (mume), 0711222333 ext 4',
  ])('two numbers in one field are two numbers: %j', (kept) => {
    const store = storeIn(KENYA);
    withPhone(store, kept);
    for (const typed of ['+254704640529', '0704640529', 'tel:+254704640529', '0711222333', '254711222333'])
      expect(names(store, typed), typed).toEqual(['Amina Otieno']);
  });

  test('where the country is not known, a number with its code is found by one without and the other way round', () => {
    for (const [kept, typed] of [
      ['0704640529', '+254704640529'],
      ['+254704640529', '0704640529'],
    ] as const) {
      const store = storeIn(null);
      withPhone(store, kept);
      expect(names(store, typed)).toEqual(['Amina Otieno']);
    }
  });

  test('the numbers are read anew when the country becomes another', () => {
    const store = storeIn({ currency: 'USD', zone: 'America/Guayaquil' });
    withPhone(store, '0704640529');
    expect(names(store, '+254704640529')).toEqual([]);
    store.write((write) => write.saveSetting('country', { code: 'KE' }));
    expect(names(store, '+254704640529')).toEqual(['Amina Otieno']);
  });
});

describe('letters that no keyboard of another language has', () => {
  test.each([
    ['Ɓala Ɗanjuma', 'bala danjuma'],
    ['Ƙasim Ƴaro', 'kasim yaro'],
    ['Đorđe Łukasz', 'dorde lukasz'],
    ['Søren Ægir', 'soren aegir'],
    ['Groß Þór', 'gross thor'],
    ['Kɔfi Ɛsi', 'kofi esi'],
    ['Aŋela Işık', 'angela isik'],
    ['Ọlá Ẹ̀kọ́', 'ola eko'],
    ['Фатима Иванова', 'fatima ivanova'],
    ['Ελένη Παπά', 'eleni papa'],
    ['मारिया देवी', 'mariya devi'],
    ['ሰላም ተስፋዬ', 'selam'],
    ['王小明', 'xiao'],
    ['王小明', '小明'],
    ['김철수', 'cheol'],
    ['محمد', 'mhmd'],
    ['مـحـمـد', 'محمد'],
    ['أحمد', 'احمد'],
    ['احمد', 'ahmd'],
    ['فاطمة', 'فاطمه'],
    ['على', 'علی'],
    ['إبراهيم', 'ابراهيم'],
    ['ビクトリー', 'bikutori'],
    ['N’Diaye', 'ndiaye'],
    ['Fatima Ivanova', 'фатима'],
  ])('%s is found by %s', (name, typed) => {
    const store = storeIn(KENYA);
    store.write((write) => write.saveClients([aClient(1, name), aClient(2, 'Zz Zz')], AT, newId));
    expect(names(store, typed)).toEqual([name]);
  });

  test.each([
    ['Ɓɓ', 'b'],
    ['Ɗɗ', 'd'],
    ['Ƙƙ', 'k'],
    ['Đđ', 'd'],
    ['Łł', 'l'],
    ['Øø', 'o'],
    ['Ææ', 'ae'],
    ['ẞß', 'ss'],
    ['Ɛɛ', 'e'],
    ['Ɔɔ', 'o'],
    ['Ŋŋ', 'ng'],
    ['İı', 'i'],
  ])('%s, large and small, at each place of a name, is found by %s and the other way round, and sorted there', (letters, plain) => {
    for (const letter of letters)
      for (const [before, after] of [
        ['', 'amuru'],
        ['Ma', 'etu'],
        ['Kwa', ''],
      ] as const) {
        const [kept, spelt] = [`${before}${letter}${after}`, `${before}${plain}${after}`];
        const store = storeIn(KENYA);
        store.write((write) => write.saveClients([aClient(1, kept), aClient(2, 'Zz Zz'), aClient(3, '00')], AT, newId));
        for (const typed of [kept, spelt, spelt.toUpperCase(), kept.slice(0, -1)]) expect(names(store, typed), typed).toEqual([kept]);
        const listed = store.read((read) => read.clients({ show: 'all', businessDate: '2026-11-18', offset: 0, most: 9 }).rows);
        expect(listed.map((client) => client.displayName)).toEqual(['00', kept, 'Zz Zz']);
        const other = storeIn(KENYA);
        other.write((write) => write.saveClients([aClient(1, spelt), aClient(2, 'Zz Zz')], AT, newId));
        expect(names(other, kept), kept).toEqual([spelt]);
      }
  });

  test('they stand in a list where people look for them', () => {
    const store = storeIn(KENYA);
    const wanted = [
      'Azizi',
      'Ɓala',
      'Bora',
      'Đorđe',
      'Duma',
      'Ɛsi',
      'Etta',
      'Łukasz',
      'Luz',
      'Ñandu',
      'N’Diaye',
      'Ndila',
      'Nuru',
      'Øystein',
      'Pemba',
      'Ƴaro',
      'Yusuf',
    ];
    const rows = wanted.map((name, at) => aClient(at + 1, name)).reverse();
    store.write((write) => write.saveClients(rows, AT, newId));
    const listed = store.read((read) => read.clients({ show: 'all', businessDate: '2026-11-18', offset: 0, most: 99 }).rows);
    expect(listed.map((client) => client.displayName)).toEqual(wanted);
  });

  test.each([
    ['احمد علي', 'أحمد على'],
    ['إبراهيم', 'ابراهيم'],
  ])('%s stands among the letters, beside %s', (one, other) => {
    const store = storeIn(KENYA);
    store.write((write) => write.saveClients([aClient(1, 'Zuri'), aClient(2, one), aClient(3, 'Zawadi'), aClient(4, other)], AT, newId));
    const listed = store.read((read) => read.clients({ show: 'all', businessDate: '2026-11-18', offset: 0, most: 99 }).rows);
    expect(listed.map((client) => client.displayName).slice(2)).toEqual(['Zawadi', 'Zuri']);
  });

  test('their staff too', () => {
    const store = storeIn(KENYA);
    const staff = ['Azizi', 'Ɓala', 'Bora', 'Đorđe', 'Ɛsi', 'etta'];
    const rows = staff.map((staffName, at) => aClient(at + 1, 'Amina', { staffName })).reverse();
    store.write((write) => write.saveClients(rows, AT, newId));
    expect(store.read((read) => read.staffOfClients())).toEqual(staff);
  });

  test('groups too', () => {
    const store = storeIn(KENYA);
    store.write((write) => write.saveGroups([aGroup(31, 'Ɗan Ƙungiya', [])], AT, newId));
    expect(store.read((read) => read.findGroups('dan kung', 9)).map((group) => group.name)).toEqual(['Ɗan Ƙungiya']);
    store.write((write) => write.saveGroups([aGroup(32, 'Zawadi', []), aGroup(33, 'Duma', []), aGroup(34, 'Cheza', [])], AT, newId));
    expect(store.read((read) => read.groups(0, 9)).rows.map((group) => group.name)).toEqual(['Cheza', 'Ɗan Ƙungiya', 'Duma', 'Zawadi']);
  });
});

describe('names with digits', () => {
  test.each([
    ['Amani Accept002', 'Amani Accept002'],
    ['Amani Accept002', 'accept002'],
    ['Amani Accept002', 'amani acc'],
    ['Amani Accept002', 'amani accept 002'],
    ['Amani Accept 002', 'accept002 amani'],
    ['Juma 2', 'juma 2'],
    ['3rd Street Traders', '3rd'],
    ['Kikundi 2019', '2019'],
  ])('%s is found by %s', (name, typed) => {
    const store = storeIn(KENYA);
    store.write((write) => write.saveClients([aClient(71, name), aClient(72, 'Amani Accept003'), aClient(73, 'Juma 3')], AT, newId));
    expect(names(store, typed)[0]).toBe(name);
  });
});

test('books of an older program are found in the new ways once they are opened, and that is done once', () => {
  const file = join(tempFolder(), 'store.sqlite');
  const before = openAt(file, null);
  before.write((write) => {
    write.saveSetting('identity', { currency: { code: 'KES', decimals: 2 }, zone: 'Africa/Nairobi' });
    write.saveClients([aClient(1, 'Ɓala Amani', { mobileNo: '0704640529' }), aClient(2, 'Zz')], AT, newId);
    write.saveGroups([aGroup(31, 'Ɗan Kungiya', [1])], AT, newId);
    // As the rules of before left them.
    write.markGone('client', [2]);
  });
  before.database.exec(`
    INSERT INTO replica_client_names (replica_client_names) VALUES ('delete-all');
    INSERT INTO replica_client_names (rowid, name) SELECT client_row, 'ɓala amani' FROM replica_clients WHERE gone = 0;
    INSERT INTO replica_client_phones (replica_client_phones) VALUES ('delete-all');
    INSERT INTO replica_client_phones (rowid, phone) SELECT client_row, '0704640529 704640529' FROM replica_clients WHERE gone = 0;
    INSERT INTO replica_group_names (replica_group_names) VALUES ('delete-all');
    DELETE FROM replica_name_words;
    INSERT INTO replica_name_words VALUES ('ɓala', 'ɓl');
    UPDATE replica_clients SET name_key = 'ɓala amani';
    DELETE FROM local_search_index;
  `);
  const ways = (store: OpenedStore): unknown[] => [
    names(store, 'bala'),
    names(store, '+254704640529'),
    store.read((read) => read.findGroups('dan', 9)).map((group) => group.name),
    store.read((read) => read.findClients('balla', 9)).map((found) => found.client.displayName),
    names(store, 'zz'),
  ];
  expect(ways(before).flat()).not.toContain('Ɓala Amani');
  before.close();

  const after = openAt(file, null);
  expect(ways(after)).toEqual([['Ɓala Amani'], ['Ɓala Amani'], ['Ɗan Kungiya'], ['Ɓala Amani'], []]);
  const changes = after.database.prepare('SELECT total_changes()').pluck().get();
  after.close();
  const again = openAt(file, null);
  expect(Number(again.database.prepare('SELECT total_changes()').pluck().get())).toBeLessThan(Number(changes));
  expect(ways(again)).toEqual([['Ɓala Amani'], ['Ɓala Amani'], ['Ɗan Kungiya'], ['Ɓala Amani'], []]);
});

describe('names as they are heard', () => {
  test.each([
    // East Africa.
    ['Wanjiru', 'wanjilu'],
    ['Ngugi', 'nugi'],
    ['Zainabu', 'sainabu'],
    ['Khadija', 'gadija'],
    // West Africa, in English and French spelling.
    ['Ouattara', 'watara'],
    ['Kouame', 'kwame'],
    ['Djeneba', 'jeneba'],
    ['Gnassingbe', 'nyasingbe'],
    ['Fatoumata', 'fatumata'],
    // Latin America.
    ['Hernandez', 'ernandes'],
    ['Ximena', 'jimena'],
    ['Llanos', 'yanos'],
    ['Castillo', 'castiyo'],
    ['Garcia', 'garsia'],
    ['Vazquez', 'basques'],
    // South and South-East Asia.
    ['Lakshmi', 'laxmi'],
    ['Shrestha', 'sresta'],
    ['Chaudhary', 'chowdhury'],
    ['Bhattacharya', 'batacharia'],
    ['Soetjipto', 'soecipto'],
    ['Muhammad', 'mohamed'],
  ])('%s is found by %s', (name, typed) => {
    const store = storeIn(KENYA);
    store.write((write) => write.saveClients([aClient(1, `Amina ${name}`), aClient(2, 'Peter Quist')], AT, newId));
    expect(store.read((read) => read.findClients(typed, 9)).map((found) => found.client.displayName)).toContain(`Amina ${name}`);
  });
});

test("a group is found by the number of its own loan or savings, whole or begun, and a member's account is the member's", () => {
  const store = storeIn(KENYA);
  store.write((write) => {
    write.saveClients([aClient(1, 'Amina Otieno')], AT, newId);
    write.saveGroups([aGroup(31, 'Umoja', [1])], AT, newId);
    write.saveSavings([aSavings(9_902, null, { groupServerId: 31 })], AT, newId);
    write.saveLoans(
      [
        { ...aLoan(7_781, 1), clientServerId: null, groupServerId: 31 },
        { ...aLoan(7_790, 1), groupServerId: 31 },
      ],
      AT,
      newId,
    );
  });
  const groups = (text: string) => store.read((read) => read.findGroups(text, 9)).map((group) => group.name);
  expect([groups('000009902'), groups('9902'), groups('7781'), groups('778'), groups('7790')]).toEqual([
    ['Umoja'],
    ['Umoja'],
    ['Umoja'],
    ['Umoja'],
    [],
  ]);
  expect(names(store, '7790')).toEqual(['Amina Otieno']);
});

test('a list is narrowed by staff, group and status, together and beside who is behind', () => {
  const store = storeIn(KENYA);
  store.write((write) => {
    write.saveClients(
      [
        aClient(1, 'Amina', { staffName: 'Barasa' }),
        aClient(2, 'Beatrice', { staffName: 'Barasa', status: 'closed' }),
        aClient(3, 'Caleb', { staffName: 'Wekesa' }),
        aClient(4, 'Daniel', { staffName: null }),
      ],
      AT,
      newId,
    );
    write.saveGroups([aGroup(31, 'Umoja', [1, 3])], AT, newId);
  });
  const groupId = store.read((read) => read.localIdOf('group', 31)) ?? newId();
  const list = (narrowed: Partial<Parameters<Parameters<Parameters<OpenedStore['read']>[0]>[0]['clients']>[0]>) =>
    store.read((read) => {
      const { rows, total } = read.clients({ show: 'all', businessDate: '2026-11-18', offset: 0, most: 9, ...narrowed });
      expect(total).toBe(rows.length);
      return rows.map((row) => row.displayName);
    });
  expect([
    list({}),
    list({ staffName: 'Barasa' }),
    list({ staffName: 'Barasa', status: 'active' }),
    list({ groupId }),
    list({ groupId, staffName: 'Wekesa' }),
    list({ status: 'closed' }),
    list({ show: 'behind', staffName: 'Barasa' }),
    list({ staffName: 'nobody' }),
  ]).toEqual([
    ['Amina', 'Beatrice', 'Caleb', 'Daniel'],
    ['Amina', 'Beatrice'],
    ['Amina'],
    ['Amina', 'Caleb'],
    ['Caleb'],
    ['Beatrice'],
    [],
    [],
  ]);
  expect(store.read((read) => [read.staffOfClients(), read.statusesOfClients()])).toEqual([
    ['Barasa', 'Wekesa'],
    ['active', 'closed'],
  ]);
});
