// The notes of flushTrace.c, read back: what a process did to the files of one folder, in order. Between them stand the marks of the test
// itself, put into the same file at the moment when it learned something, so that "told before this flush" is a plain question of order.

import { appendFileSync, readFileSync } from 'node:fs';
import type { Receipt } from '../../../shared/domain/records.ts';

/** What the test knew at that moment. */
export type Mark =
  | { readonly what: 'scene'; readonly name: string }
  | { readonly what: 'founded' }
  | { readonly what: 'receipt'; readonly receipt: Receipt }
  | { readonly what: 'backup'; readonly path: string };

export type DiskEvent =
  | { readonly kind: 'opened'; readonly descriptor: number; readonly path: string; readonly isNew: boolean; readonly isEmptied: boolean }
  | { readonly kind: 'written'; readonly descriptor: number; readonly position: number; readonly bytes: Buffer }
  | { readonly kind: 'cut'; readonly descriptor: number; readonly length: number }
  | { readonly kind: 'flushed'; readonly descriptor: number }
  | { readonly kind: 'renamed'; readonly from: string; readonly to: string }
  | { readonly kind: 'removed'; readonly path: string }
  | { readonly kind: 'made'; readonly path: string }
  | { readonly kind: 'closed'; readonly descriptor: number }
  | { readonly kind: 'mark'; readonly mark: Mark };

const HEAD_BYTES = 17;
const MARK = 9;
const IS_NEW = 1;
const IS_EMPTIED = 2;

export function putMark(file: string, mark: Mark): void {
  const words = Buffer.from(JSON.stringify(mark));
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt8(MARK, 0);
  head.writeUInt32LE(words.length, 13);
  appendFileSync(file, Buffer.concat([head, words]));
}

export function readFlushTrace(file: string): DiskEvent[] {
  const content = readFileSync(file);
  const events: DiskEvent[] = [];
  for (let at = 0; at + HEAD_BYTES <= content.length;) {
    const kind = content.readUInt8(at);
    const descriptor = content.readInt32LE(at + 1);
    const position = Number(content.readBigInt64LE(at + 5));
    const length = content.readUInt32LE(at + 13);
    const bytes = content.subarray(at + HEAD_BYTES, at + HEAD_BYTES + length);
    at += HEAD_BYTES + length;
    // The process may have died in the middle of its last note.
    if (bytes.length < length) break;
    events.push(eventOf(kind, descriptor, position, bytes));
  }
  return events;
}

function eventOf(kind: number, descriptor: number, position: number, bytes: Buffer): DiskEvent {
  const text = (): string => bytes.toString('utf8');
  switch (kind) {
    case 1:
      return { kind: 'opened', descriptor, path: text(), isNew: (position & IS_NEW) !== 0, isEmptied: (position & IS_EMPTIED) !== 0 };
    case 2:
      return { kind: 'written', descriptor, position, bytes };
    case 3:
      return { kind: 'cut', descriptor, length: position };
    case 4:
      return { kind: 'flushed', descriptor };
    case 5: {
      const [from = '', to = ''] = text().split('\n');
      return { kind: 'renamed', from, to };
    }
    case 6:
      return { kind: 'removed', path: text() };
    case 7:
      return { kind: 'made', path: text() };
    case 8:
      return { kind: 'closed', descriptor };
    case MARK:
      return { kind: 'mark', mark: JSON.parse(text()) as Mark };
    default:
      throw new Error(`The flush trace holds a note of an unknown kind: ${kind}`);
  }
}
