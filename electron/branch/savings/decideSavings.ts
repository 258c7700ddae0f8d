// Somebody with the right to decides on a savings account on which no money lies, line or no line: approved, activated, rejected, withdrawn, closed. It is
// a fact of the branch at once, told to head office like every other; until that has it, the account shows its new state as provisional.

import type { AnswerOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import type { SavingsDecision } from '../../../shared/contract/shapes.ts';
import { reconcileSavings } from '../../../shared/domain/accounts/reconcile.ts';
import type { CommandRecord } from '../../../shared/domain/commands/command.ts';
import { isSavingsDecision, type SavingsDecisionPayload } from '../../../shared/domain/commands/kinds/savingsDecision.ts';
import { decideOnSavings, whyNotClosed, type CloseBar, type SavingsDeed } from '../../../shared/domain/savings/opening.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { decisionsOn, provisionalSavingsStatus } from '../../journal/decidedOn.ts';
import { heldHereMinor } from '../../journal/heldHere.ts';
import { recordCommand } from '../../journal/recordCommand.ts';
import type { ReadStore, SavingsRecord } from '../../ports/store.ts';
import { dateDoubt } from '../cash/dateDoubt.ts';
import { formDraft } from '../counter/formDraft.ts';
import { standingOf } from '../counter/receiptLine.ts';
import { usedFact } from '../counter/usedForm.ts';
import { isMakersOwn } from '../decide/makerRule.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import type { Session } from '../session/sessions.ts';

type Method = BranchContract['savings']['approve' | 'activate' | 'reject' | 'withdrawApplication' | 'undoApproval' | 'close'];

interface DecisionInput {
  readonly formId: LocalId;
  readonly pageId?: LocalId | undefined;
  readonly savingsId: LocalId;
  readonly note: string;
}

export function decideSavings(
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  deed: SavingsDeed,
  input: DecisionInput,
): AnswerOf<Method> {
  return parts.store.write((write): AnswerOf<Method> => {
    const businessDate = currentBusinessDate(write, parts.clock);
    const form = { ...input, username: session.username };
    const note = input.note.trim();
    const payload: SavingsDecisionPayload = { kind: 'savingsDecision', savingsId: input.savingsId, deed, onDate: businessDate, note };
    const used = usedFact(write, parts.clock, form, payload);
    if (used?.ok === false) return used;
    if (used !== null) return ok({ ...used.value, at: write.commandOfForm(input.formId)?.recordedAt ?? parts.clock.now() });
    if (clockWatch.unanswered(write) !== null) return refuse({ code: 'clock.answerFirst' });
    const doubt = dateDoubt(write, parts.clock, businessDate);
    if (doubt !== null) return refuse({ code: 'businessDay.otherThanHeadOffice', facts: { ...doubt } });
    const savings = write.savings(input.savingsId);
    if (savings === null || savings.gone) return refuse({ code: 'savings.unknown' });
    if (isMakersOwn(write, { kind: 'savings', localId: savings.savingsId }, deed, session.username))
      return refuse({ code: 'savings.makerCannotApprove' });
    const before = provisionalSavingsStatus(write, savings);
    const decided = decideOnSavings(deed, before, note);
    if (!decided.ok) return decided;
    const bar = deed === 'close' ? closeBar(write, savings) : null;
    if (bar !== null) return refuse({ code: bar });
    const command = recordCommand(write, parts, formDraft(write, parts, clockWatch, form, payload, businessDate), {
      body: { savings: savings.savingsId, deed, facts: { before } },
    });
    return ok({ commandId: command.commandId, at: command.recordedAt, replayed: false });
  });
}

/** Why it cannot be closed here. */
export function closeBar(read: ReadStore, savings: SavingsRecord): CloseBar | null {
  const { ledgerMinor, disputed } = reconcileSavings(savings, read.effectsOf('savings', savings.savingsId));
  const onHoldMinor = savings.onHoldMinor + heldHereMinor(read, savings);
  return whyNotClosed({ ledgerMinor, onHoldMinor, disputed, minimumMinor: savings.minimumMinor });
}

/** What this branch decided of it, the latest first. */
export function savingsDecisions(read: ReadStore, savingsId: LocalId): SavingsDecision[] {
  return decisionsOn(read, { kind: 'savings', localId: savingsId }).flatMap((command) =>
    isSavingsDecision(command.payload) ? [decisionShown(read, command, command.payload)] : [],
  );
}

function decisionShown(read: ReadStore, command: CommandRecord, { deed, note }: SavingsDecisionPayload): SavingsDecision {
  const { commandId, recordedBy, recordedAt, businessDate, state } = command;
  return {
    commandId,
    deed,
    note,
    by: read.staff(recordedBy)?.displayName ?? recordedBy,
    at: recordedAt,
    businessDate,
    standing: standingOf(state),
    withdrawn: state === 'withdrawn',
    exceptionId: state === 'rejected' ? (read.openExceptionOf(commandId)?.exceptionId ?? null) : null,
  };
}
