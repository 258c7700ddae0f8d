// The transition table of a command, as a pure function: (command, what happened) -> next progress and what follows from it.
// States are assigned nowhere else (I3). A transition that the table does not hold is a fault, never a guess.
// A definite refusal needs a manager and a new key; an unknown outcome keeps its key until head office was read (contract 3, 7.4, 12).

import { assert, assertInvariant } from '../../kernel/assert.ts';
import type { BusinessDate } from '../../kernel/businessDate.ts';
import { exhaustive } from '../../kernel/exhaustive.ts';
import type { ExceptionKind, Resolution } from '../records.ts';
import { backoffMs } from './backoff.ts';
import { isClosedThere, type Anew } from './anew.ts';
import type { CommandProgress, CommandRecord, CommandState, Outcome } from './command.ts';
import { freeDateOf, kindOf, payloadThere } from './kinds/allKinds.ts';

export type Transition =
  | { readonly kind: 'approve' }
  | { readonly kind: 'decline' }
  | { readonly kind: 'send' }
  | { readonly kind: 'answer'; readonly outcome: Outcome }
  /** Read at head office: certainly not there now. */
  | { readonly kind: 'absent' }
  /** The process ended while it was being sent. */
  | { readonly kind: 'restarted' }
  | { readonly kind: 'release'; readonly sentAs: string }
  | { readonly kind: 'resubmit'; readonly anew: Anew | null }
  | { readonly kind: 'reverse' }
  | { readonly kind: 'suspend' }
  /** Given up by a person: before it was sent, or after head office refused it. `why`: what stands in its place, if anything. */
  | { readonly kind: 'withdraw'; readonly why: WithdrawnWhy }
  /** What it needs was given up, and it may be at head office: a person decides what becomes of it, once that was looked up. */
  | { readonly kind: 'orphan' }
  /** What it would have created was there already. */
  | { readonly kind: 'merge'; readonly serverResourceId: number }
  /** `postedOn`: the day on which head office posted it, where that is another than was asked. */
  | { readonly kind: 'recognise'; readonly serverTransactionId: number; readonly postedOn?: BusinessDate }
  /** A manager takes up what stands in suspense, and settles it in the same moment (ADR 0027). */
  | { readonly kind: 'takeUp'; readonly code: string; readonly message: string | null }
  /** Head office confirmed it once and holds it no longer (restored from a backup, or undone there). */
  | { readonly kind: 'vanish'; readonly code: string }
  /** It was about to go under new marks, and stands under those of before: head office was put back to before it undid it. */
  | { readonly kind: 'stands'; readonly anew: Anew; readonly serverTransactionId: number }
  /** While its case is open, the account shows it under our own mark: a late copy of a refused request went through. */
  | { readonly kind: 'found'; readonly serverTransactionId: number }
  /** The same after a manager had settled it without head office. */
  | { readonly kind: 'appear'; readonly serverTransactionId: number }
  /** Head office undid what had appeared: what the manager decided before stands again. */
  | { readonly kind: 'undone'; readonly earlier: Resolution };

/** 'amended', 'corrected': another command stands in its place. 'withParent': what it needed was given up. 'voided': its money went back on paper. */
export type WithdrawnWhy = 'withdrawn' | 'voided' | 'amended' | 'corrected' | 'withParent';

export type Consequence =
  | { readonly kind: 'effectConfirmed'; readonly serverTransactionId: number }
  /** The confirmed account holds the transaction already, under a number that carries none of our marks. */
  | { readonly kind: 'effectRecognised'; readonly serverTransactionId: number }
  | { readonly kind: 'effectDisputed' }
  | { readonly kind: 'effectCounts' }
  | { readonly kind: 'effectDropped' }
  /** The confirmed row holds what was settled otherwise here: it is counted there, and nobody draws on it until a manager decided. */
  | { readonly kind: 'effectContradicted'; readonly serverTransactionId: number }
  | {
      readonly kind: 'openException';
      readonly exception: ExceptionKind;
      readonly code: string;
      readonly message: string | null;
    }
  /** By head office's own books, not by a person. */
  | { readonly kind: 'closeException'; readonly resolution: Resolution; readonly reason: string };

export interface Moment {
  readonly now: number;
  /** In [0, 1), for the jitter of the pause. */
  readonly fraction: number;
  /** Made before the transition and kept with it, so that the same submission never has two keys. */
  readonly newKey: string;
  /** The newest day that head office can have open. */
  readonly openDay: BusinessDate;
}

