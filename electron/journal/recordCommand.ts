// Writes a new command as queued, with its first event. Everything head office will ever see of it is fixed here (I11): ids, date, amount,
// key, note. The key is kept before anything is sent (contract 12, rule 1).

import type { CommandPayload, CommandRecord } from '../../shared/domain/commands/command.ts';
import { amountOf, kindOf } from '../../shared/domain/commands/kinds/allKinds.ts';
import { assertInvariant } from '../../shared/kernel/assert.ts';
import type { BusinessDate } from '../../shared/kernel/businessDate.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';
import type { WriteStore } from '../ports/store.ts';
import type { JournalParts } from './parts.ts';

export interface CommandDraft {
  readonly commandId: LocalId;
  readonly payload: CommandPayload;
  /** Left out: what its kind says. Given where it goes on behind an earlier command about the same thing. */
  readonly subject?: string;
  readonly dependsOn: LocalId | null;
  readonly recordedBy: string;
  readonly businessDate: BusinessDate;
  readonly recordedAt: number;
  readonly clockDoubt: boolean;
  readonly receiptId: LocalId | null;
  readonly formId: LocalId | null;
}

export function recordCommand(store: WriteStore, parts: JournalParts, draft: CommandDraft): CommandRecord {
  const { payload } = draft;
  const kind = kindOf(payload.kind);
  const money = amountOf(payload);
  assertInvariant(
    money === null || (Number.isSafeInteger(money.amountMinor) && money.amountMinor > 0),
    'I11',
    'a command about money carries a whole positive amount',
  );
  const command: CommandRecord = {
    ...draft,
    subject: draft.subject ?? kind.subjects(payload)[0],
    sequence: store.lastSequence() + 1,
    kind: payload.kind,
    payloadVersion: kind.version,
    state: 'queued',
    submission: 1,
    idempotencyKey: parts.ids.newId(),
    attempts: 0,
    nextAttemptAt: null,
    sentAt: null,
    sentAs: draft.recordedBy,
    postSingly: false,
    lastOutcome: null,
    serverResourceId: null,
  };
  store.insertCommand(command);
  store.insertCommandEvent({
    commandId: command.commandId,
    at: draft.recordedAt,
    from: null,
    to: 'queued',
    why: 'recorded',
    by: draft.recordedBy,
    facts: {},
  });
  return command;
}
