// A printer that is written to like a file: a device of this PC, or a printer that Windows shares with itself. Windows hands what is written to
// such a share to the spooler as it is (RAW), so no part of it has to be compiled for Windows. Nothing comes back from there: all that was taken
// counts as printed, and what was taken in part is a question for a person.

import { constants } from 'node:fs';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { PrinterLight, SendOutcome } from '../ports/printers.ts';

const PATIENCE_MS = 20_000;
/** Never made: what is no device would otherwise be a file that keeps every receipt. Windows knows no controlling terminal. */
const TO_WHAT_IS_THERE = constants.O_WRONLY | (process.platform === 'win32' ? 0 : constants.O_NOCTTY);

export async function sendToDevice(
  path: string,
  bytes: Uint8Array,
  patienceMs = PATIENCE_MS,
): Promise<{ outcome: SendOutcome; why: PrinterLight | null }> {
  const opening = open(path, TO_WHAT_IS_THERE).catch(() => null);
  const device = await inTime(opening, patienceMs);
  if (device === null) {
    // A device that opens after all is closed again, and nothing was written to it.
    void opening.then((late) => late?.close());
    return { outcome: 'notBegun', why: 'unreachable' };
  }
  const writing = writeAll(device, bytes).then(
    () => true,
    () => false,
  );
  const written = await inTime(writing, patienceMs);
  void writing.then(() => device.close()).catch(() => undefined);
  return written === true ? { outcome: 'printed', why: null } : { outcome: 'unsure', why: 'silent' };
}

async function writeAll(device: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const { bytesWritten } = await device.write(bytes, at, bytes.length - at, null);
    at += bytesWritten;
  }
}

function inTime<T>(work: Promise<T>, ms: number): Promise<T | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), ms);
    void work.then((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}

/** One file for each paper; a name is never written to twice. */
export async function sendToFolder(
  folder: string,
  name: string,
  bytes: Uint8Array,
): Promise<{ outcome: SendOutcome; why: PrinterLight | null }> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = await open(join(folder, `${name}.bin`), 'wx', 0o600);
    try {
      await writeAll(file, bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    return { outcome: 'printed', why: null };
  } catch {
    return { outcome: 'notBegun', why: 'unreachable' };
  }
}
