// The receipt printers beside a PC, with what came out of them: they outlive any process of the PC. A printer prints, takes nothing, or dies in the
// middle of a paper; what was on its way when it died either came out or did not, and the PC is never told which.

import { encodeKick, encodeSlip } from '../../electron/devices/encodeSlip.ts';
import type { Printers } from '../../electron/ports/printers.ts';
import { PRINTER_PROFILES } from '../../shared/domain/printing/printers.ts';
import { readEscPos, type EscPosPaper } from './escPosPaper.ts';
import type { VirtualTime } from './virtualTime.ts';

export type PrinterMood = 'prints' | 'takesNothing' | 'diesAfterPaper' | 'diesBeforePaper';

export interface PaperTray {
  /** By the port of the printer's address. */
  readonly moods: Map<number, PrinterMood>;
  /** Everything that came out, in its order. */
  readonly papers: { readonly port: number; readonly at: number; readonly paper: EscPosPaper }[];
}

const PRINTS_IN_MS = 700;

export function paperTray(): PaperTray {
  return { moods: new Map(), papers: [] };
}

/** As one process of the PC sees them: once it is dead, nothing is answered to it any more. */
export function printersOf(tray: PaperTray, time: VirtualTime, isDead: () => boolean): Printers {
  const pause = (ms: number) => new Promise<void>((resolve) => time.after(ms, resolve));
  return {
    bytesOf: (kind, slip) => encodeSlip(slip, PRINTER_PROFILES[kind]),
    kickBytes: (kind) => encodeKick(PRINTER_PROFILES[kind]),
    async send({ address }, bytes) {
      const port = address.way === 'network' ? address.port : 0;
      const mood = tray.moods.get(port) ?? 'prints';
      if (mood === 'takesNothing') return { outcome: 'notBegun', why: 'unreachable' };
      // What has reached the printer comes out, whatever becomes of the PC.
      if (mood !== 'diesBeforePaper') tray.papers.push({ port, at: time.now(), paper: readEscPos(bytes) });
      await pause(PRINTS_IN_MS);
      if (isDead()) return new Promise(() => undefined);
      return mood === 'prints' ? { outcome: 'printed', why: null } : { outcome: 'unsure', why: 'silent' };
    },
    ask: async () => ({ light: 'ready', bytes: '16 12 12' }),
  };
}
