// What the slip of a savings account says, which goes home with whoever opened it: its number above all, and what was agreed.

import { beginPaper } from '../cash/paperOf.ts';
import type { SlipLine, SlipWords } from '../receipts/slipLines.ts';
import { dateText } from '../words/figures.ts';
import type { Currency } from '../../kernel/money.ts';
import type { BusinessDate } from '../../kernel/businessDate.ts';
import type { SavingsTerms } from './product.ts';

export interface AccountSlip {
  readonly localNumber: string;
  readonly productName: string;
  readonly currency: Currency;
  readonly submittedOn: BusinessDate;
  readonly terms: SavingsTerms;
  readonly charges: readonly string[];
  readonly institution: string;
  readonly officeName: string;
  readonly practice: boolean;
  readonly zone: string;
  readonly ownerName: string;
  readonly ownerNo: string;
  readonly by: string;
  readonly at: number;
}

export function accountSlipLines(slip: AccountSlip, words: SlipWords): readonly SlipLine[] {
  const { say, writing } = words;
  const { terms, currency } = slip;
  const paper = beginPaper(words, slip, null);
  paper.center(say('receipt.accountSlip.title'), true);
  paper.pair(say('receipt.accountSlip.number'), slip.localNumber, { strong: true, mark: 'account-slip-number' });
  paper.pair(say('receipt.accountSlip.owner'), slip.ownerName, { folds: true });
  paper.pair('', slip.ownerNo);
  paper.pair(say('receipt.accountSlip.product'), slip.productName, { folds: true });
  paper.pair(say('receipt.accountSlip.opened'), dateText(slip.submittedOn, writing.language, 'medium'));
  paper.rule();
  for (const [what, is] of termLines(terms, (minor) => paper.money(minor, currency, true), words)) paper.pair(what, is, { folds: true });
  for (const charge of slip.charges) paper.pair(say('loans.paper.charges'), charge, { folds: true });
  paper.rule();
  paper.text(say('receipt.accountSlip.keep'));
  paper.text(say('receipt.report.signs', { by: slip.by }));
  paper.pair(say('receipt.time'), paper.moment(slip.at));
  paper.lines.push({ as: 'code', text: slip.localNumber });
  return paper.lines;
}

/** What a product sets, in words: on the form, on the page and on the slip. */
export function termLines(
  { ratePercent, posting, minimumMinor, openingMinor, lockIn }: SavingsTerms,
  money: (minor: number) => string,
  { say }: Pick<SlipWords, 'say'>,
): readonly (readonly [what: string, is: string])[] {
  return [
    [say('savings.terms.rate'), say('savings.terms.percent', { rate: ratePercent })],
    [say('savings.terms.posted'), say(`savings.terms.every.${posting}`)],
    ...(minimumMinor === null ? [] : [[say('savings.terms.minimum'), money(minimumMinor)] as const]),
    ...(openingMinor === null ? [] : [[say('savings.terms.opening'), money(openingMinor)] as const]),
    ...(lockIn === null ? [] : [[say('savings.terms.lockIn'), say(`savings.terms.${lockIn.unit}`, { count: lockIn.length })] as const]),
  ];
}
