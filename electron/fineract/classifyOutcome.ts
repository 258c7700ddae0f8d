// What became of a command, decided from the phase of transport, the status and head office's code, never from a sentence (contract 7).
// Pure and total: any answer gets an outcome. It says 'accepted' only with the id of a transaction, 'rejected' only with head office's
// own code, and for everything it does not know 'inDoubt', so that somebody looks before money is sent again (I2).

import type { Outcome } from '../../shared/domain/commands/command.ts';
import type { HttpReply } from './http.ts';
import { isJsonObject, readBody, readErrorBody } from './readBody.ts';
import type { Body, JsonObject } from './readBody.ts';
import { readRefusal } from './readRefusal.ts';
import type { Refusal } from './readRefusal.ts';

/** 'enclosing': a batch in one transaction, which stores nothing on failure. 'lone': a request of its own, whose failure stays with its key. */
export interface Sent {
  readonly how: 'enclosing' | 'lone';
  /** Where the answer has the number of the transaction, if the resource is something else. */
  readonly idIn?: 'subResourceId';
  /** Members of the answer that must carry these values, where they are there at all: a key of somebody else's command is not ours. */
  readonly ours?: Readonly<Record<string, string | number>>;
}

type Answered = Extract<HttpReply, { readonly kind: 'answered' }>;

const unknownShape: Outcome = { kind: 'inDoubt', why: 'unknownShape' };

export function classifyOutcome(reply: HttpReply, sent: Sent): Outcome {
  switch (reply.kind) {
    case 'neverSent':
      return { kind: 'retryLater', why: 'neverSent', keyBurnt: false };
    case 'noReply':
      return { kind: 'inDoubt', why: 'noReply' };
    case 'answered':
      return sent.how === 'enclosing' && reply.status === 200 ? classifyBatch(reply, sent) : classifyAnswer(reply, sent);
  }
}

interface ItemAnswer extends Answered {
  readonly requestId: unknown;
}

function itemAnswer(value: unknown): ItemAnswer | null {
  if (!isJsonObject(value)) return null;
  const status = value['statusCode'];
  const body = value['body'] ?? '';
  if (typeof status !== 'number' || typeof body !== 'string') return null;
  return { kind: 'answered', requestId: value['requestId'], status, headers: itemHeaders(value['headers']), body };
}

function itemHeaders(value: unknown): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const each of Array.isArray(value) ? (value as readonly unknown[]) : []) {
    if (!isJsonObject(each)) continue;
    const name = each['name'];
    const content = each['value'];
    if (typeof name === 'string' && typeof content === 'string') headers[name.toLowerCase()] = content;
  }
  return headers;
}

/** The whole batch answers 200; each item has its own status, and a rolled-back batch answers with one item only (contract 5.1). */
function classifyBatch(reply: Answered, sent: Sent): Outcome {
  const body = readBody(reply.body);
  if (body.kind !== 'list') return unknownShape;
  const items = body.value.map(itemAnswer);
  const first = items[0];
  if (first === undefined || first === null) return unknownShape;
  if (first.status !== 200) return items.length === 1 ? classifyFailedItem(first, sent) : unknownShape;

  const outcome = classifyAnswer(first, sent);
  for (const item of items.slice(1)) {
    if (item?.status !== 200) return unknownShape;
    const row = readBody(item.body);
    if (row.kind !== 'object') return unknownShape;
    if (awaitsChecker(row.value)) return { kind: 'retryLater', why: 'mustPostSingly', keyBurnt: false };
    if (carriesError(row.value)) return unknownShape;
  }
  return first.requestId === 1 || outcome.kind !== 'accepted' ? outcome : unknownShape;
}

/** The item's error names the status that head office means; older releases wrapped it in another one. */
function classifyFailedItem(item: Answered, sent: Sent): Outcome {
  if (item.status === 501) return { kind: 'incompatible', why: 'batch.unknownItem' };
  const refusal = readRefusal(readErrorBody(item.body));
  return refusal === null ? classifyUnsigned(item) : classifyRefusal(refusal.status ?? item.status, refusal, sent, item);
}

function classifyAnswer(answer: Answered, sent: Sent): Outcome {
  if (answer.status === 200) return classifySuccess(answer, readBody(answer.body), sent);
  const refusal = readRefusal(readErrorBody(answer.body));
  return refusal === null ? classifyUnsigned(answer) : classifyRefusal(answer.status, refusal, sent, answer);
}

