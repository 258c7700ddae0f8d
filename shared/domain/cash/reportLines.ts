// What an X or a Z says on paper and on the screen, line by line, in one language: the same lines for both, and on a reprint those of its day.

import type { Currency } from '../../kernel/money.ts';
import type { SlipLine, SlipWords } from '../receipts/slipLines.ts';
import { dateText } from '../words/figures.ts';
import { wayWord } from '../words/standardNames.ts';
import type { DayReport, ReportDrawer, ReportVault } from './dayReport.ts';
import { beginPaper, hashGroups, type PaperCopy } from './paperOf.ts';

export function reportLines(report: DayReport, words: SlipWords, copy: PaperCopy | null): readonly SlipLine[] {
  const { say, writing } = words;
  const { language } = writing;
  const paper = beginPaper(words, report, copy);
  const { lines, rule, text, center, pair, moment, pieces: pieceLines } = paper;
  const vaults = report.vaults ?? [];
  const currencies = new Set([...report.drawers, ...report.byKind, ...vaults].map(({ currency }) => currency.code));
  /** Which money it is is said where there are several. */
  const money = (minor: number, currency: Currency): string => paper.money(minor, currency, currencies.size > 1);

  function drawerLines(drawer: ReportDrawer): void {
    const { currency } = drawer;
    rule();
    pair(say('receipt.report.drawer', { name: drawer.name }), drawer.heldBy, { strong: true, folds: true });
    pair(say('receipt.report.opened'), moment(drawer.openedAt), { indent: true });
    if (drawer.closedAt !== null) pair(say('receipt.report.closed'), moment(drawer.closedAt), { indent: true });
    pair(say('receipt.report.opening'), money(drawer.openingMinor, currency));
    if (report.of === 'drawer') pieceLines(drawer.openingPieces, currency);
    pair(say('receipt.report.taken'), money(drawer.takenMinor, currency));
    pair(say('receipt.report.paid'), money(-drawer.paidMinor, currency));
    if (drawer.allocatedMinor !== 0) pair(say('receipt.report.allocated'), money(drawer.allocatedMinor, currency));
    if (drawer.settledMinor !== 0) pair(say('receipt.report.settled'), money(-drawer.settledMinor, currency));
    pair(say('receipt.report.expected'), money(drawer.expectedMinor, currency), { strong: true, mark: 'report-expected' });
    if (drawer.countedMinor === null || drawer.differenceMinor === null) return;
    pair(say('receipt.report.counted'), money(drawer.countedMinor, currency), { strong: true, mark: 'report-counted' });
    if (drawer.counts > 1) pair(say('receipt.report.counts'), String(drawer.counts), { indent: true });
    pieceLines(drawer.pieces, currency);
    const { differenceMinor } = drawer;
    pair(
      say(differenceMinor === 0 ? 'receipt.report.right' : differenceMinor < 0 ? 'receipt.report.short' : 'receipt.report.over'),
      money(differenceMinor, currency),
      { strong: true, mark: 'report-difference' },
    );
    if (drawer.reason !== '') text(say('receipt.report.reason', { reason: drawer.reason }));
    if (drawer.agreedBy !== null) text(say('receipt.agreedBy', { by: drawer.agreedBy }));
  }

  function vaultLines({ currency, openingMinor, inMinor, outMinor, expectedMinor, count }: ReportVault): void {
    rule();
    pair(say('receipt.report.vault'), '', { strong: true });
    pair(say('receipt.report.vaultBefore'), money(openingMinor, currency));
    pair(say('receipt.report.vaultIn'), money(inMinor, currency));
    pair(say('receipt.report.vaultOut'), money(-outMinor, currency));
    pair(say('receipt.report.expected'), money(expectedMinor, currency), { strong: true, mark: 'report-vault' });
    if (count === null) {
      pair(say('receipt.report.vaultNotCounted'), '', { indent: true });
      return;
    }
    pair(say('receipt.report.counted'), money(count.countedMinor, currency), { strong: true });
    pair(say('receipt.cashSlip.number'), count.number, { indent: true });
    if (count.differenceMinor !== 0)
      pair(say(count.differenceMinor < 0 ? 'receipt.report.short' : 'receipt.report.over'), money(count.differenceMinor, currency), {
        strong: true,
      });
  }

  center(say(`receipt.report.title.${report.number === null ? 'x' : 'z'}.${report.of}`), true);
  if (report.takenBack !== undefined) {
    const { at, by } = report.takenBack;
    lines.push({ as: 'inverse', text: say('receipt.report.takenBack'), mark: 'report-taken-back' });
    text(say('receipt.report.takenBackBy', { by, time: moment(at) }));
  }
  if (report.number !== null) pair(say('receipt.report.number'), report.number, { mark: 'report-number' });
  if (report.replaces !== undefined) {
    const { number, at, by, reason } = report.replaces;
    pair(say('receipt.report.replaces'), number, { mark: 'report-replaces' });
    text(say('receipt.report.takenBackBy', { by, time: moment(at) }));
    text(say('receipt.report.reason', { reason }));
  }
  pair(say('receipt.businessDate'), dateText(report.businessDate, language, 'medium'));
  if (report.of === 'day') pair(say('receipt.report.opened'), moment(report.openedAt));
  pair(say('receipt.report.made'), moment(report.madeAt));
  pair(say('receipt.report.by'), report.madeBy, { folds: true });
  for (const drawer of report.drawers) drawerLines(drawer);
  for (const each of vaults) vaultLines(each);
  if (report.slips !== undefined && report.slips.length > 0) {
    rule();
    text(say('receipt.report.slips'));
    for (const { number, kind, currency, amountMinor } of report.slips) {
      pair(number, money(amountMinor, currency), { indent: true });
      pair(say(`receipt.cashSlip.kind.${kind}`), '', { indent: true });
    }
  }
  rule();
  text(say('receipt.report.byKind'));
  for (const { kind, currency, count, amountMinor } of report.byKind)
    pair(say('receipt.report.row', { count, what: say(`receipt.kind.${kind}`) }), money(amountMinor, currency), { indent: true });
  if (report.byKind.length === 0) pair(say('receipt.report.none'), '', { indent: true });
  if (report.of === 'day' && report.byWay.length > 0) {
    text(say('receipt.report.byWay'));
    for (const { name, cash, currency, count, inMinor, outMinor } of report.byWay) {
      const word = wayWord({ name, cash });
      pair(say('receipt.report.row', { count, what: word === null ? name : say(word) }), money(inMinor, currency), { indent: true });
      if (outMinor !== 0) pair('', money(outMinor, currency), { indent: true });
    }
  }
  rule();
  pair(say('receipt.report.receipts'), String(report.receipts));
  if (report.firstReceipt !== null) pair(say('receipt.report.from'), report.firstReceipt, { indent: true });
  if (report.lastReceipt !== null) pair(say('receipt.report.to'), report.lastReceipt, { indent: true });
  pair(say('receipt.report.undone'), String(report.undone.length));
  for (const { number, undoes, currency, amountMinor } of report.undone) {
    pair(number, money(amountMinor, currency), { indent: true });
    pair(say('receipt.report.undoes'), undoes, { indent: true });
  }
  for (const { currency, count, amountMinor } of report.unconfirmed)
    pair(say('receipt.report.unconfirmed', { count }), money(amountMinor, currency), { mark: 'report-unconfirmed' });
  for (const { currency, count, amountMinor } of report.afterHours ?? [])
    pair(say('receipt.report.afterHours', { count }), money(amountMinor, currency), { mark: 'report-after-hours' });
  if (report.unconfirmed.length === 0) pair(say('receipt.report.unconfirmed', { count: 0 }), '');
  rule();
  text(say('receipt.report.head', { entry: report.headEntry, hash: hashGroups(report.headHash) }), 'report-head');
  if (report.hash !== null) {
    text(say('receipt.report.seal', { hash: hashGroups(report.hash) }), 'report-seal');
    lines.push({ as: 'code', text: `TAWI:${report.number ?? ''}:${report.hash.slice(0, 16)}` });
    for (const drawer of report.of === 'drawer' ? report.drawers : []) {
      text(say('receipt.report.signs', { by: drawer.heldBy }));
      if (drawer.agreedBy !== null) text(say('receipt.report.signs', { by: drawer.agreedBy }));
    }
    if (report.of === 'day') text(say('receipt.report.signs', { by: report.madeBy }));
  } else center(say('receipt.report.notFinal'), false);
  return lines;
}
