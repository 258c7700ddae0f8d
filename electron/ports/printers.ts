// What the branch needs of a receipt printer: bytes for a slip, sending them, and asking how it is. The decision what goes to paper, when and how
// often stays in the branch; a printer never sees anything but bytes.

import type { PaperLanguage, PrinterKind, SetPrinter } from '../../shared/domain/printing/printers.ts';
import type { SlipLine, SlipWords } from '../../shared/domain/receipts/slipLines.ts';

/**
 * 'printed': all of it was taken, and a printer that answers said that it printed it. 'notBegun': nothing of it can have come out, so it may be
 * sent again. 'unsure': some of it may have come out; only a person can tell.
 */
export type SendOutcome = 'printed' | 'notBegun' | 'unsure';

/** How a printer is, as far as it says. 'silent': it is reached and does not answer. 'untold': its kind, or the way to it, has no answers. */
export type PrinterLight = 'ready' | 'paperLow' | 'paperOut' | 'coverOpen' | 'offline' | 'broken' | 'silent' | 'unreachable' | 'untold';

export interface PrinterState {
  readonly light: PrinterLight;
  /** What it answered, byte by byte in hexadecimal, for whoever looks after it. */
  readonly bytes: string;
}

export interface PrintedSlip {
  readonly lines: readonly SlipLine[];
  /** Opens the drawer when the paper is done. */
  readonly kick: boolean;
}

export interface Printers {
  /** Null where the printer has no letters for it. */
  bytesOf(kind: PrinterKind, slip: PrintedSlip): Uint8Array | null;
  kickBytes(kind: PrinterKind): Uint8Array;
  send(printer: SetPrinter, bytes: Uint8Array): Promise<{ readonly outcome: SendOutcome; readonly why: PrinterLight | null }>;
  ask(printer: SetPrinter): Promise<PrinterState>;
}

/** What papers say, in each language that papers are written in. */
export type PaperWords = (language: PaperLanguage) => SlipWords['say'];

export interface PaperParts {
  readonly printers: Printers;
  readonly words: PaperWords;
}
