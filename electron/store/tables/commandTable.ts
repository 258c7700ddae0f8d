// The outbox (I3, I4, I5). "Unfinished" is said in SQL in exactly the words of the partial index, so that ten thousand waiting commands
// are found without reading the years of finished ones.

import type { Json } from '../../../shared/kernel/canonicalJson.ts';
import { assertInvariant } from '../../../shared/kernel/assert.ts';
import { LONGEST_PAUSE_MS } from '../../../shared/domain/commands/backoff.ts';
import type { CommandRecord } from '../../../shared/domain/commands/command.ts';
import { amountOf, COMMAND_KINDS, kindOf } from '../../../shared/domain/commands/kinds/allKinds.ts';
import { pictureSubject } from '../../../shared/domain/commands/kinds/clientPicture.ts';
import { liftPayload, type StoredPayload } from '../../../shared/domain/commands/liftPayload.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { StoreFault } from '../../ports/store.ts';
import type { CommandReads, CommandWrites, FileReads, KindCount, KindMoney } from '../../ports/store.ts';
import { journalCommands } from '../schema/journal/commands.ts';
import { journalPrerequisites } from '../schema/journal/prerequisites.ts';
import { journalRecordFacts } from '../schema/journal/recordFacts.ts';
import { journalSubjects } from '../schema/journal/subjects.ts';
import { UNDER_WAY } from '../rowSums.ts';
import { change, insertInto, numberOf, numbersOf, rowsOf, selectFrom, textOf } from '../statements.ts';
import type { Session } from '../statements.ts';

const UNFINISHED = `state NOT IN ('accepted', 'withdrawn', 'resolved')`;
/** In the words of their partial index (journal_commands_payouts): a kind that joins them brings the index anew. */
const LIMITED_OFFLINE = `kind IN (${COMMAND_KINDS.filter((name) => kindOf(name).money?.limitedOffline === true)
  .map((name) => `'${name}'`)
  .join(', ')})`;
/** Whose money a command moves: its paper says so, or what is sent of it, or the account that it is felt on. */
const CURRENCY_OF = `coalesce(
  (SELECT json_extract(r.body, '$.currency.code') FROM journal_receipts r WHERE r.receipt_id = journal_commands.receipt_id),
  json_extract(journal_commands.payload, '$.currency'),
  (SELECT coalesce(
     (SELECT currency_code FROM replica_savings WHERE savings_id = e.account_id),
     (SELECT currency_code FROM replica_loans WHERE loan_id = e.account_id)
   ) FROM journal_effects e WHERE e.command_id = journal_commands.command_id LIMIT 1))`;
const FINISHED = `state IN ('accepted', 'withdrawn', 'resolved')`;

/** What decides which command goes, where to, and in whose name; and no entry says it. */
const SENDING = [
  UNDER_WAY,
  ...['journal_subjects', 'journal_prerequisites', 'journal_server_ids', 'journal_server_ids_again', 'journal_merges'],
  ...['local_staff', 'local_settings'],
];

