// What a receipt says, line by line, in one language: the same lines on the screen, from a thermal printer and on a sheet. A slip never computes
// a figure: a reprint says exactly what was fixed when the receipt was issued (I8). How wide the paper is and which letters a printer has is
// nothing that is known here.

import type { ClosedAs } from '../commands/closedAs.ts';
import type { Receipt } from '../records.ts';
import { amountInWords } from '../words/amountInWords.ts';
import { dateText, dayOfInstant, moneyText, timeText, type Writing } from '../words/figures.ts';
import { wayWord } from '../words/standardNames.ts';
import { paysOut } from './paysOut.ts';
import { undoneBy } from './undoes.ts';

/** The slip beside a form has the same words as the receipt, and no number yet. */
export type Slip = Pick<
  Receipt,
  | 'kind'
  | 'institution'
  | 'officeName'
  | 'practice'
  | 'businessDate'
  | 'clockDoubt'
  | 'clientName'
  | 'clientAccountNo'
  | 'groupId'
  | 'handedBy'
  | 'accountKind'
  | 'accountNo'
  | 'currency'
  | 'cash'
  | 'paymentTypeName'
  | 'givenMinor'
  | 'changeMinor'
  | 'allocation'
  | 'parts'
  | 'fee'
  | 'balanceAfterMinor'
  | 'nextDueDate'
  | 'nextDueMinor'
  | 'balancesAsOf'
  | 'note'
  | 'servedBy'
  | 'agreedBy'
  | 'deviceCode'
  | 'lines'
  | 'dateSaid'
  | 'afterHoursOf'
  | 'overdueLeftMinor'
  | 'chargesTakenMinor'
  | 'paidReference'
  | 'undoes'
> & {
  readonly number: string | null;
  readonly recordedAt: number | null;
  readonly amountMinor: number | null;
  readonly hash: string | null;
  readonly proof?: string | undefined;
  readonly journalHead?: string | undefined;
};

/** Where the money stands at head office now; it may stand beside the old text and never on it. */
export type SlipStanding = 'savedHere' | 'sent' | 'confirmed' | 'needsYou';

export interface SlipCopy {
  readonly number: number;
  readonly by: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Of one line by itself, counted from 1. */
  readonly line: number | null;
}

/** How one line is set. `mark` names it for whoever looks for it on the screen. */
export type SlipLine =
  | { readonly as: 'inverse' | 'institution' | 'center' | 'text'; readonly text: string; readonly strong?: boolean; readonly mark?: string }
  | {
      readonly as: 'pair' | 'sum';
      readonly left: string;
      readonly right: string;
      readonly strong?: boolean;
      readonly indent?: boolean;
      /** The right side may go on in a second line. */
      readonly folds?: boolean;
      /** Not yet given: shown pale beside a form. */
      readonly ghost?: boolean;
      readonly mark?: string;
    }
  | { readonly as: 'rule' }
  | { readonly as: 'code'; readonly text: string };

export interface SlipWords {
  /** The sentence of that key, with its facts in their places. */
  readonly say: (key: string, facts?: Readonly<Record<string, string | number>>) => string;
  readonly writing: Writing;
  readonly zone: string;
}

export interface SlipState {
  readonly standing: SlipStanding | null;
  /** A case closed it without head office: then 'confirmed' would not be true. */
  readonly closedAs: ClosedAs | null;
  readonly copy: SlipCopy | null;
  /** What the code on the paper says; null where there is none. */
  readonly code: string | null;
}

const MARKS: Readonly<Record<SlipStanding, string>> = { savedHere: '■', sent: '►', confirmed: '●', needsYou: '♦' };

function sharesOf(allocation: Slip['allocation']): readonly (readonly [string, number])[] {
  if (allocation === null) return [];
  return (
    [
      ['penalty', allocation.penaltyMinor],
      ['fee', allocation.feeMinor],
      ['interest', allocation.interestMinor],
      ['principal', allocation.principalMinor],
      ['overpaid', allocation.overpaidMinor],
    ] as const
  ).filter(([, minor]) => minor !== 0);
}

function namedParts(parts: Slip['parts']): readonly (readonly [string, number])[] {
  if (parts === null) return [];
  return (
    [
      ['amount', parts.amountMinor],
      ['additional', parts.additionalMinor],
      ['fees', parts.feesMinor],
    ] as const
  ).filter(([, minor]) => minor !== 0);
}

/** '11:31', or '19 Nov 11:31' when that was another day than `today`. */
function moment(at: number, today: string | null, { writing, zone }: SlipWords): string {
  const day = dayOfInstant(at, zone);
  const time = timeText(at, writing.language, zone);
  return day === today ? time : `${dateText(day, writing.language, 'short')} ${time}`;
}

