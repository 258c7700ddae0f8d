// A client takes money out of several savings accounts: one receipt, one sum counted out, and a promise of its own for each line. What each
// account allows is weighed for each, what a branch may risk for the whole. Either all of it is recorded or nothing.

import type { AnswerOf, ParsedInputOf, RefusalOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { sumMinor } from '../../../shared/kernel/money.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { payerOf } from '../../journal/payerOf.ts';
import type { BranchParts } from '../parts.ts';
import { approversOf } from '../savings/approvers.ts';
import { nameOf, withdrawalLine } from '../savings/payWithdrawal.ts';
import { weighWithdrawal } from '../savings/weighWithdrawal.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import type { Session } from '../session/sessions.ts';
import { basketLines, totalOf } from './basketLines.ts';
import { counterOperation } from './counterOperation.ts';
import { readPaidOut, whyNotEnough } from './paidWith.ts';

type Counter = BranchContract['counter'];

export function payBasket(
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  input: ParsedInputOf<Counter['payBasket']>,
  approver: string | null,
): AnswerOf<Counter['payBasket']> {
  const wanted = input.lines.map(({ savingsId, amountMinor }) => ({ kind: 'savingsWithdrawal', accountId: savingsId, amountMinor }));
  return counterOperation<RefusalOf<Counter['payBasket']>>(parts, clockWatch, session, input, wanted, (write) => {
    const client = write.client(input.clientId);
    if (client === null || client.gone) return refuse({ code: 'client.unknown' });
    const totalMinor = totalOf(input.lines);
    if (totalMinor === null) return refuse({ code: 'basket.sumTooLarge' });
    const paid = readPaidOut(write, input.paidWith, totalMinor);
    if (!paid.ok) return paid;
    const weighed = input.lines.map(({ savingsId, amountMinor }) =>
      withdrawalLine(write, parts, savingsId, {
        amountMinor,
        besideMinor: totalMinor - amountMinor,
        paymentTypeId: input.paidWith.paymentTypeId,
        username: session.username,
        managerAgrees: approver !== null,
        approver,
      }),
    );
    const lines = basketLines(client.clientId, weighed);
    if (!lines.ok) return lines;
    return ok({
      payer: payerOf(write, { clientId: client.clientId, groupId: null }),
      handedBy: null,
      paid: paid.value,
      agreedBy: nameOf(write, approver),
      lines: lines.value,
      whyNotFrom: whyNotEnough(write, paid.value, totalMinor),
    });
  });
}

/** What it would meet, before anybody opens the drawer: the first line that may not be, or whether a manager must agree to the whole. */
export function previewPayBasket(
  parts: BranchParts,
  session: Session,
  input: ParsedInputOf<Counter['previewPayBasket']>,
): AnswerOf<Counter['previewPayBasket']> {
  return parts.store.read((read) => {
    const client = read.client(input.clientId);
    if (client === null || client.gone) return refuse({ code: 'client.unknown' });
    const totalMinor = sumMinor(input.lines.map(({ amountMinor }) => amountMinor));
    const approvers = approversOf(read, session.username).map(({ username, displayName, role }) => ({ username, displayName, role }));
    const weighed = input.lines.map(({ savingsId, amountMinor }) => {
      const asked = {
        amountMinor,
        besideMinor: totalMinor - amountMinor,
        paymentTypeId: input.paymentTypeId ?? null,
        username: session.username,
        managerAgrees: true,
        approver: null,
      };
      const savings = read.savings(savingsId);
      return {
        amountMinor,
        agreed: withdrawalLine(read, parts, savingsId, asked),
        limits: savings === null ? null : weighWithdrawal(read, parts, savings, asked).limits,
      };
    });
    const refused = basketLines(
      client.clientId,
      weighed.map(({ agreed }) => agreed),
    );
    const isAlone = weighed.every(({ limits, amountMinor }) => limits !== null && amountMinor <= limits.alone.minor);
    return ok({
      verdict: !refused.ok ? 'refused' : isAlone ? 'may' : 'needsManager',
      code: refused.ok ? null : refused.refusal.code,
      line: refused.ok ? null : Number(refused.refusal.facts?.['line'] ?? 0) || null,
      approvers,
      lines: weighed.map(({ agreed, limits }) => ({
        fee: agreed.ok ? agreed.value.line.fee : null,
        ledgerAfterMinor: agreed.ok ? agreed.value.line.balanceAfterMinor : null,
        alone: limits?.alone ?? null,
        agreed: limits?.agreed ?? null,
      })),
    });
  });
}
