// What a pull could not read: left out aloud, and tried again.

export interface LeftOutRecord {
  readonly shelf: string;
  /** Server id; where not even that could be read, minus the place in the list, counted from 1; 0 for a list that could not be read at all. */
  readonly serverId: number;
  /** Names a member or a status, never a content. */
  readonly why: string;
  readonly since: number;
  readonly tries: number;
  readonly nextTryAt: number;
}

export interface LeftOutReads {
  leftOut(): readonly LeftOutRecord[];
  leftOutOf(shelf: string, serverId: number): LeftOutRecord | null;
}

export interface LeftOutWrites {
  saveLeftOut(record: LeftOutRecord): void;
  /** Was read after all, or is gone. */
  deleteLeftOut(shelf: string, serverId: number): void;
}
