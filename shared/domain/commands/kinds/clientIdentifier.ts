// An identity paper of a client: its type out of head office's own list, and its number. Head office keeps one of each type for a client and one
// client for each number, and refuses what would be a second (contract 6.4).

import type { LocalId } from '../../../kernel/ids.ts';
import { creationOf, type Kind, type RecordRef } from './kind.ts';

export interface ClientIdentifierPayload {
  readonly kind: 'clientIdentifier';
  readonly identifierId: LocalId;
  readonly clientId: LocalId;
  /** Head office's number of the type, and its name when it was recorded. */
  readonly documentTypeId: number;
  readonly documentType: string;
  readonly documentKey: string;
  readonly description: string;
}

/** Head office keeps so many characters of a number, and 500 of a description, which carries our mark as well. */
export const DOCUMENT_KEY_MAX = 50;
export const IDENTIFIER_WORDS_MAX = 300;

function identifierRef(localId: LocalId): RecordRef {
  return { kind: 'identifier', localId };
}

export const clientIdentifier: Kind<ClientIdentifierPayload> = {
  version: 1,
  lifts: [],
  subjects: ({ identifierId }) => [creationOf(identifierRef(identifierId))],
  refersTo: ({ clientId }) => [{ kind: 'client', localId: clientId }],
  teaches: ({ identifierId }) => identifierRef(identifierId),
  isOneWith: (one, other) => one.documentTypeId === other.documentTypeId && one.documentKey === other.documentKey,
  numbered: () => null,
  concerns: ({ clientId }) => ({ kind: 'client', localId: clientId }),
  money: null,
  changes: ({ clientId }) => [{ what: 'paper', record: { kind: 'client', localId: clientId } }],
  editable: ({ documentKey, description }) => ({ documentKey, description }),
  edit: (payload, fields) => {
    const documentKey = (fields['documentKey'] ?? payload.documentKey).trim();
    const description = (fields['description'] ?? payload.description).trim();
    if (documentKey === '' || documentKey.length > DOCUMENT_KEY_MAX || description.length > IDENTIFIER_WORDS_MAX) return null;
    return { ...payload, documentKey, description };
  },
  ridesInBatch: () => false,
  looksUpBeforeItGoesAgain: true,
  ways: ['resubmit', 'correct', 'recognise', 'withdraw'],
  never: ['recognise'],
};
