// Writes a new command as queued, with its first event and its entry in the chain, which says what it is made of (I13). Everything head
// office will ever see of it is fixed here (I11): ids, date, amount, key, note. The key is kept before anything is sent (contract 12, rule 1).

import type { CommandPayload, CommandRecord, Hold } from '../../shared/domain/commands/command.ts';
import { amountOf, kindOf } from '../../shared/domain/commands/kinds/allKinds.ts';
import { creationOf, subjectOf, type Kind, type RecordRef } from '../../shared/domain/commands/kinds/kind.ts';
import { payloadHash } from '../../shared/domain/journal/entryWords.ts';
import { assertInvariant } from '../../shared/kernel/assert.ts';
import type { BusinessDate } from '../../shared/kernel/businessDate.ts';
import type { Json } from '../../shared/kernel/canonicalJson.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';
import type { ReadStore, WriteStore } from '../ports/store.ts';
import { appendEntry } from './appendEntry.ts';
import { keepRecord } from './keepRecord.ts';
import type { JournalParts } from './parts.ts';

export interface CommandDraft {
  readonly commandId: LocalId;
  readonly payload: CommandPayload;
  /** Left out: what its kind says. Given where it goes on behind an earlier command about the same thing. */
  readonly subject?: string;
  readonly recordedBy: string;
  readonly businessDate: BusinessDate;
  readonly recordedAt: number;
  readonly clockDoubt: boolean;
  readonly receiptId: LocalId | null;
  readonly formId: LocalId | null;
  readonly pageId?: LocalId | null;
  readonly replaces?: LocalId;
  /** Given where a second person has to agree before it may go. */
  readonly hold?: Hold;
}

/** What the entry says beside the command itself; `what` where it is not the command's kind. */
export interface CommandFact {
  readonly what?: string;
  readonly body: Readonly<Record<string, Json>>;
}

export function recordCommand(store: WriteStore, parts: JournalParts, draft: CommandDraft, fact: CommandFact): CommandRecord {
  const { payload } = draft;
  const kind = kindOf(payload.kind);
  const money = amountOf(payload);
  const [first, ...otherSubjects] = kind.subjects(payload);
  assertInvariant(
    money === null || (Number.isSafeInteger(money.amountMinor) && money.amountMinor > 0),
    'I11',
    'a command about money carries a whole positive amount',
  );
  const created = kind.teaches(payload);
  assertInvariant(
    created === null || first === creationOf(created),
    'I4',
    'what creates a record stands where whatever needs the record looks for it',
  );
  const command: CommandRecord = {
    ...draft,
    subject: draft.subject ?? first,
    replaces: draft.replaces ?? null,
    hold: draft.hold ?? null,
    pageId: draft.pageId ?? null,
    sequence: store.lastSequence() + 1,
    kind: payload.kind,
    payloadVersion: kind.version,
    state: draft.hold === undefined ? 'queued' : 'held',
    submission: 1,
    idempotencyKey: parts.ids.newId(),
    attempts: 0,
    nextAttemptAt: null,
    sentAt: null,
    sentAs: draft.recordedBy,
    postSingly: false,
    lastOutcome: null,
    serverResourceId: null,
    anew: null,
    entry: (store.lastEntry()?.entry ?? 0) + 1,
  };
  keepRecord(store, parts, command);
  store.insertCommand(command, { otherSubjects, needs: needsOf(store, payload), concerns: concernsOf(kind, payload) });
  // What was typed has become a fact: nobody may find it again as a form that is still to be posted.
  if (draft.formId !== null) store.deleteDraftsOfForm(draft.formId);
  store.insertCommandEvent({
    commandId: command.commandId,
    at: draft.recordedAt,
    from: null,
    to: command.state,
    why: 'recorded',
    by: draft.recordedBy,
    facts: {},
  });
  const entry = appendEntry(store, parts.digest, {
    what: fact.what ?? command.kind,
    by: draft.recordedBy,
    businessDate: draft.businessDate,
    at: draft.recordedAt,
    body: {
      ...fact.body,
      commandId: command.commandId,
      sequence: command.sequence,
      key: command.idempotencyKey,
      payloadHash: payloadHash(payload as unknown as Json, (text) => parts.digest.sha256(text)),
    },
  });
  assertInvariant(entry.entry === command.entry, 'I13', 'a command is bound to the entry that records it');
  return command;
}

/** Of each record that head office does not know, or lost, the unfinished command that creates it: it has to be through first (I4). */
export function needsOf(store: ReadStore, payload: CommandPayload): readonly LocalId[] {
  const needed = kindOf(payload.kind)
    .refersTo(payload)
    .flatMap((record) =>
      store
        .unfinishedOf(creationOf(record))
        .filter((earlier) => kindOf(earlier.kind).teaches(earlier.payload)?.localId === record.localId)
        .map(({ commandId }) => commandId),
    );
  return [...new Set(needed)];
}

function concernsOf(kind: Kind<CommandPayload>, payload: CommandPayload): readonly RecordRef[] {
  const created = kind.teaches(payload);
  const all = [...(created === null ? [] : [created]), ...kind.changes(payload).map(({ record }) => record)];
  return [...new Map(all.map((record) => [subjectOf(record), record])).values()];
}
