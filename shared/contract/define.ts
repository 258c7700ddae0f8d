// How a method of the contract is written down: who may ask, what goes in, what comes out, and every way in which the branch can say no.
// The renderer imports types from this room, never values: schemas are interpreted in one place, the dispatcher.

import type { z } from 'zod';
import type { Permission } from '../domain/access/permissions.ts';
import type { Result } from '../kernel/result.ts';

/** 'anyone': before sign-in. 'signedIn': any member of staff with an unlocked session. Otherwise a right, checked in the branch. */
export type Admission = 'anyone' | 'signedIn' | Permission;

export interface Method<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType, R extends string = string> {
  readonly kind: 'query' | 'command';
  readonly permission: Admission;
  readonly input: I;
  readonly output: O;
  readonly refusals: readonly R[];
}

interface MethodDraft<I extends z.ZodType, O extends z.ZodType, R extends string> {
  readonly permission: Admission;
  readonly input: I;
  readonly output: O;
  readonly refusals?: readonly R[];
}

export function query<I extends z.ZodType, O extends z.ZodType, const R extends string = never>(
  draft: MethodDraft<I, O, R>,
): Method<I, O, R> {
  return { kind: 'query', permission: draft.permission, input: draft.input, output: draft.output, refusals: draft.refusals ?? [] };
}

export function command<I extends z.ZodType, O extends z.ZodType, const R extends string = never>(
  draft: MethodDraft<I, O, R>,
): Method<I, O, R> {
  return { kind: 'command', permission: draft.permission, input: draft.input, output: draft.output, refusals: draft.refusals ?? [] };
}

/** Refusals that any method can answer with; the dispatcher gives them before a use case runs, or after it broke. */
export const COMMON_REFUSALS = [
  'session.signedOut',
  'session.locked',
  'session.notPermitted',
  'session.moneyInOnly',
  'input.invalid',
  'method.unknown',
  'branch.notReady',
  'branch.notOwner',
  'store.full',
  'store.busy',
  'store.corrupt',
  'transport.unreachable',
  'transport.tooManyRequests',
  'fault',
] as const;
export type CommonRefusal = (typeof COMMON_REFUSALS)[number];

/** Facts travel beside the code and are named in the translated sentence; amounts are minor units and end in `Minor`. */
export type RefusalFacts = Readonly<Record<string, string | number | boolean | null>>;

export type Refusal<Code extends string = string> = {
  readonly code: Code | CommonRefusal;
  readonly facts?: RefusalFacts | undefined;
  readonly incidentId?: string | undefined;
};

export type ContractShape = Readonly<Record<string, Readonly<Record<string, Method>>>>;

export type InputOf<M> = M extends Method<infer I> ? z.input<I> : never;
export type ParsedInputOf<M> = M extends Method<infer I> ? z.output<I> : never;
export type OutputOf<M> = M extends Method<z.ZodType, infer O> ? z.output<O> : never;
export type RefusalOf<M> = M extends Method<z.ZodType, z.ZodType, infer R> ? Refusal<R> : never;
export type AnswerOf<M> = Result<OutputOf<M>, RefusalOf<M>>;

/** What a screen sees: every method as a function that answers a plain result and never throws. */
export type BranchClient<C extends ContractShape> = {
  readonly [Noun in keyof C]: { readonly [Verb in keyof C[Noun]]: (input: InputOf<C[Noun][Verb]>) => Promise<AnswerOf<C[Noun][Verb]>> };
};
