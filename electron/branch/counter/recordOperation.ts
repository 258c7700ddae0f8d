// The one transaction of a counter operation (I1): fact, cash movement, receipt and command commit together or not at all, before any paper
// and before any network. The caller has decided that the operation may happen; here it becomes a promise, or several on one receipt.

import type { Allocation, Receipt, ReceiptKind, ReceiptPosting, RepaymentParts } from '../../../shared/domain/records.ts';
import type { ToldNotes } from '../../../shared/domain/cash/toldNotes.ts';
import type { WithdrawalFee } from '../../../shared/domain/savings/withdrawalFee.ts';
import type { CommandKindName, CommandPayload } from '../../../shared/domain/commands/kinds/allKinds.ts';
import type { CounterMoney, MarkerMode, PaymentDetail } from '../../../shared/domain/commands/kinds/counterMoney.ts';
import { receiptHash } from '../../../shared/domain/journal/entryWords.ts';
import { placedPostings, type PlacedPosting } from '../../../shared/domain/receipts/lines.ts';
import { paysOut } from '../../../shared/domain/receipts/paysOut.ts';
import { wordsToSign } from '../../../shared/domain/receipts/receiptCode.ts';
import { receiptNumberOf } from '../../../shared/domain/receipts/receiptNumber.ts';
import { assert, assertInvariant } from '../../../shared/kernel/assert.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import type { Json } from '../../../shared/kernel/canonicalJson.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { minorToDecimal, sumMinor, type Currency } from '../../../shared/kernel/money.ts';
import { FIRST_HASH } from '../../journal/appendEntry.ts';
import { keepDeviceKey } from '../../journal/deviceKeys.ts';
import type { JournalParts } from '../../journal/parts.ts';
import type { Payer } from '../../journal/payerOf.ts';
import { recordCommand } from '../../journal/recordCommand.ts';
import { recordEffects } from '../../journal/recordEffects.ts';
import { nextReceiptSequence } from '../../journal/receiptSequence.ts';
import { identityOf, readSetting } from '../../journal/settings.ts';
import type { DeviceSigner } from '../../ports/secrets.ts';
import type { DrawerRecord, WriteStore } from '../../ports/store.ts';
import { queueOriginal } from '../printing/queuePaper.ts';
import { dateSaidFor } from '../cash/dateDoubt.ts';
import { afterHoursOf } from '../cash/lateDay.ts';
import type { HandedBy } from './handedBy.ts';

export interface OperationLine {
  readonly kind: ReceiptPosting['kind'] & CommandKindName;
  readonly account: {
    readonly kind: 'loan' | 'savings';
    readonly id: LocalId;
    readonly accountNo: string;
    readonly productName: string;
    readonly currency: Currency;
  };
  readonly amountMinor: number;
  readonly allocation: Allocation | null;
  readonly parts: RepaymentParts | null;
  readonly fee: WithdrawalFee | null;
  readonly balanceAfterMinor: number | null;
  readonly overdueLeftMinor?: number | undefined;
  readonly chargesTakenMinor?: number | undefined;
  readonly nextDueDate: BusinessDate | null;
  readonly nextDueMinor: number | null;
  readonly balancesAsOf: number;
  /** The payload of its kind, once the receipt has its number. */
  readonly payloadOf: (money: CounterMoney) => CommandPayload;
  /** What the branch believed and who agreed, for the journal alone. */
  readonly facts: Json;
}

export interface Operation {
  readonly formId: LocalId;
  readonly pageId: LocalId | null;
  readonly username: string;
  readonly servedBy: string;
  readonly drawer: DrawerRecord;
  readonly payer: Payer;
  readonly handedBy: HandedBy | null;
  readonly payment: PaymentDetail;
  readonly paymentTypeName: string;
  readonly cash: boolean;
  readonly givenMinor: number | null;
  readonly notes: ToldNotes | null;
  readonly note: string;
  readonly clockDoubt: boolean;
  /** The second person's name, where one had to agree. */
  readonly agreedBy: string | null;
  /** The number of the paper that it undoes. */
  readonly undoes?: string;
  /** At least one; several go the same way, in or out, and in one currency. */
  readonly lines: readonly OperationLine[];
}

export interface ReceiptDraft {
  /** Of the whole, where it has several postings. */
  readonly kind: ReceiptKind;
  readonly postings: readonly ReceiptPosting[];
  readonly username: string;
  readonly servedBy: string;
  readonly businessDate: BusinessDate;
  readonly recordedAt: number;
  readonly currency: Currency;
  readonly payer: Payer;
  readonly handedBy?: HandedBy | undefined;
  readonly paymentTypeName: string;
  readonly cash: boolean;
  readonly givenMinor: number | null;
  readonly notes?: ToldNotes | null;
  readonly clockDoubt: boolean;
  readonly agreedBy: string | null;
  readonly note: string;
  readonly paidReference?: string | undefined;
  readonly undoes?: string | undefined;
}

