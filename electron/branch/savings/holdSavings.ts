// Somebody with the right to holds money on a savings account, or lets a hold go, line or no line. No cash moves; it is a fact of the branch at once, told
// to head office like every other, and until that shows it what is available here counts it.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import type { SavingsHold } from '../../../shared/contract/shapes.ts';
import { reconcileSavings } from '../../../shared/domain/accounts/reconcile.ts';
import type { CommandPayload, CommandRecord } from '../../../shared/domain/commands/command.ts';
import { isSavingsHold, type SavingsHoldPayload } from '../../../shared/domain/commands/kinds/savingsHold.ts';
import { isSavingsRelease, type SavingsReleasePayload } from '../../../shared/domain/commands/kinds/savingsRelease.ts';
import { holdableMinor, mayHold, mayRelease, stateHolds } from '../../../shared/domain/savings/hold.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { heldHereMinor, holdsOn, type HoldOn } from '../../journal/heldHere.ts';
import { isOwnerEnded } from '../../journal/ownerState.ts';
import { recordCommand } from '../../journal/recordCommand.ts';
import type { ReadStore, SavingsRecord, WriteStore } from '../../ports/store.ts';
import { inMoneyOf } from '../cash/currencies.ts';
import { dateDoubt } from '../cash/dateDoubt.ts';
import { formDraft } from '../counter/formDraft.ts';
import { standingOf } from '../counter/receiptLine.ts';
import { usedFact } from '../counter/usedForm.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import type { Session } from '../session/sessions.ts';

type Hold = BranchContract['savings']['hold'];
type Release = BranchContract['savings']['release'];

export function holdSavings(parts: BranchParts, clockWatch: ClockWatch, session: Session, input: ParsedInputOf<Hold>): AnswerOf<Hold> {
  return parts.store.write((write): AnswerOf<Hold> => {
    const businessDate = currentBusinessDate(write, parts.clock);
    const form = { ...input, username: session.username };
    const savings = write.savings(input.savingsId);
    if (savings === null || savings.gone) return refuse({ code: 'savings.unknown' });
    const before = recordedHold(write, input.formId);
    const payload: SavingsHoldPayload = {
      kind: 'savingsHold',
      holdId: before?.holdId ?? parts.ids.newId(),
      savingsId: savings.savingsId,
      heldOn: before?.heldOn ?? businessDate,
      amountMinor: input.amountMinor,
      currency: savings.currency.code,
      decimals: savings.currency.decimals,
      reason: input.reason.trim(),
    };
    const used = usedFact(write, parts.clock, form, payload);
    if (used !== null) return used.ok ? ok({ ...used.value, at: atOf(write, parts, input.formId) }) : used;
    if (clockWatch.unanswered(write) !== null) return refuse({ code: 'clock.answerFirst' });
    const doubt = dateDoubt(write, parts.clock, businessDate);
    if (doubt !== null) return refuse({ code: 'businessDay.otherThanHeadOffice', facts: { ...doubt } });
    const { availableMinor, disputed } = reconciled(write, savings);
    const may = mayHold({
      // Head office has to have it as active, whatever was decided here.
      status: savings.status,
      ownerActive: !isOwnerEnded(write, savings),
      amountMinor: input.amountMinor,
      availableMinor,
      overdraftMinor: savings.overdraftMinor,
      disputed,
      reason: input.reason,
    });
    if (!may.ok)
      return may.refusal.code === 'hold.exceedsAvailable'
        ? refuse({ code: may.refusal.code, facts: inMoneyOf(savings.currency, may.refusal.facts) })
        : refuse(may.refusal);
    const command = recordCommand(write, parts, formDraft(write, parts, clockWatch, form, payload, businessDate), {
      body: {
        savings: savings.savingsId,
        heldMinor: input.amountMinor,
        currency: savings.currency.code,
        facts: { availableBeforeMinor: availableMinor },
      },
    });
    return ok({ commandId: command.commandId, at: command.recordedAt, replayed: false });
  });
}

