// Takes waiting papers to the printer, one after the other, after their receipts are committed. A printer that takes nothing is asked again with
// pauses, another one takes over meanwhile, and nobody at the counter waits for either. That a paper is being sent is on the disk before its
// first byte leaves; whatever cannot be known afterwards is asked of a person and never simply sent again.

import { readSetting } from '../../journal/settings.ts';
import { doubtPrintJob, doubtPrintJobs } from '../../journal/doubtPrintJobs.ts';
import type { SendOutcome } from '../../ports/printers.ts';
import type { PrintJob } from '../../ports/store.ts';
import type { PrintersOfPc, SetPrinter } from '../../../shared/domain/printing/printers.ts';
import type { BranchEvent } from '../../../shared/contract/branchContract.ts';
import type { BranchParts } from '../parts.ts';
import { paperOf } from './paperOf.ts';
import { queueOfficeCopy } from './queuePaper.ts';

export interface Spooler {
  start(): void;
  stop(): Promise<void>;
}

const LOOKED_AT_ONCE = 500;
/** The end of the program does not wait longer for a printer: what is then still on its way is asked of a person at the next start. */
const STOP_WITHIN_MS = 3_000;
const IDLE_MS = 600_000;
const PAUSES_MS = [2_000, 5_000, 15_000, 30_000];
const PAUSE_LONGEST_MS = 60_000;
/** A printer that took nothing is left alone so long while the other one works. */
const REST_MS = 30_000;

const WAKING: ReadonlySet<BranchEvent['what']> = new Set(['account.changed', 'drawer.changed', 'exceptions.changed', 'printing.changed']);

type Which = 'main' | 'other';

