// What docs/head-office.md tells an institution to grant is what the acceptance run grants: a right that only one of them names would be
// missing on the first day, or was never tried.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CHAPTERS } from '../accept/chapters.ts';
import { ROLE_RIGHTS } from '../accept/headOffice/rights.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/head-office.md'), 'utf8');

describe('docs/head-office.md', () => {
  test('grants each role what the acceptance run grants it', () => {
    const blocks = [...page.matchAll(/```\n([A-Z_\s]+)```/g)].map((block) => (block[1] ?? '').split(/\s+/).filter((code) => code !== ''));
    const [everybody = [], cashier = [], manager = [], checker = []] = blocks;
    expect([...everybody, ...cashier]).toEqual([...ROLE_RIGHTS.cashier]);
    expect([...everybody, ...cashier, ...manager]).toEqual([...ROLE_RIGHTS.manager]);
    expect([...everybody, ...cashier, ...manager, ...checker]).toEqual([...ROLE_RIGHTS.checker]);
  });

  test('says of every chapter what it means when it does not hold', () => {
    const told = [...page.matchAll(/^\| ([a-zA-Z, ]+) \|/gm)].flatMap((row) => (row[1] ?? '').split(', '));
    expect(CHAPTERS.map((chapter) => chapter.name).filter((name) => !told.includes(name))).toEqual([]);
  });
});
