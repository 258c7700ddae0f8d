// A command that is given up, or said anew in another one's place. What waits for it is never left without an answer: it is given up too,
// or waits for the one that took the place (I4).

import { isUnsent, mayMove, type WithdrawnWhy } from '../../shared/domain/commands/applyOutcome.ts';
import type { CommandRecord } from '../../shared/domain/commands/command.ts';
import { kindOf, mayBeGivenUp, type CommandPayload } from '../../shared/domain/commands/kinds/allKinds.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';
import type { ReadStore, WriteStore } from '../ports/store.ts';
import { appendEntry } from './appendEntry.ts';
import { currentBusinessDate } from './currentBusinessDate.ts';
import { moveCommand } from './moveCommand.ts';
import type { JournalParts } from './parts.ts';
import { recordCommand } from './recordCommand.ts';

/** Whatever waits for it, and for that in turn, the latest first: each is given up before what it needs. */
export function childrenOf(read: ReadStore, commandId: LocalId): readonly CommandRecord[] {
  const found = new Map<LocalId, CommandRecord>();
  const visit = (id: LocalId): void => {
    for (const child of read.neededBy(id)) {
      if (found.has(child.commandId)) continue;
      found.set(child.commandId, child);
      visit(child.commandId);
    }
  };
  visit(commandId);
  return [...found.values()].sort((one, other) => other.sequence - one.sequence);
}

/** Whether each of them can be given up here, or become a case: nothing of it is on paper, and nothing is on its way now. */
export function mayGoAlong(children: readonly CommandRecord[]): boolean {
  return children.every((child) => mayBeGivenUp(child.kind) && child.state !== 'sending');
}

/**
 * Whether what it refers to was created here, lost at head office and then given up: its number there may be another one's now, so nothing goes
 * under it any more.
 */
export function isOrphan(read: ReadStore, { kind, payload }: CommandRecord): boolean {
  return kindOf(kind)
    .refersTo(payload)
    .some((record) => {
      const creations = read
        .factsOf(record, Number.MAX_SAFE_INTEGER)
        .filter((fact) => kindOf(fact.kind).teaches(fact.payload)?.localId === record.localId);
      return creations.length > 0 && creations.every(({ state }) => state === 'withdrawn');
    });
}

/** Answers how many were given up. The caller has asked what becomes of the children; what of them may be at head office becomes a case of its own. */
export function withdraw(write: WriteStore, parts: JournalParts, command: CommandRecord, by: string, reason: string): number {
  const waiting = childrenOf(write, command.commandId);
  const children = waiting.filter(isUnsent);
  for (const child of children) moveCommand(write, parts, child.commandId, { kind: 'withdraw', why: 'withParent' }, by);
  for (const child of waiting)
    if (!isUnsent(child) && mayMove(child.state, 'orphan')) moveCommand(write, parts, child.commandId, { kind: 'orphan' }, by);
  moveCommand(write, parts, command.commandId, { kind: 'withdraw', why: 'withdrawn' }, by);
  note(write, parts, 'command.withdrawn', by, {
    command: command.commandId,
    reason,
    children: children.map(({ commandId }) => commandId),
  });
  return children.length + 1;
}

/** The new command, in the place of the old one; it is its maker's own, and what waited for the old one waits for it. */
export function replace(
  write: WriteStore,
  parts: JournalParts,
  command: CommandRecord,
  payload: CommandPayload,
  why: Extract<WithdrawnWhy, 'amended' | 'corrected'>,
  by: string,
): CommandRecord {
  const waiting = write.neededBy(command.commandId);
  moveCommand(write, parts, command.commandId, { kind: 'withdraw', why }, by);
  const commandId = parts.ids.newId();
  const next = recordCommand(
    write,
    parts,
    {
      commandId,
      payload,
      recordedBy: by,
      businessDate: currentBusinessDate(write, parts.clock),
      recordedAt: parts.clock.now(),
      clockDoubt: command.clockDoubt,
      receiptId: null,
      formId: null,
      replaces: command.commandId,
      // What needed a second person needs one in other words too; after a refusal a manager has just said it.
      ...(command.hold !== null && why === 'amended' ? { hold: command.hold } : {}),
    },
    { what: `command.${why}`, body: { command: command.commandId, by: commandId, says: { ...kindOf(payload.kind).editable(payload) } } },
  );
  for (const child of waiting) write.insertPrerequisite(child.commandId, next.commandId);
  return next;
}

function note(write: WriteStore, parts: JournalParts, what: string, by: string, body: Parameters<typeof appendEntry>[2]['body']): void {
  appendEntry(write, parts.digest, { what, by, businessDate: currentBusinessDate(write, parts.clock), at: parts.clock.now(), body });
}