export interface Verdict {
  readonly progress: CommandProgress;
  readonly consequences: readonly Consequence[];
  /** For the timeline: one word of ours, never a sentence. */
  readonly why: string;
}

/**
 * A 425 that persists beyond ten minutes stays for ever; after reading absence the next try takes a new key (contract 3.3). Counted in
 * attempts, since the wall clock may lie: with doubling pauses the twelfth attempt lies at least ten minutes after the first.
 */
export const STUCK_KEY_ATTEMPTS = 12;
/**
 * What head office neither takes nor refuses goes to a manager in the end, because its account waits behind it: after some two days of asking
 * about a date that head office's day does not reach or whose books stay closed, or half a day of faults of its own with nothing posted.
 */
const DAY_BEHIND_ATTEMPTS = 1_000;
const NEVER_TAKEN_ATTEMPTS = 400;
/**
 * Nobody here can see what a checker decides about a posting to the books: after some day of asking a manager is told of it by name, and again
 * after each day for which they let it wait. What was approved in the meantime is found by its reference, for a new submission is looked up
 * before it is sent.
 */
const UNSEEN_ATTEMPTS = 400;
/** What head office refuses as a duplicate and yet does not hold goes this often (sent and read by turns) before a manager is asked. */
const DUPLICATE_ATTEMPTS = 12;

/** Our own codes, where head office's books say more than its answers did. */
const POSTED_AFTER_ALL = 'headOffice.postedAfterAll';
const UNDONE_THERE = 'headOffice.undoneThere';
const NEVER_SEEN = 'checker.neverSeen';
/** A checker said no; head office keeps the entry with its key. */
const REJECTED = 'checker.rejected';
const REJECTED_BEFORE: Outcome = { kind: 'inDoubt', why: 'restarted', rejectedBefore: true };
const PARENT_GIVEN_UP = 'command.parentGivenUp';

const FROM: Readonly<Record<Transition['kind'], readonly CommandState[]>> = {
  approve: ['held'],
  decline: ['held'],
  send: ['queued', 'inDoubt'],
  answer: ['sending'],
  absent: ['sending'],
  restarted: ['sending'],
  stands: ['sending'],
  release: ['queued', 'inDoubt'],
  resubmit: ['rejected'],
  reverse: ['rejected'],
  suspend: ['rejected'],
  withdraw: ['held', 'queued', 'rejected'],
  orphan: ['queued', 'inDoubt'],
  merge: ['rejected'],
  recognise: ['rejected'],
  takeUp: ['resolved'],
  vanish: ['accepted', 'resolved'],
  found: ['rejected'],
  appear: ['resolved', 'withdrawn'],
  undone: ['rejected'],
};

export function mayMove(state: CommandState, transition: Transition['kind']): boolean {
  return FROM[transition].includes(state);
}

/** Nothing of it ever left the house. One that goes once more under its own key begins with no attempt again, and was sent all the same. */
export function isUnsent(command: Pick<CommandRecord, 'state' | 'attempts' | 'submission' | 'sentAt'>): boolean {
  const isFirst = command.attempts === 0 && command.submission === 1 && command.sentAt === null;
  return command.state === 'held' || (command.state === 'queued' && isFirst);
}

