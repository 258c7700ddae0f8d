// Finds the branch: the bridge that the desktop window offers, otherwise the address this page came from. Screens get a typed BranchApi
// whose methods always answer a plain result; nothing that goes wrong on the way is ever thrown at a screen.

import type { BranchApi, BranchEvent } from '../../shared/contract/branchContract.ts';
import type { BranchConnection, Transport } from './connection.ts';
import { ipcTransport } from './ipcTransport.ts';
import { lanTransport } from './lanTransport.ts';

interface Answer {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly refusal?: { readonly code: string };
}

const UNREACHABLE: Answer = { ok: false, refusal: { code: 'transport.unreachable' } };

function isAnswer(value: unknown): value is Answer {
  if (typeof value !== 'object' || value === null || !('ok' in value)) return false;
  if (value.ok === true) return true;
  return value.ok === false && 'refusal' in value && typeof value.refusal === 'object' && value.refusal !== null && 'code' in value.refusal;
}

/** Answered with the session at this desk. */
const SAY_WHO_SITS: ReadonlySet<string> = new Set(['session.showMine', 'session.signIn', 'session.unlock']);

/** The branch's own answer that nobody sits here or that the desk is locked. No answer at all says neither. */
function tellsOfAnEnd(answer: Answer): boolean {
  if (!answer.ok) return false;
  const mine = answer.value;
  return typeof mine !== 'object' || mine === null || !('locked' in mine) || mine.locked === true;
}

export function connectBranch(transport: Transport = ipcTransport() ?? lanTransport()): BranchConnection {
  const listeners = new Set<(event: BranchEvent) => void>();
  transport.subscribe((event) => {
    for (const listener of listeners) listener(event);
  });

  /** Said once until somebody is at the desk again: what reads on this word is refused in turn, and would say it without end. */
  let saidEnded = false;

  async function ask(method: string, input: unknown): Promise<Answer> {
    let answer: unknown;
    try {
      answer = await transport.call(method, input);
    } catch {
      return UNREACHABLE;
    }
    if (!isAnswer(answer)) return UNREACHABLE;
    if (SAY_WHO_SITS.has(method) && !tellsOfAnEnd(answer)) saidEnded = false;
    // A session that ended elsewhere must close this desk too, whichever screen noticed it first.
    const code = answer.ok ? '' : answer.refusal?.code;
    if (!saidEnded && (code === 'session.signedOut' || code === 'session.locked')) {
      saidEnded = true;
      for (const listener of listeners) listener({ what: 'session.changed' });
    }
    return answer;
  }

  const verbs = new Map<string, unknown>();
  const api = new Proxy(
    {},
    {
      get(_target, noun) {
        if (typeof noun !== 'string') return undefined;
        const known = verbs.get(noun);
        if (known !== undefined) return known;
        const made = new Proxy(
          {},
          {
            get(_inner, verb) {
              return typeof verb === 'string' ? (input: unknown) => ask(`${noun}.${verb}`, input) : undefined;
            },
          },
        );
        verbs.set(noun, made);
        return made;
      },
    },
  ) as BranchApi;

  return {
    api,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
