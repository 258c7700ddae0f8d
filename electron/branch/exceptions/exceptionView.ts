// A case on the manager's desk: what we believed beside what head office says, what happened, what waits behind it, and the four ways out.

import type { ExceptionView } from '../../../shared/contract/sync.ts';
import { readChangedThere } from '../../../shared/domain/clients/changedThere.ts';
import { withdrawalFee } from '../../../shared/domain/savings/withdrawalFee.ts';
import { reconcileLoan, reconcileSavings } from '../../../shared/domain/accounts/reconcile.ts';
import { HEAD_OFFICE_ITSELF } from '../../../shared/domain/exceptions/headOfficeItself.ts';
import { choicesOf, recoveriesOf } from '../../../shared/domain/exceptions/resolution.ts';
import type { CommandRecord } from '../../../shared/domain/commands/command.ts';
import { accountOf, amountOf, isPaidOut, kindOf, stateItMakes } from '../../../shared/domain/commands/kinds/allKinds.ts';
import { HOLDER, MEMBER } from '../../../shared/domain/commands/kinds/groupChange.ts';
import { assert } from '../../../shared/kernel/assert.ts';
import { childrenOf, isOrphan, mayGoAlong } from '../../journal/giveUpCommand.ts';
import { recordFacts } from '../../journal/recordFacts.ts';
import { confirmedAtOf, readSetting } from '../../journal/settings.ts';
import type { PulledTransaction } from '../../ports/headOffice.ts';
import type { ExceptionRecord, ReadStore } from '../../ports/store.ts';
import { syncItem } from '../desk/syncItem.ts';
import { timelineOf } from '../desk/timeline.ts';
import type { BranchParts } from '../parts.ts';
import { isSamePerson } from '../session/samePerson.ts';
import { mayDecide, mustLeaveToAnother, whoAgreed } from './agreement.ts';
import { mayGoOnOpenDay } from './anewOf.ts';
import { casesOfReceipt } from './casesOfReceipt.ts';
import { candidatesOf } from './candidates.ts';
import { closedAsOf } from '../counter/receiptLine.ts';
import { feeOfCommand } from '../counter/feeOfCommand.ts';
import { existingFor } from './existingFor.ts';
import { drawerForCase } from './drawerForCase.ts';
import { withdrawalChargesOf } from '../savings/withdrawalCharges.ts';
import { settledBefore } from './settledBefore.ts';
import { isRecoverable } from './suspense.ts';
import { unseenThere } from './unseenThere.ts';

export function exceptionView(read: ReadStore, parts: BranchParts, exception: ExceptionRecord, viewer: string): ExceptionView {
  const command = read.command(exception.commandId);
  assert(command !== null, 'a case has its command');
  const now = parts.clock.now();
  const receipt = command.receiptId === null ? null : read.receipt(command.receiptId);
  const item = syncItem(read, parts.sync.state(), command, now, viewer);
  const recoverable = isRecoverable(read, exception);
  const candidates = candidatesOf(read, command, recoverable);
  const existing = existingFor(read, command);
  const earlier = settledBefore(read, exception);
  const drawer = drawerForCase(read, command, viewer);
  const agreed = whoAgreed(read, command);
  const believed = weighed(exception, believedTruth(exception, command, feeOfCommand(read, command.commandId)));
  const answered = weighed(exception, answeredTruth(read, exception, command));
  const isOurRefusal = exception.kind !== 'vanished' && exception.kind !== 'postedAfterAll' && exception.kind !== 'recovered';
  const { newestThere } = exception.snapshot as { readonly newestThere?: number | null };
  const counter = {
    candidates: candidates.length,
    drawerOpen: drawer !== null,
    cash: receipt?.cash ?? false,
    dayOpen: read.openDay() !== null,
  };
  return {
    exceptionId: exception.exceptionId,
    kind: exception.kind,
    item,
    receiptId: command.receiptId,
    casesOfReceipt: receipt === null ? 0 : casesOfReceipt(read, receipt).length,
    clientId: item.clientId,
    openedAt: exception.openedAt,
    serverCode: exception.serverCode,
    serverMessage: exception.serverMessage,
    believed,
    answered,
    waitingBehind: waitingBehind(read, command).map((other) => syncItem(read, parts.sync.state(), other, now, viewer)),
    timeline: timelineOf(read, command.commandId),
    choices: (recoverable
      ? recoveriesOf(counter)
      : choicesOf({
          ...counter,
          commandKind: command.kind,
          exceptionKind: exception.kind,
          earlier: earlier?.resolution ?? null,
          suspenseReady: readSetting(read, 'suspenseAccounts') !== null,
          existing: existing.length,
          childrenStay: !mayGoAlong(childrenOf(read, command.commandId)),
          orphan: isOrphan(read, command),
        })
    ).map((choice) => ({ ...choice })),
    candidates: candidates.map(there),
    unseenThere: isOurRefusal ? unseenThere(read, command, newestThere ?? null, changeMinor(believed, answered)).map(there) : [],
    drawer:
      drawer === null || receipt?.cash !== true
        ? null
        : { name: drawer.name, holder: nameOf(read, drawer.username), isMine: isSamePerson(read, drawer.username, viewer) },
    agreed:
      agreed === null
        ? null
        : {
            name: nameOf(read, agreed),
            isMe: isSamePerson(read, agreed, viewer),
            leaveToAnother: mustLeaveToAnother(read, command, viewer),
          },
    fields: fieldsOf(read, command, exception),
    changedThere: changedThereOf(exception),
    existing: existing.map(({ localId, displayName, accountNo, mobileNo, dateOfBirth, why }) => ({
      localId,
      displayName,
      accountNo,
      mobileNo,
      dateOfBirth,
      why: [...why],
    })),
    maker: nameOf(read, command.recordedBy),
    mayGoOnOpenDay: mayGoOnOpenDay(command, exception),
    makerIsMe: isSamePerson(read, command.recordedBy, viewer),
    mayClose: mayDecide(read, command).map((username) => nameOf(read, username)),
    reference: 'referenceNumber' in command.payload ? command.payload.referenceNumber : null,
    earlier: earlier === null ? null : closingOf(read, earlier),
    closed: closingOf(read, exception),
    recoverable,
    closedAs: closedAsOf(read, command),
  };
}