export function slipLines(slip: Slip, words: SlipWords, state: SlipState): readonly SlipLine[] {
  const { say, writing } = words;
  const { language } = writing;
  const lines: SlipLine[] = [];
  const money = (minor: number, withCode = false): string => moneyText(minor, slip.currency, writing, withCode);
  const date = (day: string): string => dateText(day, language, 'medium');
  const pair = (
    left: string,
    right: string,
    more: { strong?: boolean; indent?: boolean; folds?: boolean; ghost?: boolean; mark?: string } = {},
  ) => void lines.push({ as: 'pair', left, right, ...more });
  const rule = (): void => void lines.push({ as: 'rule' });
  const text = (said: string, mark?: string): void => void lines.push({ as: 'text', text: said, ...(mark === undefined ? {} : { mark }) });
  const center = (said: string, strong: boolean, mark?: string): void =>
    void lines.push({ as: 'center', text: said, strong, ...(mark === undefined ? {} : { mark }) });
  const dueNext = (day: string | null, minor: number | null, indent: boolean): void => {
    if (day !== null && minor !== null) pair(say('receipt.next', { date: date(day) }), money(minor), { indent });
  };

  if (state.copy !== null) {
    const { number, by, at, line } = state.copy;
    lines.push({ as: 'inverse', text: line === null ? say('receipt.copy', { number }) : say('receipt.copyLine', { number, line }) });
    lines.push({ as: 'inverse', text: say('receipt.copyBy', { by, time: moment(at, null, words) }) });
  }
  if (slip.practice) lines.push({ as: 'inverse', text: say('receipt.practice'), mark: 'slip-practice' });
  lines.push({ as: 'institution', text: slip.institution.toLocaleUpperCase(language) });
  center(slip.officeName, false);
  rule();
  center(say(`receipt.title.${slip.kind}`), true);
  const undone = undoneBy(slip);
  if (slip.undoes !== undefined) {
    const said =
      undone?.line == null
        ? say('receipt.undoes', { number: slip.undoes })
        : say('receipt.undoesLine', { number: slip.undoes, line: undone.line });
    center(said, true, 'slip-undoes');
  }
  if (slip.number === null) pair(say('receipt.number'), say('receipt.givenWhenPosted'), { ghost: true });
  else pair(say('receipt.number'), slip.number, { mark: 'slip-number' });
  pair(say('receipt.businessDate'), date(slip.businessDate));
  if (slip.afterHoursOf !== undefined) pair(say('receipt.afterHours'), date(slip.afterHoursOf), { strong: true, mark: 'slip-after-hours' });
  if (slip.recordedAt !== null) pair(say('receipt.time'), timeText(slip.recordedAt, language, words.zone) + (slip.clockDoubt ? ' ?' : ''));
  const isGroup = slip.groupId !== undefined;
  pair(say(isGroup ? 'receipt.group' : 'receipt.client'), slip.clientName, { folds: true });
  pair(say(isGroup ? 'receipt.groupNo' : 'receipt.clientNo'), slip.clientAccountNo);
  if (slip.handedBy !== undefined)
    pair(say(paysOut(slip.kind) ? 'receipt.handedTo' : 'receipt.handedBy'), slip.handedBy.name, { folds: true, mark: 'slip-handed' });
  if (slip.accountKind !== null) pair(say(`receipt.account.${slip.accountKind}`), slip.accountNo);

  // Where the paper carries several postings: each with what it does to its own account, under one total.
  (slip.lines ?? []).forEach((line, at) => {
    rule();
    const what = say(`receipt.kind.${line.kind}`);
    pair(say('receipt.line', { at: at + 1, what }), money(line.amountMinor), { strong: true, mark: 'slip-line' });
    const fee = feeOf(line);
    if (fee !== null) pair(say(fee.sure ? 'receipt.fee' : 'receipt.feeAtMost'), money(fee.minor), { indent: true });
    pair(say(`receipt.account.${line.accountKind}`), line.accountNo, { indent: true });
    for (const [part, minor] of sharesOf(line.allocation)) pair(say(`receipt.part.${part}`), money(minor), { indent: true });
    if (line.balanceAfterMinor !== null) pair(say(`receipt.balance.${line.accountKind}`), money(line.balanceAfterMinor), { indent: true });
    if (line.overdueLeftMinor !== undefined)
      pair(say('receipt.overdueLeft'), money(line.overdueLeftMinor), { strong: true, indent: true, mark: 'slip-overdue' });
    dueNext(line.nextDueDate, line.nextDueMinor, true);
  });

  rule();
  lines.push({
    as: 'sum',
    left: say(paysOut(slip.kind) ? 'receipt.paidOut' : 'receipt.received'),
    right: slip.amountMinor === null ? '' : money(slip.amountMinor, true),
  });
  if (slip.amountMinor !== null) text(amountInWords(slip.amountMinor, slip.currency, language));
  if (slip.amountMinor !== null && slip.chargesTakenMinor !== undefined) {
    pair(say('receipt.loanSum'), money(slip.amountMinor + slip.chargesTakenMinor), { mark: 'slip-loan-sum' });
    pair(say('receipt.chargesTaken'), money(slip.chargesTakenMinor));
  }
  if (slip.parts !== null) {
    rule();
    for (const [part, minor] of namedParts(slip.parts)) pair(say(`receipt.named.${part}`), money(minor));
  }
  const shares = sharesOf(slip.allocation);
  if (shares.length > 0) {
    rule();
    text(say('receipt.shared'));
    for (const [part, minor] of shares) pair(say(`receipt.part.${part}`), money(minor), { indent: true });
  }
  if (slip.balanceAfterMinor !== null && slip.accountKind !== null) {
    rule();
    const fee = feeOf(slip);
    if (fee !== null) pair(say(fee.sure ? 'receipt.fee' : 'receipt.feeAtMost'), money(fee.minor), { mark: 'slip-fee' });
    const isLeast = fee !== null && !fee.sure;
    pair(say(isLeast ? 'receipt.balance.atLeast' : `receipt.balance.${slip.accountKind}`), money(slip.balanceAfterMinor), { strong: true });
    if (slip.overdueLeftMinor !== undefined)
      pair(say('receipt.overdueLeft'), money(slip.overdueLeftMinor), { strong: true, mark: 'slip-overdue' });
    dueNext(slip.nextDueDate, slip.nextDueMinor, false);
    if (slip.balancesAsOf !== null) text(say('receipt.asOf', { time: moment(slip.balancesAsOf, slip.businessDate, words) }));
  }
  rule();
  text(paidText(slip, words, money));
  if (slip.paidReference !== undefined) text(say('receipt.reference', { number: slip.paidReference }), 'slip-reference');
  if (slip.note !== '' && slip.undoes === undefined) text(say('receipt.note', { note: slip.note }));
  text(say('receipt.servedBy', { by: slip.servedBy, device: slip.deviceCode }));
  const agreedBy = agreedOf(slip);
  if (agreedBy !== null) text(say('receipt.agreedBy', { by: agreedBy }), 'slip-agreed');
  if (slip.dateSaid !== undefined)
    text(say('receipt.dateSaid', { by: slip.dateSaid.by, date: date(slip.dateSaid.headOfficeDate) }), 'slip-date-said');
  if (slip.number !== null) {
    // A paper that goes back on another is not void itself: it says what it undoes, at its head.
    if (state.standing !== null && slip.undoes === undefined) {
      const { closedAs } = state;
      const now = state.copy === null ? '' : `${say('receipt.now')}\u00a0`;
      const sign = closedAs === null ? MARKS[state.standing] : '○';
      center(
        `${now}${sign} ${say(closedAs === null ? `receipt.standing.${state.standing}` : `receipt.closedAs.${closedAs}`)}`,
        true,
        'slip-standing',
      );
    }
    if (state.code !== null) lines.push({ as: 'code', text: state.code });
    center(say('receipt.final'), false);
    if (slip.journalHead !== undefined) center(say('receipt.books', { head: headText(slip.journalHead) }), false, 'slip-books');
  }
  return lines;
}

