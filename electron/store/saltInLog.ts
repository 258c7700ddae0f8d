// The cipher's salt is the first 16 bytes of a store's file and never changes; without it the right key opens nothing. Page 1 is written anew
// whenever pages are moved out of the log, and a power cut may spoil the sector that it strikes. The log, flushed before, then still holds the
// page and in it the same salt. Only the salt is ever laid back: all other bytes SQLite takes from the log itself, or refuses the file.

import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';

const SALT_BYTES = 16;
const LOG_HEAD_BYTES = 32;
const FRAME_HEAD_BYTES = 24;
/** Its last bit says in which order checksums are reckoned. */
const LOG_MAGIC = 0x377f0682;
/** Where a frame, like the head of the log, says to which run of the log it belongs. */
const RUN = { ofLog: 16, ofFrame: 8, bytes: 8 } as const;

function bytesAt(handle: number, position: number, length: number): Buffer | null {
  const bytes = Buffer.alloc(length);
  return readSync(handle, bytes, 0, length, position) === length ? bytes : null;
}

function reading<T>(file: string, work: (handle: number) => T): T | null {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch {
    return null;
  }
  try {
    return work(handle);
  } finally {
    closeSync(handle);
  }
}

function newestInLog(log: number): Buffer | null {
  const head = bytesAt(log, 0, LOG_HEAD_BYTES);
  if (head === null || (head.readUInt32BE(0) & ~1) >>> 0 !== LOG_MAGIC) return null;
  const run = head.subarray(RUN.ofLog, RUN.ofLog + RUN.bytes);
  const frameBytes = FRAME_HEAD_BYTES + head.readUInt32BE(8);
  let newest: Buffer | null = null;
  for (let at = LOG_HEAD_BYTES; ; at += frameBytes) {
    const frame = bytesAt(log, at, FRAME_HEAD_BYTES + SALT_BYTES);
    if (frame === null || !frame.subarray(RUN.ofFrame, RUN.ofFrame + RUN.bytes).equals(run)) return newest;
    if (frame.readUInt32BE(0) === 1) newest = frame.subarray(FRAME_HEAD_BYTES);
  }
}

/** The salt that the log beside a file holds, where the file begins with something else; null otherwise. */
export function saltInLog(file: string): Buffer | null {
  const kept = reading(`${file}-wal`, newestInLog);
  const here = reading(file, (handle) => bytesAt(handle, 0, SALT_BYTES));
  return kept === null || here === null || kept.equals(here) ? null : kept;
}

/** On the disk when it returns. */
export function layBackSalt(file: string, salt: Buffer): void {
  const handle = openSync(file, 'r+');
  try {
    writeSync(handle, salt, 0, SALT_BYTES, 0);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
