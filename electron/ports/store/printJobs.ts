// Papers that wait for their printer: at most one for a receipt, so that an original is never on its way twice.

import type { PaperLanguage } from '../../../shared/domain/printing/printers.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';

export interface PrintJob {
  readonly receiptId: LocalId;
  /** A copy of one line by itself, counted from 1; null for the whole. */
  readonly line: number | null;
  readonly language: PaperLanguage;
  /** Who asked for it, by username. */
  readonly by: string;
  readonly askedAt: number;
  /** 'printing' is on the disk before the first byte leaves; 'unsure' waits for a person's word. */
  readonly state: 'waiting' | 'printing' | 'unsure';
  readonly tries: number;
  /** Not before then. */
  readonly nextAt: number;
  /** What the printer said, or that a process ended in the middle. */
  readonly why: string | null;
}

export interface PrintJobReads {
  printJob(receiptId: LocalId): PrintJob | null;
  /** In the order in which they were asked for. */
  printJobs(most: number): readonly PrintJob[];
  countPrintJobs(): number;
}

export interface PrintJobWrites {
  savePrintJob(job: PrintJob): void;
  deletePrintJob(receiptId: LocalId): void;
}
