// Offline declared by a person: nothing is sent or read until it is ended. The mode belongs to the branch, not to a PC's network (look 2).

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { appendEntry } from '../../journal/appendEntry.ts';
import { readSetting, saveSetting } from '../../journal/settings.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import type { BranchParts } from '../parts.ts';
import type { Session } from '../session/sessions.ts';

type Sync = BranchContract['sync'];

export function declareOffline(
  parts: BranchParts,
  session: Session,
  input: ParsedInputOf<Sync['declareOffline']>,
): AnswerOf<Sync['declareOffline']> {
  const answer = parts.store.write((write): AnswerOf<Sync['declareOffline']> => {
    if (readSetting(write, 'offlineDeclared') !== null) return refuse({ code: 'offline.alreadyDeclared' });
    const at = parts.clock.now();
    saveSetting(write, 'offlineDeclared', { by: session.username, at, reason: input.reason });
    appendEntry(write, parts.digest, {
      what: 'offline.declared',
      by: session.username,
      businessDate: currentBusinessDate(write, parts.clock),
      at,
      body: { reason: input.reason },
    });
    return ok({});
  });
  parts.events.tell({ what: 'sync.changed' });
  return answer;
}

export function endOffline(parts: BranchParts, session: Session): AnswerOf<Sync['endOffline']> {
  const answer = parts.store.write((write): AnswerOf<Sync['endOffline']> => {
    const declared = readSetting(write, 'offlineDeclared');
    if (declared === null) return refuse({ code: 'offline.notDeclared' });
    const at = parts.clock.now();
    saveSetting(write, 'offlineDeclared', null);
    appendEntry(write, parts.digest, {
      what: 'offline.ended',
      by: session.username,
      businessDate: currentBusinessDate(write, parts.clock),
      at,
      body: { declaredBy: declared.by, declaredAt: declared.at },
    });
    return ok({});
  });
  if (answer.ok) parts.sync.wake();
  parts.events.tell({ what: 'sync.changed' });
  return answer;
}
