// What is on its way to paper: to this PC's receipt printer, where one is set, else to the page's own print window. The original once, then
// copies that say so and carry their number. The branch is told before that paper was asked for; whether it came out a person says afterwards, because a print window that was closed looks the same from here.

import { defineStore } from 'pinia';
import { nextTick, shallowRef } from 'vue';
import type { cash } from '../../shared/contract/cash.ts';
import type { vault } from '../../shared/contract/vault.ts';
import type { OutputOf, Refusal } from '../../shared/contract/define.ts';
import type { LoanPaper, ReceiptLine, Statement } from '../../shared/contract/shapes.ts';
import type { AccountSlip } from '../../shared/domain/savings/accountSlip.ts';
import { styleNonce } from '../app/styleNonce.ts';
import { nowMs } from '../app/wallClock.ts';
import { useBranch } from '../branch/useBranch.ts';
import { useSessionStore } from './session.ts';

const PX_PER_MM = 96 / 25.4;
const PAPER_WIDTH_MM = 80;
/** Room below the slip for the cutter. */
const TAIL_MM = 4;
const SHEET = 'size: A4; margin: 14mm 15mm';

/** No receipt printer, or none that has the letters: the page's own window prints it. */
const TO_THE_WINDOW: ReadonlySet<string> = new Set(['printer.none', 'printer.noLetters']);

export type Report = OutputOf<(typeof cash)['showX']>;

export type OverShortTold = OutputOf<(typeof cash)['showOverShort']>;
export type CashSlipTold = OutputOf<(typeof vault)['showSlip']>;

export interface Printed {
  readonly line: ReceiptLine;
  readonly copyNumber: number | null;
  readonly copyBy: string;
  readonly copyAt: number | null;
  /** A copy of one line by itself, counted from 1. */
  readonly copyLine: number | null;
}

/** A report or a slip of cash that goes to the page's own window. */
export interface PrintedReport {
  readonly of: { readonly report: Report } | { readonly slip: CashSlipTold } | { readonly account: AccountSlip };
  readonly copy: { readonly number: number; readonly by: string; readonly at: number } | null;
}

/** What goes to the page's own window on A4. */
export type PrintedSheet = { readonly statement: Statement } | { readonly loan: LoanPaper } | { readonly overShort: OverShortTold };

export interface SentNow {
  readonly copy: number | null;
  /** Whether paper came out: the printer said so, or did not; a window that was opened may have been closed again. */
  readonly came: 'out' | 'unsure' | 'toWindow';
  readonly refusal: Refusal | null;
}

function frame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()));
}

/** `page`: a size and margins as a style sheet writes them. */
function setPaper(page: string): void {
  document.querySelector('style[data-paper]')?.remove();
  const size = document.createElement('style');
  size.nonce = styleNonce();
  size.dataset['paper'] = 'receipt';
  size.textContent = `@page { ${page} }`;
  document.head.append(size);
}

export const usePrintingStore = defineStore('printing', () => {
  const branch = useBranch();
  const session = useSessionStore();
  const printed = shallowRef<Printed | null>(null);
  const printedReport = shallowRef<PrintedReport | null>(null);
  const printedSheet = shallowRef<PrintedSheet | null>(null);

  /** Answers the receipt as the branch then has it, or why no paper was asked for. */
  async function print(
    line: ReceiptLine,
    copyLine: number | null = null,
    onlyOriginal = false,
  ): Promise<{ readonly line: ReceiptLine; readonly refusal: Refusal | null }> {
    const { receiptId } = line.receipt;
    const queued = await branch.printers.print({ receiptId, onlyOriginal, ...(copyLine === null ? {} : { line: copyLine }) });
    if (queued.ok || !TO_THE_WINDOW.has(queued.refusal.code)) return { line, refusal: queued.ok ? null : queued.refusal };
    const asked = await branch.receipts.markPrinted({ receiptId, what: 'asked' });
    if (!asked.ok) return { line, refusal: asked.refusal };
    const isCopy = line.printedAt !== null;
    clear();
    printed.value = {
      line,
      copyNumber: isCopy ? line.copies + 1 : null,
      copyBy: session.mine?.staff.displayName ?? '',
      copyAt: isCopy ? nowMs() : null,
      copyLine: isCopy ? copyLine : null,
    };
    await throughWindow();
    return { line: asked.value, refusal: null };
  }

  /** What went to the window is not there for a second paper: a later one is asked for anew, and says that it is a copy. */
  function clear(): void {
    printed.value = null;
    printedReport.value = null;
    printedSheet.value = null;
  }

  /** The window is open until it says that it is not; some browsers go on at once. */
  function openWindow(): void {
    window.addEventListener('afterprint', clear, { once: true });
    window.print();
  }

  async function throughWindow(): Promise<void> {
    await nextTick();
    const root = document.querySelector<HTMLElement>('.print-root');
    const heightMm = Math.ceil((root?.getBoundingClientRect().height ?? 0) / PX_PER_MM) + TAIL_MM;
    setPaper(`size: ${PAPER_WIDTH_MM}mm ${heightMm}mm; margin: 0`);
    await frame();
    openWindow();
  }

  /** A sheet of A4 as often as somebody asks: it promises nothing and is counted by nobody. */
  async function printSheet(sheet: PrintedSheet): Promise<void> {
    clear();
    printedSheet.value = sheet;
    await nextTick();
    setPaper(SHEET);
    await frame();
    openWindow();
  }

  /** The slip of a new account: its number and what was agreed, no promise of money. */
  async function printAccountSlip(account: AccountSlip): Promise<void> {
    clear();
    printedReport.value = { of: { account }, copy: null };
    await throughWindow();
  }

  /** A report to the receipt printer, or else to the page's own window. `drawerId`: of an X. Answers which copy it was, or why there is none. */
  function printReport(report: Report, drawerId: string | null): Promise<SentNow> {
    const which = { ...(report.number === null ? {} : { number: report.number }), ...(drawerId === null ? {} : { drawerId }) };
    return printNow({ report }, (window) => branch.printers.printReport({ ...which, window }));
  }

  /** A slip of cash, likewise. */
  function printCashSlip(slip: CashSlipTold): Promise<SentNow> {
    return printNow({ slip }, (window) => branch.printers.printSlip({ number: slip.number, window }));
  }

  async function printNow(
    of: PrintedReport['of'],
    send: (window: boolean) => ReturnType<typeof branch.printers.printReport> | ReturnType<typeof branch.printers.printSlip>,
  ): Promise<SentNow> {
    const sent = await send(false);
    if (sent.ok) return { copy: sent.value.copy, came: sent.value.outcome === 'unsure' ? 'unsure' : 'out', refusal: null };
    if (!TO_THE_WINDOW.has(sent.refusal.code)) return { copy: null, came: 'unsure', refusal: sent.refusal };
    const counted = await send(true);
    if (!counted.ok) return { copy: null, came: 'unsure', refusal: counted.refusal };
    const { copy } = counted.value;
    clear();
    printedReport.value = {
      of,
      copy: copy === 0 ? null : { number: copy, by: session.mine?.staff.displayName ?? '', at: nowMs() },
    };
    await throughWindow();
    return { copy, came: 'toWindow', refusal: null };
  }

  return { printed, printedReport, printedSheet, print, printReport, printCashSlip, printSheet, printAccountSlip, clear };
});
