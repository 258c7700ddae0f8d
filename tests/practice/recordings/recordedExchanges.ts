// What a real head office (1.10.1 on MariaDB) was asked and answered, in order, one file per section; 00 is the seeding of
// the institution that all others were run against. Long lists were cut when they were kept, and say so in cutArrays.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

export interface RecordedExchange {
  name: string;
  request: {
    method: 'GET' | 'POST' | 'PUT' | 'DELETE';
    path: string;
    /** The administrator unless said. */
    user?: string;
    /** Null is a request without the header. */
    tenant?: string | null;
    idempotencyKey?: string;
    headers?: Record<string, string>;
    body?: unknown;
    /** A body that is not JSON, or not written as JSON is written. */
    text?: string;
  };
  response: {
    status: number;
    headers: Record<string, string>;
    body: unknown;
    /** Path of a list to how long it was. */
    cutArrays?: Record<string, number>;
  };
}

const folder = fileURLToPath(new URL('recorded/', import.meta.url));

/** '00-seed' first, then in the order in which they were run. */
export const recordedSections: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.jsonl.gz'))
  .map((name) => name.replace('.jsonl.gz', ''))
  .sort();

export function recordedExchanges(section: string): RecordedExchange[] {
  return gunzipSync(readFileSync(`${folder}${section}.jsonl.gz`))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RecordedExchange);
}