type Row = typeof journalCommands.$inferSelect;
export function readCommands(session: Session): CommandReads & Pick<FileReads, 'newestPictureOf'> {
  function commandOf({ amountMinor: _amount, entry, ...command }: Row): CommandRecord {
    const payload = liftPayload(command.payload, command.payloadVersion, session.payloadLifts);
    if (payload === null) throw new StoreFault('newer', `this program cannot read a payload of version ${command.payloadVersion}`);
    return { ...command, payload, ...(entry === null ? {} : { entry }) };
  }
  const commandOrNull = (row: Row | null): CommandRecord | null => (row === null ? null : commandOf(row));

  const byId = selectFrom(session, journalCommands, 'WHERE command_id = ?');
  const byForm = selectFrom(session, journalCommands, 'WHERE form_id = ?');
  const bySequence = selectFrom(session, journalCommands, 'WHERE sequence = ?');
  const newestPicture = selectFrom(
    session,
    journalCommands,
    `WHERE sequence IN (
       SELECT sequence FROM journal_commands WHERE subject GLOB 'upload:*' AND subject = ? AND state <> 'withdrawn'
       UNION ALL
       SELECT sequence FROM journal_commands WHERE subject GLOB 'upload:*' AND state <> 'withdrawn' AND subject IN (
         SELECT 'upload:picture:' || local_id FROM journal_merges WHERE into_local_id = ? AND kind = 'client'
       )
     ) ORDER BY sequence DESC LIMIT 1`,
  );
  const last = numberOf(session, 'SELECT max(sequence) FROM journal_commands');
  // What carries a file goes after everything else. min() makes the bare columns those of the lowest command of the subject (documented of SQLite); the index covers them all.
  const due = numbersOf(
    session,
    `SELECT head.sequence FROM (
       SELECT subject, min(sequence) AS sequence, state, next_attempt_at, sent_as
       FROM journal_commands INDEXED BY journal_commands_unfinished WHERE ${UNFINISHED} GROUP BY subject
     ) AS head
     WHERE head.state IN ('queued', 'inDoubt') AND (head.next_attempt_at IS NULL OR head.next_attempt_at <= ? OR head.next_attempt_at > ?)
       AND (head.sent_as NOT IN (SELECT value FROM json_each(?)) OR (head.state = 'inDoubt' AND ?))
     ORDER BY head.subject GLOB 'upload:*', head.sequence`,
  );
  const waiting = numberOf(
    session,
    `SELECT min(next_attempt_at) FROM journal_commands WHERE next_attempt_at > ? AND next_attempt_at IS NOT NULL AND state IN ('queued', 'inDoubt')`,
  );
  // Left alone the planner walks the whole journal in the order asked for; what is unfinished stays few while the journal grows for years.
  const inState = selectFrom(
    session,
    journalCommands,
    `INDEXED BY journal_commands_unfinished WHERE ${UNFINISHED} AND state = ? ORDER BY sequence LIMIT ?`,
  );
  const ended = selectFrom(session, journalCommands, `WHERE ${FINISHED} AND state = ? ORDER BY sequence LIMIT ?`);
  const unfinished = selectFrom(
    session,
    journalCommands,
    `WHERE sequence IN (
       SELECT sequence FROM journal_commands INDEXED BY journal_commands_unfinished WHERE ${UNFINISHED} ORDER BY sequence LIMIT ?
     ) ORDER BY sequence`,
  );
  const countUnfinished = numberOf(session, `SELECT count(*) FROM journal_commands WHERE ${UNFINISHED}`);
  const firstDayWaitedFor = rowsOf<{ day: string | null }>(
    session,
    `SELECT min(business_date) AS day FROM (
       SELECT business_date, last_outcome FROM journal_commands INDEXED BY journal_commands_unfinished
       WHERE ${UNFINISHED} ORDER BY sequence LIMIT 1000
     ) WHERE last_outcome ->> '$.kind' = 'retryLater' AND last_outcome ->> '$.why' = 'headOfficeDayBehind'`,
  );
  const countOfDaysFrom = numberOf(
    session,
    `SELECT count(DISTINCT coalesce(receipt_id, command_id)) FROM journal_commands INDEXED BY journal_commands_unfinished
     WHERE ${UNFINISHED} AND state = 'queued' AND business_date >= ?`,
  );
  const ofSubject = selectFrom(session, journalCommands, `WHERE ${UNFINISHED} AND subject = ? ORDER BY sequence`);
  const unfinishedCounts = rowsOf<KindCount & Record<keyof KindCount, string | number | null>>(
    session,
    `SELECT kind, state, NULL AS resolvedWhy, count(*) AS count
     FROM journal_commands WHERE ${UNFINISHED} GROUP BY kind, state`,
  );
  const finishedCounts = rowsOf<KindCount & Record<keyof KindCount, string | number | null>>(
    session,
    `SELECT kind, state, resolvedWhy, count(*) AS count FROM (
       SELECT kind, state, CASE state WHEN 'resolved' THEN (
         SELECT why FROM journal_command_events AS event WHERE event.command_id = ended.command_id ORDER BY position DESC LIMIT 1
       ) END AS resolvedWhy
       FROM journal_commands AS ended WHERE ${FINISHED} AND business_date = ?
     ) GROUP BY kind, state, resolvedWhy`,
  );
  const [unfinishedMoney, finishedMoney] = [UNFINISHED, `${FINISHED} AND business_date = ?`].map((where) =>
    rowsOf<KindMoney & Record<keyof KindMoney, string | number | null>>(
      session,
      `SELECT kind, currency, sum(minor) AS amountMinor FROM (
         SELECT kind, amount_minor AS minor, ${CURRENCY_OF} AS currency FROM journal_commands WHERE ${where} AND amount_minor IS NOT NULL
       ) GROUP BY kind, currency`,
    ),
  );
  const acceptedSince = selectFrom(session, journalCommands, `WHERE state = 'accepted' AND recorded_at >= ? ORDER BY sequence LIMIT ?`);

  const countSentAs = numberOf(session, `SELECT count(*) FROM journal_commands WHERE ${UNFINISHED} AND sent_as = ?`);
  const payouts = rowsOf<{ subject: string; recordedBy: string; amountMinor: number; currency: string | null; recordedAt: number }>(
    session,
    `SELECT subject, recorded_by AS recordedBy, amount_minor AS amountMinor, recorded_at AS recordedAt,
       ${CURRENCY_OF} AS currency
     FROM journal_commands
     WHERE ${LIMITED_OFFLINE} AND ${UNFINISHED} ORDER BY sequence`,
  );

  const countUnmet = numberOf(
    session,
    `SELECT count(*) FROM journal_prerequisites AS link JOIN journal_commands AS before ON before.command_id = link.needs
     WHERE link.command_id = ? AND before.${UNFINISHED}`,
  );
  // A command with one subject stands behind others of its subject, or behind one that has that subject beside its own; one with several
  // stands behind others under each of them.
  const besideOwn = numbersOf(
    session,
    `SELECT link.sequence FROM journal_subjects AS link JOIN journal_commands AS before ON before.sequence = link.sequence
     WHERE link.subject = ? AND link.sequence < ? AND before.${UNFINISHED}`,
  );
  const underOthers = numbersOf(
    session,
    `SELECT before.sequence FROM journal_subjects AS mine
     JOIN journal_commands AS before INDEXED BY journal_commands_unfinished ON before.subject = mine.subject
     WHERE mine.sequence = ? AND before.sequence < mine.sequence AND before.${UNFINISHED}
     UNION SELECT link.sequence FROM journal_subjects AS mine JOIN journal_subjects AS link ON link.subject = mine.subject
     JOIN journal_commands AS before ON before.sequence = link.sequence
     WHERE mine.sequence = ? AND link.sequence < mine.sequence AND before.${UNFINISHED}`,
  );
  const underOwn = selectFrom(session, journalCommands, `WHERE ${UNFINISHED} AND subject = ? AND sequence < ? ORDER BY sequence`);
  const needs = selectFrom(
    session,
    journalCommands,
    'WHERE command_id IN (SELECT needs FROM journal_prerequisites WHERE command_id = ?) ORDER BY sequence',
  );
  const neededBy = selectFrom(
    session,
    journalCommands,
    `WHERE command_id IN (SELECT command_id FROM journal_prerequisites WHERE needs = ?) AND ${UNFINISHED} ORDER BY sequence`,
  );
  // Each receipt asks this of its client and its account and is mostly answered with nothing, so no list is built for that; and a bound LIMIT is
  // part of the plan, which SQLite then makes anew at every call.
  const facts = numbersOf(session, 'SELECT sequence FROM journal_record_facts WHERE record_id = ? AND record_kind = ?');
  const factsOfMerged = numbersOf(
    session,
    `SELECT fact.sequence FROM journal_merges AS merge
     JOIN journal_record_facts AS fact ON fact.record_id = merge.local_id AND fact.record_kind = merge.kind
     WHERE merge.into_local_id = ? AND merge.kind = ?`,
  );

  let lookedAt: unknown = null;
  let addsUp = true;
  function sendingAddsUp(): boolean {
    // Only another connection can have written past the sums; each of its commits moves this number.
    const version = session.addUp === undefined ? null : session.database.pragma('data_version', { simple: true });
    if (session.addUp !== undefined && version !== lookedAt) addsUp &&= session.addUp(SENDING);
    lookedAt = version;
    return addsUp;
  }

  function isFree({ commandId, subject, sequence }: Row): boolean {
    return (countUnmet(commandId) ?? 0) === 0 && besideOwn(subject, sequence).length === 0 && underOthers(sequence, sequence).length === 0;
  }

  function earlierOf({ subject, sequence }: CommandRecord): readonly CommandRecord[] {
    const others = [...besideOwn(subject, sequence), ...underOthers(sequence, sequence)];
    const earlier = new Map(underOwn.all(subject, sequence).map((row) => [row.sequence, row]));
    for (const other of others) {
      const row = bySequence.one(other);
      if (row !== null) earlier.set(other, row);
    }
    return [...earlier.values()].sort((one, other) => one.sequence - other.sequence).map(commandOf);
  }

  function unfinishedOf(subject: string): readonly CommandRecord[] {
    const beside = besideOwn(subject, Number.MAX_SAFE_INTEGER).flatMap((sequence) => bySequence.one(sequence) ?? []);
    return [...ofSubject.all(subject), ...beside].sort((one, other) => one.sequence - other.sequence).map(commandOf);
  }

  return {
    command: (commandId) => commandOrNull(byId.one(commandId)),
    writtenPayload: (commandId) => (byId.one(commandId)?.payload as Json | undefined) ?? null,
    commandOfForm: (formId) => commandOrNull(byForm.one(formId)),
    newestPictureOf: (clientId) => commandOrNull(newestPicture.one(pictureSubject(clientId), clientId)),
    lastSequence: () => last() ?? 0,
    sendingAddsUp,
    commandsToSend: (now, most, waitingFor, othersRead = false) => {
      const ready: CommandRecord[] = [];
      // No pause is longer than the longest: a moment further ahead was reckoned by a clock that has been set right since.
      for (const sequence of due(now, now + LONGEST_PAUSE_MS, JSON.stringify(waitingFor), othersRead ? 1 : 0)) {
        if (ready.length >= most) break;
        const command = bySequence.one(sequence);
        if (command !== null && isFree(command)) ready.push(commandOf(command));
      }
      return ready;
    },
    nextAttemptAt: (after) => waiting(after),
    commandsIn: (state, most) =>
      (state === 'accepted' || state === 'withdrawn' || state === 'resolved' ? ended : inState).all(state, most).map(commandOf),
    unfinishedCommands: (most) => unfinished.all(most).map(commandOf),
    countWaitingForDay: () => {
      const day = firstDayWaitedFor()[0]?.day ?? null;
      return day === null ? 0 : (countOfDaysFrom(day) ?? 0);
    },
    countUnfinished: () => countUnfinished() ?? 0,
    unfinishedOf,
    earlierOf,
    needsOf: (commandId) => needs.all(commandId).map(commandOf),
    neededBy: (commandId) => neededBy.all(commandId).map(commandOf),
    factsOf: ({ kind, localId }, most) =>
      [...new Set([...facts(localId, kind), ...factsOfMerged(localId, kind)])]
        .sort((one, other) => other - one)
        .slice(0, most)
        .flatMap((sequence) => bySequence.one(sequence) ?? [])
        .map(commandOf),
    countsByKind: (businessDate) => [...unfinishedCounts(), ...(businessDate === null ? [] : finishedCounts(businessDate))],
    moneyByKind: (businessDate) => [
      ...(unfinishedMoney?.() ?? []),
      ...(businessDate === null ? [] : (finishedMoney?.(businessDate) ?? [])),
    ],
    countUnfinishedSentAs: (username) => countSentAs(username) ?? 0,
    unfinishedPayouts: () => payouts().map(({ currency, ...payout }) => (currency === null ? payout : { ...payout, currency })),
    acceptedSince: (recordedAt, most) => acceptedSince.all(recordedAt, most).map(commandOf),
  };
}

