// What every operation at a counter has in common, whatever is paid for what: a form that was used already, a counter that is open, a drawer that
// takes this money, and then the one transaction that records all of it.

import type { Refusal } from '../../../shared/contract/define.ts';
import type { Taken } from '../../../shared/contract/shapes.ts';
import { fittingNotes, type ToldNotes } from '../../../shared/domain/cash/toldNotes.ts';
import { paysOut } from '../../../shared/domain/receipts/paysOut.ts';
import { assert } from '../../../shared/kernel/assert.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { sumMinor } from '../../../shared/kernel/money.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import type { Payer } from '../../journal/payerOf.ts';
import type { DrawerRecord, WriteStore } from '../../ports/store.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import type { Session } from '../session/sessions.ts';
import type { HandedBy } from './handedBy.ts';
import { drawerTaking, openCounter, type CounterRefusal, type DrawerTakingRefusal } from './operationDay.ts';
import { notesFrom } from '../cash/noteStock.ts';
import type { NotesInput, PaidWith } from './paidWith.ts';
import { receiptLine } from './receiptLine.ts';
import { recordOperation, type OperationLine } from './recordOperation.ts';
import { usedForm, type UsedFormRefusal } from './usedForm.ts';

interface CounterForm {
  readonly formId: LocalId;
  readonly pageId?: LocalId | undefined;
  readonly note: string;
}

/** What was decided of it, before anything is recorded. */
export interface Decided<Refused> {
  readonly payer: Payer;
  readonly handedBy: HandedBy | null;
  readonly paid: PaidWith;
  /** The second person's name, where one had to agree. */
  readonly agreedBy: string | null;
  /** The number of the paper that it undoes. */
  readonly undoes?: string;
  /** At least one; several go the same way and in one currency. */
  readonly lines: readonly OperationLine[];
  /** What is asked of the drawer itself; null where nothing speaks against it. */
  readonly whyNotFrom?: (drawer: DrawerRecord) => Refused | null;
}

/** `wanted`: the lines as they are asked for, by which the same form is known again. `decide` refuses, or says what is to be recorded. */
export function counterOperation<Refused extends Refusal>(
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  input: CounterForm,
  wanted: readonly { readonly kind: string; readonly accountId: LocalId; readonly amountMinor: number }[],
  decide: (write: WriteStore, counter: DrawerRecord) => Result<Decided<Refused>, Refused>,
): Result<Taken, UsedFormRefusal | Refusal<CounterRefusal | DrawerTakingRefusal | 'notes.unfit'> | Refused> {
  return parts.store.write((write) => {
    const used = usedForm(write, { ...input, username: session.username }, wanted);
    if (used !== null) return used;
    const counter = openCounter(write, clockWatch, session.username, parts.clock);
    if (!counter.ok) return refuse(counter.refusal);
    const decided = decide(write, counter.value);
    if (!decided.ok) return decided;
    const {
      whyNotFrom,
      paid: { notes: told, ...paid },
      ...decision
    } = decided.value;
    const [first] = decision.lines;
    assert(first !== undefined, 'an operation has a line');
    const drawer = drawerTaking(write, counter.value, first.account.currency, paid.cash);
    if (!drawer.ok) return refuse(drawer.refusal);
    const whyNot = whyNotFrom?.(drawer.value) ?? null;
    if (whyNot !== null) return refuse(whyNot);
    const notes = told === null ? null : notesOf(write, drawer.value, told, decision.lines, paid.givenMinor);
    if (notes === undefined) return refuse({ code: 'notes.unfit' });
    const receipt = recordOperation(write, parts, {
      formId: input.formId,
      pageId: input.pageId ?? null,
      username: session.username,
      servedBy: session.displayName,
      drawer: drawer.value,
      ...decision,
      ...paid,
      notes,
      note: input.note,
      clockDoubt: clockWatch.doubtful(write),
    });
    return ok({ ...receiptLine(write, receipt), replayed: false });
  });
}

/**
 * What is kept of the notes: null where none could be chosen, undefined where they do not make the sum. Chosen ones are answered with the receipt
 * alone, when the money is promised already: whoever counts that drawer blind learns nothing by typing sums (ADR 0038).
 */
function notesOf(
  write: WriteStore,
  drawer: DrawerRecord,
  told: NotesInput,
  lines: readonly OperationLine[],
  givenMinor: number | null,
): ToldNotes | null | undefined {
  const amountMinor = sumMinor(lines.map((line) => line.amountMinor));
  const [first] = lines;
  assert(first !== undefined, 'an operation has a line');
  const isOut = paysOut(first.kind);
  if (told === 'chosen') {
    if (!isOut) return undefined;
    const given = notesFrom(write, drawer, amountMinor);
    return given === null ? null : { received: [], given };
  }
  return fittingNotes(told, first.account.currency, isOut ? -amountMinor : amountMinor, givenMinor) ?? undefined;
}