export function recordOperation(write: WriteStore, parts: JournalParts, operation: Operation): Receipt {
  const { lines } = operation;
  const [first] = lines;
  assert(first !== undefined, 'an operation has a line');
  assert(
    lines.every((line) => paysOut(line.kind) === paysOut(first.kind) && line.account.currency.code === first.account.currency.code),
    'the lines of a receipt go one way and are of one currency',
  );
  const now = parts.clock.now();
  const { businessDate } = operation.drawer;
  const receipt = issueReceipt(write, parts, {
    kind: paysOut(first.kind) ? 'basketPaid' : 'basket',
    postings: lines.map((line) => ({
      kind: line.kind,
      commandId: parts.ids.newId(),
      accountKind: line.account.kind,
      accountId: line.account.id,
      accountNo: line.account.accountNo,
      productName: line.account.productName,
      amountMinor: line.amountMinor,
      allocation: line.allocation,
      parts: line.parts,
      fee: line.fee,
      balanceAfterMinor: line.balanceAfterMinor,
      ...(line.overdueLeftMinor === undefined ? {} : { overdueLeftMinor: line.overdueLeftMinor }),
      ...(line.chargesTakenMinor === undefined ? {} : { chargesTakenMinor: line.chargesTakenMinor }),
      nextDueDate: line.nextDueDate,
      nextDueMinor: line.nextDueMinor,
      balancesAsOf: line.balancesAsOf,
    })),
    username: operation.username,
    servedBy: operation.servedBy,
    businessDate,
    recordedAt: now,
    currency: first.account.currency,
    payer: operation.payer,
    handedBy: operation.handedBy ?? undefined,
    paymentTypeName: operation.paymentTypeName,
    cash: operation.cash,
    givenMinor: operation.givenMinor,
    notes: operation.notes,
    clockDoubt: operation.clockDoubt,
    agreedBy: operation.agreedBy,
    note: operation.note,
    undoes: operation.undoes,
    paidReference: referenceOf(operation.payment),
  });
  const markers = markerModeOf(write);
  placedPostings(receipt).forEach((placed, index) => {
    const line = lines[index];
    assert(line !== undefined, 'a receipt has a posting for each line');
    recordLine(write, parts, operation, line, receipt, placed, markers);
  });
  return receipt;
}

/** What the client can point at when the payment is looked for: both, where both were given. */
function referenceOf({ accountNumber, checkNumber }: PaymentDetail): string | undefined {
  const given = [accountNumber, checkNumber].filter((each) => each !== undefined && each !== '');
  return given.length === 0 ? undefined : given.join(', ');
}

/** One line's promise: its command with the fact in the chain, its effect, and its cash in the drawer. */
function recordLine(
  write: WriteStore,
  parts: JournalParts,
  operation: Operation,
  line: OperationLine,
  receipt: Receipt,
  { posting, mark, line: place }: PlacedPosting,
  markers: MarkerMode,
): void {
  const { commandId } = posting;
  assert(commandId !== null, 'what head office is told has a command');
  const { recordedAt, businessDate } = receipt;
  const command = recordCommand(
    write,
    parts,
    {
      commandId,
      payload: payloadOf(operation, line, mark, businessDate, markers),
      recordedBy: operation.username,
      businessDate,
      recordedAt,
      clockDoubt: operation.clockDoubt,
      receiptId: receipt.receiptId,
      // One form is one receipt: it is found again by the command of its first line.
      formId: place === null || place.at === 1 ? operation.formId : null,
      pageId: operation.pageId,
    },
    {
      body: {
        receipt: mark,
        receiptHash: receipt.hash,
        account: line.account.id,
        amountMinor: line.amountMinor,
        feeMinor: line.fee?.minor ?? 0,
        currency: line.account.currency.code,
        drawer: operation.cash ? operation.drawer.drawerId : null,
        clockDoubt: operation.clockDoubt,
        ...(operation.handedBy === null ? {} : { handedBy: operation.handedBy.clientId }),
        facts: line.facts,
      },
    },
  );
  recordEffects(write, command, { receiptNumber: mark, feeMinor: line.fee?.minor ?? 0 });
  if (operation.cash) {
    write.insertMovement({
      movementId: parts.ids.newId(),
      drawerId: operation.drawer.drawerId,
      kind: paysOut(line.kind) ? 'paid' : 'taken',
      amountMinor: line.amountMinor,
      currency: line.account.currency.code,
      commandId,
      receiptId: receipt.receiptId,
      at: recordedAt,
    });
  }
}

