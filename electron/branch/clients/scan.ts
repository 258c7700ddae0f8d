// A scanned code, and what it names: a receipt of this branch by its number or by the square on its paper, a PC of the office by its label, or
// whatever of head office's bears the number. Only a whole number counts: a scanner reads no beginnings.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import type { Scanned } from '../../../shared/contract/clients.ts';
import { ok } from '../../../shared/kernel/result.ts';
import { checkedPaper } from '../cash/checkPaper.ts';
import { readSetting } from '../../journal/settings.ts';
import type { ReadStore } from '../../ports/store.ts';
import type { BranchParts } from '../parts.ts';

type Method = BranchContract['clients']['scan'];

/** The square on a receipt. */
const ON_PAPER = /^TAWI:/;
const LABEL = /^([A-Z0-9]{2,5})-(\d{2})$/;
/** A shorter code must be written as the number is, zeros and all: 49 is a number of many things. */
const LOOSE_FROM = 6;
const SIMPLY_OURS: ReadonlySet<string> = new Set(['real', 'voided', 'unsigned']);

export function scan(parts: BranchParts, input: ParsedInputOf<Method>): AnswerOf<Method> {
  return parts.store.read((read) => {
    for (const code of input.codes) {
      const found = named(read, parts, code.trim());
      if (found.length > 0) return ok({ found });
    }
    return ok({ found: [] });
  });
}

function named(read: ReadStore, parts: BranchParts, code: string): Scanned[] {
  const upper = code.toUpperCase();
  const { receipt, verdict } = checkedPaper(read, parts, code);
  if (receipt !== null && SIMPLY_OURS.has(verdict)) return [{ kind: 'receipt', receiptId: receipt.receiptId, number: receipt.number }];
  if (ON_PAPER.test(upper)) return [{ kind: 'paper', code }];
  const identity = readSetting(read, 'identity');
  const [, officeCode, deviceCode] = LABEL.exec(upper) ?? [];
  if (identity !== null && officeCode === identity.officeCode.toUpperCase())
    return [{ kind: 'device', label: upper, mine: deviceCode === identity.deviceCode }];
  return read.numbered(code).filter(({ number }) => code.length >= LOOSE_FROM || number.toUpperCase() === upper);
}
