// Every kind of command, one line each. All names here are persisted and therefore append-only: one may be added, never renamed.

import { assert } from '../../../kernel/assert.ts';
import type { BusinessDate } from '../../../kernel/businessDate.ts';
import type { CounterPaper } from '../../receipts/undoes.ts';
import type { Anew } from '../anew.ts';
import type { FileRef } from '../../files/fileRef.ts';
import { centerRegistration } from './centerRegistration.ts';
import { clientDocument } from './clientDocument.ts';
import { clientIdentifier } from './clientIdentifier.ts';
import { clientEdit } from './clientEdit.ts';
import { clientNote } from './clientNote.ts';
import { clientPicture } from './clientPicture.ts';
import { clientRegistration } from './clientRegistration.ts';
import { clientTurn } from './clientTurn.ts';
import { disbursalUndo } from './disbursalUndo.ts';
import { groupChange } from './groupChange.ts';
import { groupEdit } from './groupEdit.ts';
import { groupRegistration } from './groupRegistration.ts';
import type { Kind, MoneyEffect } from './kind.ts';
import { loanApplication } from './loanApplication.ts';
import { loanDecision } from './loanDecision.ts';
import { loanDisbursal } from './loanDisbursal.ts';
import { loanRepayment } from './loanRepayment.ts';
import { savingsApplication } from './savingsApplication.ts';
import { savingsDecision } from './savingsDecision.ts';
import { savingsDeposit } from './savingsDeposit.ts';
import { savingsHold } from './savingsHold.ts';
import { savingsRelease } from './savingsRelease.ts';
import { savingsTransfer } from './savingsTransfer.ts';
import { savingsWithdrawal } from './savingsWithdrawal.ts';
import { suspensePosting } from './suspensePosting.ts';

const KINDS = {
  loanRepayment,
  savingsDeposit,
  savingsWithdrawal,
  suspensePosting,
  clientNote,
  clientEdit,
  savingsTransfer,
  loanDecision,
  clientRegistration,
  loanDisbursal,
  clientPicture,
  clientIdentifier,
  clientDocument,
  groupChange,
  groupRegistration,
  clientTurn,
  loanApplication,
  savingsApplication,
  savingsDecision,
  groupEdit,
  disbursalUndo,
  savingsHold,
  savingsRelease,
  centerRegistration,
} as const;

export type CommandKindName = keyof typeof KINDS;
/** The payload of each kind by its name: what a table over all kinds is typed with, so that a missing one does not compile. */
export type PayloadOfKind = {
  readonly [Name in CommandKindName]: (typeof KINDS)[Name] extends Kind<infer Payload extends { readonly kind: Name }> ? Payload : never;
};
export type CommandPayload = PayloadOfKind[CommandKindName];

export const COMMAND_KINDS = Object.keys(KINDS) as readonly CommandKindName[];

export function isCommandKind(name: unknown): name is CommandKindName {
  return typeof name === 'string' && Object.hasOwn(KINDS, name);
}

/** The chapter of a kind, to be asked about payloads of that kind alone. */
export function kindOf(name: CommandKindName): Kind<CommandPayload> {
  return KINDS[name];
}

/** The payload as its newest submission says it: what is sent, and what is looked for at head office. */
export function payloadThere(command: { readonly payload: CommandPayload; readonly anew: Anew | null }): CommandPayload {
  const { payload, anew } = command;
  if (anew === null) return payload;
  const chapter = kindOf(payload.kind);
  return chapter.money?.submittedAs(payload, anew) ?? chapter.submittedAs?.(payload, anew) ?? payload;
}

/** Whether another submission of it may say another day, or carry marks of its own. */
export function maySayAnew(name: CommandKindName): boolean {
  const chapter = kindOf(name);
  return chapter.money !== null || chapter.submittedAs !== undefined;
}

/** The day that it goes on where no paper tells that day; null: a person says so. */
export function freeDateOf(payload: CommandPayload): BusinessDate | null {
  const chapter = kindOf(payload.kind);
  return chapter.money?.freeDate(payload) ?? chapter.freeDate?.(payload) ?? null;
}

/** What it holds of an account, in whole minor units, or, negative, lets go; null where it does neither. */
export function heldBy(payload: CommandPayload): { readonly heldMinor: number; readonly decimals: number } | null {
  return kindOf(payload.kind).held?.(payload) ?? null;
}

/** The sum that a command carries; null for a fact that is not about money. */
export function amountOf(payload: CommandPayload): { readonly amountMinor: number; readonly decimals: number } | null {
  return kindOf(payload.kind).money?.amountOf(payload) ?? null;
}

/** What it does to the accounts of clients whose money it moves; none where there are none. */
export function effectsOf(payload: CommandPayload): readonly MoneyEffect[] {
  return kindOf(payload.kind).money?.effects(payload) ?? [];
}

/** The account of a client whose money it moves, and where there are several the one that pays; null where there is none. */
export function accountOf(payload: CommandPayload): MoneyEffect | null {
  return effectsOf(payload)[0] ?? null;
}

/** Whether the number that head office answers is one of a transaction. What is undone there leaves none. */
export function leavesTransaction(payload: CommandPayload): boolean {
  return effectsOf(payload).some(({ posting }) => posting.what !== null);
}

/** The state that what it concerns has by it; null where it changes none. */
export function stateItMakes(payload: CommandPayload): string | null {
  const change = kindOf(payload.kind)
    .changes(payload)
    .find(({ what }) => what === 'state');
  return change?.what === 'state' ? change.state : null;
}

/** The file that a command carries; null where there is none. */
export function fileOf(payload: CommandPayload): FileRef | null {
  return kindOf(payload.kind).file?.(payload) ?? null;
}

/** A person may give it up before it was sent, or after a refusal: nothing of it stands on paper. */
export function mayBeGivenUp(name: CommandKindName): boolean {
  return kindOf(name).ways.includes('withdraw');
}

/** Whether money of the branch went out, into somebody's hand. */
export function isPaidOut(name: CommandKindName): boolean {
  return kindOf(name).money?.cash === 'paid';
}

/** The paper by which its money goes back, or its first way once more after that. */
export function counterPaperOf(name: CommandKindName, way: 'back' | 'again'): CounterPaper {
  const papers = kindOf(name).money?.papers ?? null;
  assert(papers !== null, 'only what stands on a receipt goes back on a paper');
  return papers[way];
}

/** Signed as the branch counts it: what goes out is negative, and what is not money is nothing. */
export function signedMinor(name: CommandKindName, amountMinor: number): number {
  return (kindOf(name).money?.sign ?? 0) * amountMinor;
}