function fieldsOf(read: ReadStore, { kind, payload }: CommandRecord, exception: ExceptionRecord): ExceptionView['fields'] {
  const chapter = kindOf(kind);
  // What it would have created has no other truth.
  if (chapter.teaches(payload) !== null) return [];
  const there: Readonly<Record<string, string | null | undefined>> = readChangedThere(exception.serverMessage)?.fields ?? {};
  return chapter
    .changes(payload)
    .flatMap((change) => (change.what === 'fields' ? Object.entries(change.fields) : []))
    .map(([name, { before, after }]) => ({
      name,
      before: NAMES_CLIENT.has(name) ? nameOfClient(read, before) : before,
      after: NAMES_CLIENT.has(name) ? nameOfClient(read, after) : after,
      there: there[name] ?? null,
      isKnownThere: there[name] !== undefined,
    }));
}

const NAMES_CLIENT: ReadonlySet<string> = new Set([MEMBER, HOLDER]);

function nameOfClient(read: ReadStore, clientId: string | null): string | null {
  return clientId === null ? null : (read.client(clientId)?.displayName ?? null);
}

function changedThereOf({ serverMessage }: ExceptionRecord): ExceptionView['changedThere'] {
  const read = readChangedThere(serverMessage);
  return read === null ? null : { at: read.at, by: read.by };
}

function nameOf(read: ReadStore, username: string): string {
  return read.staff(username)?.displayName ?? username;
}

function there({
  serverTransactionId,
  what,
  businessDate,
  amountMinor,
  receiptNumber,
}: PulledTransaction): ExceptionView['candidates'][number] {
  return { serverTransactionId, what, businessDate, amountMinor, receiptNumber };
}

/** By how much head office's balance differs from what was believed. */
function changeMinor(believed: Truth, answered: Truth | null): number | null {
  const here = believed.ledgerMinor ?? believed.outstandingMinor;
  const thereMinor = answered?.ledgerMinor ?? answered?.outstandingMinor ?? null;
  return here === null || thereMinor === null ? null : thereMinor - here;
}

function closingOf(read: ReadStore, exception: ExceptionRecord): ExceptionView['closed'] {
  if (exception.closedAt === null || exception.resolution === null || exception.closedBy === null) return null;
  const byHeadOffice = exception.closedBy === HEAD_OFFICE_ITSELF;
  return {
    resolution: exception.resolution,
    by: byHeadOffice ? null : (read.staff(exception.closedBy)?.displayName ?? exception.closedBy),
    at: exception.closedAt,
    reason: exception.reason ?? '',
  };
}

type Truth = ExceptionView['believed'];

