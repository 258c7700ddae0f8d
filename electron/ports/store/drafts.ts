// Half-filled forms.

export interface DraftRecord {
  readonly username: string;
  readonly draftKey: string;
  readonly body: string;
  readonly keptAt: number;
}

export interface DraftReads {
  draft(username: string, draftKey: string): DraftRecord | null;
  drafts(username: string | null): readonly DraftRecord[];
}

export interface DraftWrites {
  saveDraft(draft: DraftRecord): void;
  deleteDraft(username: string, draftKey: string): void;
}
