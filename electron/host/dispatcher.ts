// The only interpreter of the contract: finds the method, parses the input, asks the doorkeeper, runs, and gives the reply its final shape.
// A refusal passes; anything thrown becomes a code and an incident number. No stack, SQL, address or input value ever leaves through here.

import type { Branch, BranchHandlers, Caller } from '../branch/branch.ts';
import type { Diagnostics } from '../ports/clock.ts';
import { CallEnded } from '../ports/calls.ts';
import type { StoreFaultKind } from '../ports/store.ts';
import { StoreFault } from '../ports/store.ts';
import { branchContract } from '../../shared/contract/branchContract.ts';
import type { ContractShape, Method, Refusal } from '../../shared/contract/define.ts';
import { COMMON_REFUSALS } from '../../shared/contract/define.ts';
import { isPlainInput } from './plainInput.ts';
import type { Reply } from './doorway.ts';

/** What answers while there is no branch: the first run, or a store that cannot be opened. */
export type FrontDoor = Pick<BranchHandlers['session'], 'showStart' | 'openPractice' | 'connectHeadOffice' | 'moveHeadOffice'>;

interface DispatcherParts {
  branch(): Branch | null;
  readonly frontDoor: FrontDoor;
  readonly diagnostics: Diagnostics;
  readonly monotonicMs: () => number;
  /**
   * 'strict': an answer that breaks its own schema is a fault (development, tests). 'lenient': it is recorded and handed over all the
   * same, because a receipt that was already written must reach the cashier.
   */
  readonly answers: 'strict' | 'lenient';
}

export type Dispatch = (method: string, input: unknown, caller: Caller) => Promise<Reply>;

interface KnownMethod {
  readonly noun: string;
  readonly verb: string;
  readonly method: Method;
}

/** Slower than this and a cashier notices; the budget on the main thread is 16 ms (house: Errors). */
const SLOW_MS = 40;

const commonCodes: ReadonlySet<string> = new Set(COMMON_REFUSALS);

const codeOfStoreFault: Readonly<Record<StoreFaultKind, Refusal['code']>> = {
  busy: 'store.busy',
  full: 'store.full',
  corrupt: 'store.corrupt',
  notOwner: 'branch.notOwner',
  readOnly: 'fault',
  newer: 'fault',
  unknown: 'fault',
};

function methodsByName(contract: ContractShape): ReadonlyMap<string, KnownMethod> {
  const known = new Map<string, KnownMethod>();
  for (const [noun, verbs] of Object.entries(contract)) {
    for (const [verb, method] of Object.entries(verbs)) known.set(`${noun}.${verb}`, { noun, verb, method });
  }
  return known;
}

type Handler = (input: unknown, caller: Caller) => Reply | Promise<Reply>;

/** The handlers are typed method by method; a name that came as text leaves those types, so the schema stands in for them. */
function handlerOf(handlers: object, path: readonly string[]): Handler | null {
  let found: unknown = handlers;
  for (const name of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return null;
    found = (found as Readonly<Record<string, unknown>>)[name];
  }
  return typeof found === 'function' ? (found as Handler) : null;
}

function frozenRefusal(refusal: Refusal): Reply {
  const { code, facts, incidentId } = refusal;
  return Object.freeze({
    ok: false,
    refusal: Object.freeze({ code, ...(facts === undefined ? {} : { facts }), ...(incidentId === undefined ? {} : { incidentId }) }),
  });
}

export function createDispatcher(parts: DispatcherParts): Dispatch {
  const known = methodsByName(branchContract);

  function faulted(error: unknown, name: string): Reply {
    const incidentId = parts.diagnostics.incident(error, name);
    return frozenRefusal({ code: error instanceof StoreFault ? codeOfStoreFault[error.kind] : 'fault', incidentId });
  }

  function shapeReply(reply: Reply, { method }: KnownMethod, name: string): Reply {
    if (!reply.ok) {
      const { code } = reply.refusal;
      if (!commonCodes.has(code) && !method.refusals.includes(code)) throw new Error('a refusal outside the contract');
      return frozenRefusal(reply.refusal);
    }
    const shaped = method.output.safeParse(reply.value);
    if (shaped.success) return Object.freeze({ ok: true, value: shaped.data });
    // Only where it broke, never what stood there.
    const where = shaped.error.issues.map((issue) => issue.path.join('.')).join(' ');
    parts.diagnostics.record('fault', 'answer.outsideContract', { method: name, where });
    if (parts.answers === 'strict') throw new Error('an answer outside the contract');
    return Object.freeze({ ok: true, value: reply.value });
  }

  async function run(name: string, found: KnownMethod, input: unknown, caller: Caller): Promise<Reply> {
    if (!isPlainInput(input)) return frozenRefusal({ code: 'input.invalid' });
    const parsed = found.method.input.safeParse(input);
    if (!parsed.success) {
      const member = parsed.error.issues[0]?.path.join('.') ?? '';
      return frozenRefusal({ code: 'input.invalid', facts: { member } });
    }
    const branch = parts.branch();
    if (branch === null) {
      const handler = found.noun === 'session' ? handlerOf(parts.frontDoor, [found.verb]) : null;
      if (handler === null) return frozenRefusal({ code: 'branch.notReady' });
      return shapeReply(await handler(parsed.data, caller), found, name);
    }
    const stopped = branch.admit(caller, found.method.permission);
    if (stopped !== null) return frozenRefusal(stopped);
    const handler = handlerOf(branch.handlers, [found.noun, found.verb]);
    if (handler === null) throw new Error('a method of the contract without a handler');
    const reply = await branch.during(caller, found.method.permission, () => handler(parsed.data, caller));
    return shapeReply(reply, found, name);
  }

  return async function dispatch(name, input, caller) {
    // The name is a stranger's too: it is only ever used as a key of the map.
    const found = typeof name === 'string' ? known.get(name) : undefined;
    if (found === undefined) return frozenRefusal({ code: 'method.unknown' });
    const began = parts.monotonicMs();
    try {
      return await run(name, found, input, caller);
    } catch (error) {
      if (error instanceof CallEnded) return frozenRefusal(error.refusal);
      return faulted(error, name);
    } finally {
      const tookMs = Math.round(parts.monotonicMs() - began);
      if (tookMs > SLOW_MS) parts.diagnostics.record('info', 'call.slow', { method: name, tookMs });
    }
  };
}