function believedTruth(exception: ExceptionRecord, command: CommandRecord, feeMinor: number): Truth {
  const kept = exception.snapshot as {
    readonly at?: number;
    readonly ledgerMinor?: number;
    readonly heldMinor?: number;
    readonly availableMinor?: number;
    readonly outstandingMinor?: number;
    readonly status?: string;
    readonly facts?: Readonly<Record<string, string>>;
  };
  // The fee that was counted when the promise was made.
  return truth(command, feeMinor, {
    at: kept.at ?? exception.openedAt,
    ledgerMinor: kept.ledgerMinor ?? null,
    heldMinor: kept.heldMinor ?? null,
    availableMinor: kept.availableMinor ?? null,
    outstandingMinor: kept.outstandingMinor ?? null,
    status: kept.status ?? stateItMakes(command.payload),
    facts: { ...kept.facts },
  });
}

/** Head office's side, once the account was read again after the refusal; without our own unfinished effects. */
function answeredTruth(read: ReadStore, exception: ExceptionRecord, command: CommandRecord): Truth | null {
  const { payload } = command;
  const account = accountOf(payload);
  if (account === null) return answeredRecord(read, exception, command);
  if (account.accountKind === 'loan') {
    const loan = read.loan(account.accountId);
    if (loan === null || loan.pulledAt < exception.openedAt) return null;
    return truth(command, 0, {
      at: confirmedAtOf(read, 'loans', loan),
      ledgerMinor: null,
      heldMinor: null,
      availableMinor: null,
      outstandingMinor: reconcileLoan(loan, []).outstandingMinor,
      status: loan.status,
      facts: {},
    });
  }
  const savings = read.savings(account.accountId);
  if (savings === null || savings.pulledAt < exception.openedAt) return null;
  const view = reconcileSavings(savings, []);
  const taken = isPaidOut(payload.kind)
    ? withdrawalFee(
        withdrawalChargesOf(read, savings, 'payment' in payload ? payload.payment.paymentTypeId : null),
        amountOf(payload)?.amountMinor ?? 0,
      )
    : null;
  return truth(command, taken?.minor ?? 0, {
    at: confirmedAtOf(read, 'savings', savings),
    ledgerMinor: view.ledgerMinor,
    heldMinor: view.heldMinor,
    availableMinor: view.availableMinor,
    outstandingMinor: null,
    status: savings.status,
    facts: {},
  });
}

/** Of a fact about a person or a group: what head office's own row says, once it was read again after the refusal. */
function answeredRecord(read: ReadStore, exception: ExceptionRecord, command: CommandRecord): Truth | null {
  const record = kindOf(command.kind).concerns(command.payload);
  const client = record?.kind === 'client' ? read.client(record.localId) : null;
  const loan = record?.kind === 'loan' ? read.loan(record.localId) : null;
  const at = client !== null ? confirmedAtOf(read, 'clients', client) : loan !== null ? confirmedAtOf(read, 'loans', loan) : null;
  if (at === null || at < exception.openedAt) return null;
  return truth(command, 0, {
    at,
    ledgerMinor: null,
    heldMinor: null,
    availableMinor: null,
    outstandingMinor: null,
    status: loan?.status ?? null,
    facts: { ...recordFacts(read, record) },
  });
}

/** What keeps its order behind it, and what needs what it would have created. */
function waitingBehind(read: ReadStore, command: CommandRecord): readonly CommandRecord[] {
  const behind = read.unfinishedOf(command.subject).filter((other) => other.sequence > command.sequence);
  const all = [...behind, ...childrenOf(read, command.commandId)];
  return [...new Map(all.map((each) => [each.commandId, each])).values()].sort((one, other) => one.sequence - other.sequence);
}

/** What head office posted after all is in its balance already: there is nothing left that it would leave. */
function weighed<T extends Truth | null>(exception: ExceptionRecord, facts: T): T {
  return facts === null || exception.kind !== 'postedAfterAll' ? facts : { ...facts, wouldLeaveMinor: null };
}

function truth(command: CommandRecord, feeMinor: number, facts: Omit<Truth, 'effectMinor' | 'feeMinor' | 'wouldLeaveMinor'>): Truth {
  const effectMinor = accountOf(command.payload)?.deltaMinor ?? -(amountOf(command.payload)?.amountMinor ?? 0);
  const base = facts.outstandingMinor ?? facts.availableMinor;
  const taken = feeMinor === 0 ? 0 : -feeMinor;
  return { ...facts, effectMinor, feeMinor: taken, wouldLeaveMinor: base === null ? null : base + effectMinor + taken };
}
