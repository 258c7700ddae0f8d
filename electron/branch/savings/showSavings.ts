// One savings account whole.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { shownHistory } from '../clients/history.ts';
import { barredFrom } from '../decide/makerRule.ts';
import type { BranchParts } from '../parts.ts';
import type { Session } from '../session/sessions.ts';
import { closeBar, savingsDecisions } from './decideSavings.ts';
import { holdableOf, holdsShown } from './holdSavings.ts';
import { openingShown } from './applyForSavings.ts';
import { payoutMoment } from './payoutMoment.ts';
import { savingsView } from './savingsView.ts';

type Method = BranchContract['savings']['show'];

export function showSavings(parts: BranchParts, session: Session, input: ParsedInputOf<Method>): AnswerOf<Method> {
  return parts.store.read((read) => {
    const savings = read.savings(input.savingsId);
    if (savings === null) return refuse({ code: 'savings.unknown' });
    const view = savingsView(read, savings, payoutMoment(read, parts), input.paymentTypeId ?? null);
    const bar = closeBar(read, savings);
    return ok({
      savings: view,
      barred: [
        ...barredFrom(read, { kind: 'savings', localId: savings.savingsId }, view.deeds, session.username, 'savings.makerCannotApprove'),
        ...(bar === null || !view.deeds.includes('close') ? [] : [{ deed: 'close' as const, code: bar }]),
      ],
      history: shownHistory(read, 'savings', savings.savingsId),
      decisions: savingsDecisions(read, savings.savingsId),
      holds: holdsShown(read, savings),
      holdableMinor: holdableOf(read, savings),
      opening: openingShown(read, savings.savingsId),
    });
  });
}
