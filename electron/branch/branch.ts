// What a branch is, seen from a transport: handlers typed from the contract, a doorkeeper that knows every session, and a stream of events.
// The dispatcher is the only caller; nothing here knows IPC, HTTP or Electron.

import type { Admission, AnswerOf, ContractShape, ParsedInputOf, Refusal } from '../../shared/contract/define.ts';
import type { BranchContract, BranchEvent } from '../../shared/contract/branchContract.ts';

/** Who calls: one window, or one browser's session cookie. A person signs in on a channel; the channel itself proves nothing. */
export interface Caller {
  readonly channel: string;
  /** Where a channel is a secret that could be copied: made anew whenever somebody sits down or unlocks, void when they go. */
  readonly secret?: { renew(): string; drop(): void } | undefined;
}

type HandlersOf<C extends ContractShape> = {
  readonly [Noun in keyof C]: {
    readonly [Verb in keyof C[Noun]]: (
      input: ParsedInputOf<C[Noun][Verb]>,
      caller: Caller,
    ) => AnswerOf<C[Noun][Verb]> | Promise<AnswerOf<C[Noun][Verb]>>;
  };
};

export type BranchHandlers = HandlersOf<BranchContract>;

export interface Branch {
  readonly handlers: BranchHandlers;
  /** Null when the person signed in on this channel may ask; otherwise why not. Touches the idle clock of the session. */
  admit(caller: Caller, admission: Admission): Refusal<never> | null;
  /** Runs what an admitted caller asked for, as long as that person is there: after each await it is asked again (ports/calls.ts). */
  during<T>(caller: Caller, admission: Admission, work: () => T): T;
  /** Whether somebody is signed in on the channel, locked or not. */
  isSignedIn(channel: string): boolean;
  /** Hands every event to the listener until the returned function is called. */
  listen(listener: (event: BranchEvent) => void): () => void;
  /** Starts the sync loop and the recovery of whatever was under way when the last process ended. */
  start(): void;
  /** Ends cleanly: stops the loop and writes that this was a clean end. */
  stop(): Promise<void>;
}
