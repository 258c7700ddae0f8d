// Under whose sign-in the branch reads. A cashier who signed in last must not stop all reading because the audit trail is closed to them.

import { expect, test } from 'vitest';
import { readerOf } from '../../electron/sync/credentials.ts';
import type { ReadStore, StaffRecord } from '../../electron/ports/store.ts';
import { Redacted } from '../../shared/kernel/redacted.ts';

const seals = { seal: () => 'sealed', open: (sealed: string) => new Redacted(sealed) };
const identity = {
  institution: 'x',
  officeCode: 'KTL',
  officeServerId: 2,
  deviceCode: '01',
  currency: { code: 'KES', decimals: 2 },
  zone: 'Africa/Nairobi',
};

function person(
  username: string,
  officeServerId: number,
  permissions: readonly string[],
  lastOnlineAt: number,
  signIn: StaffRecord['signIn'] = 'good',
): Partial<StaffRecord> {
  return { username, officeServerId, permissions, lastOnlineAt, signIn, sealedPassword: 'sealed' };
}

const cashier = person('cashier', 2, ['READ_CLIENT', 'READ_LOAN'], 900);
const manager = person('manager', 2, ['READ_CLIENT', 'READ_AUDIT'], 100);
const administrator = person('administrator', 1, ['ALL_FUNCTIONS'], 1_000);
const reader = (...people: Partial<StaffRecord>[]): string | undefined =>
  readerOf({ allStaff: () => people, setting: () => identity } as unknown as ReadStore, seals)?.username;

test('who may read the audit trail comes before who signed in last, and the own office before head office', () => {
  expect(reader(cashier, manager, administrator)).toBe('manager');
  expect(reader(cashier, { ...manager, signIn: 'needed' }, administrator)).toBe('administrator');
  expect(reader(cashier, { ...manager, signIn: 'needed' })).toBe('cashier');
  expect(reader({ ...cashier, signIn: 'needed' })).toBeUndefined();
});
