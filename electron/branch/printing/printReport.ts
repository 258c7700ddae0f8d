// A report goes to paper while whoever asked for it waits: nobody else is held up, and it can be printed again at any time. The copy is counted
// before its first byte leaves, so no two papers say that they are the original.

import type { ParsedInputOf, RefusalOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import type { DayReport } from '../../../shared/domain/cash/dayReport.ts';
import { reportLines, type ReportCopy } from '../../../shared/domain/cash/reportLines.ts';
import type { SetPrinter } from '../../../shared/domain/printing/printers.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { readSetting } from '../../journal/settings.ts';
import { showX } from '../cash/reports.ts';
import type { BranchParts } from '../parts.ts';
import type { Session } from '../session/sessions.ts';

type Method = BranchContract['printers']['printReport'];

export interface ReportOnItsWay {
  readonly printer: SetPrinter;
  readonly bytes: Uint8Array;
  /** 0 for an original, and for an X. */
  readonly copy: number;
}

/** Null where the page prints it itself. */
export function prepareReport(
  parts: BranchParts,
  session: Session,
  input: ParsedInputOf<Method>,
): Result<ReportOnItsWay | { readonly printer: null; readonly copy: number }, RefusalOf<Method>> {
  const { store, paper } = parts;
  const found = reportAsked(parts, session, input);
  if (!found.ok) return refuse(found.refusal);
  const report = found.value;
  if (input.window) return ok({ printer: null, copy: countCopy(parts, session, report)?.number ?? 0 });
  const printers = store.read((read) => readSetting(read, 'printers'));
  if (printers === null || paper === undefined) return refuse({ code: 'printer.none' });
  const { main } = printers;
  const bytesOf = (copy: ReportCopy | null): Uint8Array | null =>
    paper.printers.bytesOf(main.kind, {
      lines: reportLines(
        report,
        {
          say: paper.words(printers.language),
          writing: { language: printers.language, country: store.read((read) => read.institutionCountry()) },
          zone: report.zone,
        },
        copy,
      ),
      kick: false,
    });
  // Whether the printer has its letters is known before a copy is counted.
  if (bytesOf(null) === null) return refuse({ code: 'printer.noLetters' });
  const copy = countCopy(parts, session, report);
  const bytes = bytesOf(copy);
  return bytes === null ? refuse({ code: 'printer.noLetters' }) : ok({ printer: main, bytes, copy: copy?.number ?? 0 });
}

function reportAsked(parts: BranchParts, session: Session, { number, drawerId }: ParsedInputOf<Method>) {
  if (number === undefined) return showX(parts, session, { drawerId });
  const report = parts.store.read((read) => read.report(number));
  return report === null ? refuse({ code: 'report.unknown' as const }) : ok(report.body);
}

/** Null for an original, and for an X. */
function countCopy({ store, clock }: BranchParts, session: Session, { number }: DayReport): ReportCopy | null {
  if (number === null) return null;
  const at = clock.now();
  const copy = store.write((write) => {
    const prints = write.reportPrints(number).length;
    write.insertReportPrint({ number, at, by: session.username, copy: prints });
    return prints;
  });
  return copy === 0 ? null : { number: copy, by: session.displayName, at };
}
