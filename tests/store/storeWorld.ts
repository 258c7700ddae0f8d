// What the store's tests share: rows as the branch would write them, ids in order, and folders that vanish afterwards.

import type { CashSlip } from '../../shared/domain/cash/cashSlip.ts';
import type { DayReport } from '../../shared/domain/cash/dayReport.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { PulledClient, PulledGroup, PulledLoan, PulledSavings } from '../../electron/ports/headOffice.ts';
import { StoreFault } from '../../electron/ports/store.ts';
import type {
  CashSlipRecord,
  DrawerRecord,
  EffectRecord,
  ExceptionRecord,
  JournalEntry,
  StaffRecord,
  StoreFaultKind,
} from '../../electron/ports/store.ts';
import { openStore } from '../../electron/store/openStore.ts';
import type { OpenedStore } from '../../electron/store/openStore.ts';
import type { CommandProgress, CommandRecord } from '../../shared/domain/commands/command.ts';
import type { Receipt } from '../../shared/domain/records.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';
import { uuidV7 } from '../../shared/kernel/uuidV7.ts';

export const KEY = new Uint8Array(32).fill(7);
export const DATE = '2026-11-18';
export const AT = 1_795_000_000_000;

/** What every paper says of where it was made. */
const HERE = { institution: 'Umoja', officeName: 'Kisumu', deviceCode: '01', practice: true, zone: 'Africa/Nairobi' } as const;

let made = 0;

export function newId(): LocalId {
  made += 1;
  return uuidV7(AT + made, new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0, made >> 8, made & 255]));
}

export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tawi-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function openAt(file: string, key: Uint8Array | null = KEY, ownerName = 'test'): OpenedStore {
  const store = openStore({ file, key, now: () => AT, ownerName });
  onTestFinished(() => store.close());
  return store;
}

export function openInMemory(): OpenedStore {
  return openAt(':memory:', null);
}

export function faultKind(work: () => unknown): StoreFaultKind {
  try {
    work();
  } catch (error) {
    if (error instanceof StoreFault) return error.kind;
    throw error;
  }
  return expect.fail('nothing was thrown');
}

export function aCommand(sequence: number, change: Partial<CommandRecord> = {}): CommandRecord {
  const loanId = newId();
  return {
    commandId: newId(),
    sequence,
    kind: 'loanRepayment',
    payloadVersion: 1,
    payload: {
      kind: 'loanRepayment',
      loanId,
      transactionDate: DATE,
      amountMinor: 2_400_00,
      decimals: 2,
      payment: { paymentTypeId: 1 },
      receiptNumber: `KIS-01-261118-${String(sequence).padStart(4, '0')}-U`,
      note: '',
      markers: 'strong',
    },
    subject: `loan:${loanId}`,
    recordedBy: 'amina',
    businessDate: DATE,
    recordedAt: AT + sequence,
    clockDoubt: false,
    receiptId: null,
    formId: newId(),
    pageId: null,
    state: 'queued',
    submission: 1,
    idempotencyKey: newId(),
    attempts: 0,
    nextAttemptAt: null,
    sentAt: null,
    sentAs: 'amina',
    postSingly: false,
    lastOutcome: null,
    serverResourceId: null,
    anew: null,
    replaces: null,
    hold: null,
    ...change,
  };
}

export function progressOf(command: CommandRecord, change: Partial<CommandProgress>): CommandProgress {
  const { state, submission, idempotencyKey, attempts, nextAttemptAt, sentAt, sentAs, postSingly, lastOutcome, serverResourceId, anew } =
    command;
  return {
    ...{ state, submission, idempotencyKey, attempts, nextAttemptAt, sentAt, sentAs, postSingly, lastOutcome, serverResourceId, anew },
    ...change,
  };
}

