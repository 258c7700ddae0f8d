// What a batch of worlds went through: every kind of fault, crash point, state, resolution and answer, and how often. A kind that was never
// hit proves nothing about itself, so a large batch that missed one fails.

import { SLIP_KINDS } from '../../shared/domain/cash/cashSlip.ts';
import { WEATHERS, NETWORK_FAULTS } from '../world/faultyNetwork.ts';
import { AWAITS } from '../world/branchPc.ts';
import { HEAD_OFFICE_FAULTS, PC_FAULTS, type Fault } from './plan.ts';

export type Group = 'fault' | 'crash' | 'state' | 'resolution' | 'answer' | 'sync' | 'why' | 'looked' | 'statement';

export type Coverage = Map<Group, Map<string, number>>;

export function addHit(coverage: Coverage, group: Group, kind: string, times = 1): void {
  const kinds = coverage.get(group) ?? new Map<string, number>();
  coverage.set(group, kinds);
  kinds.set(kind, (kinds.get(kind) ?? 0) + times);
}

export function mergeCoverage(into: Coverage, from: readonly (readonly [Group, readonly (readonly [string, number])[]])[]): void {
  for (const [group, kinds] of from) for (const [kind, times] of kinds) addHit(into, group, kind, times);
}

export function plainCoverage(coverage: Coverage): (readonly [Group, readonly (readonly [string, number])[]])[] {
  return [...coverage].map(([group, kinds]) => [group, [...kinds]] as const);
}

/** When a fault counts as having struck: not when it was planned, but when this happened. */
const STRUCK: Readonly<Record<Fault, string>> = {
  neverSent: 'no connection: the request never left',
  requestLost: 'the request was lost on its way; the PC waited in vain',
  replyLost: 'head office did it; the reply was lost',
  replyTorn: 'head office did it; the connection broke in the reply',
  duplicated: 'money arrived twice in the same bytes, and head office answered both',
  delayed: 'the request arrived after the PC had given up on it',
  reordered: 'the request arrived after one that had left later',
  portalAnswers: 'a hotspot page answered 200 in place of head office',
  answers409: '409 from a lock conflict',
  answers425: '425, as for a key that is still being processed',
  answers5xxBefore: '500 or 502, and nothing was done',
  answers5xxAfter: '504, although it was done',
  partition: 'no line: not sent, or lost on its way there or back',
  slowLine: 'a request that took many seconds each way',
  window401: '401 for everybody for a while',
  portal: 'a Wi-Fi portal, a router or a gateway answers everything in place of head office',
  deathNow: 'the process was killed between two events',
  deathAtStatement: 'the process died before a statement of a transaction',
  deathAtCommit: 'the process died before a commit',
  deathAfterCommit: 'the process died right after a commit',
  deathAtAwait: 'the process died while it waited for something',
  powerCut: 'the power went; what was not flushed is lost',
  diskFull: 'the disk was full at a commit',
  diskFullAtStatement: 'the disk was full in the middle of a transaction',
  diskBusy: 'the disk was busy at the beginning of a transaction',
  clockSkew: 'the clock was up to nine minutes wrong',
  clockJumpsAhead: 'the clock jumped ahead, up to thirty hours',
  clockJumpsBack: 'the clock jumped back, up to twenty hours',
  tornBackup: 'a backup was torn before, while or after it was made',
  upgrade: 'today\u2019s program found payloads of last year\u2019s still waiting',
  secondProcess: 'a second process took the store over while the first ran on',
  printerTrouble: 'a printer ran out of paper, or died in the middle of one',
  folderCopied: 'a data folder was copied to another computer, which took money in under a code of its own or gave no number',
  zoneChanged: 'an administrator set the branch to another zone, or to the right one',
  bookEdited: 'somebody with the key of the books changed a row of what waited, and nothing left on it',
  cheatTries: 'somebody at the counter asked for what they have no right to, and again after signing out',
  undoneThere: 'head office undid a transaction that was confirmed',
  booksClosed: 'head office closed its books of today for a while',
  windowOpened: 'an administrator made the prepared reports and this PC\u2019s reading user',
  windowBreaks: 'a right on a report, or the reading users, were taken away',
  headOfficeCrashBefore: 'it crashed with the key stored and nothing done (contract 3.3)',
  headOfficeCrashAfter: 'it crashed between business change and processed mark (contract 3.3)',
  headOfficeDown: 'it went down with everything on its way, and started anew',
  headOfficeBackup: 'it made a backup',
  headOfficeRestored: 'it was put back to before what a PC had read there',
  auditsPassCursorAgain: 'put back, and its new audit rows passed the PCs\u2019 cursors before they looked',
  keysPurged: 'it forgot processed keys that were ten minutes old',
  makerChecker: 'it answered 200 and waits for a checker',
  checkerDecides: 'a checker approved or rejected what waited',
  otherOffice: 'another office acted on an account for which something waited',
  interestJob: 'its job posted interest, with no audit row',
  penaltyJob: 'its job charged penalties, with no audit row',
  accountBlocked: 'an account was blocked while something waited for it',
  accountClosed: 'an account was closed while something waited for it',
  loanLocked: 'a loan was locked by a job for a while',
  passwordChanged: 'a password was changed while its owner\u2019s commands waited',
  passwordOutdated: 'a password ran out while its owner\u2019s commands waited',
  staffGone: 'somebody left for good while their commands waited',
  rightTaken: 'somebody lost a right at head office',
  dayBehind: 'its business date stayed behind',
  writeRefused: 'it refused a write that was in order',
};

