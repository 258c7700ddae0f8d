// A client brings money for several accounts: a repayment here, a deposit there. One receipt, one total, and a promise of its own for each
// line. Either all of it is recorded or nothing.

import type { AnswerOf, ParsedInputOf, RefusalOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import type { WriteStore } from '../../ports/store.ts';
import { repaymentLine } from '../loans/takeRepayment.ts';
import { payerOf } from '../../journal/payerOf.ts';
import type { BranchParts } from '../parts.ts';
import { depositLine } from '../savings/takeDeposit.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import type { Session } from '../session/sessions.ts';
import { basketLines, totalOf } from './basketLines.ts';
import { counterOperation } from './counterOperation.ts';
import { readTaken } from './paidWith.ts';

type Method = BranchContract['counter']['takeBasket'];
type Line = ParsedInputOf<Method>['lines'][number];

export function takeBasket(parts: BranchParts, clockWatch: ClockWatch, session: Session, input: ParsedInputOf<Method>): AnswerOf<Method> {
  const wanted = input.lines.map((line) => ({ kind: line.kind, accountId: accountIdOf(line), amountMinor: line.amountMinor }));
  return counterOperation<RefusalOf<Method>>(parts, clockWatch, session, input, wanted, (write, { businessDate }) => {
    const client = write.client(input.clientId);
    if (client === null || client.gone) return refuse({ code: 'client.unknown' });
    const lines = basketLines(
      client.clientId,
      input.lines.map((line) => lineOf(write, line, businessDate)),
    );
    if (!lines.ok) return lines;
    const totalMinor = totalOf(input.lines);
    if (totalMinor === null) return refuse({ code: 'basket.sumTooLarge' });
    const taken = readTaken(write, input.paidWith, totalMinor, 'basket.givenTooLittle');
    if (!taken.ok) return taken;
    return ok({ ...taken.value, payer: payerOf(write, { clientId: client.clientId, groupId: null }), handedBy: null, lines: lines.value });
  });
}

function accountIdOf(line: Line): string {
  return 'loanId' in line ? line.loanId : line.savingsId;
}

function lineOf(write: WriteStore, line: Line, businessDate: string) {
  return 'loanId' in line ? repaymentLine(write, { ...line, additionalMinor: 0, feesMinor: 0 }, businessDate) : depositLine(write, line);
}