export function applyOutcome(command: CommandRecord, transition: Transition, moment: Moment): Verdict {
  assertInvariant(mayMove(command.state, transition.kind), 'I5', `${transition.kind} from ${command.state}`);
  switch (transition.kind) {
    case 'approve':
      return move(command, { state: 'queued' }, 'approved');
    case 'decline':
      return move(command, { state: 'withdrawn' }, 'declined', [{ kind: 'effectDropped' }]);
    case 'send':
      return move(
        command,
        { state: 'sending', attempts: command.attempts + 1, sentAt: moment.now, nextAttemptAt: null },
        command.state === 'inDoubt' ? 'lookingUp' : 'sending',
      );
    case 'answer':
      return applyAnswer(command, transition.outcome, moment);
    case 'absent':
      return applyAbsence(command, moment);
    case 'restarted':
      return move(command, { state: 'inDoubt', lastOutcome: restartedDoubt(command), nextAttemptAt: null }, 'restarted');
    case 'release':
      return move(command, { sentAs: transition.sentAs, nextAttemptAt: null }, 'released');
    case 'resubmit':
      // Another submission, other attempts: patience that was used up for the old key says nothing of the new one.
      return move(
        command,
        {
          ...resubmitted(command),
          ...(mayStillWait(command) || wasRejected(command) ? {} : newSubmission(command, moment)),
          attempts: 0,
          nextAttemptAt: null,
          serverResourceId: null,
          anew: transition.anew,
        },
        transition.anew === null ? 'resubmitted' : 'resubmittedAnew',
        [{ kind: 'effectCounts' }],
      );
    case 'reverse':
      return move(command, { state: 'resolved' }, 'reversed', [{ kind: 'effectDropped' }]);
    case 'suspend':
      return move(command, { state: 'resolved' }, 'suspended', [{ kind: 'effectDropped' }]);
    case 'withdraw':
      assertInvariant(isUnsent(command) || command.state === 'rejected', 'I2', 'what may be at head office is not given up here');
      return move(command, { state: 'withdrawn', nextAttemptAt: null }, transition.why, [{ kind: 'effectDropped' }]);
    case 'orphan':
      return move(
        command,
        { state: 'rejected', lastOutcome: { kind: 'rejected', code: PARENT_GIVEN_UP, message: null, status: 0 }, nextAttemptAt: null },
        'parentGivenUp',
        [{ kind: 'effectDisputed' }, { kind: 'openException', exception: 'refused', code: PARENT_GIVEN_UP, message: null }],
      );
    case 'merge':
      return move(
        command,
        {
          state: 'resolved',
          serverResourceId: transition.serverResourceId,
          lastOutcome: { kind: 'accepted', serverTransactionId: transition.serverResourceId, how: 'recognised' },
        },
        'merged',
      );
    case 'recognise':
      return move(
        command,
        {
          state: 'resolved',
          serverResourceId: transition.serverTransactionId,
          lastOutcome: {
            kind: 'accepted',
            serverTransactionId: transition.serverTransactionId,
            how: 'recognised',
            ...(mayStillWait(command) ? { mayWait: true } : {}),
          },
          ...(transition.postedOn === undefined ? {} : { anew: { marks: command.anew?.marks ?? 0, postedOn: transition.postedOn } }),
        },
        'recognised',
        [{ kind: 'effectRecognised', serverTransactionId: transition.serverTransactionId }],
      );
    case 'takeUp': {
      assertInvariant(command.lastOutcome?.kind !== 'accepted', 'I5', 'what head office holds is not taken up');
      return move(command, { state: 'rejected' }, 'takenUp', [
        { kind: 'effectDisputed' },
        { kind: 'openException', exception: 'recovered', code: transition.code, message: transition.message },
      ]);
    }
    case 'vanish':
      return move(
        command,
        { state: 'rejected', lastOutcome: { kind: 'rejected', code: transition.code, message: null, status: 0, ...waitsAgain(command) } },
        'vanished',
        [{ kind: 'effectDisputed' }, { kind: 'openException', exception: 'vanished', code: transition.code, message: null }],
      );
    case 'stands':
      return move(
        command,
        {
          state: 'accepted',
          lastOutcome: { kind: 'accepted', serverTransactionId: transition.serverTransactionId, how: 'found' },
          serverResourceId: transition.serverTransactionId,
          nextAttemptAt: null,
          anew: transition.anew.marks === 0 && transition.anew.postedOn === null ? null : transition.anew,
        },
        'found',
        [{ kind: 'effectConfirmed', serverTransactionId: transition.serverTransactionId }],
      );
    case 'found':
      return move(
        command,
        {
          state: 'accepted',
          lastOutcome: { kind: 'accepted', serverTransactionId: transition.serverTransactionId, how: 'found' },
          serverResourceId: transition.serverTransactionId,
          nextAttemptAt: null,
        },
        'foundAfterAll',
        [
          { kind: 'effectRecognised', serverTransactionId: transition.serverTransactionId },
          { kind: 'closeException', resolution: 'recognise', reason: POSTED_AFTER_ALL },
        ],
      );
    case 'appear':
      return move(
        command,
        { state: 'rejected', lastOutcome: { kind: 'rejected', code: POSTED_AFTER_ALL, message: null, status: 0 } },
        'postedAfterAll',
        [
          { kind: 'effectContradicted', serverTransactionId: transition.serverTransactionId },
          { kind: 'openException', exception: 'postedAfterAll', code: POSTED_AFTER_ALL, message: null },
        ],
      );
    case 'undone':
      if (transition.earlier === 'recognise') {
        assert(command.serverResourceId !== null, 'what was recognised has its number');
        const outcome = { kind: 'accepted', serverTransactionId: command.serverResourceId, how: 'recognised' } as const;
        return move(command, { state: 'resolved', lastOutcome: outcome }, 'recognitionStands', [
          { kind: 'effectRecognised', serverTransactionId: command.serverResourceId },
          { kind: 'closeException', resolution: 'recognise', reason: UNDONE_THERE },
        ]);
      }
      return move(command, { state: transition.earlier === 'withdraw' ? 'withdrawn' : 'resolved' }, standsAgain(transition.earlier), [
        { kind: 'effectDropped' },
        { kind: 'closeException', resolution: transition.earlier, reason: UNDONE_THERE },
      ]);
    default:
      return exhaustive(transition);
  }
}

