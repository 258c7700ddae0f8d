// A client brings money for several accounts: a repayment here, a deposit there. One receipt, one total, and a promise of its own for each
// line. Either all of it is recorded or nothing.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { assert } from '../../../shared/kernel/assert.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import type { WriteStore } from '../../ports/store.ts';
import { repaymentLine } from '../loans/takeRepayment.ts';
import { payerOf } from '../../journal/payerOf.ts';
import type { BranchParts } from '../parts.ts';
import { depositLine } from '../savings/takeDeposit.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import type { Session } from '../session/sessions.ts';
import { basketLines, totalOf } from './basketLines.ts';
import { drawerTaking, openCounter } from './operationDay.ts';
import { readPaidWith } from './paidWith.ts';
import { receiptLine } from './receiptLine.ts';
import { recordOperation } from './recordOperation.ts';
import { usedForm } from './usedForm.ts';

type Method = BranchContract['counter']['takeBasket'];
type Line = ParsedInputOf<Method>['lines'][number];

export function takeBasket(parts: BranchParts, clockWatch: ClockWatch, session: Session, input: ParsedInputOf<Method>): AnswerOf<Method> {
  return parts.store.write((write) => {
    const wanted = input.lines.map((line) => ({ kind: line.kind, accountId: accountIdOf(line), amountMinor: line.amountMinor }));
    const used = usedForm(write, { ...input, username: session.username }, wanted);
    if (used !== null) return used;
    const counter = openCounter(write, clockWatch, session.username, parts.clock);
    if (!counter.ok) return refuse(counter.refusal);
    const client = write.client(input.clientId);
    if (client === null || client.gone) return refuse({ code: 'client.unknown' });
    const lines = basketLines(
      client.clientId,
      input.lines.map((line) => lineOf(write, line, counter.value.businessDate)),
    );
    if (!lines.ok) return lines;
    const totalMinor = totalOf(input.lines);
    if (totalMinor === null) return refuse({ code: 'basket.sumTooLarge' });
    const paid = readPaidWith(write, input.paidWith, totalMinor);
    if (!paid.ok) return refuse({ code: paid.refusal.code === 'givenTooLittle' ? 'basket.givenTooLittle' : paid.refusal.code });
    const [first] = lines.value;
    assert(first !== undefined, 'a basket has a line');
    const drawer = drawerTaking(write, counter.value, first.account.currency, paid.value.cash);
    if (!drawer.ok) return refuse(drawer.refusal);
    const receipt = recordOperation(write, parts, {
      formId: input.formId,
      pageId: input.pageId ?? null,
      username: session.username,
      servedBy: session.displayName,
      drawer: drawer.value,
      payer: payerOf(write, { clientId: client.clientId, groupId: null }),
      handedBy: null,
      ...paid.value,
      note: input.note,
      clockDoubt: clockWatch.doubtful(write),
      agreedBy: null,
      lines: lines.value,
    });
    return ok({ ...receiptLine(write, receipt), replayed: false });
  });
}

function accountIdOf(line: Line): string {
  return 'loanId' in line ? line.loanId : line.savingsId;
}

function lineOf(write: WriteStore, line: Line, businessDate: string) {
  return 'loanId' in line ? repaymentLine(write, { ...line, additionalMinor: 0, feesMinor: 0 }, businessDate) : depositLine(write, line);
}
