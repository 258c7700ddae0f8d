// A printer on port 9100. Before anything of a paper leaves, a printer that answers is asked how it is: one without paper, with an open cover or
// out of reach has then taken nothing. After the last byte it is asked once more, in the order of the data: its answer means that what came
// before is printed. A line that ends in between leaves what only a person can see.

import { connect, type Socket } from 'node:net';
import type { PrinterAddress, PrinterProfile } from '../../shared/domain/printing/printers.ts';
import type { PrinterLight, PrinterState, SendOutcome } from '../ports/printers.ts';

export interface PrinterPatience {
  readonly connectMs: number;
  readonly answerMs: number;
  /** From the last byte taken to the word that it is printed. */
  readonly printMs: number;
}

const PATIENCE: PrinterPatience = { connectMs: 3_000, answerMs: 1_500, printMs: 20_000 };

type Network = Extract<PrinterAddress, { way: 'network' }>;

/** DLE EOT 1, 2 and 4: the printer, why it is offline, its paper. Answered at once, even while it cannot print. */
const STATUS_ASKED = [1, 2, 4].map((what) => Uint8Array.of(0x10, 0x04, what));
/** GS r 1: its paper once more, answered in the order of the data. */
const PAPER_AFTER_ALL = Uint8Array.of(0x1d, 0x72, 1);

/** Bits 1 and 4 are set and 0 and 7 are not in every real answer; whatever else comes is no answer. */
function isStatus(byte: number): boolean {
  return (byte & 0x93) === 0x12;
}

function lightOf([printer = 0, offline = 0, paper = 0]: readonly number[]): PrinterLight {
  if ((paper & 0x60) !== 0 || (offline & 0x20) !== 0) return 'paperOut';
  if ((offline & 0x04) !== 0) return 'coverOpen';
  if ((offline & 0x40) !== 0) return 'broken';
  if ((printer & 0x08) !== 0) return 'offline';
  return (paper & 0x0c) === 0 ? 'ready' : 'paperLow';
}

interface Line {
  readonly socket: Socket;
  /** The next byte, or null when none comes in time or the line ended. */
  nextByte(withinMs: number): Promise<number | null>;
  /** True when the bytes were taken by the line in time. */
  write(bytes: Uint8Array, withinMs: number): Promise<boolean>;
  close(): void;
}

function openLine({ host, port }: Network, patience: PrinterPatience): Promise<Line | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const received: number[] = [];
    let heard: () => void = () => undefined;
    let ended = false;
    const end = (): void => {
      ended = true;
      heard();
    };
    const tooLong = setTimeout(() => {
      socket.destroy();
      resolve(null);
    }, patience.connectMs);
    socket.on('data', (data: Buffer) => {
      received.push(...data);
      heard();
    });
    socket.on('end', end);
    socket.on('close', end);
    socket.on('error', () => {
      end();
      clearTimeout(tooLong);
      resolve(null);
    });
    const within = (ms: number, done: () => boolean): Promise<void> =>
      new Promise((settle) => {
        const timer = setTimeout(settle, ms);
        heard = () => {
          if (!done() && !ended) return;
          clearTimeout(timer);
          settle();
        };
        heard();
      });
    socket.once('connect', () => {
      clearTimeout(tooLong);
      socket.setNoDelay(true);
      resolve({
        socket,
        async nextByte(ms) {
          await within(ms, () => received.length > 0);
          return received.shift() ?? null;
        },
        async write(bytes, ms) {
          if (ended) return false;
          let taken = false;
          socket.write(bytes, (error) => {
            taken = error === null || error === undefined;
            heard();
          });
          await within(ms, () => taken);
          return taken;
        },
        close: () => void socket.destroy(),
      });
    });
  });
}

async function statusOf(line: Line, patience: PrinterPatience): Promise<PrinterState> {
  const bytes: number[] = [];
  for (const question of STATUS_ASKED) {
    if (!(await line.write(question, patience.answerMs))) break;
    const byte = await line.nextByte(patience.answerMs);
    if (byte === null) break;
    bytes.push(byte);
    if (!isStatus(byte)) break;
  }
  const said = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const isWhole = bytes.length === STATUS_ASKED.length && bytes.every(isStatus);
  return { light: isWhole ? lightOf(bytes) : 'silent', bytes: said };
}

export async function askNetworkPrinter(address: Network, patience = PATIENCE): Promise<PrinterState> {
  const line = await openLine(address, patience);
  if (line === null) return { light: 'unreachable', bytes: '' };
  try {
    return await statusOf(line, patience);
  } finally {
    line.close();
  }
}

export async function sendToNetworkPrinter(
  address: Network,
  profile: PrinterProfile,
  bytes: Uint8Array,
  patience = PATIENCE,
): Promise<{ outcome: SendOutcome; why: PrinterLight | null }> {
  const line = await openLine(address, patience);
  if (line === null) return { outcome: 'notBegun', why: 'unreachable' };
  try {
    if (profile.answers) {
      const { light } = await statusOf(line, patience);
      if (light !== 'ready' && light !== 'paperLow') return { outcome: 'notBegun', why: light };
    }
    if (!(await line.write(bytes, patience.printMs))) return { outcome: 'unsure', why: 'silent' };
    if (!profile.answers) {
      await new Promise<void>((resolve) => {
        line.socket.end(() => resolve());
        setTimeout(resolve, patience.answerMs);
      });
      return { outcome: 'printed', why: null };
    }
    const asked = await line.write(PAPER_AFTER_ALL, patience.answerMs);
    const paper = asked ? await line.nextByte(patience.printMs) : null;
    if (paper === null) return { outcome: 'unsure', why: 'silent' };
    // Bits 2 and 3: the paper's end was passed. What stands on the last of it, nobody here can see.
    return (paper & 0x0c) === 0x0c ? { outcome: 'unsure', why: 'paperOut' } : { outcome: 'printed', why: null };
  } finally {
    line.close();
  }
}