/** Sixteen characters, in fours as somebody reads them aloud: enough to be found in the books. */
function headText(head: string): string {
  return head.slice(0, 16).replace(/(?=(?:.{4})+$)(?!^)/g, '\u00a0');
}

// Receipts of an earlier program lack what it did not know.
function feeOf(slip: { readonly fee?: Slip['fee'] | undefined }): Slip['fee'] {
  return slip.fee ?? null;
}

function agreedOf(slip: { readonly agreedBy?: string | null | undefined }): string | null {
  return slip.agreedBy ?? null;
}

function paidText(slip: Slip, { say }: SlipWords, money: (minor: number) => string): string {
  const word = wayWord({ name: slip.paymentTypeName, cash: slip.cash });
  const way = word === null ? slip.paymentTypeName : say(word);
  // Too little was typed as given: the form says so; a receipt never shows change below zero.
  if (slip.givenMinor !== null && slip.changeMinor !== null && slip.changeMinor >= 0)
    return say('receipt.given', { way, given: money(slip.givenMinor), change: money(slip.changeMinor) });
  return say('receipt.paidWith', { way });
}

/** One line of a slip by itself, for a copy: its own sum and what it did to its account. The number and the hash are those of the whole. */
export function slipOfLine(slip: Slip, at: number): Slip {
  const line = slip.lines?.[at - 1];
  if (line === undefined) return slip;
  const { kind, accountKind, accountNo, amountMinor, allocation, parts, fee, balanceAfterMinor, nextDueDate, nextDueMinor, balancesAsOf } =
    line;
  return {
    ...slip,
    kind,
    accountKind,
    accountNo,
    amountMinor,
    allocation,
    parts,
    fee,
    balanceAfterMinor,
    nextDueDate,
    nextDueMinor,
    balancesAsOf,
    givenMinor: null,
    changeMinor: null,
    lines: undefined,
  };
}
