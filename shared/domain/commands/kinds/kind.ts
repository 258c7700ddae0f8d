// What a kind of command says about itself, purely: one chapter per kind beside this file, one line in allKinds.ts. Whoever has to know
// something of a kind asks its chapter; nobody else compares a kind with a name (a tidy test watches over that).

import type { BusinessDate } from '../../../kernel/businessDate.ts';
import type { Json } from '../../../kernel/canonicalJson.ts';
import type { LocalId } from '../../../kernel/ids.ts';
import type { FileRef } from '../../files/fileRef.ts';
import type { CounterPaper } from '../../receipts/undoes.ts';
import type { Resolution } from '../../records.ts';
import type { Anew } from '../anew.ts';

export type AccountKind = 'loan' | 'savings';
/** What head office keeps under a number of its own and the branch under a local id. */
export type RecordKind = 'client' | 'group' | 'center' | 'identifier' | 'hold' | AccountKind;

export interface RecordRef {
  readonly kind: RecordKind;
  readonly localId: LocalId;
}

export type StoredPayload = Readonly<Record<string, Json | undefined>>;

/** From one version to the next. Once released it is never changed, and never removed while a journal may hold such a payload. */
export interface PayloadLift {
  readonly from: number;
  readonly lift: (stored: StoredPayload) => StoredPayload;
}

/**
 * A transaction that head office shows of it, to be recognised by kind, sum and date. `what` is the word of a pulled transaction; null: head
 * office keeps none of it.
 */
export interface ExpectedPosting {
  readonly what: string | null;
  readonly amountMinor: number;
  readonly transactionDate: BusinessDate;
  readonly receiptNumber: string;
}

/** What the command does to an account's sum: savings up or down; what is owed on a loan goes down (negative). */
export interface MoneyEffect {
  readonly accountKind: AccountKind;
  readonly accountId: LocalId;
  readonly deltaMinor: number;
  /** The transaction by which that account shows it at head office. */
  readonly posting: ExpectedPosting;
}

/** What a command that carries money says of it. Amounts are whole minor units, always positive. */
export interface MoneyTraits<P> {
  amountOf(payload: P): { readonly amountMinor: number; readonly decimals: number };
  /** Which way cash crosses the counter when it is paid in cash; null: no drawer moves. */
  readonly cash: 'taken' | 'paid' | null;
  /** By which of them its money goes back, and its first way once more after that; null where no money of it stands on a paper. */
  readonly papers: { readonly back: CounterPaper; readonly again: CounterPaper } | null;
  /** How it counts in a sum over commands: in or out of the branch. */
  readonly sign: 1 | -1;
  /** Counts against the limits of what may be paid out without head office. */
  readonly limitedOffline: boolean;
  /** One per account that it touches, and no account twice; none where no client's account is touched. Where there are several, the first
   * is the account that pays. */
  effects(payload: P): readonly MoneyEffect[];
  /** As its newest submission says it. */
  submittedAs(payload: P, anew: Anew): P;
  /** The day that it goes on, where no paper tells that day: closed books put it on the newest open one by themselves. Null: a person says so. */
  freeDate(payload: P): BusinessDate | null;
  /** The receipt whose money it carries, where that is another command's. */
  receiptOf(payload: P): string | null;
}

/** What a field said when the change was recorded, and what it says with it. */
export interface FieldChange {
  readonly before: string | null;
  readonly after: string | null;
}

/** What a fact that is not about money does to the view of a record, until head office's own row says it. */
export type RecordChange =
  | { readonly what: 'fields'; readonly record: RecordRef; readonly fields: Readonly<Record<string, FieldChange>> }
  | { readonly what: 'state'; readonly record: RecordRef; readonly state: string }
  /** Appended to its history; nothing that stands there changes. */
  | { readonly what: 'entry'; readonly record: RecordRef; readonly text: string }
  /** A picture or a paper is laid beside it. */
  | { readonly what: 'paper'; readonly record: RecordRef }
  /** Money on it is held, or let go. */
  | { readonly what: 'held'; readonly record: RecordRef };

export interface Kind<P> {
  /** Of the payload. A new one brings its lift along, and a migration, so that older programs refuse the file. */
  readonly version: number;
  /** One from each version before; empty while 1 is the first. */
  readonly lifts: readonly PayloadLift[];
  /** What order is kept for, such as `loan:<local id>`: one, or several where one command concerns several (a transfer). */
  subjects(payload: P): readonly [string, ...string[]];
  /** The records whose server ids it is sent with. An earlier command that creates one of them has to be through first. */
  refersTo(payload: P): readonly RecordRef[];
  /** The record that it creates: head office's answer teaches its server id. Its subject is `creationOf` that record. */
  teaches(payload: P): RecordRef | null;
  /** Whether another command of this kind made the very record that this one makes; left out where no two do under one number of head office's. */
  isOneWith?(payload: P, other: P): boolean;
  /** The number under which that record is known here at once, an alias for ever; null where there is none. */
  numbered(payload: P): string | null;
  /** The record whose two truths stand beside each other when head office refuses it; null where there is none. */
  concerns(payload: P): RecordRef | null;
  /** Null for a fact that is not about money. */
  readonly money: MoneyTraits<P> | null;
  /** What it holds of an account without moving it, in whole minor units, or, negative, lets go; left out where it holds nothing. */
  held?(payload: P): { readonly heldMinor: number; readonly decimals: number };
  /** What it does to views beside money; several where one command changes several things. */
  changes(payload: P): readonly RecordChange[];
  /** What a person may write anew of it, by name: before it was sent, or after a refusal. Nothing of what stands on paper. */
  editable(payload: P): Readonly<Record<string, string>>;
  /** With other words in these places; null where they make no payload of this kind. */
  edit(payload: P, fields: Readonly<Record<string, string>>): P | null;
  /** As whoever decides on its case saw head office say it, before they write it anew; left out where that changes nothing. */
  seen?(payload: P, serverMessage: string | null): P;
  /** Of a fact without money: as its newest submission says it; left out where another one says nothing else. */
  submittedAs?(payload: P, anew: Anew): P;
  /** Likewise the day that it goes on, as of money; left out where it has none that is free. */
  freeDate?(payload: P): BusinessDate;
  /** The file that it carries, kept in the vault before it is recorded; left out where there is none. In the payload it stands under `file`. */
  file?(payload: P): FileRef;
  /** Whether it may ride in an enclosing batch, which remembers no failure (contract 3.5); alone, a failure stays with its key for ever. */
  ridesInBatch(payload: P): boolean;
  /** Nothing at head office refuses it a second time: after a refusal too it is looked up before it goes again. */
  readonly looksUpBeforeItGoesAgain: boolean;
  /** The ways out of a case, in the order in which they stand on the screen. */
  readonly ways: readonly Resolution[];
  /** Those of them that stay on the screen and are never possible for this kind. */
  readonly never: readonly Resolution[];
}

/**
 * Under this, and not among what happens to the record later, stands the command that creates it: what refers to the record waits for it as for
 * a prerequisite, also where it is said anew behind them.
 */
export function creationOf(record: RecordRef): string {
  return `new:${subjectOf(record)}`;
}

export function subjectOf({ kind, localId }: RecordRef): string {
  return `${kind}:${localId}`;
}

/** What carries a file has a subject of this form: it goes after everything else that may go, and one at a time. */
const UPLOAD = 'upload:';

export function uploadSubject(what: string, localId: LocalId): string {
  return `${UPLOAD}${what}:${localId}`;
}

export function isUploadSubject(subject: string): boolean {
  return subject.startsWith(UPLOAD);
}
