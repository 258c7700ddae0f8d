// The schedule of a loan as head office will make it, or the name of what only head office can reckon. Equal to the cent or refused: never guessed.

import { ok, refuse, type Result } from '../../kernel/result.ts';
import { CannotReckon } from './cannotReckon.ts';
import { reckonCumulative } from './cumulative.ts';
import { NeverComesRound } from './dates.ts';
import { reckonProgressive } from './progressive.ts';
import type { LoanTerms, NotReckoned, Schedule } from './terms.ts';

export interface ScheduleRefusal {
  readonly code: 'schedule.headOfficeReckons';
  readonly facts: { readonly why: NotReckoned };
}

function beyond(terms: LoanTerms): NotReckoned | null {
  if (terms.interestRecalculated) return 'interestRecalculation';
  if (terms.calendar.offDays === 'sameDay' && terms.calendar.workingDays.length < 7) return 'offDaysSameDay';
  if (terms.charges.some(({ due }) => due === 'overdue')) return 'chargeKind';
  return null;
}

export function reckonSchedule(terms: LoanTerms): Result<Schedule, ScheduleRefusal> {
  const why = beyond(terms);
  if (why !== null) return refuse({ code: 'schedule.headOfficeReckons', facts: { why } });
  try {
    return ok(terms.scheduleType === 'progressive' ? reckonProgressive(terms) : reckonCumulative(terms));
  } catch (error) {
    if (error instanceof CannotReckon) return refuse({ code: 'schedule.headOfficeReckons', facts: { why: error.why } });
    if (error instanceof NeverComesRound) return refuse({ code: 'schedule.headOfficeReckons', facts: { why: 'neverEnds' } });
    throw error;
  }
}
