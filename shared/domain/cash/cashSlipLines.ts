// What a slip of cash says on paper and on the screen, in one language.

import type { SlipLine, SlipWords } from '../receipts/slipLines.ts';
import { amountInWords } from '../words/amountInWords.ts';
import { dateText } from '../words/figures.ts';
import { SLIP_RULES, differenceOf, type CashSlip } from './cashSlip.ts';
import { beginPaper, hashGroups, type PaperCopy } from './paperOf.ts';

/** `expectedMinor`: null also where it is withheld from whoever reads. */
export function cashSlipLines(slip: CashSlip, words: SlipWords, copy: PaperCopy | null): readonly SlipLine[] {
  const { say, writing } = words;
  const { currency, kind } = slip;
  const paper = beginPaper(words, slip, copy);
  paper.center(say(`receipt.cashSlip.title.${kind}`), true);
  paper.pair(say('receipt.cashSlip.number'), slip.number, { mark: 'cash-slip-number' });
  paper.pair(say('receipt.businessDate'), dateText(slip.businessDate, writing.language, 'medium'));
  paper.pair(say('receipt.time'), paper.moment(slip.at));
  paper.rule();
  const { changesWith, isCount } = SLIP_RULES[kind];
  for (const { name, heldBy, move } of slip.drawers)
    paper.pair(say(`receipt.cashSlip.drawer.${move ?? 'counted'}`, { name }), heldBy, { folds: true });
  paper.lines.push({
    as: 'sum',
    left: say(isCount && kind !== 'opening' ? 'receipt.report.counted' : 'receipt.amount'),
    right: paper.money(kind === 'vaultDifference' ? slip.vaultMinor : slip.amountMinor, currency, true),
    strong: true,
    mark: 'cash-slip-sum',
  });
  paper.text(amountInWords(slip.amountMinor, currency, writing.language));
  if (changesWith !== undefined) paper.text(say('receipt.cashSlip.gave', { name: slip.drawers[0]?.name ?? '' }));
  paper.pieces(slip.pieces, currency);
  if (slip.piecesBack !== undefined) {
    paper.text(say('receipt.cashSlip.got', { name: slip.drawers[0]?.name ?? '' }));
    paper.pieces(slip.piecesBack, currency);
  }
  const differenceMinor = differenceOf(slip);
  if (slip.expectedMinor !== null && differenceMinor !== null) {
    paper.pair(say('receipt.report.expected'), paper.money(slip.expectedMinor, currency));
    paper.pair(
      say(differenceMinor === 0 ? 'receipt.report.right' : differenceMinor < 0 ? 'receipt.report.short' : 'receipt.report.over'),
      paper.money(differenceMinor, currency),
      { strong: true },
    );
  }
  if (slip.count !== null) paper.pair(say(`receipt.cashSlip.${kind === 'atBank' ? 'bag' : 'count'}`), slip.count);
  if (slip.reason !== '') paper.text(say(`receipt.cashSlip.reason.${SLIP_RULES[kind].reasonIs ?? 'note'}`, { reason: slip.reason }));
  if (slip.photo !== undefined) paper.text(say('receipt.cashSlip.photo'));
  paper.rule();
  for (const person of [slip.made, slip.signed])
    paper.text(person === null ? say('receipt.cashSlip.clientSigns') : say('receipt.report.signs', { by: person.name }));
  paper.text(say('receipt.cashSlip.seal', { hash: hashGroups(slip.hash) }));
  paper.lines.push({ as: 'code', text: `TAWI:${slip.number}:${slip.hash.slice(0, 16)}` });
  return paper.lines;
}
