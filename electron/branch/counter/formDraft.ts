// What every fact of a form has in common, when whoever is signed in records it: one place, so that no kind forgets a doubt of the clock or the page
// that waits for the answer.

import type { Refusal } from '../../../shared/contract/define.ts';
import type { CommandPayload } from '../../../shared/domain/commands/command.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import type { CommandDraft } from '../../journal/recordCommand.ts';
import { identityOf } from '../../journal/settings.ts';
import type { ReadStore, WriteStore } from '../../ports/store.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';

/** Of a fact that no paper was given for. */
export function formDraft(
  write: WriteStore,
  parts: BranchParts,
  clockWatch: ClockWatch,
  form: { readonly formId: LocalId; readonly pageId?: LocalId | undefined; readonly username: string },
  payload: CommandPayload,
  businessDate: BusinessDate,
): CommandDraft {
  return {
    commandId: parts.ids.newId(),
    payload,
    recordedBy: form.username,
    businessDate,
    recordedAt: parts.clock.now(),
    clockDoubt: clockWatch.doubtful(write),
    receiptId: null,
    formId: form.formId,
    pageId: form.pageId ?? null,
  };
}

/** Why no number may be given to a new record now; null where one may. A number of these books may stand on a slip of another PC. */
export function whyNoNumber(store: ReadStore, clockWatch: ClockWatch): Refusal<'clock.answerFirst' | 'device.newCodeNeeded'> | null {
  if (clockWatch.unanswered(store) !== null) return { code: 'clock.answerFirst' };
  return identityOf(store).newCodeSince === undefined ? null : { code: 'device.newCodeNeeded' };
}