/** What a close said, as far as the store looks at it. */
export function aReport(change: Partial<DayReport> = {}): DayReport {
  return {
    number: 'KIS-01-Z0001',
    of: 'day',
    ...HERE,
    businessDate: DATE,
    openedAt: AT,
    openedBy: 'Otieno',
    madeAt: AT,
    madeBy: 'Otieno',
    drawers: [],
    byKind: [],
    byWay: [],
    receipts: 0,
    firstReceipt: null,
    lastReceipt: null,
    undone: [],
    unconfirmed: [],
    headEntry: 1,
    headHash: 'h',
    previousHash: 'h',
    hash: 'h',
    ...change,
  };
}

/** `vaultMinor`: in or out of the vault. */
export function aSlip(sequence: number, vaultMinor: number): CashSlipRecord {
  const number = `KIS-01-V000${String(sequence)}`;
  const body: CashSlip = {
    number,
    kind: 'toVault',
    formId: newId(),
    ...HERE,
    businessDate: DATE,
    at: AT,
    currency: { code: 'KES', decimals: 2 },
    amountMinor: Math.abs(vaultMinor),
    pieces: null,
    vaultMinor,
    drawers: [],
    expectedMinor: null,
    count: null,
    reason: '',
    made: { username: 'amina', name: 'Amina' },
    signed: { username: 'otieno', name: 'Otieno' },
    previousHash: 'h',
    hash: 'h',
  };
  const { formId, kind, businessDate } = body;
  return { sequence, number, formId, kind, businessDate, currency: 'KES', vaultMinor, body, hash: 'h' };
}

export function aReceipt(sequence: number, change: Partial<Receipt> = {}): Receipt {
  return {
    receiptId: newId(),
    number: `KIS-01-261118-${String(sequence).padStart(4, '0')}-U`,
    kind: 'loanRepayment',
    commandId: null,
    ...HERE,
    businessDate: DATE,
    recordedAt: AT,
    clockDoubt: false,
    clientId: newId(),
    clientName: 'Mary Nekesa Wafula',
    clientAccountNo: '000000012',
    accountKind: 'loan',
    accountId: newId(),
    accountNo: '000000034',
    productName: 'Biashara',
    currency: { code: 'KES', decimals: 2 },
    amountMinor: 2_400_00,
    paymentTypeName: 'Cash',
    cash: true,
    givenMinor: null,
    changeMinor: null,
    allocation: null,
    parts: null,
    fee: null,
    balanceAfterMinor: null,
    nextDueDate: null,
    nextDueMinor: null,
    balancesAsOf: null,
    note: '',
    servedBy: 'Amina',
    agreedBy: null,
    previousHash: '0',
    hash: `hash-${sequence}`,
    ...change,
  };
}

export function anEffect(command: CommandRecord, accountId: LocalId, change: Partial<EffectRecord> = {}): EffectRecord {
  return {
    commandId: command.commandId,
    accountKind: 'loan',
    accountId,
    deltaMinor: -2_400_00,
    feeMinor: 0,
    standing: 'counts',
    included: false,
    marker: { externalId: command.commandId, receiptNumber: 'KIS-01-261118-0001-U', serverTransactionId: null },
    ...change,
  };
}

export function aDrawer(change: Partial<DrawerRecord> = {}): DrawerRecord {
  return {
    drawerId: newId(),
    name: 'Counter 1',
    username: 'amina',
    businessDate: DATE,
    openedAt: AT,
    openingMinor: 10_000_00,
    currency: 'KES',
    closedAt: null,
    countedMinor: null,
    differenceMinor: null,
    reason: null,
    ...change,
  };
}

export function anException(command: CommandRecord, change: Partial<ExceptionRecord> = {}): ExceptionRecord {
  return {
    exceptionId: newId(),
    commandId: command.commandId,
    kind: 'refused',
    openedAt: AT,
    serverCode: 'error.msg.loan.closed',
    serverMessage: null,
    snapshot: { outstandingMinor: 1 },
    closedAt: null,
    closedBy: null,
    resolution: null,
    reason: null,
    resolutionReceiptId: null,
    suspenseCommandId: null,
    ...change,
  };
}

