// The batch door. With an enclosing transaction all items live or die together, keys included, and one element tells
// of the first failure as plain text. Without it each item is a command of its own. What head office has no batch
// strategy for is answered 501, so a caller cannot come to rely on more than the real one gives.
import { type Call, has, reply } from './call.ts';
import { NO_REPLY } from './commandLayer.ts';
import { loanLocked, malformedJson, Refusal, validationError } from './errors.ts';
import type { HeadOfficeReply } from './headOfficeHttp.ts';

interface BatchItem {
  requestId: number;
  relativeUrl: string;
  method: string;
  headers?: { name: string; value: string }[];
  reference?: number;
  body?: string;
}

interface BatchAnswer {
  requestId: number;
  statusCode: number;
  headers: { name: string; value: string }[];
  body: string;
}

const X = '[A-Za-z0-9_-]+';
const N = String.raw`\d+`;
const GET_QUERY = String.raw`(\?(\w+=[\w,]*)(&\w+=[\w,]*)*)?`;
const COMMAND = String.raw`\?command=\w+`;

/** Method and shape of what may stand in a batch. */
const STRATEGIES: readonly (readonly [string, RegExp])[] = (
  [
    ['POST', 'clients'],
    ['PUT', `clients/${N}`],
    ['POST', String.raw`clients/${N}\?command=activate`],
    ['POST', 'loans'],
    ['GET', `loans/${N}${GET_QUERY}`],
    ['PUT', `loans/${N}`],
    ['POST', String.raw`loans/${N}\?command=(approve|disburse)`],
    ['GET', `loans/external-id/${X}${GET_QUERY}`],
    ['PUT', `loans/external-id/${X}`],
    ['POST', `loans/external-id/${X}${COMMAND}`],
    ['POST', `loans/(${N}|external-id/${X})/transactions${COMMAND}`],
    ['POST', `loans/(${N}|external-id/${X})/transactions/(${N}|external-id/${X})(${COMMAND})?`],
    ['GET', `loans/(${N}|external-id/${X})/transactions/(${N}|external-id/${X})${GET_QUERY}`],
    ['POST', `loans/(${N}|external-id/${X})/charges`],
    ['GET', `loans/(${N}|external-id/${X})/charges${GET_QUERY}`],
    ['POST', 'savingsaccounts'],
    ['GET', `savingsaccounts/${N}${GET_QUERY}`],
    ['POST', `savingsaccounts/${N}/transactions${COMMAND}`],
    ['POST', `savingsaccounts/${N}/transactions/${N}${COMMAND}`],
    ['POST', `datatables/${X}/${N}`],
    ['PUT', `datatables/${X}/${N}(/${N})?`],
    ['DELETE', `datatables/${X}/${N}(/${N})?`],
    ['GET', `datatables/${X}/${N}(/${N})?${GET_QUERY}`],
    ['GET', String.raw`datatables/${X}/query\?.+`],
  ] as const
).map(([method, shape]) => [method, new RegExp(`^${shape}$`)] as const);

export type Dispatch = (call: Call) => HeadOfficeReply;

function readItems(body: string | null): BatchItem[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body ?? '');
  } catch {
    throw malformedJson();
  }
  if (!Array.isArray(parsed)) throw malformedJson();
  return parsed.map((each: unknown) => {
    const item = each as Partial<BatchItem>;
    if (typeof item.requestId !== 'number' || typeof item.relativeUrl !== 'string' || typeof item.method !== 'string')
      throw malformedJson();
    return item as BatchItem;
  });
}

function relative(item: BatchItem): string {
  return item.relativeUrl.replace(/^\//, '').replace(/^v1\//, '');
}

/** The lock filter stands before the batch: one locked loan refuses the whole request. */
function requireUnlocked(call: Call, items: readonly BatchItem[]): void {
  const { faults, book } = call.office;
  if (faults.lockedLoans.size === 0 || has(call.caller, 'BYPASS_LOAN_WRITE_PROTECTION')) return;
  for (const item of items) {
    if (item.method === 'GET') continue;
    const found = /^loans\/(?:external-id\/([^/?]+)|(\d+))/.exec(relative(item));
    if (found === null) continue;
    const row =
      found[1] === undefined
        ? { id: Number(found[2]) }
        : (book.get('SELECT id FROM loan WHERE external_id = ?', found[1]) as { id: number } | undefined);
    if (row !== undefined && faults.lockedLoans.has(row.id)) throw loanLocked(row.id);
  }
}

function lookUp(path: string, parent: unknown): unknown {
  let value: unknown = parent;
  for (const name of path.replace(/^\$\.?/, '').split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/** Every string with '$.' in it counts as a path, notes included: that is how head office behaves. */
function resolveUrl(url: string, parent: unknown): string {
  return url.replace(/\$\.[A-Za-z0-9_.]+/g, (path) => {
    const value = lookUp(path, parent);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : path;
  });
}

function resolveBody(value: unknown, parent: unknown): unknown {
  if (typeof value === 'string') return value.includes('$.') ? lookUp(value, parent) : value;
  if (Array.isArray(value))
    return value.filter((each) => typeof each === 'object' && each !== null).map((each: unknown) => resolveBody(each, parent));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, resolveBody(each, parent)]));
  }
  return value;
}

