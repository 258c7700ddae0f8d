// A file with a name among the documents of a client, or of an identity paper of theirs. Head office takes the same file as often as it comes
// (contract 6.4), so its name there carries the command's own id, and the list is read before it goes again.

import type { LocalId } from '../../../kernel/ids.ts';
import type { FileRef } from '../../files/fileRef.ts';
import { uploadSubject, type Kind } from './kind.ts';

export interface ClientDocumentPayload {
  readonly kind: 'clientDocument';
  readonly documentId: LocalId;
  readonly clientId: LocalId;
  /** What it belongs to. */
  readonly owner: { readonly kind: 'client' | 'identifier'; readonly localId: LocalId };
  readonly name: string;
  readonly file: FileRef;
}

/** Head office keeps 250 characters, and the mark needs room. */
export const DOCUMENT_NAME_MAX = 150;

export const clientDocument: Kind<ClientDocumentPayload> = {
  version: 1,
  lifts: [],
  subjects: ({ documentId }) => [uploadSubject('document', documentId)],
  refersTo: ({ owner }) => [owner],
  teaches: () => null,
  numbered: () => null,
  concerns: ({ clientId }) => ({ kind: 'client', localId: clientId }),
  money: null,
  changes: ({ clientId }) => [{ what: 'paper', record: { kind: 'client', localId: clientId } }],
  editable: ({ name }) => ({ name }),
  edit: (payload, { name }) => {
    const words = name?.trim() ?? '';
    return words === '' || words.length > DOCUMENT_NAME_MAX ? null : { ...payload, name: words };
  },
  file: ({ file }) => file,
  ridesInBatch: () => false,
  looksUpBeforeItGoesAgain: true,
  ways: ['resubmit', 'correct', 'recognise', 'withdraw'],
  never: ['recognise'],
};
