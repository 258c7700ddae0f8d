// Everything that waits for somebody else, from the branch's own books and the replica: applications, what was approved and is not done yet, what a
// second person has to agree to, cases, and what lies before a checker at head office. For each, what the one who looks may do about it, and why not.

import { WAITING_MOST, type Waiting } from '../../../shared/contract/decide.ts';
import type { Permission } from '../../../shared/domain/access/permissions.ts';
import type { CommandRecord } from '../../../shared/domain/commands/command.ts';
import type { AccountKind, RecordRef } from '../../../shared/domain/commands/kinds/kind.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { changedHere } from '../../journal/changedHere.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { applicationOf, approvedMinorOf, decisionsOn, provisionalSavingsStatus, provisionalStatus } from '../../journal/decidedOn.ts';
import { payerOf } from '../../journal/payerOf.ts';
import type { LoanRecord, ReadStore, SavingsRecord } from '../../ports/store.ts';
import { syncItem } from '../desk/syncItem.ts';
import { mustLeaveToAnother } from '../exceptions/agreement.ts';
import type { BranchParts } from '../parts.ts';
import { isSamePerson } from '../session/samePerson.ts';
import { whyNotPermitted, type Session } from '../session/sessions.ts';
import { isMakersOwn } from './makerRule.ts';

type Deed = Waiting['deeds'][number];
type Row = Omit<Waiting, 'isMine'>;

/** Who looks: what her rights keep her from is asked once. */
interface Viewer {
  readonly username: string;
  readonly whyNot: (permission: Permission) => string | null;
}

export function waitingHere(read: ReadStore, parts: BranchParts, session: Session): { rows: Waiting[]; more: boolean } {
  const staff = read.staff(session.username);
  const viewer: Viewer = { username: session.username, whyNot: (permission) => whyNotPermitted(staff, permission) };
  const lists = [loans(read, parts, viewer), savings(read, viewer), clients(read, parts, viewer), commands(read, parts, viewer)];
  const rows = [...lists.flatMap(({ rows: some }) => some), ...cases(read, parts, viewer)];
  return {
    rows: rows.map((row) => ({ ...row, isMine: row.deeds[0]?.whyNot === null })),
    more: lists.some(({ more }) => more),
  };
}

interface Some {
  readonly rows: Row[];
  readonly more: boolean;
}

const NOTHING: Some = { rows: [], more: false };

function loans(read: ReadStore, parts: BranchParts, viewer: Viewer): Some {
  if (viewer.whyNot('loan.read') !== null) return NOTHING;
  const businessDate = currentBusinessDate(read, parts.clock);
  const lists = (['submitted', 'approved'] as const).map((show) => read.loans({ show, businessDate, offset: 0, most: WAITING_MOST }));
  return {
    rows: lists.flatMap(({ rows }) => rows.flatMap((loan) => loanRow(read, viewer, loan))),
    more: lists.some(({ rows, total }) => total > rows.length),
  };
}

function loanRow(read: ReadStore, viewer: Viewer, loan: LoanRecord): Row[] {
  const status = provisionalStatus(read, loan);
  const account = { kind: 'loan', localId: loan.loanId } as const;
  const common = { id: loan.loanId, ...accountSays(read, loan), ...askedOf(read, account) };
  if (status === 'approved')
    return [
      {
        ...common,
        what: 'loanPayout',
        money: { currency: loan.currency, minor: approvedMinorOf(read, loan) },
        deeds: [{ deed: 'look', whyNot: viewer.whyNot('loan.disburse') }],
      },
    ];
  if (status !== 'submitted') return [];
  const approve = makersOr(read, account, viewer, 'loan.approve', 'loan.makerCannotApprove');
  return [
    {
      ...common,
      what: 'loanAsked',
      money: { currency: loan.currency, minor: loan.principalMinor },
      deeds: [approve, { deed: 'reject', whyNot: viewer.whyNot('loan.reject') }],
    },
  ];
}

function savings(read: ReadStore, viewer: Viewer): Some {
  if (viewer.whyNot('savings.read') !== null) return NOTHING;
  const accounts = read.savingsWaiting(WAITING_MOST + 1);
  return {
    rows: accounts.slice(0, WAITING_MOST).flatMap((account) => savingsRow(read, viewer, account)),
    more: accounts.length > WAITING_MOST,
  };
}

function savingsRow(read: ReadStore, viewer: Viewer, savingsAccount: SavingsRecord): Row[] {
  const status = provisionalSavingsStatus(read, savingsAccount);
  const account = { kind: 'savings', localId: savingsAccount.savingsId } as const;
  const common = { id: savingsAccount.savingsId, ...accountSays(read, savingsAccount), money: null, ...askedOf(read, account) };
  if (status === 'approved')
    return [{ ...common, what: 'savingsActivation', deeds: [{ deed: 'activate', whyNot: viewer.whyNot('savings.activate') }] }];
  if (status !== 'submitted') return [];
  const approve = makersOr(read, account, viewer, 'savings.approve', 'savings.makerCannotApprove');
  return [{ ...common, what: 'savingsAsked', deeds: [approve, { deed: 'reject', whyNot: viewer.whyNot('savings.reject') }] }];
}

