// What the papers of cash share: how a line is laid, how a moment, a sum and notes are written, who printed a copy.

import type { Currency } from '../../kernel/money.ts';
import type { SlipLine, SlipWords } from '../receipts/slipLines.ts';
import { dateText, dayOfInstant, moneyText, timeText } from '../words/figures.ts';
import type { Pieces } from './pieces.ts';

export interface PaperCopy {
  readonly number: number;
  readonly by: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

interface PairMore {
  readonly strong?: boolean;
  readonly indent?: boolean;
  readonly folds?: boolean;
  readonly mark?: string;
}

export interface Paper {
  readonly lines: SlipLine[];
  readonly rule: () => void;
  readonly text: (said: string, mark?: string) => void;
  readonly center: (said: string, strong: boolean) => void;
  readonly pair: (left: string, right: string, more?: PairMore) => void;
  readonly pieces: (pieces: Pieces | null, currency: Currency) => void;
  readonly moment: (at: number) => string;
  /** `named`: with the currency's code. */
  readonly money: (minor: number, currency: Currency, named?: boolean) => string;
}

const HASH_GROUPS = /.{1,4}/g;

/** As it is typed in where a head is checked. */
export function hashGroups(hash: string): string {
  return hash.match(HASH_GROUPS)?.join(' ') ?? hash;
}

/** Begins with who gives it, and whether it is a copy. */
export function beginPaper(
  { say, writing, zone }: SlipWords,
  head: { readonly practice: boolean; readonly institution: string; readonly officeName: string },
  copy: PaperCopy | null,
): Paper {
  const { language } = writing;
  const lines: SlipLine[] = [];
  const moment = (at: number): string => `${dateText(dayOfInstant(at, zone), language, 'short')} ${timeText(at, language, zone)}`;
  const money = (minor: number, currency: Currency, named = false): string => moneyText(minor, currency, writing, named);
  const pair = (left: string, right: string, more: PairMore = {}): void => void lines.push({ as: 'pair', left, right, ...more });
  const paper: Paper = {
    lines,
    rule: () => void lines.push({ as: 'rule' }),
    text: (said, mark) => void lines.push({ as: 'text', text: said, ...(mark === undefined ? {} : { mark }) }),
    center: (said, strong) => void lines.push({ as: 'center', text: said, strong }),
    pair,
    pieces(pieces, currency) {
      for (const { as, faceMinor, count } of pieces ?? [])
        pair(say(`receipt.report.piece.${as}`, { count, face: money(faceMinor, currency) }), money(faceMinor * count, currency), {
          indent: true,
        });
    },
    moment,
    money,
  };
  if (copy !== null) {
    lines.push({ as: 'inverse', text: say('receipt.copy', { number: copy.number }) });
    lines.push({ as: 'inverse', text: say('receipt.copyBy', { by: copy.by, time: moment(copy.at) }) });
  }
  if (head.practice) lines.push({ as: 'inverse', text: say('receipt.practice') });
  lines.push({ as: 'institution', text: head.institution.toLocaleUpperCase(language) });
  paper.center(head.officeName, false);
  paper.rule();
  return paper;
}
