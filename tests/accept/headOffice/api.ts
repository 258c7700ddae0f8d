// Speaks to the head office under test as an institution's own people do: plain requests with a user and a password. It shares nothing with
// the program's adapter, so that what the suite reads there was not read through the same eyes. It keeps no body and no password in errors.

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

/** Head office said no to something that the suite needed. */
export class ApiRefusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(what: string, status: number, code: string) {
    super(`${what}: ${String(status)} ${code}`);
    this.name = 'ApiRefusal';
    this.status = status;
    this.code = code;
  }
}

export interface Api {
  /** The answer as it is, whatever its status. */
  ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: Json, idempotencyKey?: string): Promise<ApiAnswer>;
  /** The body of a good answer; throws an ApiRefusal otherwise. */
  get(path: string): Promise<unknown>;
  /** What is no JSON, as it came. */
  text(path: string): Promise<string>;
  post(path: string, body?: Json): Promise<Members>;
  put(path: string, body: Json): Promise<Members>;
  delete(path: string): Promise<Members>;
  /** Every row of a list, page by page, ended by a short page: totals are not to be trusted. */
  list(path: string, most?: number): Promise<readonly Members[]>;
}

/** An object of an answer, read by name. */
export interface Members {
  readonly [name: string]: unknown;
}

/** Written into every body with a date or an amount in it. */
export const WRITTEN = { locale: 'en', dateFormat: 'yyyy-MM-dd' } as const;

export interface ApiPerson {
  readonly username: string;
  readonly password: string;
}

const ANSWER_WITHIN_MS = 120_000;
const PAGE = 100;

export function baseOf(address: string): string {
  const url = new URL(address);
  const path = url.pathname.replace(/\/+$/, '');
  const base = path.endsWith('/api/v1')
    ? path
    : path.endsWith('/fineract-provider')
      ? `${path}/api/v1`
      : `${path}/fineract-provider/api/v1`;
  return `${url.origin}${base}`;
}

export function createApi(address: string, tenant: string, { username, password }: ApiPerson): Api {
  const base = baseOf(address);
  const headers = {
    authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
    'fineract-platform-tenantid': tenant,
    'content-type': 'application/json',
  };

  async function ask(method: string, path: string, body?: Json, idempotencyKey?: string): Promise<ApiAnswer> {
    const reply = await sent(`${base}${path}`, {
      method,
      headers: idempotencyKey === undefined ? headers : { ...headers, 'idempotency-key': idempotencyKey },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const text = await reply.text();
    return { status: reply.status, body: parsed(text), headers: reply.headers };
  }

  async function must(method: string, path: string, body?: Json): Promise<unknown> {
    const answer = await ask(method, path, body);
    if (answer.status >= 200 && answer.status < 300) return answer.body;
    // The path's own numbers are no personal data; what stood in the body may be.
    throw new ApiRefusal(`${method} ${path.split('?')[0] ?? ''}`, answer.status, codeOf(answer.body));
  }

  return {
    ask,
    get: (path) => must('GET', path),
    async text(path) {
      const reply = await sent(`${base}${path}`, { method: 'GET', headers, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
      return reply.ok ? reply.text() : '';
    },
    post: async (path, body = {}) => membersOf(await must('POST', path, body)),
    put: async (path, body) => membersOf(await must('PUT', path, body)),
    delete: async (path) => membersOf(await must('DELETE', path)),
    async list(path, most = PAGE) {
      const rows: Members[] = [];
      for (;;) {
        const page = rowsOf(
          await must('GET', `${path}${path.includes('?') ? '&' : '?'}offset=${String(rows.length)}&limit=${String(most)}`),
        );
        rows.push(...page);
        if (page.length < most) return rows;
      }
    },
  };
}

/** A kept connection may be closed there just as a reading goes out on it; reading again is harmless. */
async function sent(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch (error) {
    if (request.method !== 'GET') throw error;
    return fetch(url, request);
  }
}

function parsed(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

export function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

/** The rows of a list, bare or in a page. */
export function rowsOf(value: unknown): readonly Members[] {
  const list = Array.isArray(value) ? (value as readonly unknown[]) : membersOf(value)['pageItems'];
  return Array.isArray(list) ? (list as readonly unknown[]).map(membersOf) : [];
}

/** A text of an answer; empty where there is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN;
}

/** The code with which head office refused. */
export function codeOf(body: unknown): string {
  const members = membersOf(body);
  const first = rowsOf(members['errors'])[0]?.['userMessageGlobalisationCode'];
  const code = first ?? members['userMessageGlobalisationCode'] ?? members['error'];
  return typeof code === 'string' ? code : 'no code';
}

const MINOR_PER_MAJOR = 100;

/** A decimal number of an answer in whole minor units of a currency with two places; absent members are zero. */
export function minorOf(value: unknown): number {
  return typeof value === 'number' ? Math.round(value * MINOR_PER_MAJOR) : 0;
}

/** 'YYYY-MM-DD' of head office's [year, month, day]. */
export function dateOf(value: unknown): string | null {
  if (!Array.isArray(value)) return null;
  const [year, month, day] = value as readonly unknown[];
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
