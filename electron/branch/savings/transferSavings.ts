// Money goes from one savings account to another, line or no line. No cash moves and no paper is issued, so no drawer need be open; what the
// account that pays must allow is what a withdrawal must, for the money can be paid out again where it arrives. `approver` is a second person
// whose password was checked before.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import type { Transfer } from '../../../shared/contract/savings.ts';
import type { CommandRecord } from '../../../shared/domain/commands/command.ts';
import { decideDeposit } from '../../../shared/domain/savings/deposit.ts';
import { assert } from '../../../shared/kernel/assert.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { provisionalSavingsStatus } from '../../journal/decidedOn.ts';
import { recordCommand } from '../../journal/recordCommand.ts';
import { recordEffects } from '../../journal/recordEffects.ts';
import { identityOf } from '../../journal/settings.ts';
import { dateDoubt } from '../cash/dateDoubt.ts';
import { formDraft } from '../counter/formDraft.ts';
import { standingOf } from '../counter/receiptLine.ts';
import { isAwaited, recordedFacts } from '../counter/usedForm.ts';
import type { ReadStore } from '../../ports/store.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import type { Session } from '../session/sessions.ts';
import { weighWithdrawal } from './weighWithdrawal.ts';

type Method = BranchContract['savings']['transfer'];

export function transferSavings(
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  input: ParsedInputOf<Method>,
  approver: string | null,
): AnswerOf<Method> {
  return parts.store.write((write): AnswerOf<Method> => {
    const used = write.commandOfForm(input.formId);
    if (used !== null) {
      const { payload } = used;
      const same =
        'toSavingsId' in payload &&
        payload.fromSavingsId === input.fromSavingsId &&
        payload.toSavingsId === input.toSavingsId &&
        payload.amountMinor === input.amountMinor;
      const isWaitedFor = isAwaited(write, parts.clock, used, { ...input, username: session.username });
      return same && isWaitedFor
        ? ok({ ...transferOf(used), replayed: true })
        : refuse({ code: 'form.alreadyUsed', facts: recordedFacts(write, used) });
    }
    if (clockWatch.unanswered(write) !== null) return refuse({ code: 'clock.answerFirst' });
    const day = write.openDay();
    if (day === null) return refuse({ code: 'businessDay.closed' });
    const doubt = dateDoubt(write, parts.clock, day.businessDate);
    if (doubt !== null) return refuse({ code: 'businessDay.otherThanHeadOffice', facts: { ...doubt } });
    const from = write.savings(input.fromSavingsId);
    const to = write.savings(input.toSavingsId);
    if (from === null || from.gone || to === null || to.gone) return refuse({ code: 'savings.unknown' });
    if (from.savingsId === to.savingsId) return refuse({ code: 'transfer.sameAccount' });
    if (from.currency.code !== to.currency.code) return refuse({ code: 'transfer.otherCurrency' });
    // Head office wants the client of each account, and a group's own account has none.
    if (from.clientId === null || to.clientId === null) return refuse({ code: 'transfer.groupAccount' });
    if (isTransferImpossible(write)) return refuse({ code: 'transfer.noAccountThere' });
    // Head office has to have it as active, and so has this branch, which may have closed it.
    const mayArrive = [to.status, provisionalSavingsStatus(write, to)].map(decideDeposit).find(({ ok: may }) => !may);
    if (mayArrive?.ok === false) return refuse(mayArrive.refusal);
    const { view, decision } = weighWithdrawal(write, parts, from, {
      amountMinor: input.amountMinor,
      // It is paid in no way; a fee that is limited to one is counted as with the usual one.
      paymentTypeId: null,
      username: session.username,
      managerAgrees: approver !== null,
    });
    if (!decision.ok) return refuse(decision.refusal);
    const draft = formDraft(
      write,
      parts,
      clockWatch,
      { ...input, username: session.username },
      {
        kind: 'savingsTransfer' as const,
        fromSavingsId: from.savingsId,
        fromClientId: from.clientId,
        toSavingsId: to.savingsId,
        toClientId: to.clientId,
        officeServerId: identityOf(write).officeServerId,
        transactionDate: day.businessDate,
        amountMinor: input.amountMinor,
        decimals: from.currency.decimals,
        note: input.note.trim(),
      },
      day.businessDate,
    );
    const command = recordCommand(write, parts, draft, {
      body: {
        from: from.savingsId,
        to: to.savingsId,
        amountMinor: input.amountMinor,
        currency: from.currency.code,
        facts: { availableBeforeMinor: view.availableMinor, mostMinor: decision.value.agreed.minor, agreedBy: approver },
      },
    });
    recordEffects(write, command, { receiptNumber: null, feeMinor: 0 });
    return ok({ ...transferOf(command), replayed: false });
  });
}

/** Head office was asked, and has no account that a transfer could pass through: it would refuse each. What is not known hinders nobody. */
function isTransferImpossible(read: ReadStore): boolean {
  return (
    read.shelf('financialActivities')?.pulledAt != null &&
    !read.reference('financialActivities').some((row) => row.body['carriesTransfers'] === true)
  );
}

function transferOf(command: CommandRecord): Transfer {
  const { commandId, payload, businessDate, recordedAt, state } = command;
  assert('toSavingsId' in payload, 'a transfer has two accounts');
  const { fromSavingsId, toSavingsId, amountMinor } = payload;
  return { commandId, fromSavingsId, toSavingsId, amountMinor, businessDate, recordedAt, standing: standingOf(state) };
}
