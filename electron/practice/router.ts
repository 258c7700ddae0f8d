// Finds the handler of a path. Rooms of the head office list their routes; the first that fits method and shape
// serves. A path that nobody serves is the container's 404, not the head office's.
import { inCurrency } from './amounts.ts';
import type { Call } from './call.ts';
import { containerRefusal, Refusal } from './errors.ts';
import type { HeadOfficeReply } from './headOfficeHttp.ts';
import { savingsCurrency } from './savings/savingsAccount.ts';

export interface Route {
  method: Call['method'];
  /** Segments; ':n' takes a number, ':x' any text, others stand for themselves. */
  segments: readonly string[];
  serve: (call: Call, parts: PathParts) => HeadOfficeReply;
}

export interface PathParts {
  number(index: number): number;
  text(index: number): string;
}

export function route(method: Call['method'], path: string, serve: Route['serve']): Route {
  return { method, segments: path.split('/'), serve };
}

function fits(pattern: readonly string[], segments: readonly string[]): string[] | null {
  if (pattern.length !== segments.length) return null;
  const taken: string[] = [];
  for (const [index, wanted] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (wanted === ':n') {
      if (!/^\d{1,15}$/.test(segment)) return null;
      taken.push(segment);
    } else if (wanted === ':x') taken.push(segment);
    else if (wanted !== segment) return null;
  }
  return taken;
}

/** Sums of a request about a savings account are of the money that it is kept in; those of a transfer, of the account that pays. */
function currencyOf(call: Call, [noun, first, second]: readonly string[]): string | null {
  const { book } = call.office;
  if (noun === 'accounttransfers' && call.method === 'POST') return currencyOfTransfer(call);
  if (noun !== 'savingsaccounts' || first === undefined) return null;
  if (first === 'external-id') return savingsCurrency(book, { externalId: second ?? '' });
  return /^\d{1,15}$/.test(first) ? savingsCurrency(book, Number(first)) : null;
}

function currencyOfTransfer({ body, office }: Call): string | null {
  const from = /"fromAccountId"\s*:\s*"?(\d{1,15})/.exec(body ?? '')?.[1];
  return from === undefined ? null : savingsCurrency(office.book, Number(from));
}

const METHODS = ['POST', 'GET', 'DELETE', 'PUT'] as const;

export function dispatch(routes: readonly Route[], call: Call): HeadOfficeReply {
  const segments = call.path.split('/').map((segment) => {
    try {
      return decodeURIComponent(segment);
    } catch {
      return segment;
    }
  });
  for (const candidate of routes) {
    if (candidate.method !== call.method) continue;
    const taken = fits(candidate.segments, segments);
    if (taken === null) continue;
    const parts = { number: (index: number) => Number(taken[index]), text: (index: number) => taken[index] ?? '' };
    return inCurrency(currencyOf(call, segments), () => candidate.serve(call, parts));
  }
  const others = METHODS.filter((method) => routes.some((each) => each.method === method && fits(each.segments, segments) !== null));
  if (others.length === 0) throw containerRefusal(404, 'Not Found', call.path, call.office.now());
  const refusal = containerRefusal(405, 'Method Not Allowed', call.path, call.office.now());
  throw new Refusal(405, refusal.body, { ...refusal.headers, allow: [...others, 'OPTIONS'].join(',') });
}
