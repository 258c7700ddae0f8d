// The branch's day: its figures, and its close by people. A day close works fully offline; what is not sent yet is named, not hidden.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { isReason } from '../../../shared/domain/reasons.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { appendEntry } from '../../journal/appendEntry.ts';
import { checkOf, settleMemoryFinding } from '../../journal/recordChecked.ts';
import { readSetting, saveSetting } from '../../journal/settings.ts';
import type { ReadStore, ReportRecord } from '../../ports/store.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import type { Session } from '../session/sessions.ts';
import { countsBlind } from './countsBlind.ts';
import { dayFigures } from './dayFigures.ts';
import { drawerView } from './drawerView.ts';
import { afterHoursOf, lateDateNow } from './lateDay.ts';
import { keepDayReport, takenBackOf } from './reports.ts';

type Cash = BranchContract['cash'];
/** So many signs of a hash nobody meets by chance. */
const HEAD_LEAST = 12;

export function showDay(parts: BranchParts, session: Session): AnswerOf<Cash['showDay']> {
  return parts.store.read((read) => {
    const day = read.openDay() ?? read.lastDay();
    const calendarDate = parts.clock.localDate(parts.clock.now());
    const figures = day === null ? null : dayFigures(read, day.businessDate);
    const withheld = countsBlind(read, session.username);
    const told = (minor: number): number | null => (withheld ? null : minor);
    const again = day === null ? null : read.dayInError(day.businessDate);
    const openedBy = again?.openedAgainBy ?? day?.openedBy ?? null;
    return ok({
      businessDate: day?.businessDate ?? null,
      open: day !== null && day.closedAt === null,
      openedAt: again?.openedAgainAt ?? day?.openedAt ?? null,
      openedBy: openedBy === null ? null : (read.staff(openedBy)?.displayName ?? openedBy),
      calendarDate,
      wrongDay:
        day !== null && day.businessDate > calendarDate && afterHoursOf(read, parts.clock, day.businessDate) === null
          ? { businessDate: day.businessDate, open: day.closedAt === null }
          : null,
      reopened: day === null ? null : (takenBackOf(read, day.businessDate).at(-1) ?? null),
      mayReopen: read.openDay() === null && reportToTakeBack(read, calendarDate) !== null,
      lateDate: lateDateNow(read, calendarDate),
      drawers: day === null ? [] : read.drawersOf(day.businessDate).map((drawer) => drawerView(read, drawer, session.username)),
      receipts: figures?.receipts ?? 0,
      withheld,
      byKind: figures?.byKind.map((row) => ({ ...row, amountMinor: told(row.amountMinor) })) ?? [],
      byWay: figures?.byWay.map((row) => ({ ...row, inMinor: told(row.inMinor), outMinor: told(row.outMinor) })) ?? [],
      byCashier: figures?.byCashier.map((row) => ({ ...row, inMinor: told(row.inMinor), outMinor: told(row.outMinor) })) ?? [],
      byStanding: figures?.byStanding.map((row) => ({ ...row, amountMinor: told(row.amountMinor) })) ?? [],
      firstReceipt: figures?.first ?? null,
      lastReceipt: figures?.last ?? null,
      headHash: read.lastEntry()?.hash ?? null,
      headEntry: read.lastEntry()?.entry ?? null,
      record: checkOf(read),
    });
  });
}

/**
 * Whether a head of the chain that somebody has on paper stands in these books. What is typed may be its beginning; the number of the entry
 * before it, where the paper has it, makes the look quick.
 */
export function checkHead(
  parts: BranchParts,
  input: { readonly head: string; readonly entry?: number | undefined },
): AnswerOf<Cash['checkHead']> {
  const wanted = input.head.toLowerCase().replace(/[^0-9a-f]/g, '');
  if (wanted.length < HEAD_LEAST) return refuse({ code: 'head.tooShort' });
  return parts.store.read((read) => {
    const found = read.entryWithHash(wanted, input.entry ?? null);
    if (found === null) return ok({ found: null });
    return ok({ found: { entry: found.entry, businessDate: found.businessDate, at: found.at } });
  });
}

