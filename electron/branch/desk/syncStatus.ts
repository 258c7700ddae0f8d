// The status line: one sentence that is always true, and the four facts behind it (look 2). Reads the journal's counts and the loop's state;
// invents nothing.

import type { SyncStatus } from '../../../shared/contract/sync.ts';
import { READING_TOLD_MS, WAITS_LONG_MS, WAITS_LONG_TRIES, statusSentence } from '../../../shared/domain/status/statusSentence.ts';
import { closedAs } from '../../../shared/domain/commands/closedAs.ts';
import { isUploadSubject } from '../../../shared/domain/commands/kinds/kind.ts';
import { CLOCK_TOLERANCE_MS } from '../../../shared/domain/clock/clockDoubt.ts';
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
  const knownAt = kept.auditedAt ?? kept.firstPullDoneAt;
  // A moment ahead of now was told by another clock and says nothing.
  const confirmedAt = knownAt !== null && knownAt > now + CLOCK_TOLERANCE_MS ? null : knownAt;
  const waitsLongSince = oldestTriedOften(read, state, now);
  const waitsForDay = state.line === 'up' ? read.countWaitingForDay() : 0;
  return {
    sentence: statusSentence({
      stopped: (state.stopped ?? []).length > 0,
      offlineDeclared: declared !== null,
      line: state.line,
      strangerAnswers: state.strangerAnswers,
      practiceLineCut: parts.practice?.lineCut() ?? false,
      signInNeeded: state.signInNeededFor.length > 0,
      headOfficeTrouble: state.headOffice === 'trouble' || state.trouble !== null,
      waitsForDay,
      waitsLong: waitsLongSince !== null,
      readingForMs: readingForMs(state, parts.clock.monotonicMs()),
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
    waitsForDay,
    waitsLongSince,
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
    const receipt = command.receiptId === null ? null : read.receiptHead(command.receiptId);
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

const LOOKED_AT = 20;

/**
 * When the oldest was recorded of those that head office, while its line carried, has for long not taken though it was tried again and again;
 * null for none. A lost reply or two alarm nobody.
 */
function oldestTriedOften(read: ReadStore, { line, lineSince }: SyncState, now: number): number | null {
  const since = now - WAITS_LONG_MS;
  const [oldest] = read.unfinishedCommands(1);
  if (line !== 'up' || lineSince === null || lineSince > since || oldest === undefined || oldest.recordedAt > since) return null;
  const tried = read
    .commandsToSend(Number.MAX_SAFE_INTEGER, LOOKED_AT, [], true)
    .find(
      ({ recordedAt, attempts, lastOutcome, subject }) =>
        recordedAt <= since && attempts >= WAITS_LONG_TRIES && lastOutcome?.kind !== 'waitingForChecker' && !isUploadSubject(subject),
    );
  return tried?.recordedAt ?? null;
}

function readingForMs({ progress, readingSinceMs }: SyncState, monotonicMs: number): number | null {
  if (readingSinceMs === null) return null;
  const forMs = Math.max(monotonicMs - readingSinceMs, 0);
  return progress?.phase === 'pulling' || progress?.phase === 'proving' || forMs >= READING_TOLD_MS ? forMs : null;
}
