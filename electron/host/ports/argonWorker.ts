// The thread that reckons Argon2, so that nobody at the counter waits while somebody signs in. One order at a time, in the order in which they
// come; what it is told is forgotten with the order.

import { parentPort } from 'node:worker_threads';
import { reckon, type PasswordOrder } from './argon.ts';

parentPort?.on('message', ({ id, order }: { readonly id: number; readonly order: PasswordOrder }) => {
  reckon(order).then(
    (answer) => parentPort?.postMessage({ id, answer }),
    () => parentPort?.postMessage({ id, answer: null }),
  );
});
