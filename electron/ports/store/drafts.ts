// Half-filled forms.

export interface DraftRecord {
  readonly username: string;
  readonly draftKey: string;
  readonly body: string;
  /** Of a form that is recorded once: its draft ends with the record. */
  readonly formId: string | null;
  readonly keptAt: number;
}

export interface DraftReads {
  draft(username: string, draftKey: string): DraftRecord | null;
  drafts(username: string | null): readonly DraftRecord[];
}

export interface DraftWrites {
  saveDraft(draft: DraftRecord): void;
  deleteDraftsOfForm(formId: string): void;
  deleteDraft(username: string, draftKey: string): void;
}
