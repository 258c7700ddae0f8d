// Notes and coins in a world: some forms of cash tell them, some payouts let the branch choose. Whoever counts a drawer blind is never told what
// lies in it; where somebody else is, the notes make the sum that must lie there.

import { sumOfPieces, type Pieces } from '../../shared/domain/cash/pieces.ts';
import type { Receipt } from '../../shared/domain/records.ts';
import { ask, piecesOf, type Answer, type MoneyForm, type Person } from '../world/people.ts';
import { BrokenPromise } from './checkers/brokenPromise.ts';
import { count, rows } from './checkers/rows.ts';
import type { SimulatedRun } from './simulatedRun.ts';

const HOUSE = { code: 'KES', decimals: 2 };
const OUT: ReadonlySet<MoneyForm['method']> = new Set(['savings.payWithdrawal', 'loans.disburse', 'counter.payBasket']);

/** Two of three forms of cash tell their notes, as the form's own id has it; where the money is another one, they fit nothing and are refused. */
export function withNotes(form: MoneyForm): MoneyForm {
  const { formId, paidWith, amountMinor, lines } = form.input as {
    readonly formId: string;
    readonly paidWith?: { readonly paymentTypeId: number };
    readonly amountMinor?: number;
    readonly lines?: readonly { readonly amountMinor: number }[];
  };
  const drawn = Number.parseInt(formId.slice(0, 2), 16) % 3;
  if (paidWith?.paymentTypeId !== 1 || drawn === 0) return form;
  const sum = amountMinor ?? (lines ?? []).reduce((total, line) => total + line.amountMinor, 0);
  const isOut = OUT.has(form.method);
  const pieces = piecesOf(sum, HOUSE);
  // A client lays down one note too many and gets it back.
  const extra: Pieces = [{ as: 'note', faceMinor: 100_000, count: 1 }];
  const more = [...extra, ...pieces.filter(({ faceMinor }) => faceMinor !== 100_000)];
  const large = pieces.find(({ as, faceMinor }) => as === 'note' && faceMinor === 100_000)?.count ?? 0;
  const received = more.map((piece) => (piece.faceMinor === 100_000 && piece.as === 'note' ? { ...piece, count: large + 1 } : piece));
  const notes = isOut
    ? drawn === 1
      ? 'chosen'
      : { received: [], given: pieces }
    : drawn === 1
      ? { received, given: extra }
      : { received: pieces, given: [] };
  const givenMinor = notes === 'chosen' || isOut ? {} : { givenMinor: sumOfPieces(notes.received) };
  return { ...form, input: { ...form.input, paidWith: { ...paidWith, ...givenMinor, notes } } };
}

/** The same form without them. */
export function withoutNotes({ input, ...form }: MoneyForm): MoneyForm {
  const { notes: _notes, givenMinor: _given, ...paidWith } = (input['paidWith'] ?? {}) as Readonly<Record<string, unknown>>;
  return { ...form, input: { ...input, paidWith } };
}

/** What was kept of them, on the receipt itself. */
export function watchNotes(run: SimulatedRun, form: MoneyForm, answer: Answer): void {
  if (answer.kind !== 'ok') return;
  const { receipt, replayed } = answer.value as { readonly receipt: Receipt; readonly replayed: boolean };
  const asked = (form.input['paidWith'] as { readonly notes?: unknown } | undefined)?.notes;
  if (replayed || !receipt.cash) return;
  if (receipt.notes === undefined) {
    if (asked === 'chosen') run.hit('sync', 'no notes could be chosen for a payout');
    else if (asked !== undefined)
      throw new BrokenPromise('I1 notes and receipt together', `${receipt.number} lost the notes that were told`);
    return;
  }
  run.hit('sync', asked === 'chosen' ? 'notes were chosen for a payout' : 'notes were told at the counter');
}

interface Told {
  readonly stock: { readonly known: true; readonly pieces: Pieces } | { readonly known: false };
}

/** Asks for the notes of every open drawer: its holder is refused before the count, whoever closes the day is told the sum that must lie there. */
export async function lookIntoNotes(run: SimulatedRun, person: Person): Promise<void> {
  const { pc, username } = person;
  const open = rows<{ id: string; holder: string; minor: number; counted: number; looked: number }>(
    pc.database(),
    `SELECT d.drawer_id AS id, d.username AS holder,
       (SELECT count(*) FROM journal_drawer_counts c WHERE c.drawer_id = d.drawer_id) AS counted,
       (SELECT count(*) FROM journal_cash_slips s WHERE s.kind = 'drawerCount' AND s.body LIKE '%' || d.drawer_id || '%') AS looked,
       d.opening_minor + coalesce((SELECT sum(CASE WHEN m.kind IN ('paid', 'settled') THEN -m.amount_minor ELSE m.amount_minor END)
         FROM journal_movements m WHERE m.drawer_id = d.drawer_id), 0) AS minor
     FROM journal_drawers d WHERE d.closed_at IS NULL`,
  );
  for (const { id, holder, minor, counted, looked } of open) {
    const before = count(pc.database(), 'SELECT count(*) FROM journal_movements');
    const answer = await ask(run.world, person, 'cash.showNotes', { drawerId: id });
    if (holder === username && counted === 0 && answer.kind === 'ok')
      throw new BrokenPromise('ADR 0038 blind', `${username} was told the notes of a drawer that they count`);
    if (answer.kind !== 'ok' || looked > 0 || count(pc.database(), 'SELECT count(*) FROM journal_movements') !== before) continue;
    const { stock } = answer.value as Told;
    if (!stock.known) continue;
    if (sumOfPieces(stock.pieces) !== minor)
      throw new BrokenPromise(
        'I7 notes make what must lie there',
        `${id} holds ${String(minor)}, its notes ${String(sumOfPieces(stock.pieces))}`,
      );
    run.hit('sync', 'the notes of a drawer were known');
  }
}
