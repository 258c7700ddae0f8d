// A practice head office in a thread of its own, so that what the branch's thread is measured at is the branch's alone.
import { parentPort, workerData } from 'node:worker_threads';
import { createPracticeHeadOffice } from '../../electron/practice/createPracticeHeadOffice.ts';
import type { HttpRequest } from '../../electron/fineract/http.ts';

const { clients } = workerData as { readonly clients: number };
const headOffice = createPracticeHeadOffice({ file: ':memory:', now: () => Date.now(), clients });

parentPort?.on('message', ({ turn, request }: { readonly turn: number; readonly request: HttpRequest }) => {
  parentPort?.postMessage({ turn, reply: headOffice.handle(request) });
});
