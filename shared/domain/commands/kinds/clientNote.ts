// A note on a client: appended to what is known of them, never changed (contract 6.5). Head office keeps no id of ours with it, so it carries
// the command's own id as a mark in its text and is found again by that.

import type { LocalId } from '../../../kernel/ids.ts';
import { subjectOf, type Kind } from './kind.ts';

export interface ClientNotePayload {
  readonly kind: 'clientNote';
  readonly clientId: LocalId;
  readonly text: string;
}

/** Head office takes 1000 characters, and the mark with its origin needs room beside the words. */
export const NOTE_TEXT_MAX = 800;

export const clientNote: Kind<ClientNotePayload> = {
  version: 1,
  lifts: [],
  subjects: ({ clientId }) => [subjectOf({ kind: 'client', localId: clientId })],
  refersTo: ({ clientId }) => [{ kind: 'client', localId: clientId }],
  teaches: () => null,
  numbered: () => null,
  concerns: ({ clientId }) => ({ kind: 'client', localId: clientId }),
  money: null,
  changes: ({ clientId, text }) => [{ what: 'entry', record: { kind: 'client', localId: clientId }, text }],
  editable: ({ text }) => ({ text }),
  edit: (payload, { text }) => (text === undefined || text.trim() === '' || text.length > NOTE_TEXT_MAX ? null : { ...payload, text }),
  ridesInBatch: () => false,
  // Head office takes the same words as often as they come.
  looksUpBeforeItGoesAgain: true,
  ways: ['resubmit', 'correct', 'withdraw', 'recognise'],
  never: ['recognise'],
};
