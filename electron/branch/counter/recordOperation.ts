// The one transaction of a counter operation (I1): fact, cash movement, receipt and command commit together or not at all, before any paper
// and before any network. The caller has decided that the operation may happen; here it becomes a promise.

import type { Allocation, Receipt, ReceiptKind, RepaymentParts } from '../../../shared/domain/records.ts';
import type { WithdrawalFee } from '../../../shared/domain/savings/withdrawalFee.ts';
import { isPaidOut, kindOf, type CommandKindName, type CommandPayload } from '../../../shared/domain/commands/kinds/allKinds.ts';
import type { CounterMoney, MarkerMode, PaymentDetail } from '../../../shared/domain/commands/kinds/counterMoney.ts';
import { receiptNumberOf } from '../../../shared/domain/receipts/receiptNumber.ts';
import { assertInvariant } from '../../../shared/kernel/assert.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import { canonicalJson, type Json } from '../../../shared/kernel/canonicalJson.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { minorToDecimal, type Currency } from '../../../shared/kernel/money.ts';
import { appendEntry, FIRST_HASH } from '../../journal/appendEntry.ts';
import type { JournalParts } from '../../journal/parts.ts';
import { recordCommand } from '../../journal/recordCommand.ts';
import { nextReceiptSequence } from '../../journal/receiptSequence.ts';
import { identityOf, readSetting } from '../../journal/settings.ts';
import type { ClientRecord, DrawerRecord, WriteStore } from '../../ports/store.ts';

export interface Operation {
  readonly kind: ReceiptKind & CommandKindName;
  readonly formId: LocalId;
  readonly username: string;
  readonly servedBy: string;
  readonly drawer: DrawerRecord;
  readonly account: {
    readonly kind: 'loan' | 'savings';
    readonly id: LocalId;
    readonly accountNo: string;
    readonly productName: string;
    readonly currency: Currency;
  };
  readonly client: ClientRecord | null;
  readonly amountMinor: number;
  readonly payment: PaymentDetail;
  readonly paymentTypeName: string;
  readonly cash: boolean;
  readonly givenMinor: number | null;
  readonly note: string;
  readonly clockDoubt: boolean;
  readonly allocation: Allocation | null;
  readonly parts: RepaymentParts | null;
  readonly fee: WithdrawalFee | null;
  /** The second person's name, where one had to agree. */
  readonly agreedBy: string | null;
  readonly balanceAfterMinor: number | null;
  readonly nextDueDate: BusinessDate | null;
  readonly nextDueMinor: number | null;
  readonly balancesAsOf: number;
  /** The payload of its kind, once the receipt has its number. */
  readonly payloadOf: (money: CounterMoney) => CommandPayload;
  /** What the branch believed and who agreed, for the journal alone. */
  readonly facts: Json;
}

export interface ReceiptDraft {
  readonly kind: ReceiptKind;
  readonly commandId: LocalId | null;
  readonly username: string;
  readonly servedBy: string;
  readonly businessDate: BusinessDate;
  readonly recordedAt: number;
  readonly account: Operation['account'];
  readonly client: ClientRecord | null;
  readonly amountMinor: number;
  readonly paymentTypeName: string;
  readonly cash: boolean;
  readonly givenMinor: number | null;
  readonly clockDoubt: boolean;
  readonly allocation: Allocation | null;
  readonly parts: RepaymentParts | null;
  readonly fee: WithdrawalFee | null;
  readonly agreedBy: string | null;
  readonly balanceAfterMinor: number | null;
  readonly nextDueDate: BusinessDate | null;
  readonly nextDueMinor: number | null;
  readonly balancesAsOf: number | null;
  readonly note: string;
}

