// What is typed of a group or a center before it is founded.

export interface Founded {
  readonly formId: string;
  readonly pageId: string;
  readonly name: string;
  readonly externalId: string;
  readonly staffId: number | null;
  readonly submittedOn: string;
  readonly activationDate: string | null;
  /** Ids of the clients of a group, or of the groups of a center. */
  readonly members: string[];
}
