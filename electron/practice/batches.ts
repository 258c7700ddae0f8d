// The batch door. With an enclosing transaction all items live or die together, keys included, and one element is the
// first failure as it answered. Without it each item is a command of its own. What head office has no batch
// strategy for is answered 501, so a caller cannot come to rely on more than the real one gives.
import { type Call, has, reply } from './call.ts';
import { AwaitsApproval, NO_REPLY } from './commandLayer.ts';
import { conflict, containerRefusal, domainRule, invalidJsonPath, loanLocked, Refusal, unsupportedValue } from './errors.ts';
import type { HeadOfficeReply } from './headOfficeHttp.ts';

const OK = 200;
const NOT_IMPLEMENTED = 501;

interface BatchItem {
  requestId?: number;
  relativeUrl: string;
  method: string;
  headers?: { name: string; value: string }[];
  reference?: number;
  body?: string;
}

interface BatchAnswer {
  requestId?: number;
  statusCode: number;
  headers?: { name: string; value: string }[];
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

const ITEM_MEMBERS = new Set(['requestId', 'relativeUrl', 'method', 'headers', 'reference', 'body']);

function readItems(call: Call): BatchItem[] {
  const unforeseen = containerRefusal(500, 'Internal Server Error', call.path, call.office.now());
  let parsed: unknown;
  try {
    parsed = JSON.parse(call.body ?? '');
  } catch {
    throw unforeseen;
  }
  if (!Array.isArray(parsed)) throw unforeseen;
  return parsed.map((each: unknown) => {
    const item = each as Partial<BatchItem>;
    if (typeof item.relativeUrl !== 'string' || typeof item.method !== 'string') throw unforeseen;
    if (Object.keys(item).some((name) => !ITEM_MEMBERS.has(name))) throw unforeseen;
    return item as BatchItem;
  });
}

function relative(item: BatchItem): string {
  return item.relativeUrl.replace(/^v1\//, '');
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

/** The value of a path in the parent's answer. A path that leads nowhere refuses the item. */
function lookUp(path: string, parent: unknown): unknown {
  let value: unknown = parent;
  for (const name of path.replace(/^\$\.?/, '').split('.')) {
    if (typeof value !== 'object' || value === null || !(name in value)) throw invalidJsonPath();
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

function resolveUrl(url: string, parent: unknown): string {
  return url.replace(/\$\.[A-Za-z0-9_.]+/g, (path) => String(lookUp(path, parent)));
}

/** Every string with '$.' in it counts as a path, notes included: that is how head office behaves. */
function resolveBody(value: unknown, parent: unknown): unknown {
  if (typeof value === 'string') return value.includes('$.') ? lookUp(value, parent) : value;
  if (Array.isArray(value))
    return value.filter((each) => typeof each === 'object' && each !== null).map((each: unknown) => resolveBody(each, parent));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, resolveBody(each, parent)]));
  }
  return value;
}

/** An item's answer gives the item's own headers back, and speaks of its content only when it was refused, cached or waits. */
function answerOf(item: BatchItem, answer: HeadOfficeReply): BatchAnswer {
  const start = { ...(item.requestId === undefined ? {} : { requestId: item.requestId }), statusCode: answer.status };
  if (answer.status === NOT_IMPLEMENTED) return { ...start, body: answer.body };
  const isCached = answer.headers['x-served-from-cache'] !== undefined;
  const own = [
    ...(answer.status === OK && !isCached && !answer.body.includes('"rollbackTransaction":true')
      ? []
      : [{ name: 'Content-Type', value: 'application/json' }]),
    ...(isCached ? [{ name: 'x-served-from-cache', value: 'true' }] : []),
  ];
  const headers = [...(item.headers ?? []), ...own];
  return { ...start, ...(headers.length === 0 ? {} : { headers }), body: answer.body };
}

function runItem(call: Call, item: BatchItem, parent: BatchAnswer | undefined, isEnclosing: boolean, dispatch: Dispatch): HeadOfficeReply {
  let url = relative(item);
  let body = item.body ?? null;
  try {
    if (parent !== undefined) {
      const parentBody = JSON.parse(parent.body) as unknown;
      url = resolveUrl(url, parentBody);
      if (body?.includes('$.') === true) body = JSON.stringify(resolveBody(JSON.parse(body), parentBody));
    }
    if (!STRATEGIES.some(([allowed, shape]) => allowed === item.method && shape.test(url))) {
      return { status: NOT_IMPLEMENTED, headers: {}, body: `Resource with method ${item.method} and relativeUrl ${url} doesn't exist` };
    }
    const [path = '', rawQuery = ''] = url.split('?');
    const query = new URLSearchParams(rawQuery);
    if (call.office.manners().savingsInBatch === 'bare' && item.method === 'GET' && /^savingsaccounts\/\d+$/.test(path)) {
      // The strategy passes on the batch's own query where it should pass on the item's.
      if (!query.has('chargeStatus')) throw unsupportedValue('status', null, ['all', 'active', 'inactive']);
      query.delete('associations');
      const whole = call.query.get('associations');
      if (whole !== null) query.set('associations', whole);
    }
    return dispatch({
      ...call,
      method: item.method as Call['method'],
      path,
      query,
      body,
      contentType: 'application/json',
      key: item.headers?.find((header) => header.name === 'Idempotency-Key')?.value ?? null,
      enclosing: isEnclosing,
      approving: null,
    });
  } catch (error) {
    if (error instanceof Refusal) return { status: error.status, headers: error.headers, body: error.body };
    if (error instanceof AwaitsApproval) throw error;
    const refusal = containerRefusal(500, 'Internal Server Error', url.split('?')[0] ?? '', call.office.now());
    return { status: refusal.status, headers: refusal.headers, body: refusal.body };
  }
}

/** Takes back the transaction of an enclosing batch; what it answered stands. */
class RolledBack extends Error {
  readonly answers: BatchAnswer[];

