// Books belong to one head office, however its name was typed.

import { expect, test } from 'vitest';
import { isSameHeadOffice } from '../../electron/composition/choice.ts';
import type { HeadOfficeAddress } from '../../electron/ports/sync.ts';

const typed = (address: string, tenant: string): HeadOfficeAddress => ({ kind: 'fineract', address, tenant });
const KEPT = typed('https://fineract.example.org:8443', 't2');

test.each([
  [typed('https://fineract.example.org:8443', 'T2'), true],
  [typed('https://Fineract.example.org:8443/', ' t2 '), true],
  [typed('https://fineract.example.org:8443', 't3'), false],
  [typed('https://fineract.example.org', 't2'), false],
  [{ kind: 'practice' } as const, false],
])('%o is the head office of the books: %s', (other, isSame) => {
  expect(isSameHeadOffice(KEPT, other)).toBe(isSame);
});
