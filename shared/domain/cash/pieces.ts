// Cash by its notes and coins. A face alone does not say which money it is: some faces are both a note and a coin. What no coin pays is counted
// in one line of single minor units.

import { AMOUNT_MINOR_MAX, type Currency } from '../../kernel/money.ts';
import { denominationsOf } from './denominations.ts';

export const PIECE_KINDS = ['note', 'coin', 'loose'] as const;

export interface Piece {
  readonly as: (typeof PIECE_KINDS)[number];
  /** Whole minor units. */
  readonly faceMinor: number;
  readonly count: number;
}

/** Highest first, notes before coins, each face once, nothing that is not there. */
export type Pieces = readonly Piece[];

const keyOf = ({ as, faceMinor }: Piece): string => `${as} ${String(faceMinor)}`;

export function sumOfPieces(pieces: Pieces): number {
  return pieces.reduce((sum, { faceMinor, count }) => sum + faceMinor * count, 0);
}

/** Whether these are notes and coins of that money, each face once, and make exactly that sum. */
export function arePiecesOf(pieces: Pieces, currency: Currency, sumMinor: number): boolean {
  const { notes, coins, belowSmallest } = denominationsOf(currency);
  const known = new Set([
    ...notes.map((face) => `note ${String(face)}`),
    ...coins.map((face) => `coin ${String(face)}`),
    ...(belowSmallest ? ['loose 1'] : []),
  ]);
  const keys = new Set(pieces.map(keyOf));
  if (keys.size !== pieces.length || ![...keys].every((key) => known.has(key))) return false;
  if (pieces.some(({ faceMinor, count }) => faceMinor * count > AMOUNT_MINOR_MAX)) return false;
  return sumOfPieces(pieces) === sumMinor;
}

/** In the one order in which they are kept and shown. */
export function inOrder(pieces: Pieces): Pieces {
  return pieces
    .filter(({ count }) => count !== 0)
    .toSorted((one, other) => PIECE_KINDS.indexOf(one.as) - PIECE_KINDS.indexOf(other.as) || other.faceMinor - one.faceMinor);
}
