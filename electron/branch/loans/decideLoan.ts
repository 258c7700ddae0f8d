// Somebody with the right to decides on a loan before it is paid out, line or no line. It is a fact of the branch at once and told to head office
// like every other; until that has it, the loan shows the new state as provisional. No cash moves, so no drawer need be open.

import type { Refusal } from '../../../shared/contract/define.ts';
import type { LoanDecision } from '../../../shared/contract/shapes.ts';
import type { CommandRecord } from '../../../shared/domain/commands/command.ts';
import { isLoanApplication } from '../../../shared/domain/commands/kinds/loanApplication.ts';
import { isLoanDecision } from '../../../shared/domain/commands/kinds/loanDecision.ts';
import { decideOnLoan, type DecisionRefused, type LoanDeed } from '../../../shared/domain/loans/decision.ts';
import { assert } from '../../../shared/kernel/assert.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { applicationOf, provisionalStatus } from '../../journal/decidedOn.ts';
import { recordCommand } from '../../journal/recordCommand.ts';
import type { LoanRecord, ReadStore } from '../../ports/store.ts';
import { dateDoubt } from '../cash/dateDoubt.ts';
import { formDraft } from '../counter/formDraft.ts';
import { standingOf } from '../counter/receiptLine.ts';
import { isAwaited, recordedFacts } from '../counter/usedForm.ts';
import { isMakersOwn } from '../decide/makerRule.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import type { Session } from '../session/sessions.ts';
import { payoutDayRefused } from './payoutDay.ts';

interface DecisionInput {
  readonly formId: LocalId;
  readonly pageId?: LocalId | undefined;
  readonly loanId: LocalId;
  readonly note: string;
  /** Whole minor units, of an approval alone. */
  readonly approvedMinor?: number;
  /** Of an approval: the day on which it is to be paid out, where another one was asked for. */
  readonly expectedOn?: BusinessDate | undefined;
}

type Decided = LoanDecision & { readonly replayed: boolean };
type Refused =
  | Refusal<
      | 'loan.unknown'
      | 'loan.onHoliday'
      | 'loan.onDayOff'
      | 'loan.firstBeforePayout'
      | 'loan.makerCannotApprove'
      | 'businessDay.otherThanHeadOffice'
      | 'form.alreadyUsed'
      | 'clock.answerFirst'
    >
  | DecisionRefused;

export function decideLoan(
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  deed: LoanDeed,
  input: DecisionInput,
): Result<Decided, Refused> {
  const approvedMinor = input.approvedMinor ?? null;
  const note = input.note.trim();
  return parts.store.write((write): Result<Decided, Refused> => {
    const used = write.commandOfForm(input.formId);
    if (used !== null) {
      const { payload } = used;
      const same =
        isLoanDecision(payload) &&
        payload.deed === deed &&
        payload.loanId === input.loanId &&
        payload.approvedMinor === approvedMinor &&
        payload.expectedOn === input.expectedOn;
      const isWaitedFor = isAwaited(write, parts.clock, used, { ...input, username: session.username });
      return same && isWaitedFor
        ? ok({ ...loanDecision(write, used), replayed: true })
        : refuse({ code: 'form.alreadyUsed', facts: recordedFacts(write, used) });
    }
    if (clockWatch.unanswered(write) !== null) return refuse({ code: 'clock.answerFirst' });
    const businessDate = currentBusinessDate(write, parts.clock);
    const doubt = dateDoubt(write, parts.clock, businessDate);
    if (doubt !== null) return refuse({ code: 'businessDay.otherThanHeadOffice', facts: { ...doubt } });
    const loan = write.loan(input.loanId);
    if (loan === null || loan.gone) return refuse({ code: 'loan.unknown' });
    if (isMakersOwn(write, { kind: 'loan', localId: loan.loanId }, deed, session.username))
      return refuse({ code: 'loan.makerCannotApprove' });
    const before = provisionalStatus(write, loan);
    const askedMinor = loan.status === 'submitted' ? loan.principalMinor : null;
    const decided = decideOnLoan({
      deed,
      status: before,
      askedMinor,
      approvedMinor,
      reason: note,
      onDate: businessDate,
      expectedOn: input.expectedOn ?? null,
    });
    if (!decided.ok) return refuse(inCurrency(decided.refusal, loan));
    const misfit = input.expectedOn === undefined ? null : dayMisfit(write, loan, input.expectedOn);
    if (misfit !== null) return refuse(misfit);
    const command = recordCommand(
      write,
      parts,
      formDraft(
        write,
        parts,
        clockWatch,
        { ...input, username: session.username },
        {
          kind: 'loanDecision',
          loanId: loan.loanId,
          deed,
          onDate: businessDate,
          approvedMinor,
          decimals: loan.currency.decimals,
          ...(input.expectedOn === undefined ? {} : { expectedOn: input.expectedOn }),
          note,
        },
        businessDate,
      ),
      {
        body: {
          loan: loan.loanId,
          deed,
          approvedMinor,
          expectedOn: input.expectedOn ?? null,
          currency: loan.currency.code,
          facts: { before, askedMinor },
        },
      },
    );
    return ok({ ...loanDecision(write, command), replayed: false });
  });
}

/** Head office's own rules of the day on which it is to be paid out. */
function dayMisfit(read: ReadStore, { loanId }: LoanRecord, expectedOn: BusinessDate) {
  const said = applicationOf(read, { kind: 'loan', localId: loanId })?.payload;
  const first = said !== undefined && isLoanApplication(said) ? said.firstRepaymentOn : null;
  if (first !== null && first <= expectedOn) return { code: 'loan.firstBeforePayout' as const };
  return payoutDayRefused(read, expectedOn);
}

/** A sum is said in the loan's own currency. */
function inCurrency(refused: DecisionRefused, { currency }: LoanRecord): DecisionRefused {
  return refused.code === 'loan.approvedAboveAsked'
    ? { ...refused, facts: { ...refused.facts, currency: currency.code, decimals: currency.decimals } }
    : refused;
}

export function loanDecision(read: ReadStore, command: CommandRecord): LoanDecision {
  const { commandId, payload, recordedBy, recordedAt, businessDate, state } = command;
  assert(isLoanDecision(payload), 'a decision on a loan says what was decided');
  return {
    commandId,
    deed: payload.deed,
    approvedMinor: payload.approvedMinor,
    expectedOn: payload.expectedOn ?? null,
    note: payload.note,
    by: read.staff(recordedBy)?.displayName ?? recordedBy,
    at: recordedAt,
    businessDate,
    standing: standingOf(state),
    withdrawn: state === 'withdrawn',
    exceptionId: state === 'rejected' ? (read.openExceptionOf(commandId)?.exceptionId ?? null) : null,
  };
}
