// Which branch this PC opens, and where its head office is. Written once, when a branch was founded whole; until then this PC is on its
// first run. It holds no secret.

import { lstatSync, readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import type { HeadOfficeAddress } from '../ports/sync.ts';
import { writeWhole } from '../host/writeWhole.ts';

const ChoiceSchema = z.discriminatedUnion('kind', [
  z.object({ version: z.literal(1), kind: z.literal('practice') }),
  z.object({ version: z.literal(1), kind: z.literal('fineract'), address: z.string(), tenant: z.string() }),
]);

const BYTES_MOST = 65_536;

export function readChoice(file: string): HeadOfficeAddress | 'firstRun' | 'unreadable' {
  try {
    // A link that leads nowhere is something in its place, and so is a folder or a pipe, which would never end being read.
    if (lstatSync(file, { throwIfNoEntry: false }) === undefined) return 'firstRun';
    const found = statSync(file);
    if (!found.isFile() || found.size > BYTES_MOST) return 'unreadable';
    const choice = ChoiceSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return choice.kind === 'practice' ? { kind: 'practice' } : { kind: 'fineract', address: choice.address, tenant: choice.tenant };
  } catch {
    // Taking it for a first run would found a second branch beside the one that is there.
    return 'unreadable';
  }
}

/**
 * Whether both name one head office. Some databases take a tenant's name in any case, and an address may be typed with or without the stroke at
 * its end: that is one head office and one set of books. Another one is never opened with these books.
 */
export function isSameHeadOffice(one: HeadOfficeAddress, other: HeadOfficeAddress): boolean {
  if (one.kind === 'practice' || other.kind === 'practice') return one.kind === other.kind;
  const plain = (address: string): string => address.trim().toLowerCase().replace(/\/+$/, '');
  return plain(one.address) === plain(other.address) && one.tenant.trim().toLowerCase() === other.tenant.trim().toLowerCase();
}

export function writeChoice(file: string, choice: HeadOfficeAddress): void {
  writeWhole(file, `${JSON.stringify({ version: 1, ...choice })}\n`);
}
