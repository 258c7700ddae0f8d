// Which notes and coins lie in a drawer, from what was told of them: the float that was counted, and what each movement since then put in and took
// out. It is known only while all of them said their pieces; one that did not, or that took what was not there, leaves it unknown until somebody
// counts the drawer by its pieces again. Whole minor units.

import { inOrder, sumOfPieces, type Piece, type Pieces } from './pieces.ts';

export interface StockEvent {
  /** Epoch milliseconds, for people; the order is that of the list. */
  readonly at: number;
  /** counted: what lies there now, whatever was reckoned before. moved: what came in, and what went out. Null: it was not told. */
  readonly told: { readonly counted: Pieces } | { readonly into: Pieces; readonly outOf: Pieces } | null;
}

/** notTold: cash moved, or was counted, without its pieces. contradicted: pieces were told to go out that were not there. */
export type NoteStock =
  | { readonly known: true; readonly pieces: Pieces }
  | { readonly known: false; readonly since: number; readonly why: 'notTold' | 'contradicted' };

/** `events` in the order in which they were recorded; the first is the count of the float. */
export function stockOf(events: readonly StockEvent[]): NoteStock {
  let stock: NoteStock = { known: true, pieces: [] };
  for (const { at, told } of events) {
    if (told !== null && 'counted' in told) stock = { known: true, pieces: inOrder(told.counted) };
    else if (!stock.known) continue;
    else if (told === null) stock = { known: false, since: at, why: 'notTold' };
    else {
      const pieces = without(together(stock.pieces, told.into), told.outOf);
      stock = pieces === null ? { known: false, since: at, why: 'contradicted' } : { known: true, pieces };
    }
  }
  return stock;
}

function isFace(one: Piece): (other: Piece) => boolean {
  return ({ as, faceMinor }) => as === one.as && faceMinor === one.faceMinor;
}

function together(pieces: Pieces, more: Pieces): Pieces {
  const faces = [...pieces, ...more.filter((each) => !pieces.some(isFace(each)))];
  return inOrder(
    faces.map((piece) => ({
      ...piece,
      count: [...pieces, ...more].filter(isFace(piece)).reduce((sum, { count }) => sum + count, 0),
    })),
  );
}

/** Null where more of a face is taken than there is. */
function without(pieces: Pieces, less: Pieces): Pieces | null {
  const taken = (piece: Piece): number => less.find(isFace(piece))?.count ?? 0;
  if (less.some((each) => each.count > (pieces.find(isFace(each))?.count ?? 0))) return null;
  return inOrder(pieces.map((piece) => ({ ...piece, count: piece.count - taken(piece) })));
}

/** A drawer holds a dozen faces: what is not found after so many looks is not worth waiting for while a client stands there. */
const LOOKS_MOST = 20_000;

/**
 * The largest first, from what is there, and exactly that sum; where taking as many of the large ones as fit leaves a rest that the small ones do
 * not make, fewer of them are tried. Null where it cannot be made, or was not found soon.
 */
export function suggestNotes(stock: Pieces, amountMinor: number): Pieces | null {
  if (amountMinor <= 0 || sumOfPieces(stock) < amountMinor) return null;
  const faces = stock.filter(({ count }) => count > 0).toSorted((one, other) => other.faceMinor - one.faceMinor);
  const leads = new Set<string>();
  let looks = 0;

  function make(at: number, restMinor: number): Pieces | null {
    if (restMinor === 0) return [];
    const piece = faces[at];
    const key = `${String(at)} ${String(restMinor)}`;
    looks += 1;
    if (piece === undefined || looks > LOOKS_MOST || leads.has(key)) return null;
    for (let count = Math.min(piece.count, Math.floor(restMinor / piece.faceMinor)); count >= 0; count -= 1) {
      const rest = make(at + 1, restMinor - count * piece.faceMinor);
      if (rest !== null) return [{ ...piece, count }, ...rest];
      if (looks > LOOKS_MOST) return null;
    }
    // That rest is made from here by nothing: it is not tried again on another way.
    leads.add(key);
    return null;
  }

  const found = make(0, amountMinor);
  return found === null ? null : inOrder(found);
}