export function closeDay(parts: BranchParts, session: Session): AnswerOf<Cash['closeDay']> {
  return parts.store.write((write) => {
    const day = write.openDay();
    if (day === null) return refuse({ code: 'businessDay.closed' });
    const open = write.drawersOf(day.businessDate).filter((drawer) => drawer.closedAt === null).length;
    if (open > 0) return refuse({ code: 'businessDay.drawersOpen', facts: { drawers: open } });
    const now = parts.clock.now();
    if (afterHoursOf(write, parts.clock, day.businessDate) !== null) return refuse({ code: 'businessDay.notBegun' });
    write.closeDay(day.businessDate, now, session.username);
    const report = keepDayReport(write, parts, day.businessDate, session, now);
    // The day was closed over what is missing: its drawers were counted and its cases looked at.
    if (readSetting(write, 'booksBehind') !== null) saveSetting(write, 'booksBehind', null);
    settleMemoryFinding(write);
    appendEntry(write, parts.digest, {
      what: 'businessDay.closed',
      by: session.username,
      businessDate: day.businessDate,
      at: now,
      body: {
        firstReceipt: report.body.firstReceipt,
        lastReceipt: report.body.lastReceipt,
        unfinished: write.countUnfinished(),
        report: report.number,
        reportHash: report.hash,
      },
    });
    return ok({ businessDate: day.businessDate, report: report.number });
  });
}

/** By reversal: what the close said stays as it is, and is called taken back wherever it is shown. */
export function reopenDay(
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  { businessDate, reason }: ParsedInputOf<Cash['reopenDay']>,
): AnswerOf<Cash['reopenDay']> {
  return parts.store.write((write) => {
    if (clockWatch.unanswered(write) !== null) return refuse({ code: 'clock.answerFirst' });
    if (write.openDay() !== null) return refuse({ code: 'businessDay.alreadyOpen' });
    const now = parts.clock.now();
    const report = reportToTakeBack(write, parts.clock.localDate(now));
    if (report?.businessDate !== businessDate) return refuse({ code: 'businessDay.notLast' });
    if (!isReason(reason)) return refuse({ code: 'businessDay.reasonNeeded' });
    write.reopenDay({ report: report.number, businessDate, reopenedAt: now, reopenedBy: session.username, reason });
    appendEntry(write, parts.digest, {
      what: 'businessDay.reopened',
      by: session.username,
      businessDate,
      at: now,
      body: { calendarDate: parts.clock.localDate(now), reason, takesBack: report.number, takesBackHash: report.hash },
    });
    return ok({ businessDate });
  });
}

/** The Z of the last day, which is closed, is not later than the calendar, and was closed by a program that made reports. */
function reportToTakeBack(read: ReadStore, today: BusinessDate): ReportRecord | null {
  const day = read.lastDay();
  if (day?.closedAt == null || day.businessDate > today) return null;
  return read.reportsOf(day.businessDate).findLast(({ drawerId }) => drawerId === null) ?? null;
}

/** The day may be open, or closed already: what keeps the true day from opening is its date. Every number that it gave stays given. */
export function closeDayInError(
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  input: ParsedInputOf<Cash['closeDayInError']>,
): AnswerOf<Cash['closeDayInError']> {
  return parts.store.write((write) => {
    if (clockWatch.unanswered(write) !== null) return refuse({ code: 'clock.answerFirst' });
    const now = parts.clock.now();
    const { businessDate, reason } = input;
    const day = write.day(businessDate);
    if (day === null || write.dayInError(businessDate)?.openedAgainAt === null) return refuse({ code: 'businessDay.closed' });
    if (businessDate === parts.clock.localDate(now)) return refuse({ code: 'businessDay.isToday' });
    // A day of the past that was closed is a day, whatever is said of it now.
    if (day.closedAt !== null && businessDate < parts.clock.localDate(now)) return refuse({ code: 'businessDay.closed' });
    if (!isReason(reason)) return refuse({ code: 'businessDay.reasonNeeded' });
    const open = write.drawersOf(businessDate).filter((drawer) => drawer.closedAt === null).length;
    if (open > 0) return refuse({ code: 'businessDay.drawersOpen', facts: { drawers: open } });
    const isOpen = day.closedAt === null;
    if (isOpen) write.closeDay(businessDate, now, session.username);
    const report = isOpen ? keepDayReport(write, parts, businessDate, session, now) : null;
    write.insertDayInError({ businessDate, saidAt: now, saidBy: session.username, reason, openedAgainAt: null, openedAgainBy: null });
    const { first, last } = dayFigures(write, businessDate);
    appendEntry(write, parts.digest, {
      what: 'businessDay.closedInError',
      by: session.username,
      businessDate,
      at: now,
      body: {
        calendarDate: parts.clock.localDate(now),
        reason,
        firstReceipt: first,
        lastReceipt: last,
        wasOpen: isOpen,
        ...(report === null ? {} : { report: report.number, reportHash: report.hash }),
      },
    });
    return ok({ businessDate });
  });
}
