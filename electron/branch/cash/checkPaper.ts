// A paper that somebody holds, told by its code: whether a device of this branch gave it, and what stands in these books of it. Needs no line. And the
// keys that it is told by: those of this PC, and those that somebody brought from the others of the office.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import type { ClosedAs } from '../../../shared/domain/commands/closedAs.ts';
import { judgeCode, type Judged } from '../../../shared/domain/receipts/receiptCode.ts';
import { isUndoing } from '../../../shared/domain/receipts/undoes.ts';
import type { ReceiptLine } from '../../../shared/contract/shapes.ts';
import type { Receipt } from '../../../shared/domain/records.ts';
import { fromBase32 } from '../../../shared/kernel/base32.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { addDeviceKey, deviceKeysOf } from '../../journal/deviceKeys.ts';
import { identityOf } from '../../journal/settings.ts';
import type { ReadStore } from '../../ports/store.ts';
import { receiptLine } from '../counter/receiptLine.ts';
import type { BranchParts } from '../parts.ts';
import type { Session } from '../session/sessions.ts';

type Receipts = BranchContract['receipts'];
type Answer = Extract<AnswerOf<Receipts['check']>, { ok: true }>['value'];

export interface CheckedPaper {
  readonly judged: Judged;
  /** Of the number that stands on the paper. */
  readonly receipt: Receipt | null;
  readonly verdict: Answer['verdict'];
}

/** What the code is worth once the books are asked too. */
export function checkedPaper(read: ReadStore, { signer }: Pick<BranchParts, 'signer'>, code: string): CheckedPaper {
  const judged = judgeCode(code, deviceKeysOf(read), (...asked) => signer?.fits(...asked) ?? false);
  const number = 'told' in judged ? judged.told.number : judged.verdict === 'unsigned' ? judged.number : null;
  const receipt = number === null ? null : read.soundReceipt({ number });
  return { judged, receipt, verdict: verdictOf(read, judged, receipt) };
}

function verdictOf(read: ReadStore, judged: Judged, receipt: Receipt | null): Answer['verdict'] {
  const isSame = receipt !== null && 'told' in judged && receipt.hash.toUpperCase().startsWith(judged.told.mark);
  switch (judged.verdict) {
    case 'unsigned':
      if (receipt === null || judged.mark === null) return 'unsigned';
      // Of a receipt that was given with a signature, no paper was ever printed without it.
      if (receipt.proof !== undefined || !receipt.hash.toUpperCase().startsWith(judged.mark)) return 'changed';
      return isVoid(receiptLine(read, receipt)) ? 'voided' : 'unsigned';
    case 'real':
      if (receipt !== null && !isSame) return 'otherHere';
      if (receipt === null) return isOwn(read, judged.told) ? 'missingHere' : 'real';
      return isVoid(receiptLine(read, receipt)) ? 'voided' : 'real';
    default:
      return judged.verdict;
  }
}

/** Wholly given back. The papers by which that was done are none themselves, unless their own money went back. */
function isVoid({ receipt, postings }: ReceiptLine): boolean {
  const isGivenBack = (closedAs: ClosedAs | null): boolean =>
    closedAs === 'reversed' || (closedAs === 'undone' && receipt.undoes === undefined);
  return !isUndoing(receipt.kind) && postings.every(({ closedAs }) => isGivenBack(closedAs));
}

function isOwn(read: ReadStore, { officeCode, deviceCode }: { readonly officeCode: string; readonly deviceCode: string }): boolean {
  const identity = identityOf(read);
  return identity.officeCode === officeCode && identity.deviceCode === deviceCode;
}

export function checkPaper(parts: BranchParts, input: ParsedInputOf<Receipts['check']>): AnswerOf<Receipts['check']> {
  return parts.store.read((read) => {
    const { judged, receipt, verdict } = checkedPaper(read, parts, input.code);
    return ok({
      verdict,
      told: 'told' in judged ? judged.told : null,
      line: receipt === null ? null : receiptLine(read, receipt),
    });
  });
}

export function listDeviceKeys(parts: BranchParts): AnswerOf<Receipts['listKeys']> {
  return parts.store.read((read) => {
    const { institution, officeName, officeCode, practice } = identityOf(read);
    const keys = deviceKeysOf(read).map(({ broughtBy, ...key }) => ({
      ...key,
      mine: key.publicKey === parts.signer?.publicKey,
      broughtBy: broughtBy === undefined ? null : (read.staff(broughtBy)?.displayName ?? broughtBy),
    }));
    return ok({ institution, officeName, officeCode, practice, keys });
  });
}

const KEY_BYTES = 32;

export function bringDeviceKeys(
  parts: BranchParts,
  session: Session,
  input: ParsedInputOf<Receipts['bringKeys']>,
): AnswerOf<Receipts['bringKeys']> {
  return parts.store.write((write) => {
    const identity = identityOf(write);
    if (input.practice !== identity.practice) return refuse({ code: 'signatureKey.practice' });
    const known = new Set(deviceKeysOf(write).map(({ publicKey }) => publicKey));
    for (const { officeCode, deviceCode, publicKey } of input.keys) {
      if (fromBase32(publicKey, KEY_BYTES) === null) return refuse({ code: 'signatureKey.none' });
      // Nobody but this PC says what is real under its own code: a second key under it would make another's papers real in its name.
      if (isOwn(write, { officeCode, deviceCode }) && !known.has(publicKey)) return refuse({ code: 'signatureKey.ofThisPc' });
    }
    return ok({ brought: input.keys.filter((key) => addDeviceKey(write, parts, key, session.username)).length });
  });
}
