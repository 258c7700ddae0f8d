// The days of a schedule: steps from due day to due day, month ends, meetings, and what working days and holidays make of them
// (contract 8.2; fineract-observed 6).

import { addDays, dateToDayNumber, daysBetween, type BusinessDate } from '../../kernel/businessDate.ts';
import type { BranchCalendar, LoanTerms, MeetingRule, Recurrence, Unit } from './terms.ts';

function partsOf(date: BusinessDate): readonly [number, number, number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
}

function dateOf(year: number, month: number, day: number): BusinessDate {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function daysInMonthOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Whole months on; a day that the month does not have becomes its last. */
export function addMonths(date: BusinessDate, months: number): BusinessDate {
  const [year, month, day] = partsOf(date);
  const index = year * 12 + (month - 1) + months;
  const [toYear, toMonth] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1];
  return dateOf(toYear, toMonth, Math.min(day, daysInMonthOf(toYear, toMonth)));
}

export function addUnits(date: BusinessDate, count: number, unit: Unit): BusinessDate {
  if (unit === 'days') return addDays(date, count);
  if (unit === 'weeks') return addDays(date, count * 7);
  return addMonths(date, unit === 'months' ? count : count * 12);
}

/** Whole units between two days, toward zero. */
export function wholeUnitsBetween(from: BusinessDate, to: BusinessDate, unit: Unit): number {
  if (unit === 'days') return daysBetween(from, to);
  if (unit === 'weeks') return Math.trunc(daysBetween(from, to) / 7);
  const [fromYear, fromMonth, fromDay] = partsOf(from);
  const [toYear, toMonth, toDay] = partsOf(to);
  let months = (toYear - fromYear) * 12 + toMonth - fromMonth;
  if (months > 0 && toDay < fromDay) months -= 1;
  else if (months < 0 && toDay > fromDay) months += 1;
  return unit === 'months' ? months : Math.trunc(months / 12);
}

/** The 29th, 30th and 31st come back after a short month. */
export function withSeedDay(date: BusinessDate, seed: BusinessDate, unit: Unit): BusinessDate {
  const seedDay = Number(seed.slice(8, 10));
  const [year, month, day] = partsOf(date);
  if (unit !== 'months' || seedDay <= 28 || day < 28) return date;
  return dateOf(year, month, Math.min(seedDay, daysInMonthOf(year, month)));
}

/** 1 Monday to 7 Sunday. */
export function weekdayOf(date: BusinessDate): number {
  // The first of January 1970 was a Thursday.
  return ((((dateToDayNumber(date) + 3) % 7) + 7) % 7) + 1;
}

function monthsDays(rule: MeetingRule, year: number, month: number, seed: BusinessDate): readonly BusinessDate[] {
  const last = daysInMonthOf(year, month);
  if (rule.monthDay !== null) return rule.monthDay <= last ? [dateOf(year, month, rule.monthDay)] : [];
  if (rule.weekdays.length === 0) {
    const day = Number(seed.slice(8, 10));
    return day <= last ? [dateOf(year, month, day)] : [];
  }
  const days = Array.from({ length: last }, (_, index) => dateOf(year, month, index + 1)).filter((day) =>
    rule.weekdays.includes(weekdayOf(day)),
  );
  if (rule.position === null) return days;
  const day = days[rule.position > 0 ? rule.position - 1 : days.length + rule.position];
  return day === undefined ? [] : [day];
}

const STEPS_MOST = 2_000;

