// A form that was recorded already. The page that still waits for that very answer gets it once more, so a double press or a lost reply makes
// no second promise. Everybody else (a draft that was found again, a second window, another person, another day) is told what was recorded
// and that nothing was recorded now: what lies on the counter is then another payment, or none (field-rules 1.10).

import type { Refusal, RefusalFacts } from '../../../shared/contract/define.ts';
import type { Taken } from '../../../shared/contract/shapes.ts';
import type { CommandPayload, CommandRecord } from '../../../shared/domain/commands/command.ts';
import { postingsOf } from '../../../shared/domain/receipts/lines.ts';
import { canonicalJson, type Json } from '../../../shared/kernel/canonicalJson.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ReadStore } from '../../ports/store.ts';
import { receiptLine } from './receiptLine.ts';

/** Which form asks, and where it was pressed by whom. */
export interface AskingForm {
  readonly formId: LocalId;
  readonly pageId?: LocalId | undefined;
  readonly username: string;
}

export type UsedFormRefusal = Refusal<'form.alreadyUsed'>;

/**
 * A fact about a record that this form has recorded: the same fact is answered once more to the page that waits, anything else is told. Null where
 * the form is fresh.
 */
export function usedFact(
  store: ReadStore,
  clock: Clock,
  form: AskingForm,
  payload: CommandPayload,
): Result<{ readonly commandId: LocalId; readonly replayed: true }, UsedFormRefusal> | null {
  const used = store.commandOfForm(form.formId);
  if (used === null) return null;
  const isSame = canonicalJson(payload as unknown as Json) === canonicalJson(used.payload as unknown as Json);
  return isSame && isAwaited(store, clock, used, form)
    ? ok({ commandId: used.commandId, replayed: true })
    : refuse({ code: 'form.alreadyUsed', facts: recordedFacts(store, used) });
}

export function usedForm(
  store: ReadStore,
  form: AskingForm,
  wanted: readonly { readonly kind: string; readonly accountId: LocalId; readonly amountMinor: number }[],
): Result<Taken, UsedFormRefusal> | null {
  const command = store.commandOfForm(form.formId);
  if (command === null) return null;
  const receipt = command.receiptId === null ? null : store.receipt(command.receiptId);
  const postings = receipt === null ? [] : postingsOf(receipt);
  const same =
    postings.length === wanted.length &&
    postings.every(({ kind, accountId, amountMinor }, index) => {
      const line = wanted[index];
      return line?.kind === kind && line.accountId === accountId && line.amountMinor === amountMinor;
    });
  // The day of the receipt may be over: what is handed over now belongs to another one.
  const isWaitedFor = isSamePage(command, form) && receipt?.businessDate === store.openDay()?.businessDate;
  return same && receipt !== null && isWaitedFor
    ? ok({ ...receiptLine(store, receipt), replayed: true })
    : refuse({ code: 'form.alreadyUsed', facts: recordedFacts(store, command) });
}

function isSamePage(command: CommandRecord, form: AskingForm): boolean {
  return command.pageId === (form.pageId ?? null) && command.recordedBy === form.username;
}

/** Of a form without a receipt: the page that waits for this very answer, on the business date that the books carried when it was recorded. */
export function isAwaited(store: ReadStore, clock: Clock, command: CommandRecord, form: AskingForm): boolean {
  return isSamePage(command, form) && command.businessDate === currentBusinessDate(store, clock);
}

/** What was recorded, for the words of a refusal. */
export function recordedFacts(store: ReadStore, command: CommandRecord): RefusalFacts {
  const receipt = command.receiptId === null ? null : store.receipt(command.receiptId);
  return {
    recordedAt: command.recordedAt,
    businessDate: command.businessDate,
    ...(receipt === null
      ? {}
      : {
          receiptNumber: receipt.number,
          receiptId: receipt.receiptId,
          amountMinor: receipt.amountMinor,
          currency: receipt.currency.code,
          decimals: receipt.currency.decimals,
        }),
  };
}