export function createSpooler(parts: BranchParts): Spooler {
  const { store, clock, timers, events, paper } = parts;
  const restsUntilMs: Record<Which, number> = { main: 0, other: 0 };
  let running = false;
  let isOver = false;
  let woken = false;
  let wake: () => void = () => undefined;
  let ended: Promise<void> = Promise.resolve();
  let deaf: () => void = () => undefined;

  function chosen(printers: PrintersOfPc): { readonly which: Which; readonly printer: SetPrinter } {
    const { main, other } = printers;
    const now = clock.monotonicMs();
    if (other !== null && restsUntilMs.main > now && restsUntilMs.other <= now) return { which: 'other', printer: other };
    return { which: 'main', printer: main };
  }

  function inOrder(printers: PrintersOfPc): readonly { readonly which: Which; readonly printer: SetPrinter }[] {
    const first = chosen(printers);
    const { main, other } = printers;
    if (other === null) return [first];
    return [first, first.which === 'main' ? { which: 'other', printer: other } : { which: 'main', printer: main }];
  }

  /** Milliseconds until something is due. */
  async function turn(): Promise<number> {
    const { printers, jobs } = store.read((read) => ({ printers: readSetting(read, 'printers'), jobs: read.printJobs(LOOKED_AT_ONCE) }));
    // Nothing is on its way between two turns: what still says so could not be noted (a full disk).
    if (jobs.some(({ state }) => state === 'printing'))
      store.write((write) => doubtPrintJobs(write, clock.now(), 'fault', ({ state }) => state === 'printing'));
    const waiting = jobs.filter(({ state }) => state === 'waiting');
    if (printers === null || waiting.length === 0) return IDLE_MS;
    const now = clock.now();
    // A clock that was set back makes nobody wait longer than the longest pause.
    const waitOf = ({ nextAt }: PrintJob): number => (nextAt - now > PAUSE_LONGEST_MS ? 0 : Math.max(nextAt - now, 0));
    const due = waiting.find((job) => waitOf(job) === 0);
    if (due === undefined) return Math.min(...waiting.map(waitOf));
    await printOne(due, printers).catch((error: unknown) => putAside(due, error));
    return 0;
  }

  /** Whatever broke over one paper holds up no other: before its first byte it waits, after it a person is asked. */
  function putAside(job: PrintJob, error: unknown): void {
    parts.diagnostics.incident(error, 'printing');
    store.write((write) => {
      const now = write.printJob(job.receiptId);
      if (now?.state === 'printing') doubtPrintJob(write, job, clock.now(), 'fault');
      else if (now !== null) write.savePrintJob({ ...now, tries: now.tries + 1, nextAt: clock.now() + PAUSE_LONGEST_MS, why: 'fault' });
    });
    events.tell({ what: 'printing.changed' });
  }

  async function printOne(job: PrintJob, printers: PrintersOfPc): Promise<void> {
    if (paper === undefined) return;
    const takes = store.read((read) => {
      const receipt = read.receipt(job.receiptId);
      if (receipt === null) return null;
      // The drawer opens for the paper that was queued with its receipt, never for one that somebody asks for later.
      const kick = printers.kicksDrawer && receipt.cash && job.askedAt === receipt.recordedAt && read.prints(job.receiptId).length === 0;
      const slip = { lines: paperOf(read, receipt, job, paper.words), kick };
      // One printer may have letters that the other one lacks.
      for (const taker of inOrder(printers)) {
        const bytes = paper.printers.bytesOf(taker.printer.kind, slip);
        if (bytes !== null) return { ...taker, bytes };
      }
      return null;
    });
    if (takes === null) {
      store.write((write) => write.savePrintJob({ ...job, tries: job.tries + 1, nextAt: clock.now() + PAUSE_LONGEST_MS, why: 'letters' }));
      events.tell({ what: 'printing.changed' });
      return;
    }
    const { which, printer, bytes } = takes;
    store.write((write) => write.savePrintJob({ ...job, state: 'printing' }));
    const { outcome, why } = await paper.printers.send(printer, bytes);
    if (isOver) return;
    restsUntilMs[which] = outcome === 'printed' ? 0 : clock.monotonicMs() + REST_MS;
    const canTakeOver = outcome === 'notBegun' && chosen(printers).which !== which;
    store.write((write) => noteOutcome(write, job, outcome, why, canTakeOver));
    events.tell({ what: 'printing.changed' });
  }

  function noteOutcome(
    write: Parameters<Parameters<typeof store.write>[0]>[0],
    job: PrintJob,
    outcome: SendOutcome,
    why: string | null,
    canTakeOver: boolean,
  ): void {
    // Somebody may have said meanwhile what became of it.
    if (write.printJob(job.receiptId)?.state !== 'printing') return;
    const at = clock.now();
    switch (outcome) {
      case 'printed':
        write.deletePrintJob(job.receiptId);
        write.insertPrint({ receiptId: job.receiptId, at, by: job.by, copy: write.prints(job.receiptId).length });
        queueOfficeCopy(write, job.receiptId, job.by, at);
        return;
      case 'notBegun': {
        const pause = canTakeOver ? 0 : (PAUSES_MS[job.tries] ?? PAUSE_LONGEST_MS);
        write.savePrintJob({ ...job, state: 'waiting', tries: job.tries + 1, nextAt: at + pause, why });
        return;
      }
      case 'unsure':
        doubtPrintJob(write, job, at, why ?? 'unsure');
    }
  }

  const mayRest = (): boolean => running && !woken;

  async function loop(): Promise<void> {
    while (running) {
      woken = false;
      const pauseMs = await turn().catch((error: unknown) => {
        parts.diagnostics.incident(error, 'printing');
        return PAUSE_LONGEST_MS;
      });
      if (!mayRest() || pauseMs === 0) continue;
      const sleep = timers.sleep(pauseMs);
      wake = () => sleep.wake();
      await sleep.done;
      wake = () => undefined;
    }
  }

  return {
    start() {
      store.write((write) => doubtPrintJobs(write, clock.now(), 'restarted', ({ state }) => state === 'printing'));
      if (paper === undefined) return;
      running = true;
      isOver = false;
      deaf = events.listen(({ what }) => {
        if (!WAKING.has(what)) return;
        woken = true;
        wake();
      });
      ended = loop();
    },
    async stop() {
      running = false;
      deaf();
      wake();
      await Promise.race([ended, timers.sleep(STOP_WITHIN_MS).done]);
      isOver = true;
    },
  };
}
