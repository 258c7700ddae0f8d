// Head office was put back to an earlier day and gave a number to another record. What was recorded for the one that had it stays that one's, and
// is looked up at head office: most of it is lost there, and becomes a case.

import { kindOf } from '../../shared/domain/commands/kinds/allKinds.ts';
import type { Parted, WriteStore } from '../ports/store.ts';
import { appendEntry } from './appendEntry.ts';
import { currentBusinessDate } from './currentBusinessDate.ts';
import type { JournalParts } from './parts.ts';
import { changeSuspects } from './settings.ts';

/** Facts of one record that are looked up: more than anybody records of one. */
const FACTS_MOST = 1_000;

export function noteParted(write: WriteStore, parts: JournalParts, parted: readonly Parted[]): void {
  for (const { kind, localId, serverId } of parted) {
    appendEntry(write, parts.digest, {
      what: 'record.numberGivenAgain',
      by: 'tawi',
      businessDate: currentBusinessDate(write, parts.clock),
      at: parts.clock.now(),
      body: { kind, record: localId, serverId },
    });
    const promised =
      kind === 'loan' || kind === 'savings'
        ? write.effectsOf(kind, localId).map(({ commandId }) => commandId)
        : write.factsOf({ kind, localId }, FACTS_MOST).flatMap((fact) => (kindOf(fact.kind).money === null ? [fact.commandId] : []));
    if (promised.length > 0) changeSuspects(write, (known) => [...known, ...promised]);
  }
}