/** Statements of a counter operation and of a pull; more are hit, these must be. */
const CRASH_POINTS = [
  'before commit',
  'after commit',
  'before insert journal_receipts',
  'before insert journal_commands',
  'before insert journal_effects',
  'before insert journal_movements',
  'before insert journal_entries',
  'before insert journal_command_events',
  'before update journal_commands',
  'power cut before commit',
  'power cut after commit',
  'power cut between two events',
  ...AWAITS.map((at) => `waiting: ${at}`),
];

const STATES = ['held', 'queued', 'sending', 'inDoubt', 'accepted', 'rejected', 'withdrawn', 'resolved'];
const RESOLUTIONS = ['resubmit', 'reverse', 'suspend', 'recognise', 'correct', 'withdraw', 'recover reverse', 'recover recognise'];

const MUST: readonly (readonly [Group, readonly string[]])[] = [
  ['fault', [...NETWORK_FAULTS, ...WEATHERS, ...PC_FAULTS, ...HEAD_OFFICE_FAULTS]],
  ['crash', CRASH_POINTS],
  ['state', STATES],
  ['resolution', RESOLUTIONS],
  [
    'answer',
    [
      ...SLIP_KINDS.map((kind) => `vault.makeSlip ${kind}: ok`),
      'vault.setLimit: ok',
      'cash.reopenDay: ok',
      'centers.register: ok',
      'groups.renumber: ok',
      'groups.giveRole: ok',
      'groups.takeRole: ok',
      'groups.removeMember with a role: ok',
      'cash.closeDay again: ok',
      'cash.closeDayInError: ok',
    ],
  ],
  [
    'sync',
    [
      'a receipt after hours',
      'head office let go who has a role too',
      'head office gave a role too',
      'head office took a role too',
      'the zone was changed while something waited',
      'a client was turned away for where the drawer stood',
      'a slip was stopped for where the drawer stood',
      'notes were told at the counter',
      'notes were chosen for a payout',
      'the notes of a drawer were known',
      'a payout was taken back',
      'a payout was undone there',
      'a payout that was taken back stands on there',
      'head office took a repayment on what was paid out',
      'money was held there',
      'a hold was let go there',
      'head office let a hold go too',
      'more than is free was asked of an account on which money is held',
    ],
  ],
];

/** Of so many worlds it is asked that nothing was missed. */
export const COMPLETE_FROM_SEEDS = 100;

export function neverHit(coverage: Coverage): readonly string[] {
  return MUST.flatMap(([group, kinds]) =>
    kinds.filter((kind) => (coverage.get(group)?.get(kind) ?? 0) === 0).map((kind) => `${group} ${kind}`),
  );
}

function times(coverage: Coverage, group: Group, kind: string): string {
  return String(coverage.get(group)?.get(kind) ?? 0).padStart(8);
}

function faultLines(coverage: Coverage, title: string, faults: readonly Fault[]): readonly string[] {
  return ['', title, ...faults.map((fault) => `${times(coverage, 'fault', fault)}  ${fault.padEnd(22)} ${STRUCK[fault]}`)];
}

function inColumns(coverage: Coverage, group: Group, title: string): readonly string[] {
  const cells = [...(coverage.get(group)?.keys() ?? [])].sort().map((kind) => `${times(coverage, group, kind)}  ${kind}`.padEnd(62));
  const half = Math.ceil(cells.length / 2);
  return ['', title, ...cells.slice(0, half).map((cell, at) => `${cell}${cells[at + half] ?? ''}`.trimEnd())];
}

/** Death strikes any statement; rare ones take a long run. */
function notYetDiedAt(coverage: Coverage): string {
  const ran = [...(coverage.get('statement')?.keys() ?? [])].filter((what) => /^(insert|update|delete|commit)\b/.test(what)).sort();
  const died = (what: string): boolean =>
    ['before ', 'power cut before '].some((how) => coverage.get('crash')?.has(`${how}${what}`) === true);
  const left = ran.filter((what) => !died(what));
  const told = left.length === 0 ? '' : `; before none of: ${left.join(', ')}`;
  return `          Of ${String(ran.length)} kinds of writing statements a process died before ${String(ran.length - left.length)}${told}.`;
}

export function coverageTable(coverage: Coverage): string {
  return [
    ...faultLines(coverage, 'Faults of the line, and how often each struck', [...NETWORK_FAULTS, ...WEATHERS]),
    ...faultLines(coverage, 'Faults of a branch\u2019s PC', PC_FAULTS),
    ...faultLines(coverage, 'What happened at head office', HEAD_OFFICE_FAULTS),
    ...inColumns(coverage, 'crash', 'Where processes died'),
    notYetDiedAt(coverage),
    ...inColumns(coverage, 'state', 'States that commands reached'),
    ...inColumns(coverage, 'resolution', 'How managers closed cases'),
    ...inColumns(coverage, 'why', 'Why commands moved'),
    ...inColumns(coverage, 'answer', 'What people were told'),
    ...inColumns(coverage, 'sync', 'Also seen'),
    ...inColumns(coverage, 'looked', 'How often it was looked whether a promise broke'),
  ].join('\n');
}
