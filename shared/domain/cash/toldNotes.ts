// Which notes and coins came over the counter and went back over it, where that is told: what came less what went is what the paper moved.

import type { Currency } from '../../kernel/money.ts';
import { arePiecesOf, inOrder, sumOfPieces, type Pieces } from './pieces.ts';

export interface ToldNotes {
  readonly received: Pieces;
  readonly given: Pieces;
}

/**
 * In the order in which they are kept; null where they are no money of that currency, or do not make the sum. `wayMinor`: what the drawer gains,
 * negative where it pays. `givenMinor`: what the client laid down, where that was typed too.
 */
export function fittingNotes(told: ToldNotes, currency: Currency, wayMinor: number, givenMinor: number | null): ToldNotes | null {
  const notes = { received: inOrder(told.received), given: inOrder(told.given) };
  const [receivedMinor, backMinor] = [sumOfPieces(notes.received), sumOfPieces(notes.given)];
  const fits =
    arePiecesOf(notes.received, currency, receivedMinor) &&
    arePiecesOf(notes.given, currency, backMinor) &&
    receivedMinor - backMinor === wayMinor &&
    (givenMinor === null || receivedMinor === givenMinor);
  return fits ? notes : null;
}