export function anEntry(entry: number, change: Partial<JournalEntry> = {}): JournalEntry {
  return {
    entry,
    what: 'repayment',
    by: 'amina',
    businessDate: DATE,
    at: AT + entry,
    body: { amountMinor: entry },
    previousHash: `hash-${entry - 1}`,
    hash: `hash-${entry}`,
    ...change,
  };
}

export function aStaffMember(change: Partial<StaffRecord> = {}): StaffRecord {
  return {
    username: 'amina',
    displayName: 'Amina Yusuf',
    role: 'cashier',
    staffServerId: 3,
    userServerId: 4,
    officeServerId: 2,
    permissions: ['REPAYMENT_LOAN'],
    passwordHash: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA',
    sealedPassword: 'sealed',
    lastOnlineAt: AT,
    failures: 0,
    waitUntil: null,
    lockedOut: false,
    signIn: 'good',
    ...change,
  };
}

export function aClient(serverId: number, displayName: string, change: Partial<PulledClient> = {}): PulledClient {
  return {
    serverId,
    externalId: null,
    accountNo: String(serverId).padStart(9, '0'),
    displayName,
    firstname: null,
    lastname: null,
    mobileNo: null,
    status: 'active',
    dateOfBirth: '1988-04-02',
    gender: null,
    activationDate: '2024-01-15',
    staffName: null,
    officeServerId: 2,
    ...change,
  };
}

export function aGroup(serverId: number, name: string, memberServerIds: readonly number[]): PulledGroup {
  return {
    serverId,
    externalId: null,
    accountNo: String(serverId).padStart(9, '0'),
    name,
    status: 'active',
    staffName: 'Otieno',
    centerServerId: null,
    savingsServerIds: [],
    memberServerIds,
    roles: [],
  };
}

export function aLoan(serverId: number, clientServerId: number | null, change: Partial<PulledLoan> = {}): PulledLoan {
  const period = {
    interestDueMinor: 100,
    interestOutstandingMinor: 0,
    feeDueMinor: 0,
    feeOutstandingMinor: 0,
    penaltyDueMinor: 0,
    penaltyOutstandingMinor: 0,
    paidMinor: 1_000,
  };
  return {
    serverId,
    externalId: null,
    accountNo: String(serverId).padStart(9, '0'),
    clientServerId,
    groupServerId: null,
    productName: 'Biashara',
    currency: { code: 'KES', decimals: 2 },
    status: 'active',
    principalMinor: 2_000,
    outstandingMinor: 1_100,
    overpaidMinor: 0,
    strategy: 'mifos-standard-strategy',
    needsServerReckoning: false,
    beforePayout: null,
    periods: [
      { period: 1, dueDate: '2026-10-05', principalDueMinor: 1_000, principalOutstandingMinor: 0, ...period },
      {
        period: 2,
        dueDate: '2026-11-05',
        principalDueMinor: 1_000,
        principalOutstandingMinor: 1_000,
        ...period,
        interestOutstandingMinor: 100,
      },
    ],
    transactions: [
      {
        serverTransactionId: 11,
        externalId: null,
        what: 'repayment',
        businessDate: '2026-10-05',
        amountMinor: 1_100,
        balanceMinor: 1_100,
        reversed: false,
        receiptNumber: 'KIS-01-261005-0001-A',
      },
    ],
    ...change,
  };
}

export function aSavings(serverId: number, clientServerId: number | null, change: Partial<PulledSavings> = {}): PulledSavings {
  return {
    serverId,
    externalId: null,
    accountNo: String(serverId).padStart(9, '0'),
    clientServerId,
    groupServerId: null,
    productName: 'Akiba',
    currency: { code: 'KES', decimals: 2 },
    status: 'active',
    ledgerMinor: 50_000,
    onHoldMinor: 0,
    guaranteeHeldMinor: 0,
    minimumMinor: 500,
    overdraftMinor: 0,
    lockedInUntil: null,
    withdrawalCharges: [],
    transactions: [],
    ...change,
  };
}
