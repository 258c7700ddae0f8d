// The notes and coins in a drawer, as its books tell them: the float, the receipts and the slips in the order in which they were recorded. It is never
// told to whoever counts that drawer blind (ADR 0038).

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { SLIP_RULES, type CashSlip } from '../../../shared/domain/cash/cashSlip.ts';
import { stockOf, suggestNotes, type NoteStock, type StockEvent } from '../../../shared/domain/cash/noteStock.ts';
import type { Pieces } from '../../../shared/domain/cash/pieces.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import type { DrawerRecord, ReadStore } from '../../ports/store.ts';
import type { BranchParts } from '../parts.ts';
import type { Session } from '../session/sessions.ts';
import { currencyNamed } from './currencies.ts';
import { isDrawerTold } from './drawerView.ts';

type Method = BranchContract['cash']['showNotes'];

export function noteStockOf(read: ReadStore, drawer: DrawerRecord): NoteStock {
  return stockOf([openingOf(drawer), ...placed(read, drawer).map(({ event }) => event)]);
}

/** From what lies in it; null where that is not known, or does not make the sum. */
export function notesFrom(read: ReadStore, drawer: DrawerRecord, amountMinor: number): Pieces | null {
  const stock = noteStockOf(read, drawer);
  return stock.known ? suggestNotes(stock.pieces, amountMinor) : null;
}

function openingOf({ openedAt, openingMinor, openingPieces }: DrawerRecord): StockEvent {
  const counted = openingPieces ?? (openingMinor === 0 ? [] : null);
  return { at: openedAt, told: counted === null ? null : { counted } };
}

interface Placed {
  /** After which movement of the books, and which slip among those that stand there. */
  readonly after: number;
  readonly slip: number;
  readonly event: StockEvent;
}

function placed(read: ReadStore, drawer: DrawerRecord): readonly Placed[] {
  const found: Placed[] = [];
  const papers = new Set<string>();
  for (const { position, kind, receiptId, slip, at } of read.movementsOfDrawer(drawer.drawerId)) {
    const paper = receiptId ?? slip ?? '';
    // Several lines of one receipt are one handful of notes.
    if (papers.has(paper)) continue;
    papers.add(paper);
    const said = receiptId === null ? null : (read.receipt(receiptId)?.notes ?? null);
    const pieces = slip == null ? null : (read.slip(slip)?.body.pieces ?? null);
    const told =
      said !== null
        ? { into: said.received, outOf: said.given }
        : pieces === null
          ? null
          : kind === 'allocated'
            ? { into: pieces, outOf: [] }
            : { into: [], outOf: pieces };
    found.push({ after: position, slip: 0, event: { at, told } });
  }
  for (const { sequence, body } of read.slipsOf(drawer.businessDate)) {
    const event = eventOf(body, drawer);
    // What was written before slips said where they stand tells nothing.
    if (event !== null && body.after !== undefined) found.push({ after: body.after, slip: sequence, event });
  }
  return found.toSorted((one, other) => one.after - other.after || one.slip - other.slip);
}

/** Of a slip that moves no money: what was changed, or counted there by its pieces. Null where it says nothing of that drawer's notes. */
function eventOf({ kind, at, drawers, pieces, piecesBack, amountMinor }: CashSlip, { drawerId }: DrawerRecord): StockEvent | null {
  const place = drawers.findIndex((each) => each.drawerId === drawerId && each.move === null);
  if (place < 0) return null;
  if (SLIP_RULES[kind].isCount) {
    const counted = pieces ?? (amountMinor === 0 ? [] : null);
    return counted === null ? null : { at, told: { counted } };
  }
  if (pieces === null || piecesBack === undefined) return null;
  return { at, told: place === 0 ? { into: piecesBack, outOf: pieces } : { into: pieces, outOf: piecesBack } };
}

/** The stock of a drawer and, where a sum is asked for, the notes that make it: for whoever is told what must lie there. */
export function showNotes({ store }: BranchParts, { username }: Session, input: ParsedInputOf<Method>): AnswerOf<Method> {
  return store.read((read) => {
    const drawer = read.drawer(input.drawerId);
    if (drawer === null) return refuse({ code: 'drawer.notOpen' });
    if (!isDrawerTold(read, drawer, username)) return refuse({ code: 'notes.countFirst' });
    const stock = noteStockOf(read, drawer);
    const suggested = stock.known && input.amountMinor !== undefined ? suggestNotes(stock.pieces, input.amountMinor) : null;
    return ok({
      name: drawer.name,
      heldBy: read.staff(drawer.username)?.displayName ?? drawer.username,
      currency: currencyNamed(read, drawer.currency),
      closedAt: drawer.closedAt,
      stock: stock.known ? { ...stock, pieces: stock.pieces.slice() } : stock,
      suggested: suggested?.slice() ?? null,
    });
  });
}
