// A receipt is never dated on another day than head office's without a named person having said so: the difference is looked at where a day
// is opened and where money moves, what was said is a fact of the journal, and it stands on the paper. A day that was left open past midnight is
// told apart from a clock or zone that may be wrong: nothing of this PC has to be set right then.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { isPermitted } from '../../../shared/domain/access/permissions.ts';
import { addDays, daysBetween, type BusinessDate } from '../../../shared/kernel/businessDate.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { appendEntry } from '../../journal/appendEntry.ts';
import { readSetting, saveSetting } from '../../journal/settings.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ReadStore, WriteStore } from '../../ports/store.ts';
import type { BranchParts } from '../parts.ts';
import type { Session } from '../session/sessions.ts';

type Method = BranchContract['cash']['sayDate'];

export interface DateDoubt {
  readonly businessDate: BusinessDate;
  readonly headOfficeDate: BusinessDate;
  /** This PC's calendar agrees with head office: only the business day that is open here is an earlier one. */
  readonly leftOpen: boolean;
}

type Difference = Omit<DateDoubt, 'leftOpen'>;

/** Head office's day now; null while it was never read. Since it was read, it goes on as this PC's calendar does. */
export function headOfficeDateNow(read: ReadStore, clock: Clock): BusinessDate | null {
  const kept = readSetting(read, 'headOfficeDay');
  if (kept === null) return null;
  return addDays(kept.headOfficeDate, daysBetween(kept.calendarDate, clock.localDate(clock.now())));
}

function differenceOf(read: ReadStore, clock: Clock, businessDate: BusinessDate): Difference | null {
  const headOfficeDate = headOfficeDateNow(read, clock);
  return headOfficeDate === null || headOfficeDate === businessDate ? null : { businessDate, headOfficeDate };
}

/** Null where both are the same day, or somebody has said that they may differ so. */
export function dateDoubt(read: ReadStore, clock: Clock, businessDate: BusinessDate): DateDoubt | null {
  const difference = differenceOf(read, clock, businessDate);
  const said = readSetting(read, 'dateSaid');
  const isSaid = said?.businessDate === businessDate && said.headOfficeDate === difference?.headOfficeDate;
  if (difference === null || isSaid) return null;
  const agrees = clock.localDate(clock.now()) === difference.headOfficeDate;
  return { ...difference, leftOpen: agrees && businessDate < difference.headOfficeDate && read.openDay()?.businessDate === businessDate };
}

/** For the paper: who said so, and which day head office had. Null on a day that is head office's own. */
export function dateSaidFor(
  read: ReadStore,
  clock: Clock,
  businessDate: BusinessDate,
): { readonly by: string; readonly headOfficeDate: BusinessDate } | null {
  const difference = differenceOf(read, clock, businessDate);
  const said = readSetting(read, 'dateSaid');
  if (difference === null || said?.businessDate !== businessDate) return null;
  return { by: read.staff(said.by)?.displayName ?? said.by, headOfficeDate: difference.headOfficeDate };
}

/** Whoever opens the next day for late work says by it that receipts are dated so. */
export function sayDateOfLateDay(write: WriteStore, clock: Clock, businessDate: BusinessDate, by: string, at: number): void {
  const difference = differenceOf(write, clock, businessDate);
  if (difference !== null) saveSetting(write, 'dateSaid', { ...difference, by, at });
}

/** `by` says so, at the screen of the session. An earlier day than head office's dates money back, which is a manager's to say. */
export function sayDate(parts: BranchParts, session: Session, input: ParsedInputOf<Method>, by: string): AnswerOf<Method> {
  const { store, clock } = parts;
  return store.write((write) => {
    const difference = differenceOf(write, clock, input.businessDate);
    if (difference === null || difference.headOfficeDate !== input.headOfficeDate) return refuse({ code: 'businessDay.dateMoved' });
    const staff = write.staff(by);
    const isManager = staff?.signIn === 'good' && isPermitted('day.close', new Set(staff.permissions));
    if (input.businessDate < input.headOfficeDate && !isManager)
      return refuse({ code: 'businessDay.dateNeedsManager', facts: { ...difference } });
    const at = clock.now();
    saveSetting(write, 'dateSaid', { ...difference, by, at });
    appendEntry(write, parts.digest, {
      what: 'businessDay.dateSaid',
      by,
      businessDate: input.businessDate,
      at,
      body: { headOfficeDate: input.headOfficeDate, askedBy: session.username, reason: input.reason },
    });
    return ok({});
  });
}
