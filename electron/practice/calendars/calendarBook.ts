// When groups and centers meet, and who came. A calendar begins on a day and repeats; a meeting is one of its days.
import { addDays, addMonths, dateParts, dayNumber } from '../dates.ts';
import type { Call } from '../call.ts';
import { domainRule, integrityIssue, notFound } from '../errors.ts';

export interface CalendarRow {
  id: number;
  group_id: number;
  title: string;
  description: string | null;
  location: string | null;
  start_date: string;
  type: number;
  repeating: number;
  frequency: number | null;
  every: number | null;
  weekday: number | null;
  created_by: number;
  created_at: number;
}

export const DAILY = 1;
export const WEEKLY = 2;
export const MONTHLY = 3;
const YEARLY = 4;
const NAMES_OF_TYPES = ['invalid', 'present', 'absent', 'approved', 'leave', 'late'];
export const ATTENDANCE_TYPES = [1, 2, 3, 4, 5];

export function attendanceType(id: number): object {
  const name = NAMES_OF_TYPES[id] ?? 'invalid';
  return { id, code: `attendanceType.${name}`, value: `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}` };
}

export function findCalendar(call: Call, id: number): CalendarRow {
  const row = call.office.book.get('SELECT * FROM calendar WHERE id = ?', id) as CalendarRow | undefined;
  if (row === undefined) throw notFound('error.msg.calendar.id.invalid', `Calendar with identifier ${String(id)} does not exist`, [id]);
  return row;
}

/** Monday is 1. */
export function weekdayOf(date: string): number {
  return ((dayNumber(date) + 3) % 7) + 1;
}

/** The first so many days of the calendar. */
function daysOf(calendar: CalendarRow, count: number): string[] {
  if (calendar.repeating === 0) return [calendar.start_date];
  const every = calendar.every ?? 1;
  const first =
    calendar.frequency === WEEKLY && calendar.weekday !== null
      ? addDays(calendar.start_date, (calendar.weekday - weekdayOf(calendar.start_date) + 7) % 7)
      : calendar.start_date;
  return Array.from({ length: count }, (_, index) => {
    if (calendar.frequency === DAILY) return addDays(first, index * every);
    if (calendar.frequency === WEEKLY) return addDays(first, 7 * index * every);
    const months = calendar.frequency === YEARLY ? 12 : 1;
    return addMonths(first, index * every * months, dateParts(first)[2]);
  });
}

/** From its beginning to the day, that day among them. */
export function daysUntil(calendar: CalendarRow, last: string): string[] {
  return daysOf(calendar, Math.max(1, dayNumber(last) - dayNumber(calendar.start_date) + 1)).filter((day) => day <= last);
}

function isDayOf(calendar: CalendarRow, date: string): boolean {
  return daysUntil(calendar, date).includes(date);
}

function storedMeeting(call: Call, calendarId: number, date: string): number | undefined {
  return (call.office.book.get('SELECT id FROM meeting WHERE calendar_id = ? AND date = ?', calendarId, date) as { id: number } | undefined)
    ?.id;
}

export function holdMeeting(call: Call, calendarId: number, date: string): number {
  const calendar = findCalendar(call, calendarId);
  if (!isDayOf(calendar, date))
    throw domainRule('error.msg.calendar.meeting.not.valid.recurring.date', `The date '${date}' is not a valid meeting date.`, [date]);
  if (storedMeeting(call, calendarId, date) !== undefined)
    throw integrityIssue('error.msg.meeting.duplicate', `A meeting with date '${date}' already exists`, 'meetingDate', [date]);
  return call.office.book.run('INSERT INTO meeting (calendar_id, date) VALUES (?,?)', calendarId, date);
}

/** The meeting of a day, held now if nobody has written it down. */
export function meetingOn(call: Call, calendarId: number, date: string): number {
  return storedMeeting(call, calendarId, date) ?? holdMeeting(call, calendarId, date);
}

export function keepAttendance(call: Call, meetingId: number, raw: unknown): Record<string, object> {
  const changes: Record<string, object> = {};
  for (const each of Array.isArray(raw) ? (raw as { clientId?: unknown; attendanceType?: unknown }[]) : []) {
    const [clientId, type] = [Number(each.clientId), Number(each.attendanceType)];
    call.office.book.run(
      'INSERT INTO attendance (meeting_id, client_id, type) VALUES (?,?,?) ON CONFLICT (meeting_id, client_id) DO UPDATE SET type = excluded.type',
      meetingId,
      clientId,
      type,
    );
    changes[String(clientId)] = { clientId, attendanceType: type };
  }
  return changes;
}

/** Client to attendance type, of the meeting on a day. */
export function attendanceOf(call: Call, calendarId: number, date: string): Map<number, number> {
  const rows = call.office.book.all(
    'SELECT a.client_id, a.type FROM attendance a JOIN meeting m ON m.id = a.meeting_id WHERE m.calendar_id = ? AND m.date = ?',
    calendarId,
    date,
  ) as { client_id: number; type: number }[];
  return new Map(rows.map((row) => [row.client_id, row.type]));
}