/** Gives the next number of this device and business date, read and taken in one transaction (I8). */
export function issueReceipt(write: WriteStore, parts: JournalParts, draft: ReceiptDraft): Receipt {
  const identity = identityOf(write);
  assertInvariant(identity.newCodeSince === undefined, 'I8', 'books that were moved give no number under another machine’s code');
  keepDeviceKey(write, parts);
  const sequence = nextReceiptSequence(write, identity.deviceCode, draft.businessDate);
  const [only, ...more] = draft.postings;
  assert(only !== undefined, 'a receipt has a posting');
  const dateSaid = dateSaidFor(write, parts.clock, draft.businessDate);
  const lateOf = afterHoursOf(write, parts.clock, draft.businessDate);
  const single = more.length === 0 ? only : null;
  const amountMinor = sumMinor(draft.postings.map((posting) => posting.amountMinor));
  const unsealed: Omit<Receipt, 'hash' | 'proof'> = {
    receiptId: parts.ids.newId(),
    number: receiptNumberOf(identity.officeCode, identity.deviceCode, draft.businessDate, sequence),
    kind: single?.kind ?? draft.kind,
    commandId: single?.commandId ?? null,
    institution: identity.institution,
    officeName: identity.officeName,
    practice: identity.practice,
    businessDate: draft.businessDate,
    recordedAt: draft.recordedAt,
    zone: parts.clock.zone(),
    clockDoubt: draft.clockDoubt,
    clientId: draft.payer.clientId,
    clientName: draft.payer.name,
    clientAccountNo: draft.payer.accountNo,
    ...(draft.payer.groupId === null ? {} : { groupId: draft.payer.groupId }),
    ...(draft.handedBy === undefined ? {} : { handedBy: draft.handedBy }),
    accountKind: single?.accountKind ?? null,
    accountId: single?.accountId ?? null,
    accountNo: single?.accountNo ?? '',
    productName: single?.productName ?? '',
    currency: draft.currency,
    amountMinor,
    paymentTypeName: draft.paymentTypeName,
    cash: draft.cash,
    givenMinor: draft.givenMinor,
    changeMinor: draft.givenMinor === null ? null : draft.givenMinor - amountMinor,
    ...(draft.notes == null ? {} : { notes: draft.notes }),
    allocation: single?.allocation ?? null,
    parts: single?.parts ?? null,
    fee: single?.fee ?? null,
    balanceAfterMinor: single?.balanceAfterMinor ?? null,
    ...(single?.overdueLeftMinor === undefined ? {} : { overdueLeftMinor: single.overdueLeftMinor }),
    ...(single?.chargesTakenMinor === undefined ? {} : { chargesTakenMinor: single.chargesTakenMinor }),
    nextDueDate: single?.nextDueDate ?? null,
    nextDueMinor: single?.nextDueMinor ?? null,
    balancesAsOf: single?.balancesAsOf ?? null,
    ...(single === null ? { lines: draft.postings } : {}),
    ...(dateSaid === null ? {} : { dateSaid }),
    ...(lateOf === null ? {} : { afterHoursOf: lateOf }),
    note: draft.note,
    ...(draft.paidReference === undefined ? {} : { paidReference: draft.paidReference }),
    ...(draft.undoes === undefined ? {} : { undoes: draft.undoes }),
    servedBy: draft.servedBy,
    agreedBy: draft.agreedBy,
    deviceCode: identity.deviceCode,
    previousHash: write.lastReceiptHash() ?? FIRST_HASH,
    journalHead: write.lastEntry()?.hash ?? FIRST_HASH,
  };
  assertInvariant(write.receiptByNumber(unsealed.number) === null, 'I8', 'a receipt number is given once');
  const sealed: Receipt = { ...unsealed, hash: receiptHash({ ...unsealed, hash: '' }, (text) => parts.digest.sha256(text)) };
  const receipt = signed(sealed, parts.signer);
  write.insertReceipt(receipt, sequence, draft.username);
  queueOriginal(write, receipt, draft.username);
  return receipt;
}

/** With the device's word on its essentials, its hash among them. */
function signed(receipt: Receipt, signer: DeviceSigner | null): Receipt {
  const words = signer === null ? null : wordsToSign(receipt);
  return signer === null || words === null ? receipt : { ...receipt, proof: `${words}:${signer.sign(words)}` };
}

function payloadOf(
  operation: Operation,
  line: OperationLine,
  mark: string,
  transactionDate: BusinessDate,
  markers: MarkerMode,
): CommandPayload {
  const money = {
    transactionDate,
    amountMinor: line.amountMinor,
    decimals: line.account.currency.decimals,
    payment: operation.payment,
    receiptNumber: mark,
    note: noteFor(operation, line),
    markers,
  };
  return line.payloadOf(money);
}

/**
 * Head office has one sum for a repayment, and no field for the member of a group: what the client named as additional or fees, and who handed
 * the money over, go into the note (plain words, no `$.`: contract 5.2).
 */
function noteFor({ note, handedBy }: Operation, { parts, account, kind }: OperationLine): string {
  const named = [
    ...(parts === null ? [] : [partsInWords(parts, account.currency.decimals)]),
    ...(handedBy === null ? [] : [`${paysOut(kind) ? 'handed to' : 'handed over by'} ${handedBy.name}`]),
  ].join('; ');
  if (named === '') return note;
  return note === '' ? named : `${note} (${named})`;
}

function partsInWords({ amountMinor, additionalMinor, feesMinor }: RepaymentParts, decimals: number): string {
  return `amount ${minorToDecimal(amountMinor, decimals)}, additional ${minorToDecimal(additionalMinor, decimals)}, fees ${minorToDecimal(feesMinor, decimals)}`;
}

function markerModeOf(write: WriteStore): MarkerMode {
  return readSetting(write, 'preparation')?.markers ?? 'weak';
}
