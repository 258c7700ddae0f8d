// Cash between vault and drawers, from the slips' own words alone: they have no gap and each follows the one before it, the vault never holds less
// than nothing, what a slip says of a drawer moved in it and nothing else did, cash that left one place came into another, two people signed
// but where a client was the other, what was changed is one sum on both sides, and a bag that left for the bank is there once.

import type { Database } from 'better-sqlite3';
import { holds } from './brokenPromise.ts';
import { rows } from './rows.ts';

interface Said {
  readonly number: string;
  readonly kind: string;
  readonly amountMinor: number;
  readonly vaultMinor: number;
  readonly expectedMinor: number | null;
  readonly currency: { readonly code: string };
  readonly drawers: readonly { readonly drawerId: string; readonly move: string | null }[];
  readonly pieces: readonly { readonly faceMinor: number; readonly count: number }[] | null;
  readonly made: { readonly username: string };
  readonly piecesBack?: Said['pieces'];
  readonly count: string | null;
  readonly signed: { readonly username: string } | null;
  readonly previousHash: string;
  readonly hash: string;
}

/** What is neither made nor lost by moving it: a first count and a declared difference change what there is, and some cash leaves the house or comes in. */
const FROM_ELSEWHERE = new Set(['opening', 'vaultDifference', 'toBank', 'fromBank', 'pettyOut', 'pettyIn']);

function signed(move: string | null, amountMinor: number): number {
  return move === 'allocated' ? amountMinor : move === 'settled' ? -amountMinor : 0;
}

function slipsIn(journal: Database): readonly { readonly sequence: number; readonly said: Said }[] {
  return rows<{ sequence: number; body: string }>(journal, 'SELECT sequence, body FROM journal_cash_slips ORDER BY sequence').map(
    ({ sequence, body }) => ({ sequence, said: JSON.parse(body) as Said }),
  );
}

export function checkSlips(name: string, journal: Database): void {
  const skipped = rows<{ from: number; through: number }>(
    journal,
    `SELECT json_extract(body, '$.from') AS "from", json_extract(body, '$.through') AS through FROM journal_entries WHERE what = 'slips.skipped'`,
  );
  const held = new Map<string, number>();
  const moved: string[] = [];
  const bags = new Map<string, number>();
  let previous = '0'.repeat(64);
  let last = 0;
  for (const { sequence, said } of slipsIn(journal)) {
    const { number, kind, amountMinor, vaultMinor } = said;
    const isNext = sequence === last + 1 || skipped.some(({ from, through }) => from <= sequence - 1 && sequence - 1 <= through);
    holds(isNext && said.previousHash === previous, 'I7 slips have no gap', `${name}: ${number} does not follow the one before it`);
    last = sequence;
    previous = said.hash;
    const inDrawers = said.drawers.reduce((sum, { move }) => sum + signed(move, amountMinor), 0);
    holds(
      FROM_ELSEWHERE.has(kind) || vaultMinor + inDrawers === 0,
      'I7 cash is neither made nor lost',
      `${name}: ${number} ${kind} moves ${String(vaultMinor)} in the vault and ${String(inDrawers)} in drawers`,
    );
    const before = held.get(said.currency.code) ?? 0;
    if (kind === 'vaultCount')
      holds(said.expectedMinor === before, 'I7 the vault is counted against its slips', `${name}: ${number} against ${String(before)}`);
    held.set(said.currency.code, before + vaultMinor);
    holds(before + vaultMinor >= 0, 'I7 the vault holds what it gives', `${name}: ${number} leaves ${String(before + vaultMinor)}`);
    const isTwo = said.signed === null ? kind === 'changeClient' : said.made.username !== said.signed.username;
    holds(isTwo, 'I7 two people move the vault’s cash', `${name}: ${number}`);
    for (const pieces of [said.pieces, said.piecesBack ?? null])
      if (pieces !== null)
        holds(
          pieces.reduce((sum, piece) => sum + piece.faceMinor * piece.count, 0) === amountMinor,
          'I7 notes and coins make the sum',
          `${name}: ${number}`,
        );
    if (kind.startsWith('change'))
      holds(
        said.pieces !== null && said.piecesBack != null && said.drawers.every(({ move }) => move === null),
        'I7 notes are changed for notes, and nothing moves',
        `${name}: ${number}`,
      );
    if (kind === 'toBank') bags.set(number, amountMinor);
    if (kind === 'atBank') {
      const sent = bags.get(said.count ?? '');
      holds(
        sent !== undefined && said.expectedMinor === sent,
        'I7 a bag is at the bank once',
        `${name}: ${number} of ${String(said.count)}`,
      );
      bags.delete(said.count ?? '');
    }
    for (const { drawerId, move } of said.drawers) if (move !== null) moved.push(`${number} ${drawerId} ${move} ${String(amountMinor)}`);
  }
  const found = rows<{ text: string }>(
    journal,
    `SELECT slip || ' ' || drawer_id || ' ' || kind || ' ' || amount_minor AS text FROM journal_movements WHERE slip IS NOT NULL`,
  ).map(({ text }) => text);
  holds(
    found.sort().join('\n') === moved.sort().join('\n'),
    'I1 a slip and its movements are one',
    `${name}: slips say ${String(moved.length)} movements, drawers have ${String(found.length)}`,
  );
}

/** What the slips say that moved in that drawer. */
export function movedBySlips(journal: Database, drawerId: string): number {
  return slipsIn(journal).reduce(
    (sum, { said }) =>
      sum + said.drawers.filter((each) => each.drawerId === drawerId).reduce((part, { move }) => part + signed(move, said.amountMinor), 0),
    0,
  );
}
