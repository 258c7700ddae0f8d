// Facts on a record that are not about money, as a screen shows them: what somebody noted, and where it stands on its way.

import type { RecordFact } from '../../../shared/contract/shapes.ts';
import type { CommandRecord } from '../../../shared/domain/commands/command.ts';
import { kindOf } from '../../../shared/domain/commands/kinds/allKinds.ts';
import type { RecordRef } from '../../../shared/domain/commands/kinds/kind.ts';
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
