// What somebody was typing when the power went. A draft belongs to its writer and is no fact: it may be thrown away.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { ok } from '../../../shared/kernel/result.ts';
import type { BranchParts } from '../parts.ts';
import type { Session } from '../session/sessions.ts';

type Drafts = BranchContract['drafts'];

export function keepDraft(parts: BranchParts, session: Session, input: ParsedInputOf<Drafts['keep']>): AnswerOf<Drafts['keep']> {
  const keptAt = parts.clock.now();
  parts.store.write((write) => {
    write.saveDraft({ username: session.username, draftKey: input.draftKey, body: input.body, keptAt });
  });
  return ok({ keptAt });
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
