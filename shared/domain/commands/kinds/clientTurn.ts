// A turn in a client's life with the institution, line or no line: activated, closed, rejected, withdrawn, taken back, or given to somebody of the
// staff. Each is wanted as a state, so a second telling is harmless, and what stands there already was told.

import type { BusinessDate } from '../../../kernel/businessDate.ts';
import type { LocalId } from '../../../kernel/ids.ts';
import type { ChosenOption } from './clientRegistration.ts';
import { subjectOf, type Kind, type RecordChange } from './kind.ts';

/** In which states a client is that may be taken back. */
export const ENDED = ['closed', 'rejected', 'withdrawn'] as const;
export type Ended = (typeof ENDED)[number];

export type Turn =
  | { readonly what: 'activate'; readonly on: BusinessDate }
  | { readonly what: 'close' | 'reject' | 'withdraw'; readonly on: BusinessDate; readonly reason: ChosenOption }
  /** Back to one who is registered and not active. */
  | { readonly what: 'reopen'; readonly from: Ended; readonly on: BusinessDate }
  | { readonly what: 'serve'; readonly staff: ChosenOption; readonly before: string | null };

export interface ClientTurnPayload {
  readonly kind: 'clientTurn';
  readonly clientId: LocalId;
  readonly turn: Turn;
}

/** The state that a turn brings; null where it brings none. */
export function stateAfter({ what }: Turn): 'active' | 'pending' | Ended | null {
  return AFTER[what];
}

const AFTER = {
  activate: 'active',
  close: 'closed',
  reject: 'rejected',
  withdraw: 'withdrawn',
  reopen: 'pending',
  serve: null,
} as const;

const clientRef = (localId: LocalId) => ({ kind: 'client', localId }) as const;

export const clientTurn: Kind<ClientTurnPayload> = {
  version: 1,
  lifts: [],
  subjects: ({ clientId }) => [subjectOf(clientRef(clientId))],
  refersTo: ({ clientId }) => [clientRef(clientId)],
  teaches: () => null,
  numbered: () => null,
  concerns: ({ clientId }) => clientRef(clientId),
  money: null,
  changes: ({ clientId, turn }) => [changeOf(clientId, turn)],
  editable: () => ({}),
  edit: () => null,
  ridesInBatch: () => false,
  looksUpBeforeItGoesAgain: true,
  ways: ['resubmit', 'withdraw', 'recognise'],
  never: ['recognise'],
};

function changeOf(clientId: LocalId, turn: Turn): RecordChange {
  const record = clientRef(clientId);
  return turn.what === 'serve'
    ? { what: 'fields', record, fields: { staffName: { before: turn.before, after: turn.staff.name } } }
    : { what: 'state', record, state: AFTER[turn.what] };
}