/** The first day of the rule after `after`, not before its own start. Null where the rule never comes round. */
function nextOfRule(recurrence: Recurrence, after: BusinessDate): BusinessDate | null {
  const { rule, from } = recurrence;
  const fits = (day: BusinessDate): boolean => day > after && day >= from;
  const behind = after < from ? from : after;
  if (rule.unit === 'months') {
    const [year, month] = partsOf(from);
    const skip = Math.max(0, Math.floor(wholeUnitsBetween(from, behind, 'months') / rule.interval) - 1);
    for (let step = skip; step < skip + STEPS_MOST; step += 1) {
      const index = year * 12 + month - 1 + step * rule.interval;
      const found = monthsDays(rule, Math.floor(index / 12), (index % 12) + 1, from).find(fits);
      if (found !== undefined) return found;
    }
    return null;
  }
  const span = rule.unit === 'weeks' ? 7 * rule.interval : rule.interval;
  const begin = rule.unit === 'weeks' ? addDays(from, 1 - weekdayOf(from)) : from;
  const skip = Math.max(0, Math.floor(daysBetween(begin, behind) / span) - 1);
  for (let step = skip; step < skip + STEPS_MOST; step += 1) {
    const start = addDays(begin, step * span);
    const wanted = rule.weekdays.length === 0 ? [weekdayOf(from)] : [...rule.weekdays].sort((one, other) => one - other);
    const days = rule.unit === 'weeks' ? wanted.map((weekday) => addDays(start, weekday - 1)) : [start];
    const found = days.find(fits);
    if (found !== undefined) return found;
  }
  return null;
}

export interface DueDays {
  /** The first due day before any shift. */
  readonly first: BusinessDate;
  readonly seed: BusinessDate;
  /** One unit before the first: a broken first period costs the same (contract 8.2). */
  readonly idealStart: BusinessDate;
  /** The day after `last`, before any shift. */
  readonly next: (last: BusinessDate, isFirst: boolean) => BusinessDate;
  /** Where working days and holidays put it, and from which day the steps go on. */
  readonly shifted: (due: BusinessDate) => { readonly dueOn: BusinessDate; readonly goesOnFrom: BusinessDate };
  /** The day the last instalment falls due when none is added. */
  readonly end: BusinessDate;
}

export class NeverComesRound extends Error {}

function stepOf(terms: LoanTerms, seed: BusinessDate): (last: BusinessDate) => BusinessDate {
  const { recursOn, every, unit } = terms;
  if (recursOn === null) return (last) => withSeedDay(addUnits(last, every, unit), seed, unit);
  const wanted = unit === 'months' && recursOn.rule.unit === 'weeks' ? every * 4 : every;
  const rule = recursOn.rule.unit === 'days' && unit !== 'years' ? { ...recursOn.rule, unit } : recursOn.rule;
  const repeats = wanted < rule.interval ? 1 : Math.floor(wanted / rule.interval);
  return (last) => {
    let day = last;
    for (let left = repeats; left > 0; left -= 1) day = onOrAfterRule({ ...recursOn, rule }, day);
    return day;
  };
}

function onOrAfterRule(recurrence: Recurrence, after: BusinessDate): BusinessDate {
  const day = nextOfRule(recurrence, after);
  if (day === null) throw new NeverComesRound();
  return day;
}

function putOff(day: BusinessDate, calendar: BranchCalendar): BusinessDate {
  return calendar.skipFirstOfMonth !== null && day.endsWith('-01') ? addDays(day, calendar.skipFirstOfMonth) : day;
}

function firstByMeeting(terms: LoanTerms, recursOn: Recurrence, start: BusinessDate): BusinessDate {
  const rule = {
    ...recursOn.rule,
    interval: terms.every,
    unit: recursOn.rule.unit === 'days' && terms.unit !== 'years' ? terms.unit : recursOn.rule.unit,
  };
  const earliest = addDays(terms.disbursedOn, terms.minimumDaysToFirst);
  let day = start;
  do day = onOrAfterRule({ ...recursOn, rule }, day);
  while (day <= earliest);
  return putOff(day, terms.calendar);
}