function classifySuccess(answer: Answered, body: Body, sent: Sent): Outcome {
  if (body.kind !== 'object') return unknownShape;
  if (awaitsChecker(body.value)) {
    if (sent.how === 'enclosing') return { kind: 'retryLater', why: 'mustPostSingly', keyBurnt: false };
    const commandId = body.value['commandId'];
    return { kind: 'waitingForChecker', serverCommandId: isId(commandId) ? commandId : null };
  }
  if (carriesError(body.value)) return unknownShape;
  const id = body.value[sent.idIn ?? 'resourceId'];
  if (!isId(id)) return unknownShape;
  for (const [name, value] of Object.entries(sent.ours ?? {})) {
    const told = body.value[name];
    if ((typeof told === 'string' || typeof told === 'number') && told !== value) return unknownShape;
  }
  const how = isRepeated(answer) ? 'replayed' : 'posted';
  return { kind: 'accepted', serverTransactionId: id, how };
}

/** Head office's memory of the key answered, not a new try. */
function isRepeated(answer: Answered): boolean {
  return answer.headers['x-served-from-cache'] === 'true';
}

function failedThere(answer: Answered): Outcome {
  return { kind: 'inDoubt', why: 'serverError', ...(isRepeated(answer) ? { stored: true } : {}) };
}

function awaitsChecker(body: JsonObject): boolean {
  const mark = body['rollbackTransaction'];
  return mark !== undefined && mark !== null && mark !== false;
}

function carriesError(body: JsonObject): boolean {
  return 'errors' in body || 'Exception' in body || 'userMessageGlobalisationCode' in body || 'httpStatusCode' in body;
}

function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

/** An answer without a code of head office: a proxy, a portal, the container, or head office in trouble. */
function classifyUnsigned(answer: Answered): Outcome {
  const { status } = answer;
  if (status === 401) return { kind: 'signInNeeded', why: 'refused' };
  // The filter in front of head office refuses a tenant it does not know in the container's own words (contract 1.1).
  if (status === 400 && answer.headers['www-authenticate'] !== undefined) return { kind: 'signInNeeded', why: 'tenant' };
  if (status === 425) return { kind: 'inDoubt', why: 'stillProcessing' };
  if (status === 429) return { kind: 'retryLater', why: 'busy', keyBurnt: false };
  if (status >= 500 && status <= 599) return failedThere(answer);
  return unknownShape;
}

function classifyRefusal(status: number, refusal: Refusal, sent: Sent, answer: Answered): Outcome {
  const burnt = sent.how === 'lone';
  const rejected: Outcome = { kind: 'rejected', code: refusal.code, message: refusal.message, status };
  const says = (code: string): boolean => refusal.codes.includes(code);

  if (says('error.msg.invalid.tenant.identifier')) return { kind: 'signInNeeded', why: 'tenant' };
  if (says('error.msg.password.outdated')) return { kind: 'signInNeeded', why: 'passwordExpired' };
  if (status === 401) return { kind: 'signInNeeded', why: 'refused' };
  if (status === 425) return { kind: 'inDoubt', why: 'stillProcessing' };
  if (status === 405 && says('error.msg.invalid.instance.type')) return { kind: 'retryLater', why: 'readOnlyInstance', keyBurnt: false };
  if (status === 409) {
    if (says('error.msg.loan.locked')) return { kind: 'retryLater', why: 'loanLocked', keyBurnt: false };
    return refusal.codes.some(meansDuplicate)
      ? { kind: 'inDoubt', why: 'duplicateMarker' }
      : { kind: 'retryLater', why: 'conflict', keyBurnt: burnt };
  }
  if (status === 503) return rejected;
  if (status >= 500) return failedThere(answer);
  if (status >= 400) {
    if (says('error.msg.not.authorized')) return rejected;
    // The item before it waits for a checker, so there was no id to refer to: nothing is wrong with this one, and nothing was stored.
    if (!burnt && says('error.msg.invalid.json.path')) return { kind: 'retryLater', why: 'mustPostSingly', keyBurnt: false };
    // Our own key is in use: the entry waits for a checker, or a twin is under way. Sent again, the same key tells which.
    if (burnt && refusal.keyTaken) return { kind: 'waitingForChecker', serverCommandId: null, unseen: true };
    if (refusal.codes.some(meansDuplicate)) return { kind: 'inDoubt', why: 'duplicateMarker' };
    if (isFutureOnly(refusal)) return { kind: 'retryLater', why: 'headOfficeDayBehind', keyBurnt: burnt };
    return rejected;
  }
  return unknownShape;
}

/** Our marker may be there already: from us, or from a twin of this request (contract 4.4, 3.5). Reading decides. */
function meansDuplicate(code: string): boolean {
  return /\.duplicate(?:\.|$)|data\.integrity|must\.be\.unique|already\.used|already\.exists/.test(code);
}

/** Every particular code says that the date lies ahead of head office's day (contract 2.3, 12 rule 6). */
function isFutureOnly(refusal: Refusal): boolean {
  const particular = refusal.codes.filter((code) => !/^validation\.msg\.(?:validation\.errors\.exist|domain\.rule\.violation)$/.test(code));
  return particular.length > 0 && particular.every((code) => /\.(?:in\.the\.future|future\.date)$/.test(code));
}
