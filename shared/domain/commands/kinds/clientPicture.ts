// A client's picture. Head office keeps one, and a new one takes its place, so it may go any number of times (contract 6.4).

import type { LocalId } from '../../../kernel/ids.ts';
import type { FileRef } from '../../files/fileRef.ts';
import { uploadSubject, type Kind } from './kind.ts';

export interface ClientPicturePayload {
  readonly kind: 'clientPicture';
  readonly clientId: LocalId;
  readonly file: FileRef;
}

/** In order among the pictures of one client, and in nobody else's way. */
export function pictureSubject(clientId: LocalId): string {
  return uploadSubject('picture', clientId);
}

export const clientPicture: Kind<ClientPicturePayload> = {
  version: 1,
  lifts: [],
  subjects: ({ clientId }) => [pictureSubject(clientId)],
  refersTo: ({ clientId }) => [{ kind: 'client', localId: clientId }],
  teaches: () => null,
  numbered: () => null,
  concerns: ({ clientId }) => ({ kind: 'client', localId: clientId }),
  money: null,
  changes: ({ clientId }) => [{ what: 'paper', record: { kind: 'client', localId: clientId } }],
  editable: () => ({}),
  edit: () => null,
  file: ({ file }) => file,
  ridesInBatch: () => false,
  looksUpBeforeItGoesAgain: true,
  ways: ['resubmit', 'recognise', 'withdraw'],
  never: ['recognise'],
};