function shiftOf(
  calendar: BranchCalendar,
  next: (last: BusinessDate) => BusinessDate,
  offDays: BranchCalendar['offDays'],
): DueDays['shifted'] {
  const works = (day: BusinessDate): boolean => calendar.workingDays.includes(weekdayOf(day));
  const holidayOn = (day: BusinessDate) => calendar.holidays.find(({ from, to }) => day >= from && day <= to);
  const allWork = calendar.workingDays.length === 7;
  if (calendar.workingDays.length === 0) throw new NeverComesRound();
  if (allWork && calendar.holidays.length === 0) return (due) => ({ dueOn: due, goesOnFrom: due });
  return (due) => {
    let [dueOn, goesOnFrom, following] = [due, due, next(due)];
    for (let round = 0; round < STEPS_MOST; round += 1) {
      while (!allWork && !works(dueOn)) {
        if (offDays === 'nextRepaymentDay') {
          // Weekly instalments on a weekday that is always off would never find one.
          for (let steps = 0; !works(following) || dueOn > following; steps += 1) {
            if (steps > STEPS_MOST) throw new NeverComesRound();
            following = next(following);
          }
          dueOn = following;
        } else {
          const step = offDays === 'nextWorkingDay' ? 1 : -1;
          while (!works(dueOn)) dueOn = addDays(dueOn, step);
        }
      }
      for (let holiday = holidayOn(dueOn); holiday !== undefined; holiday = holidayOn(dueOn)) {
        if (holiday.movedTo !== null) {
          if (holidayOn(holiday.movedTo) === holiday) throw new NeverComesRound();
          dueOn = holiday.movedTo;
          continue;
        }
        let day = goesOnFrom;
        while (day <= dueOn) day = next(day);
        [dueOn, following, goesOnFrom] = [day, day, day];
      }
      if (works(dueOn)) return { dueOn, goesOnFrom };
    }
    throw new NeverComesRound();
  };
}

export function dueDaysOf(terms: LoanTerms): DueDays {
  const start = terms.startsAt === 'disbursement' ? terms.disbursedOn : terms.submittedOn;
  const { recursOn, calendar, every, unit } = terms;
  const plain = addUnits(start, every, unit);
  const least = addDays(terms.disbursedOn, terms.minimumDaysToFirst);
  const derived = recursOn === null ? (plain > least ? plain : least) : firstByMeeting(terms, recursOn, start);
  const first = terms.firstRepaymentOn ?? derived;
  const seed = terms.firstRepaymentOn ?? (recursOn === null && derived !== plain ? derived : start);
  const step = stepOf(terms, seed);
  const daily = calendar.extendDailyTerm && unit === 'days' && every === 1;
  const shifted = shiftOf(calendar, step, daily ? 'nextWorkingDay' : calendar.offDays);
  let last = start;
  for (let number = 1; number <= terms.installments; number += 1) last = number === 1 ? first : step(last);
  return {
    first,
    seed,
    idealStart: idealStartOf(terms, first),
    next: (from, isFirst) => (isFirst ? first : step(from)),
    shifted,
    end: shifted(last).dueOn,
  };
}

/** One unit back from the first due day; on a meeting, the meeting on or after that day. */
function idealStartOf(terms: LoanTerms, first: BusinessDate): BusinessDate {
  const back = addUnits(first, -terms.every, terms.unit);
  return terms.recursOn === null || terms.unit !== 'months' ? back : meetingFrom(terms, terms.recursOn, back, back);
}

/** That day when it is a meeting of a rule that begins on `seed`, else the meeting after it. */
function meetingFrom(terms: LoanTerms, recursOn: Recurrence, seed: BusinessDate, day: BusinessDate): BusinessDate {
  const rule = { ...recursOn, from: seed };
  if (isMeeting(rule, day)) return day;
  return onOrAfterRule({ ...rule, rule: { ...rule.rule, interval: terms.every } }, day);
}

/** Head office moves a meeting late in the month to the day that its rule began on before it compares. */
function isMeeting(recurrence: Recurrence, day: BusinessDate): boolean {
  return nextOfRule(recurrence, addDays(day, -1)) === day && withSeedDay(day, recurrence.from, recurrence.rule.unit) === day;
}

/** Months between two days as meetings count them: whole months, and the days left over as a part of the time between two meetings. */
export function monthsByMeetings(terms: LoanTerms, recursOn: Recurrence, from: BusinessDate, to: BusinessDate): readonly [number, number] {
  const whole = wholeUnitsBetween(from, to, 'months');
  const isOne = isMeeting({ ...recursOn, from: addMonths(recursOn.from, -terms.every) }, from);
  const back = addMonths(from, -terms.every);
  const start = isOne ? from : meetingFrom(terms, recursOn, back, back);
  const begin = whole === 0 ? start : meetingFrom(terms, recursOn, start, addMonths(start, whole));
  const end = meetingFrom(terms, recursOn, begin, addDays(begin, 1));
  return [whole, (daysBetween(begin, to) + daysBetween(from, start)) / daysBetween(begin, end)];
}
