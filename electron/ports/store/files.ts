// Which files the rows name, and pictures and papers of clients.

import type { CommandRecord } from '../../../shared/domain/commands/command.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import type { IdentifierThere } from '../headOffice.ts';

/** What head office was asked for, and what of it lies in the vault: null where it has no picture, or only the small one came. */
export interface PulledPicture {
  readonly clientId: LocalId;
  readonly askedAt: number;
  readonly small: string | null;
  readonly whole: string | null;
}

/** A client's identity papers as head office listed them. */
export interface PulledIdentifiers {
  readonly clientId: LocalId;
  readonly askedAt: number;
  readonly identifiers: readonly IdentifierThere[];
}

export interface FileReads {
  /** The hashes that facts of this branch name. */
  filesOfFacts(): readonly string[];
  /** The hashes of pictures that head office gave out; they can be asked for again. */
  filesPulled(): readonly string[];
  /** The newest picture taken here that was not given up: of this client, and of those that were made one with them. */
  newestPictureOf(clientId: LocalId): CommandRecord | null;
  pulledPicture(clientId: LocalId): PulledPicture | null;
  /** Null where head office was never asked. */
  pulledIdentifiers(clientId: LocalId): PulledIdentifiers | null;
  /** Clients whom head office has and who are there, never asked for or not since then; the longest ago first. */
  clientsWithoutPicture(askedBefore: number, most: number): readonly { readonly clientId: LocalId; readonly serverId: number }[];
}

export interface FileWrites {
  savePulledPicture(picture: PulledPicture): void;
  savePulledIdentifiers(pulled: PulledIdentifiers): void;
}