function standsAgain(earlier: Resolution): string {
  if (earlier === 'withdraw') return 'withdrawalStands';
  return earlier === 'suspend' ? 'suspenseStands' : 'reversalStands';
}

function applyAnswer(command: CommandRecord, outcome: Outcome, moment: Moment): Verdict {
  const later = moment.now + backoffMs(command.attempts, moment.fraction);
  switch (outcome.kind) {
    case 'accepted':
      assertInvariant(command.serverResourceId === null, 'I2', 'a command has at most one accepted server transaction');
      if (outcome.how === 'replayed' && isSentAlone(command) && wasNotThere(command))
        return move(
          command,
          { state: 'inDoubt', lastOutcome: { kind: 'inDoubt', why: 'duplicateMarker' }, nextAttemptAt: moment.now },
          'duplicateMarker',
        );
      return move(
        command,
        { state: 'accepted', lastOutcome: outcome, serverResourceId: outcome.serverTransactionId, nextAttemptAt: null },
        outcome.how,
        [{ kind: 'effectConfirmed', serverTransactionId: outcome.serverTransactionId }],
      );
    case 'rejected':
      if (outcome.code === REJECTED && isAskedAgain(command)) return goAnew(command, moment);
      if (isClosedThere(outcome.code) && freeDateOf(payloadThere(command)) !== null && command.attempts < DAY_BEHIND_ATTEMPTS)
        return applyClosedBooks(command, moment);
      return move(command, { state: 'rejected', lastOutcome: outcome, nextAttemptAt: null }, 'rejected', [
        { kind: 'effectDisputed' },
        {
          kind: 'openException',
          exception: outcome.code === 'error.msg.not.authorized' ? 'notPermitted' : 'refused',
          code: outcome.code,
          message: outcome.message,
        },
      ]);
    case 'retryLater':
      if (outcome.why === 'headOfficeDayBehind' && command.attempts >= DAY_BEHIND_ATTEMPTS) {
        return applyAnswer(command, { kind: 'rejected', code: 'headOffice.dayBehind', message: null, status: 0 }, moment);
      }
      return move(
        command,
        {
          state: 'queued',
          lastOutcome: outcome,
          nextAttemptAt: outcome.why === 'mustPostSingly' ? null : later,
          postSingly: command.postSingly || outcome.why === 'mustPostSingly',
          ...(outcome.keyBurnt ? newSubmission(command, moment) : {}),
        },
        outcome.why,
      );
    case 'inDoubt':
      return move(
        command,
        {
          state: 'inDoubt',
          attempts: attemptsInDoubt(command, outcome),
          lastOutcome: keepFirstDoubt(command, outcome),
          nextAttemptAt: outcome.why === 'duplicateMarker' || outcome.why === 'noReply' ? moment.now : later,
        },
        outcome.why,
      );
    case 'waitingForChecker':
      if (outcome.unseen === true && command.attempts >= UNSEEN_ATTEMPTS)
        return applyAnswer(command, { kind: 'rejected', code: NEVER_SEEN, message: null, status: 0 }, moment);
      return move(command, { state: 'inDoubt', lastOutcome: outcome, nextAttemptAt: later }, 'waitingForChecker');
    case 'signInNeeded':
      // Nothing was stored at head office: the same key stays good. A command that was in doubt stays in doubt.
      return move(
        command,
        {
          state: wasInDoubt(command) ? 'inDoubt' : 'queued',
          nextAttemptAt: null,
          ...(wasInDoubt(command) ? {} : { lastOutcome: outcome }),
        },
        'signInNeeded',
      );
    case 'incompatible':
      return move(command, { state: 'rejected', lastOutcome: outcome, nextAttemptAt: null }, 'incompatible', [
        { kind: 'effectDisputed' },
        { kind: 'openException', exception: 'unknownAnswer', code: outcome.why, message: null },
      ]);
    default:
      return exhaustive(outcome);
  }
}