  constructor(answers: BatchAnswer[]) {
    super('an enclosing batch is taken back');
    this.answers = answers;
  }
}

function runAll(call: Call, items: readonly BatchItem[], isEnclosing: boolean, dispatch: Dispatch): BatchAnswer[] {
  const answers: BatchAnswer[] = [];
  let waiting: BatchItem | null = null;
  for (const item of items) {
    const parent = item.reference === undefined ? undefined : answers.find((each) => each.requestId === item.reference);
    let answer: BatchAnswer;
    if (parent !== undefined && parent.statusCode !== OK) {
      const said = `Parent request with id ${String(parent.requestId)} was erroneous!`;
      answer = { ...(item.requestId === undefined ? {} : { requestId: item.requestId }), statusCode: parent.statusCode, body: said };
    } else {
      try {
        answer = answerOf(item, runItem(call, item, parent, isEnclosing, dispatch));
      } catch (error) {
        if (!(error instanceof AwaitsApproval)) throw error;
        waiting ??= item;
        answer = answerOf(item, reply({ rollbackTransaction: true }));
      }
    }
    answers.push(answer);
    // What has no strategy fails nothing, and takes everything back all the same.
    if (isEnclosing && answer.statusCode !== OK && answer.statusCode !== NOT_IMPLEMENTED) throw new RolledBack([answer]);
    // The server is down from here on.
    if (answer.statusCode === 0) break;
  }
  answers.sort((left, right) => (left.requestId ?? 0) - (right.requestId ?? 0));
  if (isEnclosing && waiting !== null) {
    const refusal = conflict('lock');
    throw new RolledBack([answerOf(waiting, { status: refusal.status, headers: refusal.headers, body: refusal.body })]);
  }
  if (isEnclosing && answers.some((each) => each.statusCode === NOT_IMPLEMENTED)) throw new RolledBack(answers);
  return answers;
}

export function runBatch(call: Call, dispatch: Dispatch): HeadOfficeReply {
  const items = readItems(call);
  const isEnclosing = call.query.get('enclosingTransaction') === 'true';
  for (const [index, item] of items.entries()) {
    if (item.reference === undefined) continue;
    if (items.slice(0, index).some((earlier) => earlier.requestId === item.reference)) continue;
    const refusal = domainRule('validation.msg.batch.reference.invalid', 'Referenced request not found', [item.reference]);
    return reply([{ statusCode: refusal.status, headers: [{ name: 'Content-Type', value: 'application/json' }], body: refusal.body }]);
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
    return reply(error.answers);
  }
}