function answerOf(item: BatchItem, answer: HeadOfficeReply): BatchAnswer {
  return {
    requestId: item.requestId,
    statusCode: answer.status,
    headers: Object.entries(answer.headers).map(([name, value]) => ({ name, value })),
    body: answer.body,
  };
}

function runItem(call: Call, item: BatchItem, parent: BatchAnswer | undefined, isEnclosing: boolean, dispatch: Dispatch): HeadOfficeReply {
  let url = relative(item);
  let body = item.body ?? null;
  if (parent !== undefined) {
    const parentBody = JSON.parse(parent.body) as unknown;
    url = resolveUrl(url, parentBody);
    if (body?.includes('$.') === true) body = JSON.stringify(resolveBody(JSON.parse(body), parentBody));
  }
  const method = item.method.toUpperCase();
  if (!STRATEGIES.some(([allowed, shape]) => allowed === method && shape.test(url))) {
    return { status: 501, headers: {}, body: `Resource with method ${method} and relativeUrl ${url} doesn't exist` };
  }
  const [path = '', query = ''] = url.split('?');
  try {
    return dispatch({
      ...call,
      method: method as Call['method'],
      path,
      query: new URLSearchParams(query),
      body,
      key: item.headers?.find((header) => header.name === 'Idempotency-Key')?.value ?? null,
      enclosing: isEnclosing,
      approving: null,
    });
  } catch (error) {
    if (error instanceof Refusal) return { status: error.status, headers: error.headers, body: error.body };
    return { status: 500, headers: {}, body: JSON.stringify({ Exception: error instanceof Error ? error.message : 'unforeseen' }) };
  }
}

class RolledBack extends Error {
  readonly answer: BatchAnswer;

  constructor(answer: BatchAnswer) {
    super('an item of an enclosing batch failed');
    this.answer = answer;
  }
}

function runAll(call: Call, items: readonly BatchItem[], isEnclosing: boolean, dispatch: Dispatch): BatchAnswer[] {
  const answers = new Map<number, BatchAnswer>();
  for (const item of items) {
    const parent = item.reference === undefined ? undefined : answers.get(item.reference);
    let answer: BatchAnswer;
    if (parent !== undefined && parent.statusCode !== 200) {
      answer = {
        requestId: item.requestId,
        statusCode: parent.statusCode,
        headers: [],
        body: `Parent request with id ${String(parent.requestId)} was erroneous!`,
      };
    } else answer = answerOf(item, runItem(call, item, parent, isEnclosing, dispatch));
    if (isEnclosing && answer.statusCode !== 200) throw new RolledBack(answer);
    answers.set(item.requestId, answer);
    // The server is down from here on.
    if (answer.statusCode === 0) break;
  }
  return [...answers.values()].sort((left, right) => left.requestId - right.requestId);
}

export function runBatch(call: Call, dispatch: Dispatch): HeadOfficeReply {
  const items = readItems(call.body);
  const isEnclosing = call.query.get('enclosingTransaction') === 'true';
  for (const [index, item] of items.entries()) {
    if (item.reference === undefined) continue;
    if (!items.slice(0, index).some((earlier) => earlier.requestId === item.reference)) {
      throw validationError(
        'error.msg.batch.reference.invalid',
        `The reference of request ${String(item.requestId)} is not an earlier request.`,
        'reference',
      );
    }
  }
  requireUnlocked(call, items);
  if (!isEnclosing) {
    const answers = runAll(call, items, false, dispatch);
    return answers.some((answer) => answer.statusCode === 0) ? NO_REPLY : reply(answers);
  }
  try {
    return reply(call.office.book.transaction(() => runAll(call, items, true, dispatch)));
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
    const text = `Transaction is being rolled back. First erroneous request: \n${JSON.stringify(error.answer)}`;
    return reply([{ statusCode: error.answer.statusCode, body: text }]);
  }
}
