// A report or a slip of cash goes to paper while whoever asked for it waits: nobody else is held up, and it can be printed again at any time. The
// copy is counted before its first byte leaves, so no two papers say that they are the original.

import type { ParsedInputOf, Refusal, RefusalOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { cashSlipLines } from '../../../shared/domain/cash/cashSlipLines.ts';
import type { PaperCopy } from '../../../shared/domain/cash/paperOf.ts';
import { reportLines } from '../../../shared/domain/cash/reportLines.ts';
import type { SetPrinter } from '../../../shared/domain/printing/printers.ts';
import type { SlipLine, SlipWords } from '../../../shared/domain/receipts/slipLines.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { readSetting } from '../../journal/settings.ts';
import type { CashSlipPrint, ReportPrint, WriteStore } from '../../ports/store.ts';
import { reportShown, showX } from '../cash/reports.ts';
import type { BranchParts } from '../parts.ts';
import type { Session } from '../session/sessions.ts';
import { showSlip } from '../vault/showVault.ts';

type Printers = BranchContract['printers'];

interface PaperOnItsWay {
  readonly printer: SetPrinter;
  readonly bytes: Uint8Array;
  /** 0 for an original, and for an X. */
  readonly copy: number;
}

/** Null where the page prints it itself. */
export type Prepared = PaperOnItsWay | { readonly printer: null; readonly copy: number };

export function prepareReport(
  parts: BranchParts,
  session: Session,
  input: ParsedInputOf<Printers['printReport']>,
): Result<Prepared, RefusalOf<Printers['printReport']>> {
  const found = reportAsked(parts, session, input);
  if (!found.ok) return refuse(found.refusal);
  const report = found.value;
  const { number } = report;
  return prepare(parts, session, input.window, {
    linesOf: (words, copy) => reportLines(report, { ...words, zone: report.zone }, copy),
    count: (write, print) => (number === null ? null : countReport(write, { number, ...print })),
  });
}

export function prepareSlip(
  parts: BranchParts,
  session: Session,
  input: ParsedInputOf<Printers['printSlip']>,
): Result<Prepared, RefusalOf<Printers['printSlip']>> {
  const found = showSlip(parts, session, input);
  if (!found.ok) return refuse({ code: 'slip.unknown' });
  const slip = found.value;
  return prepare(parts, session, input.window, {
    linesOf: (words, copy) => cashSlipLines(slip, { ...words, zone: slip.zone }, copy),
    count: (write, print) => countSlip(write, { number: slip.number, ...print }),
  });
}

function countReport(write: WriteStore, print: Omit<ReportPrint, 'copy'>): number {
  const copy = write.reportPrints(print.number).length;
  write.insertReportPrint({ ...print, copy });
  return copy;
}

function countSlip(write: WriteStore, print: Omit<CashSlipPrint, 'copy'>): number {
  const copy = write.slipPrints(print.number).length;
  write.insertSlipPrint({ ...print, copy });
  return copy;
}

interface Printable {
  readonly linesOf: (words: Omit<SlipWords, 'zone'>, copy: PaperCopy | null) => readonly SlipLine[];
  /** Which paper it is; null where nobody counts it. */
  readonly count: (write: WriteStore, print: { readonly at: number; readonly by: string }) => number | null;
}

function prepare(
  parts: BranchParts,
  session: Session,
  window: boolean,
  { linesOf, count }: Printable,
): Result<Prepared, Refusal<'printer.none' | 'printer.noLetters'>> {
  const { store, clock, paper } = parts;
  const countCopy = (): PaperCopy | null => {
    const at = clock.now();
    const copy = store.write((write) => count(write, { at, by: session.username }));
    return copy === null || copy === 0 ? null : { number: copy, by: session.displayName, at };
  };
  if (window) return ok({ printer: null, copy: countCopy()?.number ?? 0 });
  const printers = store.read((read) => readSetting(read, 'printers'));
  if (printers === null || paper === undefined) return refuse({ code: 'printer.none' });
  const { main } = printers;
  const words = {
    say: paper.words(printers.language),
    writing: { language: printers.language, country: store.read((read) => read.institutionCountry()) },
  };
  const bytesOf = (copy: PaperCopy | null): Uint8Array | null =>
    paper.printers.bytesOf(main.kind, { lines: linesOf(words, copy), kick: false });
  // Whether the printer has its letters is known before a copy is counted.
  if (bytesOf(null) === null) return refuse({ code: 'printer.noLetters' });
  const copy = countCopy();
  const bytes = bytesOf(copy);
  return bytes === null ? refuse({ code: 'printer.noLetters' }) : ok({ printer: main, bytes, copy: copy?.number ?? 0 });
}

function reportAsked(parts: BranchParts, session: Session, { number, drawerId }: ParsedInputOf<Printers['printReport']>) {
  if (number === undefined) return showX(parts, session, { drawerId });
  return parts.store.read((read) => {
    const report = read.report(number);
    return report === null ? refuse({ code: 'report.unknown' as const }) : ok(reportShown(read, report));
  });
}
