// What decisions on an account before money lies on it have in common, of a loan and of a savings account alike.

import { subjectOf, type Kind, type RecordRef } from './kind.ts';

/** Head office takes 1000 characters, and the mark with its origin needs room beside the words. */
export const DECISION_NOTE_MAX = 800;

/** `account`: which one is decided on; `state`: the one that the decision leads to. */
export function accountDecision<P extends { readonly note: string }>(
  account: (payload: P) => RecordRef,
  state: (payload: P) => string,
): Kind<P> {
  return {
    version: 1,
    lifts: [],
    subjects: (payload) => [subjectOf(account(payload))],
    refersTo: (payload) => [account(payload)],
    teaches: () => null,
    numbered: () => null,
    concerns: account,
    money: null,
    changes: (payload) => [{ what: 'state', record: account(payload), state: state(payload) }],
    editable: ({ note }) => ({ note }),
    edit: (payload, { note }) => (note === undefined || note.length > DECISION_NOTE_MAX ? null : { ...payload, note }),
    ridesInBatch: () => false,
    // A second one is refused there, but by then somebody may have asked for it anew: what is known of the first comes before.
    looksUpBeforeItGoesAgain: true,
    ways: ['resubmit', 'correct', 'withdraw', 'recognise'],
    never: ['recognise'],
  };
}