export function recordOperation(write: WriteStore, parts: JournalParts, operation: Operation): Receipt {
  const now = parts.clock.now();
  const businessDate = operation.drawer.businessDate;
  const commandId = parts.ids.newId();
  const receipt = issueReceipt(write, parts, {
    kind: operation.kind,
    commandId,
    username: operation.username,
    servedBy: operation.servedBy,
    businessDate,
    recordedAt: now,
    account: operation.account,
    client: operation.client,
    amountMinor: operation.amountMinor,
    paymentTypeName: operation.paymentTypeName,
    cash: operation.cash,
    givenMinor: operation.givenMinor,
    clockDoubt: operation.clockDoubt,
    allocation: operation.allocation,
    parts: operation.parts,
    fee: operation.fee,
    agreedBy: operation.agreedBy,
    balanceAfterMinor: operation.balanceAfterMinor,
    nextDueDate: operation.nextDueDate,
    nextDueMinor: operation.nextDueMinor,
    balancesAsOf: operation.balancesAsOf,
    note: operation.note,
  });
  const command = recordCommand(write, parts, {
    commandId,
    payload: payloadOf(operation, receipt, businessDate, markerModeOf(write)),
    dependsOn: null,
    recordedBy: operation.username,
    businessDate,
    recordedAt: now,
    clockDoubt: operation.clockDoubt,
    receiptId: receipt.receiptId,
    formId: operation.formId,
  });
  for (const effect of kindOf(operation.kind).money?.effects(command.payload) ?? [])
    write.insertEffect({
      commandId,
      ...effect,
      feeMinor: operation.fee?.minor ?? 0,
      standing: 'counts',
      included: false,
      marker: { externalId: effect.accountKind === 'loan' ? commandId : null, receiptNumber: receipt.number, serverTransactionId: null },
    });
  if (operation.cash) {
    write.insertMovement({
      movementId: parts.ids.newId(),
      drawerId: operation.drawer.drawerId,
      kind: isPaidOut(operation.kind) ? 'paid' : 'taken',
      amountMinor: operation.amountMinor,
      commandId,
      receiptId: receipt.receiptId,
      at: now,
    });
  }
  appendEntry(write, parts.digest, {
    what: operation.kind,
    by: operation.username,
    businessDate,
    at: now,
    body: {
      commandId,
      sequence: command.sequence,
      key: command.idempotencyKey,
      receipt: receipt.number,
      receiptHash: receipt.hash,
      account: operation.account.id,
      amountMinor: operation.amountMinor,
      feeMinor: operation.fee?.minor ?? 0,
      currency: operation.account.currency.code,
      drawer: operation.cash ? operation.drawer.drawerId : null,
      clockDoubt: operation.clockDoubt,
      facts: operation.facts,
    },
  });
  return receipt;
}

/** Gives the next number of this device and business date, read and taken in one transaction (I8). */
export function issueReceipt(write: WriteStore, parts: JournalParts, draft: ReceiptDraft): Receipt {
  const identity = identityOf(write);
  const sequence = nextReceiptSequence(write, identity.deviceCode, draft.businessDate);
  const unsealed: Omit<Receipt, 'hash'> = {
    receiptId: parts.ids.newId(),
    number: receiptNumberOf(identity.officeCode, identity.deviceCode, draft.businessDate, sequence),
    kind: draft.kind,
    commandId: draft.commandId,
    institution: identity.institution,
    officeName: identity.officeName,
    practice: identity.practice,
    businessDate: draft.businessDate,
    recordedAt: draft.recordedAt,
    zone: parts.clock.zone(),
    clockDoubt: draft.clockDoubt,
    clientId: draft.client?.clientId ?? null,
    clientName: draft.client?.displayName ?? '',
    clientAccountNo: draft.client?.accountNo ?? '',
    accountKind: draft.account.kind,
    accountId: draft.account.id,
    accountNo: draft.account.accountNo,
    productName: draft.account.productName,
    currency: draft.account.currency,
    amountMinor: draft.amountMinor,
    paymentTypeName: draft.paymentTypeName,
    cash: draft.cash,
    givenMinor: draft.givenMinor,
    changeMinor: draft.givenMinor === null ? null : draft.givenMinor - draft.amountMinor,
    allocation: draft.allocation,
    parts: draft.parts,
    fee: draft.fee,
    balanceAfterMinor: draft.balanceAfterMinor,
    nextDueDate: draft.nextDueDate,
    nextDueMinor: draft.nextDueMinor,
    balancesAsOf: draft.balancesAsOf,
    note: draft.note,
    servedBy: draft.servedBy,
    agreedBy: draft.agreedBy,
    deviceCode: identity.deviceCode,
    previousHash: write.lastReceiptHash() ?? FIRST_HASH,
  };
  assertInvariant(write.receiptByNumber(unsealed.number) === null, 'I8', 'a receipt number is given once');
  const receipt: Receipt = { ...unsealed, hash: parts.digest.sha256(canonicalJson(unsealed as unknown as Json)) };
  write.insertReceipt(receipt, sequence, draft.username);
  return receipt;
}

function payloadOf(operation: Operation, receipt: Receipt, transactionDate: BusinessDate, markers: MarkerMode): CommandPayload {
  const money = {
    transactionDate,
    amountMinor: operation.amountMinor,
    decimals: operation.account.currency.decimals,
    payment: operation.payment,
    receiptNumber: receipt.number,
    note: noteFor(operation),
    markers,
  };
  return operation.payloadOf(money);
}

/** Head office has one sum for a repayment; what the client named as additional or fees goes into the note (plain words, no `$.`: contract 5.2). */
function noteFor(operation: Operation): string {
  if (operation.parts === null) return operation.note;
  const { decimals } = operation.account.currency;
  const { amountMinor, additionalMinor, feesMinor } = operation.parts;
  const named = `amount ${minorToDecimal(amountMinor, decimals)}, additional ${minorToDecimal(additionalMinor, decimals)}, fees ${minorToDecimal(feesMinor, decimals)}`;
  return operation.note === '' ? named : `${operation.note} (${named})`;
}

function markerModeOf(write: WriteStore): MarkerMode {
  return readSetting(write, 'preparation')?.markers ?? 'weak';
}
