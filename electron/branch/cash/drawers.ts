// Opening and closing a cashier's drawer. The first drawer of a day opens the business day; a day that was closed opens again only where a
// manager takes its close back or had closed it as a clock's error; a date before the last one is a clock's mistake, not a new day (field-rules 1.5). The
// count is blind, and each count is a fact (1.7).

import type { AnswerOf, ParsedInputOf, Refusal, RefusalOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { closedOn } from '../../../shared/domain/calendar/workCalendar.ts';
import { isCountedOut, judgeCount } from '../../../shared/domain/cash/drawerCount.ts';
import { isReason } from '../../../shared/domain/reasons.ts';
import { arePiecesOf, inOrder, type Pieces } from '../../../shared/domain/cash/pieces.ts';
import type { Json } from '../../../shared/kernel/canonicalJson.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import { assertInvariant } from '../../../shared/kernel/assert.ts';
import type { Currency } from '../../../shared/kernel/money.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { appendEntry } from '../../journal/appendEntry.ts';
import { identityOf, readSetting } from '../../journal/settings.ts';
import { workCalendarOf } from '../../journal/workCalendar.ts';
import type { DayRecord, DrawerRecord, ReadStore, WriteStore } from '../../ports/store.ts';
import { expectedInDrawer } from '../counter/operationDay.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import type { Session } from '../session/sessions.ts';
import { dateDoubt } from './dateDoubt.ts';
import { currencyNamed, currencyWith, inMoneyOf } from './currencies.ts';
import { drawerView, shortageOf } from './drawerView.ts';
import { lateDateNow, saveLateDay } from './lateDay.ts';
import { keepDrawerReport } from './reports.ts';

type Cash = BranchContract['cash'];

const FAR_AHEAD_MS = 7 * 24 * 3_600_000;

export function openDrawer(
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  input: ParsedInputOf<Cash['openDrawer']>,
): AnswerOf<Cash['openDrawer']> {
  return parts.store.write((write) => {
    const may = mayOpen(write, parts, clockWatch, session, input);
    if (!may.ok) return refuse(may.refusal);
    const { currency, today, businessDate, late, isInError } = may.value;
    const pieces = piecesOf(input.pieces, currency, input.openingMinor);
    if (!pieces.ok) return refuse(pieces.refusal);
    const now = parts.clock.now();
    let { day } = may.value;
    if (day === null) {
      day = { businessDate, openedAt: now, openedBy: session.username, closedAt: null, closedBy: null };
      if (isInError) write.openDayAgain(businessDate, now, session.username);
      else write.insertDay(day);
      if (late !== null) saveLateDay(write, parts.clock, late, session.username, now);
      appendEntry(write, parts.digest, {
        what: 'businessDay.opened',
        by: session.username,
        businessDate,
        at: now,
        body: { calendarDate: today, again: isInError, ...(late === null ? {} : { afterHours: true }) },
      });
    }
    const drawer = {
      drawerId: parts.ids.newId(),
      name: String(write.drawersOf(day.businessDate).length + 1),
      username: session.username,
      businessDate: day.businessDate,
      openedAt: now,
      openingMinor: input.openingMinor,
      currency: currency.code,
      closedAt: null,
      countedMinor: null,
      differenceMinor: null,
      reason: null,
      openingPieces: pieces.value,
    };
    write.insertDrawer(drawer);
    appendEntry(write, parts.digest, {
      what: 'drawer.opened',
      by: session.username,
      businessDate: day.businessDate,
      at: now,
      body: { drawer: drawer.drawerId, openingMinor: input.openingMinor, currency: currency.code, ...told(pieces.value) },
    });
    return ok(drawerView(write, drawer, session.username));
  });
}

/** Asked before the float is counted: why no drawer can be opened now, else the day that it belongs to and whether head office works on it. */
export function checkOpening(
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  input: ParsedInputOf<Cash['checkOpening']>,
): AnswerOf<Cash['checkOpening']> {
  return parts.store.read((read) => {
    const may = mayOpen(read, parts, clockWatch, session, input);
    if (!may.ok) return refuse(may.refusal);
    const { businessDate } = may.value;
    return ok({ businessDate, closedDay: closedOn(workCalendarOf(read), businessDate) });
  });
}

interface MayOpen {
  readonly currency: Currency;
  /** The day that is open; null where the drawer opens the day of the calendar. */
  readonly day: DayRecord | null;
  readonly today: BusinessDate;
  /** Of the drawer. */
  readonly businessDate: BusinessDate;
  /** The same, where it is a day that has not begun: work after hours. */
  readonly late: BusinessDate | null;
  /** That day was closed as a clock's error, and opens once more. */
  readonly isInError: boolean;
}

function mayOpen(
  read: ReadStore,
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  { currency: code, afterHours }: ParsedInputOf<Cash['checkOpening']>,
): Result<MayOpen, RefusalOf<Cash['checkOpening']>> {
  if (clockWatch.unanswered(read) !== null) return refuse({ code: 'clock.answerFirst' });
  const currency = code === undefined ? identityOf(read).currency : currencyWith(read, code);
  if (currency === null) return refuse({ code: 'drawer.noSuchCurrency', facts: { currency: code ?? '' } });
  const open = read.openDrawerOf(session.username, currency.code);
  if (open !== null)
    return refuse({
      code: 'drawer.alreadyOpen',
      facts: { openedAt: open.openedAt, openingMinor: open.openingMinor, currency: currency.code, decimals: currency.decimals },
    });
  const now = parts.clock.now();
  const today = parts.clock.localDate(now);
  const day = read.openDay();
  if (day !== null) return ok({ currency, day, today, businessDate: day.businessDate, late: null, isInError: false });
  const late = afterHours ? lateDateNow(read, today) : null;
  const businessDate = late ?? today;
  const lastDay = read.lastDay();
  const known = read.day(businessDate);
  const isInError = known !== null && read.dayInError(businessDate)?.openedAgainAt === null;
  if (known !== null && !isInError) return refuse({ code: 'businessDay.closed', facts: { businessDate } });
  if (lastDay !== null && businessDate < lastDay.businessDate && !wasAnotherClocks(read, lastDay, now))
    return refuse({ code: 'businessDay.beforeLast', facts: { businessDate: lastDay.businessDate } });
  const doubt = late === null ? dateDoubt(read, parts.clock, today) : null;
  if (doubt !== null) return refuse({ code: 'businessDay.otherThanHeadOffice', facts: { ...doubt } });
  return ok({ currency, day: null, today, businessDate, late, isInError });
}

/**
 * Whether that day was opened by a clock that ran far ahead, and people have said since that the clock is right now. Without this a branch
 * whose PC once woke up in another year could not open until that year. A few days are waited out: so little is also what somebody would
 * set a clock back to date money earlier.
 */
function wasAnotherClocks(read: ReadStore, day: DayRecord, now: number): boolean {
  return day.openedAt > now + FAR_AHEAD_MS && readSetting(read, 'clockDoubt')?.answer === 'clockIsRight';
}

export function countDrawer(
  parts: BranchParts,
  session: Session,
  input: ParsedInputOf<Cash['countDrawer']>,
): AnswerOf<Cash['countDrawer']> {
  return parts.store.write((write) => {
    const drawer = write.openDrawerOf(session.username, input.currency);
    if (drawer === null) return refuse({ code: 'drawer.notOpen' });
    const counted = recordCount(write, parts, drawer, input, input.holds);
    return counted.ok ? ok(drawerView(write, drawer, session.username)) : refuse(counted.refusal);
  });
}

/** Null where only a sum was told. What is no note or coin of that money, or makes another sum, is a slip of the hand. */
export function piecesOf(
  given: Pieces | undefined,
  currency: Currency,
  sumMinor: number,
): Result<Pieces | null, Refusal<'drawer.piecesUnfit'>> {
  if (given === undefined) return ok(null);
  const pieces = inOrder(given);
  return arePiecesOf(pieces, currency, sumMinor) ? ok(pieces) : refuse({ code: 'drawer.piecesUnfit' });
}

function told(pieces: Pieces | null): { readonly pieces?: Json } {
  return pieces === null ? {} : { pieces: pieces as unknown as Json };
}

/** Answers what it was measured against. */
function recordCount(
  write: WriteStore,
  parts: BranchParts,
  drawer: DrawerRecord,
  { countedMinor, pieces: given }: { readonly countedMinor: number; readonly pieces?: Pieces | undefined },
  holds: boolean,
): Result<number, Refusal<'drawer.recountUsed' | 'drawer.piecesUnfit'>> {
  const pieces = piecesOf(given, currencyNamed(write, drawer.currency), countedMinor);
  if (!pieces.ok) return pieces;
  const counts = write.drawerCounts(drawer.drawerId);
  const verdict = judgeCount(counts, countedMinor, holds);
  if (verdict === 'recountUsed')
    return refuse({
      code: 'drawer.recountUsed',
      facts: inMoneyOf(currencyNamed(write, drawer.currency), { countedMinor: counts.at(-1)?.countedMinor ?? 0 }),
    });
  const expectedMinor = expectedInDrawer(drawer, write.drawerTotals(drawer.drawerId));
  if (verdict === 'stands') return ok(expectedMinor);
  const at = parts.clock.now();
  write.insertDrawerCount({ drawerId: drawer.drawerId, countedMinor, expectedMinor, at, by: drawer.username, pieces: pieces.value });
  appendEntry(write, parts.digest, {
    what: 'drawer.counted',
    by: drawer.username,
    businessDate: drawer.businessDate,
    at,
    body: { drawer: drawer.drawerId, count: counts.length + 1, countedMinor, expectedMinor, ...told(pieces.value) },
  });
  return ok(expectedMinor);
}

export function closeDrawer(
  parts: BranchParts,
  session: Session,
  input: ParsedInputOf<Cash['closeDrawer']>,
  approver: string | null,
): AnswerOf<Cash['closeDrawer']> {
  return parts.store.write((write) => {
    const drawer = write.openDrawerOf(session.username, input.currency);
    if (drawer === null) return refuse({ code: 'drawer.notOpen' });
    // To close with a count that differed is to say that it stands.
    const counted = recordCount(write, parts, drawer, input, true);
    if (!counted.ok) return refuse(counted.refusal);
    const expectedMinor = counted.value;
    const differenceMinor = input.countedMinor - expectedMinor;
    const facts = isCountedOut(write.drawerCounts(drawer.drawerId))
      ? inMoneyOf(currencyNamed(write, drawer.currency), { differenceMinor, expectedMinor })
      : {};
    if (differenceMinor !== 0 && !isReason(input.reason)) return refuse({ code: 'drawer.differenceNeedsReason', facts });
    if (approver === null && shortageOf(write, drawer, differenceMinor) !== null)
      return refuse({ code: 'drawer.shortageNeedsManager', facts });
    assertInvariant(expectedMinor + differenceMinor === input.countedMinor, 'I7', 'counted = expected + declared difference');
    const now = parts.clock.now();
    const close = { closedAt: now, countedMinor: input.countedMinor, differenceMinor, reason: input.reason };
    write.closeDrawer(drawer.drawerId, close);
    const report = keepDrawerReport(write, parts, { ...drawer, ...close }, session, approver, now);
    appendEntry(write, parts.digest, {
      what: 'drawer.closed',
      by: session.username,
      businessDate: drawer.businessDate,
      at: now,
      body: {
        drawer: drawer.drawerId,
        expectedMinor,
        countedMinor: input.countedMinor,
        differenceMinor,
        reason: input.reason,
        ...(approver === null ? {} : { agreedBy: approver }),
        report: report.number,
        reportHash: report.hash,
      },
    });
    return ok(drawerView(write, { ...drawer, ...close }, session.username));
  });
}
