// Half-filled forms.

import type { DraftReads, DraftWrites } from '../../ports/store.ts';
import { localDrafts } from '../schema/local/drafts.ts';
import { change, insertInto, replacing, selectFrom } from '../statements.ts';
import type { Session } from '../statements.ts';

export function readDrafts(session: Session): DraftReads {
  const one = selectFrom(session, localDrafts, 'WHERE username = ? AND draft_key = ?');
  const of = selectFrom(session, localDrafts, 'WHERE username = ? ORDER BY kept_at');
  const all = selectFrom(session, localDrafts, 'ORDER BY username, kept_at');
  return {
    draft: (username, draftKey) => one.one(username, draftKey),
    drafts: (username) => (username === null ? all.all() : of.all(username)),
  };
}

export function writeDrafts(session: Session): DraftWrites {
  const remove = change(session, 'DELETE FROM local_drafts WHERE username = ? AND draft_key = ?');
  const removeOfForm = change(session, 'DELETE FROM local_drafts WHERE form_id = ?');
  return {
    saveDraft: insertInto(session, localDrafts, replacing(localDrafts, 'username, draft_key')),
    deleteDraftsOfForm: (formId) => void removeOfForm(formId),
    deleteDraft: (username, draftKey) => void remove(username, draftKey),
  };
}
