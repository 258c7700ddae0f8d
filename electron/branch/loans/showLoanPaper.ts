// A loan on paper: what a client signs, and the schedule that goes home with her. What was agreed here is said in the words of the application;
// of a loan that somebody else wrote down only what head office shows of it is known.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import type { LoanPaper } from '../../../shared/contract/shapes.ts';
import { isLoanApplication } from '../../../shared/domain/commands/kinds/loanApplication.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { applicationOf } from '../../journal/decidedOn.ts';
import { loanProductsOf } from '../../journal/loanProducts.ts';
import { payerOf } from '../../journal/payerOf.ts';
import { identityOf } from '../../journal/settings.ts';
import type { LoanRecord, ReadStore } from '../../ports/store.ts';
import type { BranchParts } from '../parts.ts';
import { loanView } from './loanView.ts';

type ShowPaper = BranchContract['loans']['showPaper'];

export function showLoanPaper(parts: BranchParts, { loanId }: ParsedInputOf<ShowPaper>): AnswerOf<ShowPaper> {
  return parts.store.read((read) => {
    const loan = read.loan(loanId);
    if (loan === null) return refuse({ code: 'loan.unknown' });
    const { institution, officeName, practice } = identityOf(read);
    const owner = payerOf(read, loan);
    return ok({
      institution,
      officeName,
      practice,
      ownerName: owner.name,
      ownerNo: owner.accountNo,
      ownerPhone: (loan.clientId === null ? null : read.client(loan.clientId)?.mobileNo) ?? '',
      loan: loanView(read, loan, currentBusinessDate(read, parts.clock)),
      terms: termsAgreed(read, loan),
      madeAt: parts.clock.now(),
    });
  });
}

function termsAgreed(read: ReadStore, { loanId }: LoanRecord): LoanPaper['terms'] {
  const said = applicationOf(read, { kind: 'loan', localId: loanId })?.payload;
  if (said === undefined || !isLoanApplication(said)) return null;
  const { submittedOn, expectedOn, installments, every, unit, ratePercent, officer, purpose, charges, product } = said;
  return {
    submittedOn,
    expectedOn,
    installments,
    every,
    unit,
    ratePercent,
    ratePer: loanProductsOf(read).find(({ productId }) => productId === product.serverId)?.ratePer ?? null,
    officer: officer?.name ?? null,
    purpose: purpose?.name ?? null,
    charges: charges.map(({ name }) => name),
  };
}
