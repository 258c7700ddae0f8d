// A long password that nobody needs to remember, for a user that is this PC's own at head office. Its signs go round by kind, so that it has
// capitals, digits and marks as any rule for passwords may want them, and no sign stands twice in a row.

import { Redacted } from '../../shared/kernel/redacted.ts';
import type { JournalParts } from './parts.ts';

const KINDS = ['abcdefghijkmnopqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789', '-_.+*!?~'] as const;
const LENGTH = 40;

/** From fresh ids of the operating system's random source: some 150 bits, of which nothing is kept but the password. */
export function freshPassword({ ids, digest }: Pick<JournalParts, 'ids' | 'digest'>): Redacted<string> {
  const draw = (): string => digest.sha256([ids.newId(), ids.newId(), ids.newId()].join(' '));
  const hex = draw() + draw();
  const signs = Array.from({ length: LENGTH }, (_, at) => {
    const kind = KINDS[at % KINDS.length] ?? KINDS[0];
    return kind.charAt(Number.parseInt(hex.slice(at * 3, at * 3 + 3), 16) % kind.length);
  });
  return new Redacted(signs.join(''));
}
