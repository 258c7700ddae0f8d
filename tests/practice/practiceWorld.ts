// A small practice head office for tests, on a fixed date, with the ways a test speaks to it.
import {
  createPracticeHeadOffice,
  type PracticeHeadOffice,
  type PracticeOptions,
} from '../../electron/practice/createPracticeHeadOffice.ts';
import type { HeadOfficeReply, HeadOfficeRequest } from '../../electron/practice/headOfficeHttp.ts';

export const TODAY = '2026-11-20';
export const DATED = { dateFormat: 'yyyy-MM-dd', locale: 'en' };
const NOW_MS = Date.UTC(2026, 10, 20, 8, 30);

export interface PracticeWorld {
  office: PracticeHeadOffice;
  send(
    method: HeadOfficeRequest['method'],
    url: string,
    body?: unknown,
    options?: { as?: string; password?: string; key?: string },
  ): HeadOfficeReply;
  /** Parsed body of a GET that must succeed. */
  read(url: string, as?: string): unknown;
  post(url: string, body: unknown, options?: { as?: string; key?: string }): HeadOfficeReply;
}

export function headersOf(username: string, password = 'practice'): Record<string, string> {
  return {
    authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
    'fineract-platform-tenantid': 'default',
    'content-type': 'application/json',
  };
}

export function practiceWorld(options: Partial<PracticeOptions> = {}): PracticeWorld {
  const office = createPracticeHeadOffice({ file: ':memory:', now: () => NOW_MS, clients: 8, seed: 7, ...options });
  const send: PracticeWorld['send'] = (method, url, body, { as = 'achieng', password, key } = {}) =>
    office.handle({
      method,
      url,
      headers: { ...headersOf(as, password), ...(key === undefined ? {} : { 'idempotency-key': key }) },
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    });
  return {
    office,
    send,
    read(url, as = 'achieng') {
      const reply = send('GET', url, undefined, { as });
      if (reply.status !== 200) throw new Error(`${url} answered ${String(reply.status)}: ${reply.body}`);
      return JSON.parse(reply.body) as unknown;
    },
    post: (url, body, asked) => send('POST', url, body, asked),
  };
}

/** Status and the code that says why: of errors[0] where there is one, else the top one. */
export function refusalOf(reply: HeadOfficeReply): string {
  const body = JSON.parse(reply.body) as { userMessageGlobalisationCode?: string; errors?: { userMessageGlobalisationCode: string }[] };
  return `${String(reply.status)} ${body.errors?.[0]?.userMessageGlobalisationCode ?? body.userMessageGlobalisationCode ?? ''}`;
}

export function json(reply: HeadOfficeReply): unknown {
  return JSON.parse(reply.body) as unknown;
}

/** A member by path, such as 'summary.accountBalance' or 'pageItems.0.id'. */
export function at(value: unknown, path: string): unknown {
  let found = value;
  for (const name of path.split('.')) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Record<string, unknown>)[name];
  }
  return found;
}

export function numberAt(value: unknown, path: string): number {
  const found = at(value, path);
  if (typeof found !== 'number') throw new Error(`${path} is no number`);
  return found;
}

export function listAt(value: unknown, path?: string): unknown[] {
  const found = path === undefined ? value : at(value, path);
  if (!Array.isArray(found)) throw new Error(`${path ?? 'the body'} is no list`);
  return found;
}

/** Body of a deposit, withdrawal or repayment in shillings, in cash, on the business date. */
export const money = (amount: number, more: object = {}): object => ({
  ...DATED,
  transactionDate: TODAY,
  transactionAmount: amount,
  paymentTypeId: 1,
  ...more,
});
