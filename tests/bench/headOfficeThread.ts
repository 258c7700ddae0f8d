// A practice head office in a thread of its own, so that what the branch's thread is measured at is the branch's alone.
import Database from 'better-sqlite3';
import { parentPort, workerData } from 'node:worker_threads';
import { createPracticeHeadOffice } from '../../electron/practice/createPracticeHeadOffice.ts';
import type { HttpRequest } from '../../electron/fineract/http.ts';

export interface ThreadOrder {
  readonly clients: number;
  /** A file that holds this head office already; null: it is made. */
  readonly image: string | null;
}

const { clients, image } = workerData as ThreadOrder;
const made = { file: ':memory:', now: () => Date.now(), clients };
const headOffice = createPracticeHeadOffice(image === null ? made : { ...made, database: new Database(image) });

parentPort?.on('message', ({ turn, request }: { readonly turn: number; readonly request: HttpRequest }) => {
  parentPort?.postMessage({ turn, reply: headOffice.handle(request) });
});
