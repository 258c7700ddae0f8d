// Before it leaves the branch: a second person decides what is held, and its maker gives up or rewords what was never sent. What stands on
// paper is neither: it is reversed by a receipt of its own.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { isUnsent } from '../../../shared/domain/commands/applyOutcome.ts';
import type { CommandRecord } from '../../../shared/domain/commands/command.ts';
import { kindOf, mayBeGivenUp } from '../../../shared/domain/commands/kinds/allKinds.ts';
import { isReason } from '../../../shared/domain/reasons.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { appendEntry } from '../../journal/appendEntry.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { childrenOf, mayGoAlong, replace, withdraw } from '../../journal/giveUpCommand.ts';
import { moveCommand } from '../../journal/moveCommand.ts';
import type { ReadStore } from '../../ports/store.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import { isSamePerson } from '../session/samePerson.ts';
import type { Session } from '../session/sessions.ts';

type Sync = BranchContract['sync'];

export function decideHeld(
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  input: ParsedInputOf<Sync['decideHeld']>,
): AnswerOf<Sync['decideHeld']> {
  const answer = parts.store.write((write): AnswerOf<Sync['decideHeld']> => {
    const command = write.command(input.commandId);
    if (command === null) return refuse({ code: 'command.unknown' });
    if (command.state !== 'held' || command.hold === null) return refuse({ code: 'command.notHeld' });
    if (clockWatch.unanswered(write) !== null) return refuse({ code: 'clock.answerFirst' });
    if (isSamePerson(write, command.recordedBy, session.username)) return refuse({ code: 'command.makerCannotDecide' });
    if (!input.agrees && !isReason(input.reason)) return refuse({ code: 'command.reasonNeeded' });
    // What waits for it goes with it: without it nothing of theirs can be sent.
    const children = input.agrees ? [] : childrenOf(write, command.commandId);
    if (!mayGoAlong(children)) return refuse({ code: 'resolution.childrenStay' });
    for (const child of children) moveCommand(write, parts, child.commandId, { kind: 'withdraw', why: 'withParent' }, session.username);
    moveCommand(write, parts, command.commandId, { kind: input.agrees ? 'approve' : 'decline' }, session.username);
    appendEntry(write, parts.digest, {
      what: input.agrees ? 'command.approved' : 'command.declined',
      by: session.username,
      businessDate: currentBusinessDate(write, parts.clock),
      at: parts.clock.now(),
      body: {
        command: command.commandId,
        maker: command.recordedBy,
        heldBecause: command.hold.why,
        right: command.hold.mayDecide,
        seen: { ...kindOf(command.kind).editable(command.payload) },
        reason: input.reason,
      },
    });
    return ok({});
  });
  return told(parts, answer);
}

export function withdrawCommand(
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  input: ParsedInputOf<Sync['withdrawCommand']>,
): AnswerOf<Sync['withdrawCommand']> {
  const answer = parts.store.write((write): AnswerOf<Sync['withdrawCommand']> => {
    const own = ownUnsent(write, clockWatch, session, write.command(input.commandId));
    if (!own.ok) return own;
    const children = childrenOf(write, own.value.commandId);
    if (!mayGoAlong(children)) return refuse({ code: 'resolution.childrenStay' });
    if (children.length > 0 && !input.withChildren) return refuse({ code: 'command.childrenWait', facts: { count: children.length } });
    return ok({ withdrawn: withdraw(write, parts, own.value, session.username, input.reason) });
  });
  return told(parts, answer);
}

export function amendCommand(
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  input: ParsedInputOf<Sync['amendCommand']>,
): AnswerOf<Sync['amendCommand']> {
  const answer = parts.store.write((write): AnswerOf<Sync['amendCommand']> => {
    const own = ownUnsent(write, clockWatch, session, write.command(input.commandId));
    if (!own.ok) return own;
    const payload = kindOf(own.value.kind).edit(own.value.payload, input.edits);
    if (payload === null) return refuse({ code: 'command.badWords' });
    return ok({ commandId: replace(write, parts, own.value, payload, 'amended', session.username).commandId });
  });
  return told(parts, answer);
}

function ownUnsent(
  read: ReadStore,
  clockWatch: ClockWatch,
  session: Session,
  command: CommandRecord | null,
): Result<
  CommandRecord,
  { readonly code: 'command.unknown' | 'command.onPaper' | 'command.notYours' | 'command.alreadySent' | 'clock.answerFirst' }
> {
  if (command === null) return refuse({ code: 'command.unknown' });
  if (clockWatch.unanswered(read) !== null) return refuse({ code: 'clock.answerFirst' });
  if (command.receiptId !== null || !mayBeGivenUp(command.kind)) return refuse({ code: 'command.onPaper' });
  if (!isSamePerson(read, command.recordedBy, session.username)) return refuse({ code: 'command.notYours' });
  return isUnsent(command) ? ok(command) : refuse({ code: 'command.alreadySent' });
}

function told<A extends { readonly ok: boolean }>(parts: BranchParts, answer: A): A {
  if (answer.ok) {
    parts.events.tell({ what: 'sync.changed' });
    parts.events.tell({ what: 'account.changed', clientIds: [] });
    parts.sync.wake();
  }
  return answer;
}