/** Of a client who waits, everything is decided on the client's own page. */
function clients(read: ReadStore, parts: BranchParts, viewer: Viewer): Some {
  const businessDate = currentBusinessDate(read, parts.clock);
  const { rows, total } = read.clients({ show: 'all', status: 'pending', businessDate, offset: 0, most: WAITING_MOST });
  return {
    rows: rows.flatMap((row): Row[] => {
      const client = changedHere(read, row);
      if (client.status !== 'pending') return [];
      return [
        {
          what: 'clientActivation',
          id: client.clientId,
          clientId: client.clientId,
          groupId: null,
          name: client.displayName,
          accountNo: client.accountNo,
          productName: '',
          commandKind: null,
          money: null,
          ...askedOf(read, { kind: 'client', localId: client.clientId }),
          deeds: [{ deed: 'look', whyNot: viewer.whyNot('client.activate') }],
        },
      ];
    }),
    more: total > rows.length,
  };
}

/** What a second person here has to agree to, and what head office keeps for a checker of its own, as far as it said so. */
function commands(read: ReadStore, parts: BranchParts, viewer: Viewer): Some {
  const held = read.commandsIn('held', WAITING_MOST + 1);
  const asked = read.commandsIn('inDoubt', WAITING_MOST + 1);
  return {
    rows: [
      ...held.slice(0, WAITING_MOST).map((command): Row => {
        const bar = isSamePerson(read, command.recordedBy, viewer.username) ? 'command.makerCannotDecide' : null;
        const whyNot = viewer.whyNot('command.decide') ?? bar;
        const deeds: Deed[] = [
          { deed: 'agree', whyNot },
          { deed: 'decline', whyNot },
        ];
        return { ...commandSays(read, parts, viewer, command), what: 'held', id: command.commandId, deeds };
      }),
      ...asked.flatMap((command): Row[] =>
        command.lastOutcome?.kind === 'waitingForChecker'
          ? [{ ...commandSays(read, parts, viewer, command), what: 'atChecker', id: command.commandId, deeds: [] }]
          : [],
      ),
    ],
    more: held.length > WAITING_MOST || asked.length > WAITING_MOST,
  };
}

function cases(read: ReadStore, parts: BranchParts, viewer: Viewer): Row[] {
  return read.exceptionsWhere(true, WAITING_MOST).flatMap((exception): Row[] => {
    const command = read.command(exception.commandId);
    if (command === null) return [];
    const bar = isSamePerson(read, command.recordedBy, viewer.username)
      ? 'exception.makerCannotClose'
      : mustLeaveToAnother(read, command, viewer.username)
        ? 'exception.agreerCannotClose'
        : null;
    return [
      {
        ...commandSays(read, parts, viewer, command),
        what: 'case',
        id: exception.exceptionId,
        deeds: [{ deed: 'look', whyNot: viewer.whyNot('exception.resolve') ?? bar }],
      },
    ];
  });
}

type Said = 'clientId' | 'groupId' | 'name' | 'accountNo' | 'productName' | 'commandKind';

function accountSays(
  read: ReadStore,
  account: {
    readonly clientId: LocalId | null;
    readonly groupId: LocalId | null;
    readonly accountNo: string;
    readonly productName: string;
  },
): Pick<Row, Said> {
  const { clientId, groupId, name } = payerOf(read, account);
  return { clientId, groupId, name, accountNo: account.accountNo, productName: account.productName, commandKind: null };
}

function commandSays(
  read: ReadStore,
  parts: BranchParts,
  viewer: Viewer,
  command: CommandRecord,
): Pick<Row, Said | 'money' | 'askedBy' | 'askedAt' | 'askedOn'> {
  const item = syncItem(read, parts.sync.state(), command, parts.clock.now(), viewer.username);
  return {
    clientId: item.clientId,
    groupId: item.groupId,
    name: item.clientName,
    accountNo: item.receiptNumber ?? item.accountNo,
    productName: '',
    commandKind: command.kind,
    money: item.amountMinor === 0 ? null : { currency: item.currency, minor: item.amountMinor },
    ...askedIn(read, command),
  };
}

type Asked = Pick<Row, 'askedBy' | 'askedAt' | 'askedOn'>;

function askedIn(read: ReadStore, { recordedBy, recordedAt, businessDate }: CommandRecord): Asked {
  return { askedBy: read.staff(recordedBy)?.displayName ?? recordedBy, askedAt: recordedAt, askedOn: businessDate };
}

/** By what made it wait here; of what head office knows from elsewhere nothing is told of who. */
function askedOf(read: ReadStore, record: RecordRef): Asked {
  const [command] = read.factsOf(record, 1);
  const application = record.kind === 'loan' || record.kind === 'savings' ? latestOf(read, { ...record, kind: record.kind }) : command;
  return application === undefined ? { askedBy: null, askedAt: null, askedOn: null } : askedIn(read, application);
}

function latestOf(read: ReadStore, account: RecordRef & { readonly kind: AccountKind }): CommandRecord | undefined {
  return decisionsOn(read, account).find(({ state }) => state !== 'withdrawn') ?? applicationOf(read, account) ?? undefined;
}

function makersOr(
  read: ReadStore,
  account: RecordRef & { readonly kind: AccountKind },
  viewer: Viewer,
  permission: Permission,
  code: string,
): Deed {
  const bar = isMakersOwn(read, account, 'approve', viewer.username) ? code : null;
  return { deed: 'approve', whyNot: viewer.whyNot(permission) ?? bar };
}
