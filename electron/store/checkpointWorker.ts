// The thread that carries the log's pages into the store's file, with a connection of its own: a thousand pages are deciphered, enciphered
// again and flushed twice, which is longer than a screen may wait. It moves what is committed and decides nothing. Between two orders it
// holds no connection, so that the branch's own is the last one and leaves a single file behind when it closes.

import { parentPort, workerData } from 'node:worker_threads';
import type { CheckpointOrder } from './checkpoints.ts';
import { IDLE } from './checkpoints.ts';
import { openDatabase } from './openDatabase.ts';

const { file, key, standing } = workerData as CheckpointOrder;

/** Passive: waits for nobody and holds nobody up. What cannot be moved yet is moved at the next order. */
function checkpoint(): boolean {
  try {
    const database = openDatabase({ file, key }, 'write');
    try {
      database.pragma('synchronous = FULL');
      database.pragma('wal_checkpoint(PASSIVE)');
      return true;
    } finally {
      database.close();
    }
  } catch {
    return false;
  }
}

parentPort?.on('message', () => {
  const done = checkpoint();
  Atomics.store(standing, 0, IDLE);
  Atomics.notify(standing, 0);
  parentPort?.postMessage(done);
});