/**
 * No paper tells the day of it, so no person has to decide that it goes on another one: it goes on the newest open day, as a new submission, for
 * head office repeats a refusal under its key. Where today's books are closed too it waits for a day that is not.
 */
function applyClosedBooks(command: CommandRecord, moment: Moment): Verdict {
  const isEarlier = (freeDateOf(payloadThere(command)) ?? moment.openDay) < moment.openDay;
  return move(
    command,
    {
      state: 'queued',
      lastOutcome: { kind: 'retryLater', why: 'booksClosed', keyBurnt: true },
      nextAttemptAt: isEarlier ? null : moment.now + backoffMs(command.attempts, moment.fraction),
      ...newSubmission(command, moment),
      ...(isEarlier ? { anew: { marks: command.anew?.marks ?? 0, postedOn: moment.openDay } } : {}),
    },
    'booksClosed',
  );
}

/**
 * Head office holds no such transaction. Same key again, unless head office would answer that key for ever with a 425 (contract 3.3) or, for
 * a command sent outside an enclosing batch, with the server error that it stored (contract 3.2). That it stored it has to be known: an error
 * on the way back may hide an entry that waits for a checker, which nobody of the branch can see, and under a new key there would be two.
 */
function applyAbsence(command: CommandRecord, moment: Moment): Verdict {
  if (isAskedAgain(command)) return goAnew(command, moment);
  const doubt = command.lastOutcome;
  if (doubt?.kind === 'inDoubt' && doubt.why === 'duplicateMarker') return applyMissingDuplicate(command, moment);
  const neverTaken =
    doubt?.kind === 'inDoubt' && (doubt.why === 'serverError' || doubt.why === 'unknownShape') && command.attempts >= NEVER_TAKEN_ATTEMPTS;
  if (neverTaken) return applyAnswer(command, { kind: 'rejected', code: 'headOffice.neverTakesIt', message: null, status: 0 }, moment);
  const stuckProcessing = doubt?.kind === 'inDoubt' && doubt.why === 'stillProcessing' && command.attempts >= STUCK_KEY_ATTEMPTS;
  const stuck = stuckProcessing || (doubt?.kind === 'inDoubt' && doubt.stored === true && isSentAlone(command));
  return move(
    command,
    {
      state: 'queued',
      attempts: stuckProcessing ? 0 : command.attempts,
      lastOutcome: { kind: 'retryLater', why: 'absent', keyBurnt: stuck },
      nextAttemptAt:
        doubt?.kind === 'inDoubt' && doubt.why === 'stillProcessing' && !stuck
          ? moment.now + backoffMs(command.attempts, moment.fraction)
          : null,
      ...(stuck ? newSubmission(command, moment) : {}),
    },
    stuck ? 'absentKeyStuck' : 'absent',
  );
}

/** Outside an enclosing batch head office remembers failures; inside one it does not (contract 3.5). */
function isSentAlone(command: CommandRecord): boolean {
  return command.postSingly || !kindOf(command.kind).ridesInBatch(command.payload);
}

/**
 * Head office says that something of ours is taken, and yet holds no such transaction, not even one that was undone. Its word for that is its
 * word for every refusal of its database: most often several people were at one loan at one moment, and the loser's is not there. So it goes
 * again, for whatever guards it still does; what is refused and absent in the end is a person's to look into.
 */
function applyMissingDuplicate(command: CommandRecord, moment: Moment): Verdict {
  if (command.attempts >= DUPLICATE_ATTEMPTS)
    return applyAnswer(command, { kind: 'rejected', code: 'headOffice.refusesUnseen', message: null, status: 0 }, moment);
  const burnt = isSentAlone(command);
  return move(
    command,
    {
      state: 'queued',
      lastOutcome: { kind: 'retryLater', why: 'absent', keyBurnt: burnt },
      nextAttemptAt: moment.now + backoffMs(command.attempts, moment.fraction),
      ...(burnt ? newSubmission(command, moment) : {}),
    },
    'duplicateNotSeen',
  );
}

/** The ten minutes of a key that answers 425 begin with its first 425: what was tried before in vain for other reasons is not counted. */
function attemptsInDoubt(command: CommandRecord, outcome: Outcome & { kind: 'inDoubt' }): number {
  const last = command.lastOutcome;
  const goesOn = last?.kind === 'inDoubt' || (last?.kind === 'retryLater' && last.why === 'absent');
  return outcome.why === 'stillProcessing' && !goesOn ? 1 : command.attempts;
}

