// Facts on a record that are not about money, as a screen shows them: what somebody noted, and where it stands on its way.

import type { RecordChange, RecordFact } from '../../../shared/contract/shapes.ts';
import type { CommandRecord } from '../../../shared/domain/commands/command.ts';
import { kindOf } from '../../../shared/domain/commands/kinds/allKinds.ts';
import type { RecordChange as ViewChange, RecordRef } from '../../../shared/domain/commands/kinds/kind.ts';
import type { ReadStore } from '../../ports/store.ts';
import { standingOf } from '../counter/receiptLine.ts';

const FACTS_MOST = 100;

/** Entries of a record's history, the latest first; what was said anew stands there in its new words alone. */
export function entriesOf(read: ReadStore, record: RecordRef): RecordFact[] {
  const facts = read.factsOf(record, FACTS_MOST);
  const replaced = new Set(facts.map(({ replaces }) => replaces));
  return facts.flatMap((command) => (replaced.has(command.commandId) ? [] : (recordFact(read, command) ?? [])));
}

export function recordFact(read: ReadStore, command: CommandRecord): RecordFact | null {
  const entry = kindOf(command.kind)
    .changes(command.payload)
    .find(({ what }) => what === 'entry');
  if (entry?.what !== 'entry') return null;
  return {
    commandId: command.commandId,
    kind: command.kind,
    text: entry.text,
    recordedBy: read.staff(command.recordedBy)?.displayName ?? command.recordedBy,
    recordedAt: command.recordedAt,
    businessDate: command.businessDate,
    standing: standingOf(command.state),
    withdrawn: command.state === 'withdrawn',
    exceptionId: command.state === 'rejected' ? (read.openExceptionOf(command.commandId)?.exceptionId ?? null) : null,
  };
}

/** What changes the record's own fields and state, the latest first: what was given up or said anew is none of them. */
export function changesOf(read: ReadStore, record: RecordRef): RecordChange[] {
  return read.factsOf(record, FACTS_MOST).flatMap((command) => {
    if (command.state === 'withdrawn') return [];
    const { fields, state } = changeIn(kindOf(command.kind).changes(command.payload));
    if (fields.length === 0 && state === null) return [];
    return {
      commandId: command.commandId,
      kind: command.kind,
      fields,
      state,
      recordedBy: read.staff(command.recordedBy)?.displayName ?? command.recordedBy,
      recordedAt: command.recordedAt,
      standing: standingOf(command.state),
      exceptionId: command.state === 'rejected' ? (read.openExceptionOf(command.commandId)?.exceptionId ?? null) : null,
    };
  });
}

function changeIn(changes: readonly ViewChange[]): Pick<RecordChange, 'fields' | 'state'> {
  const fields = changes.flatMap((change) =>
    change.what === 'fields' ? Object.entries(change.fields).map(([name, { before, after }]) => ({ name, before, after })) : [],
  );
  const state = changes.findLast(({ what }) => what === 'state');
  return { fields, state: state?.what === 'state' ? state.state : null };
}
