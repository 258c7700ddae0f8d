// What docs/head-office.md tells an institution to grant is what the acceptance run grants: a right that only one of them names would be
// missing on the first day, or was never tried.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CHAPTERS } from '../accept/chapters.ts';
import { ROLE_RIGHTS } from '../accept/headOffice/rights.ts';
import { projectFiles, textOf } from './projectFiles.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/head-office.md'), 'utf8');

describe('docs/head-office.md', () => {
  test('grants each role what the acceptance run grants it', () => {
    const blocks = [...page.matchAll(/```\n([A-Z_\s]+)```/g)].map((block) => (block[1] ?? '').split(/\s+/).filter((code) => code !== ''));
    const [everybody = [], cashier = [], manager = [], checker = []] = blocks;
    expect([...everybody, ...cashier]).toEqual([...ROLE_RIGHTS.cashier]);
    expect([...everybody, ...cashier, ...manager]).toEqual([...ROLE_RIGHTS.manager]);
    expect([...everybody, ...cashier, ...manager, ...checker]).toEqual([...ROLE_RIGHTS.checker]);
  });

  test('asks for no right on head office’s own tills, which 1.10 can neither show nor settle: drawers are the branch’s', () => {
    const everything = [...page.matchAll(/`([A-Z][A-Z_]+)`|^([A-Z][A-Z_ ]+)$/gm)].join(' ');
    expect(everything).toContain('READ_OFFICE');
    expect(everything).not.toMatch(/TELLER|CASHIER/);
    const asked = projectFiles.filter((path) => path.startsWith('electron/fineract/') && /[`'"/](?:tellers|cashiers)/.test(textOf(path)));
    expect(asked).toEqual([]);
  });

  test('says of every chapter what it means when it does not hold', () => {
    const told = [...page.matchAll(/^\| ([a-zA-Z, ]+) \|/gm)].flatMap((row) => (row[1] ?? '').split(', '));
    expect(CHAPTERS.map((chapter) => chapter.name).filter((name) => !told.includes(name))).toEqual([]);
  });
});