export function writeCommands(session: Session): CommandWrites & {
  /** What is about a record that was made one with another keeps order with what is about that one: head office has one record (I4). */
  keepOrderOfMerged(localId: LocalId): void;
} {
  const insert = insertInto(session, journalCommands);
  const need = insertInto(session, journalPrerequisites);
  const insertSubject = insertInto(session, journalSubjects);
  const into = textOf(session, 'SELECT into_local_id FROM journal_merges WHERE local_id = ?');
  const isBeside = numberOf(session, 'SELECT count(*) FROM journal_subjects WHERE subject = ? AND sequence = ?');
  // Subjects end with the record that they are about, each once under the sun. What is finished too: head office may lose it. The whole journal is
  // walked for it, as seldom as people say that two are one.
  const about = rowsOf<{ subject: string; own: string; sequence: number }>(
    session,
    `SELECT subject, subject AS own, sequence FROM journal_commands WHERE subject GLOB '*:' || ?
     UNION SELECT link.subject, command.subject, link.sequence FROM journal_subjects AS link
     JOIN journal_commands AS command ON command.sequence = link.sequence WHERE link.subject GLOB '*:' || ?`,
  );
  function standBeside(own: string, sequence: number, subjects: readonly string[]): void {
    for (const subject of subjects) if (subject !== own && (isBeside(subject, sequence) ?? 0) === 0) insertSubject({ subject, sequence });
  }
  /** The same of each record that the one of this subject was made one with. */
  function mergedOf(subject: string): readonly string[] {
    const place = subject.lastIndexOf(':') + 1;
    const merged = into(subject.slice(place));
    return merged === null ? [] : [subject.slice(0, place) + merged, ...mergedOf(subject.slice(0, place) + merged)];
  }
  const concern = insertInto(session, journalRecordFacts);
  const save = change(
    session,
    `UPDATE journal_commands SET state = ?, submission = ?, idempotency_key = ?, attempts = ?, next_attempt_at = ?, sent_at = ?,
       sent_as = ?, post_singly = ?, last_outcome = ?, server_resource_id = ?, anew = ?
     WHERE command_id = ?`,
  );
  return {
    insertCommand: (command, links) => {
      const amountMinor = amountOf(command.payload)?.amountMinor ?? null;
      insert({ ...command, payload: { ...command.payload } as unknown as StoredPayload, amountMinor });
      const { commandId, sequence } = command;
      const others = links?.otherSubjects ?? [];
      standBeside(command.subject, sequence, [...mergedOf(command.subject), ...others.flatMap((other) => [other, ...mergedOf(other)])]);
      for (const before of links?.needs ?? []) need({ commandId, needs: before });
      for (const { kind, localId } of links?.concerns ?? []) concern({ recordKind: kind, recordId: localId, sequence });
    },
    insertPrerequisite: (commandId, needs) => need({ commandId, needs }),
    keepOrderOfMerged(localId) {
      for (const { subject, own, sequence } of about(localId, localId)) standBeside(own, sequence, mergedOf(subject));
    },
    saveProgress: (commandId, progress) => {
      const saved = save(
        progress.state,
        progress.submission,
        progress.idempotencyKey,
        progress.attempts,
        progress.nextAttemptAt,
        progress.sentAt,
        progress.sentAs,
        progress.postSingly ? 1 : 0,
        progress.lastOutcome === null ? null : JSON.stringify(progress.lastOutcome),
        progress.serverResourceId,
        progress.anew === null ? null : JSON.stringify(progress.anew),
        commandId,
      );
      assertInvariant(saved === 1, 'I3', 'progress belongs to a recorded command');
    },
  };
}