export function releaseHold(
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  input: ParsedInputOf<Release>,
): AnswerOf<Release> {
  return parts.store.write((write): AnswerOf<Release> => {
    const businessDate = currentBusinessDate(write, parts.clock);
    const form = { ...input, username: session.username };
    const savings = write.savings(input.savingsId);
    if (savings === null || savings.gone) return refuse({ code: 'savings.unknown' });
    const before = write.commandOfForm(input.formId)?.payload ?? null;
    const hold = holdsOn(write, savings).find((each) => isNamed(each, input.hold)) ?? null;
    // Let go by this very form it may stand in no list any more.
    const payload =
      before !== null && isSavingsRelease(before) ? { ...before, reason: input.reason.trim() } : releaseOf(savings, hold, input.reason);
    const used = payload === null ? null : usedFact(write, parts.clock, form, payload);
    if (used !== null) return used.ok ? ok({ ...used.value, at: atOf(write, parts, input.formId) }) : used;
    if (clockWatch.unanswered(write) !== null) return refuse({ code: 'clock.answerFirst' });
    const doubt = dateDoubt(write, parts.clock, businessDate);
    if (doubt !== null) return refuse({ code: 'businessDay.otherThanHeadOffice', facts: { ...doubt } });
    const may = mayRelease(hold?.state ?? null, input.reason);
    if (!may.ok) return may;
    if (payload === null) return refuse({ code: 'hold.unknown' });
    const command = recordCommand(write, parts, formDraft(write, parts, clockWatch, form, payload, businessDate), {
      body: {
        savings: savings.savingsId,
        hold: payload.holdId ?? payload.holdServerId,
        heldMinor: -payload.amountMinor,
        currency: payload.currency,
        reason: payload.reason,
      },
    });
    return ok({ commandId: command.commandId, at: command.recordedAt, replayed: false });
  });
}

function recordedHold(read: ReadStore, formId: LocalId): SavingsHoldPayload | null {
  const payload: CommandPayload | null = read.commandOfForm(formId)?.payload ?? null;
  return payload !== null && isSavingsHold(payload) ? payload : null;
}

function atOf(write: WriteStore, parts: BranchParts, formId: LocalId): number {
  return write.commandOfForm(formId)?.recordedAt ?? parts.clock.now();
}

function isNamed({ holdId, serverTransactionId }: HoldOn, named: ParsedInputOf<Release>['hold']): boolean {
  return 'holdId' in named ? holdId === named.holdId : serverTransactionId === named.serverTransactionId;
}

function releaseOf(savings: SavingsRecord, hold: HoldOn | null, reason: string): SavingsReleasePayload | null {
  if (hold === null) return null;
  return {
    kind: 'savingsRelease',
    savingsId: savings.savingsId,
    holdId: hold.holdId,
    holdServerId: hold.holdId === null ? hold.serverTransactionId : null,
    heldFor: hold.holdId === null ? hold.reason : null,
    amountMinor: hold.amountMinor,
    currency: savings.currency.code,
    decimals: savings.currency.decimals,
    reason: reason.trim(),
  };
}

function reconciled(read: ReadStore, savings: SavingsRecord) {
  return reconcileSavings(savings, read.effectsOf('savings', savings.savingsId), heldHereMinor(read, savings));
}

/** The most that may be held of it now; nothing where none may be. */
export function holdableOf(read: ReadStore, savings: SavingsRecord): number {
  const { availableMinor, disputed } = reconciled(read, savings);
  const { status, overdraftMinor } = savings;
  const mayBe = !savings.gone && stateHolds(status) && !disputed && !isOwnerEnded(read, savings);
  return mayBe ? holdableMinor({ availableMinor, overdraftMinor }) : 0;
}

/** What is held on it by name, the latest first. */
export function holdsShown(read: ReadStore, savings: SavingsRecord): SavingsHold[] {
  return holdsOn(read, savings).map(({ holdId, serverTransactionId, amountMinor, reason, since, state, hold, release }) => ({
    hold: holdId === null ? { serverTransactionId: serverTransactionId ?? 0 } : { holdId },
    amountMinor,
    reason,
    since,
    by: hold === null ? null : nameOf(read, hold),
    at: hold?.recordedAt ?? null,
    state,
    standing: hold === null || serverTransactionId !== null ? 'confirmed' : standingOf(hold.state),
    exceptionId: hold === null ? null : caseOf(read, hold),
    release:
      release === null
        ? null
        : {
            by: nameOf(read, release),
            at: release.recordedAt,
            reason: isSavingsRelease(release.payload) ? release.payload.reason : '',
            standing: standingOf(release.state),
            exceptionId: caseOf(read, release),
          },
  }));
}

function nameOf(read: ReadStore, { recordedBy }: CommandRecord): string {
  return read.staff(recordedBy)?.displayName ?? recordedBy;
}

function caseOf(read: ReadStore, { commandId, state }: CommandRecord): LocalId | null {
  return state === 'rejected' ? (read.openExceptionOf(commandId)?.exceptionId ?? null) : null;
}