function wasInDoubt(command: CommandRecord): boolean {
  return command.lastOutcome?.kind === 'inDoubt' || command.lastOutcome?.kind === 'waitingForChecker';
}

/** A look-up that failed must not hide why there is doubt at all: 'waiting for a checker' and 'still processing' steer the next step. */
function keepFirstDoubt(command: CommandRecord, outcome: Outcome & { kind: 'inDoubt' }): Outcome {
  return outcome.why === 'lookUpFailed' && command.lastOutcome !== null && wasInDoubt(command) ? command.lastOutcome : outcome;
}

/**
 * The entry may wait at head office to this day: nobody here saw a verdict, or head office was put back to before it. The same key asks for it:
 * it brings what was approved, makes what was removed anew, and never stands beside what still waits.
 */
function mayStillWait({ lastOutcome }: CommandRecord): boolean {
  return lastOutcome?.kind === 'rejected' && (lastOutcome.code === NEVER_SEEN || lastOutcome.mayWait === true);
}

/**
 * Of what head office had and lost: what was sent alone may have waited for a checker in the books that were put back. A recognised one was
 * refused under its own key, and stays so, unless nobody had seen what became of it.
 */
function waitsAgain(command: CommandRecord): { readonly mayWait?: true } {
  const was = command.lastOutcome;
  const mayWait = command.state === 'accepted' ? isSentAlone(command) : was?.kind === 'accepted' && was.mayWait === true;
  return mayWait ? { mayWait: true } : {};
}

/**
 * Head office answers from its memory of the key, and yet it was read there a moment ago that nothing stands: posted in between, or lost since.
 * Reading once more tells which.
 */
function wasNotThere({ lastOutcome }: CommandRecord): boolean {
  if (lastOutcome?.kind === 'rejected') return lastOutcome.mayWait === true;
  return lastOutcome?.kind === 'retryLater' && lastOutcome.why === 'absent';
}

/** A checker's no stays with its key, unless head office was put back to before it: then the entry waits once more. */
function wasRejected({ lastOutcome }: CommandRecord): boolean {
  return lastOutcome?.kind === 'rejected' && lastOutcome.code === REJECTED;
}

function restartedDoubt(command: CommandRecord): Outcome {
  return isAskedAgain(command) ? REJECTED_BEFORE : { kind: 'inDoubt', why: 'restarted' };
}

function isAskedAgain({ lastOutcome }: CommandRecord): boolean {
  return lastOutcome?.kind === 'inDoubt' && lastOutcome.rejectedBefore === true;
}

/** Read once more after a checker's no: it stands, and nothing waits. */
function goAnew(command: CommandRecord, moment: Moment): Verdict {
  return move(
    command,
    {
      state: 'queued',
      lastOutcome: { kind: 'retryLater', why: 'absent', keyBurnt: true },
      nextAttemptAt: null,
      ...newSubmission(command, moment),
    },
    'absentKeyStuck',
  );
}

/** What head office would take a second time is looked up before it goes again; what it lost was looked up when its case opened. */
function resubmitted(command: CommandRecord): Pick<CommandProgress, 'state' | 'lastOutcome'> {
  if (wasRejected(command)) return { state: 'inDoubt', lastOutcome: REJECTED_BEFORE };
  if (kindOf(command.kind).looksUpBeforeItGoesAgain) return { state: 'inDoubt', lastOutcome: { kind: 'inDoubt', why: 'restarted' } };
  const was = command.lastOutcome;
  return { state: 'queued', lastOutcome: was?.kind === 'rejected' && was.mayWait === true ? was : null };
}

function newSubmission(command: CommandRecord, moment: Moment): Pick<CommandProgress, 'submission' | 'idempotencyKey'> {
  assertInvariant(
    moment.newKey !== command.idempotencyKey && moment.newKey.length <= 50,
    'I11',
    'a new submission has a key of its own, at most 50 characters',
  );
  return { submission: command.submission + 1, idempotencyKey: moment.newKey };
}

function move(command: CommandRecord, change: Partial<CommandProgress>, why: string, consequences: readonly Consequence[] = []): Verdict {
  const progress: CommandProgress = {
    state: command.state,
    submission: command.submission,
    idempotencyKey: command.idempotencyKey,
    attempts: command.attempts,
    nextAttemptAt: command.nextAttemptAt,
    sentAt: command.sentAt,
    sentAs: command.sentAs,
    postSingly: command.postSingly,
    lastOutcome: command.lastOutcome,
    serverResourceId: command.serverResourceId,
    anew: command.anew,
    ...change,
  };
  return { progress, consequences, why };
}
