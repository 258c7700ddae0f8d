// What somebody was typing when the power went. A draft belongs to its writer and is no fact: it may be thrown away.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { isLocalId, type LocalId } from '../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { recordedFacts } from '../counter/usedForm.ts';
import type { BranchParts } from '../parts.ts';
import type { Session } from '../session/sessions.ts';

type Drafts = BranchContract['drafts'];

export function keepDraft(parts: BranchParts, session: Session, input: ParsedInputOf<Drafts['keep']>): AnswerOf<Drafts['keep']> {
  const keptAt = parts.clock.now();
  const formId = formIdIn(input.body);
  return parts.store.write((write): AnswerOf<Drafts['keep']> => {
    // A page that fell behind may not bring back what has become a fact meanwhile.
    const used = formId === null ? null : write.commandOfForm(formId);
    if (used !== null) return refuse({ code: 'form.alreadyUsed', facts: recordedFacts(write, used) });
    write.saveDraft({ username: session.username, draftKey: input.draftKey, body: input.body, formId, keptAt });
    return ok({ keptAt });
  });
}

/** Which form the body says it is of: the one thing in it that is ours to read. */
function formIdIn(body: string): LocalId | null {
  let read: unknown;
  try {
    read = JSON.parse(body);
  } catch {
    return null;
  }
  const named = typeof read === 'object' && read !== null && 'formId' in read ? read.formId : null;
  return typeof named === 'string' && isLocalId(named) ? named : null;
}

export function showDraft(parts: BranchParts, session: Session, input: ParsedInputOf<Drafts['show']>): AnswerOf<Drafts['show']> {
  const draft = parts.store.read((read) => read.draft(session.username, input.draftKey));
  return ok(draft === null ? null : { draftKey: draft.draftKey, body: draft.body, keptAt: draft.keptAt });
}

export function listDrafts(parts: BranchParts, session: Session): AnswerOf<Drafts['list']> {
  return ok(parts.store.read((read) => read.drafts(session.username)).map(({ draftKey, body, keptAt }) => ({ draftKey, body, keptAt })));
}

export function discardDraft(parts: BranchParts, session: Session, input: ParsedInputOf<Drafts['discard']>): AnswerOf<Drafts['discard']> {
  parts.store.write((write) => {
    write.deleteDraft(session.username, input.draftKey);
  });
  return ok({});
}
