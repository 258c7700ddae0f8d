// The status line: one sentence that is always true, and the four facts behind it (look 2). Reads the journal's counts and the loop's state;
// invents nothing.

import type { SyncStatus } from '../../../shared/contract/sync.ts';
import { statusSentence } from '../../../shared/domain/status/statusSentence.ts';
import { closedAs } from '../../../shared/domain/commands/closedAs.ts';
import type { KindCount, ReadStore } from '../../ports/store.ts';
import type { SyncState } from '../../ports/sync.ts';
import { readSetting, syncStateOf } from '../../journal/settings.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { standingOf } from '../counter/receiptLine.ts';
import type { BranchParts } from '../parts.ts';

export function syncStatus(read: ReadStore, parts: BranchParts): SyncStatus {
  const now = parts.clock.now();
  const state = parts.sync.state();
  const kept = syncStateOf(read);
  const declared = readSetting(read, 'offlineDeclared');
  const counts = standingCounts(read.countsByKind(currentBusinessDate(read, parts.clock)));
  const declaredBy = declared === null ? null : { by: read.staff(declared.by)?.displayName ?? declared.by, at: declared.at };
  const confirmedAt = kept.auditedAt ?? kept.firstPullDoneAt;
  return {
    sentence: statusSentence({
      stopped: (state.stopped ?? []).length > 0,
      offlineDeclared: declared !== null,
      line: state.line,
      strangerAnswers: state.strangerAnswers,
      practiceLineCut: parts.practice?.lineCut() ?? false,
      signInNeeded: state.signInNeededFor.length > 0,
      headOfficeTrouble: state.headOffice === 'trouble' || state.trouble !== null,
      waitsForDay: waitsForDay(read),
      readingForMs: state.progress === null || state.progress.phase === 'sending' ? null : Math.max(now - state.progress.startedAt, 0),
      firstPullDone: kept.firstPullDoneAt !== null,
      balancesAgeMs: confirmedAt === null ? null : Math.max(now - confirmedAt, 0),
      sending: state.progress?.phase === 'sending',
      needsYou: counts.needsYou,
      leftOut: read.leftOut().length,
    }),
    line: state.line,
    lineSince: state.lineSince,
    headOffice: state.headOffice,
    trouble: troubleOf(state),
    signIn: state.signInNeededFor.length === 0 ? 'good' : 'needed',
    signInNeededFor: state.signInNeededFor
      .filter((username) => username !== '')
      .map((username) => read.staff(username)?.displayName ?? username),
    offlineDeclared: declaredBy,
    confirmedAt,
    counts,
    stopped: stoppedOf(read, state),
    oldestWaitingAt: read.unfinishedCommands(1)[0]?.recordedAt ?? null,
    progress:
      state.progress === null
        ? null
        : { phase: state.progress.phase, done: state.progress.done, total: state.progress.total, startedAt: state.progress.startedAt },
    lastFinishedAt: state.lastFinishedAt ?? kept.lastFinishedAt,
    markers: readSetting(read, 'preparation')?.markers ?? 'unknown',
    now,
  };
}

function stoppedOf(read: ReadStore, state: SyncState): SyncStatus['stopped'] {
  return (state.stopped ?? []).flatMap(({ commandId, invariant, incidentId }) => {
    const command = read.command(commandId);
    if (command === null) return [];
    const receipt = command.receiptId === null ? null : read.receipt(command.receiptId);
    return [{ commandId, kind: command.kind, receiptNumber: receipt?.number ?? null, invariant, incidentId }];
  });
}

export function standingCounts(kinds: readonly KindCount[]): SyncStatus['counts'] {
  const counts = { savedHere: 0, sent: 0, confirmedToday: 0, needsYou: 0, closedToday: { reversed: 0, suspended: 0, withdrawn: 0 } };
  for (const { state, resolvedWhy, count } of kinds) {
    const standing = standingOf(state);
    const closed = closedAs(state, resolvedWhy);
    if (closed !== null) counts.closedToday[closed] += count;
    else if (standing === 'confirmed') counts.confirmedToday += count;
    else counts[standing] += count;
  }
  return counts;
}

/** Nobody's sign-in comes first: with somebody else's it may go on. */
export function troubleOf({ signInNeededFor, trouble, line }: SyncState): SyncStatus['trouble'] {
  if (line === 'down') return null;
  return signInNeededFor.length > 0 ? { kind: 'signInNeeded', detail: signInNeededFor.filter((name) => name !== '').join(', ') } : trouble;
}

const LOOKED_AT = 100;

/** Receipts that head office takes only on a day that it has not reached. */
function waitsForDay(read: ReadStore): boolean {
  return read
    .unfinishedCommands(LOOKED_AT)
    .some(({ lastOutcome }) => lastOutcome?.kind === 'retryLater' && lastOutcome.why === 'headOfficeDayBehind');
}
