// What an X or a Z says on paper and on the screen, line by line, in one language: the same lines for both, and on a reprint those of its day.

import type { Currency } from '../../kernel/money.ts';
import type { SlipLine, SlipWords } from '../receipts/slipLines.ts';
import { dateText, dayOfInstant, moneyText, timeText } from '../words/figures.ts';
import { wayWord } from '../words/standardNames.ts';
import type { DayReport, ReportDrawer } from './dayReport.ts';
import type { Pieces } from './pieces.ts';

export interface ReportCopy {
  readonly number: number;
  readonly by: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

const HASH_GROUPS = /.{1,4}/g;

export function reportLines(report: DayReport, { say, writing, zone }: SlipWords, copy: ReportCopy | null): readonly SlipLine[] {
  const { language } = writing;
  const lines: SlipLine[] = [];
  const rule = (): void => void lines.push({ as: 'rule' });
  const text = (said: string, mark?: string): void => void lines.push({ as: 'text', text: said, ...(mark === undefined ? {} : { mark }) });
  const center = (said: string, strong: boolean, mark?: string): void =>
    void lines.push({ as: 'center', text: said, strong, ...(mark === undefined ? {} : { mark }) });
  const pair = (left: string, right: string, more: { strong?: boolean; indent?: boolean; folds?: boolean; mark?: string } = {}): void =>
    void lines.push({ as: 'pair', left, right, ...more });
  const moment = (at: number): string => `${dateText(dayOfInstant(at, zone), language, 'short')} ${timeText(at, language, zone)}`;
  const currencies = new Set([...report.drawers, ...report.byKind].map(({ currency }) => currency.code));
  /** Which money it is is said where there are several. */
  const money = (minor: number, currency: Currency): string => moneyText(minor, currency, writing, currencies.size > 1);

  function pieceLines(pieces: Pieces | null, currency: Currency): void {
    for (const { as, faceMinor, count } of pieces ?? [])
      pair(
        say(`receipt.report.piece.${as}`, { count, face: moneyText(faceMinor, currency, writing) }),
        moneyText(faceMinor * count, currency, writing),
        { indent: true },
      );
  }

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

  if (copy !== null) {
    lines.push({ as: 'inverse', text: say('receipt.copy', { number: copy.number }) });
    lines.push({ as: 'inverse', text: say('receipt.copyBy', { by: copy.by, time: moment(copy.at) }) });
  }
  if (report.practice) lines.push({ as: 'inverse', text: say('receipt.practice') });
  lines.push({ as: 'institution', text: report.institution.toLocaleUpperCase(language) });
  center(report.officeName, false);
  rule();
  center(say(`receipt.report.title.${report.number === null ? 'x' : 'z'}.${report.of}`), true);
  if (report.number !== null) pair(say('receipt.report.number'), report.number, { mark: 'report-number' });
  pair(say('receipt.businessDate'), dateText(report.businessDate, language, 'medium'));
  if (report.of === 'day') pair(say('receipt.report.opened'), moment(report.openedAt));
  pair(say('receipt.report.made'), moment(report.madeAt));
  pair(say('receipt.report.by'), report.madeBy, { folds: true });
  for (const drawer of report.drawers) drawerLines(drawer);
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
  if (report.unconfirmed.length === 0) pair(say('receipt.report.unconfirmed', { count: 0 }), '');
  rule();
  text(say('receipt.report.head', { entry: report.headEntry, hash: groups(report.headHash) }), 'report-head');
  if (report.hash !== null) {
    text(say('receipt.report.seal', { hash: groups(report.hash) }), 'report-seal');
    lines.push({ as: 'code', text: `TAWI:${report.number ?? ''}:${report.hash.slice(0, 16)}` });
    for (const drawer of report.of === 'drawer' ? report.drawers : []) {
      text(say('receipt.report.signs', { by: drawer.heldBy }));
      if (drawer.agreedBy !== null) text(say('receipt.report.signs', { by: drawer.agreedBy }));
    }
    if (report.of === 'day') text(say('receipt.report.signs', { by: report.madeBy }));
  } else center(say('receipt.report.notFinal'), false);
  return lines;
}

/** As it is typed in where a head is checked. */
function groups(hash: string): string {
  return hash.match(HASH_GROUPS)?.join(' ') ?? hash;
}
