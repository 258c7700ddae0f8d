// Calendars of groups and centers, and their meetings.
import { businessDate, type Call, reply, requireRead } from '../call.ts';
import { given, parseObject, readBody } from '../commandBody.ts';
import { type CommandResult, runCommand } from '../commandLayer.ts';
import { addMonths, dateArray } from '../dates.ts';
import { notFound, unsupportedCommand } from '../errors.ts';
import { findGroup } from '../groups/groupBook.ts';
import { LEVEL_CENTER, LEVEL_GROUP } from '../groups/groupReplies.ts';
import { type Route, route } from '../router.ts';
import { type CalendarRow, DAILY, daysUntil, holdMeeting, keepAttendance, MONTHLY, WEEKLY } from './calendarBook.ts';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const FREQUENCIES: Readonly<Record<number, string>> = { [DAILY]: 'daily', [WEEKLY]: 'weekly', [MONTHLY]: 'monthly', 4: 'yearly' };
const TYPES: Readonly<Record<number, string>> = { 1: 'collection', 2: 'training', 3: 'audit', 4: 'general' };
const NEXT_DAYS = 10;

function capital(word: string): string {
  return `${word[0]?.toUpperCase() ?? ''}${word.slice(1)}`;
}

function coded(prefix: string, id: number, name: string, value = name.toUpperCase()): object {
  return { id, code: `${prefix}.${name}`, value };
}

function repetition(row: CalendarRow): object {
  if (row.repeating === 0 || row.frequency === null) return {};
  const frequency = FREQUENCIES[row.frequency] ?? 'invalid';
  const weekday = row.weekday === null ? undefined : WEEKDAYS[row.weekday - 1];
  const short = weekday?.slice(0, 2).toUpperCase();
  const every = row.every ?? 1;
  const isEach = every === 1;
  const day = row.frequency === WEEKLY ? short : undefined;
  return {
    recurrence: `FREQ=${frequency.toUpperCase()}${isEach ? '' : `;INTERVAL=${String(every)}`}${day === undefined ? '' : `;BYDAY=${day}`}`,
    frequency: coded('calendarFrequencyType', row.frequency, frequency),
    // An interval of one is not written down, and read back as none.
    interval: isEach ? -1 : every,
    repeatsOnDay: weekday === undefined || row.weekday === null ? undefined : coded('calendarWeekDaysType', row.weekday, weekday, short),
    repeatsOnNthDayOfMonth: { id: 0, code: 'nthDayType.invalid', value: 'INVALID' },
    humanReadable: `${isEach ? capital(frequency) : `Every ${String(every)} ${frequency}`}${weekday === undefined ? '' : ` on ${capital(weekday)}`}`,
  };
}

function calendarReply(call: Call, row: CalendarRow, level: number): object {
  const user = call.office.book.get('SELECT username FROM user_account WHERE id = ?', row.created_by) as { username: string } | undefined;
  const today = businessDate(call.office);
  const days = daysUntil(row, addMonths(today, 12));
  const at = new Date(row.created_at).toISOString();
  const { humanReadable, ...repeated } = repetition(row) as { humanReadable?: string };
  return {
    id: row.id,
    calendarInstanceId: row.id,
    entityId: row.group_id,
    entityType: level === LEVEL_CENTER ? coded('calendarEntityType', 4, 'centers') : coded('calendarEntityType', 3, 'groups'),
    title: row.title,
    description: row.description ?? undefined,
    location: row.location ?? undefined,
    startDate: dateArray(row.start_date),
    duration: 0,
    type: coded('calendarType', row.type, TYPES[row.type] ?? 'invalid'),
    repeating: row.repeating === 1,
    ...repeated,
    firstReminder: 0,
    secondReminder: 0,
    recurringDates: days.map(dateArray),
    nextTenRecurringDates: days
      .filter((day) => day >= today)
      .slice(0, NEXT_DAYS)
      .map(dateArray),
    humanReadable,
    createdDate: at,
    lastUpdatedDate: at,
    createdByUserId: row.created_by,
    createdByUsername: user?.username,
    lastUpdatedByUserId: row.created_by,
    lastUpdatedByUsername: user?.username,
  };
}

function createCalendar(call: Call, groupId: number, level: typeof LEVEL_CENTER | typeof LEVEL_GROUP): CommandResult {
  const body = readBody(parseObject(call.body), 'calendar', [
    'title',
    'description',
    'location',
    'startDate',
    'typeId',
    'repeating',
    'frequency',
    'interval',
    'repeatsOnDay',
    'repeatsOnNthDayOfMonth',
    'repeatsOnLastWeekdayOfMonth',
    'duration',
    'remindById',
    'firstReminder',
    'secondReminder',
  ]);
  const title = body.text('title', 70);
  const description = body.optionalText('description', 100);
  const location = body.optionalText('location', 50);
  const from = body.date('startDate');
  const type = body.identifier('typeId');
  const isRepeating = body.flag('repeating');
  const frequency = isRepeating === true ? body.identifier('frequency') : undefined;
  const every = isRepeating === true ? body.identifier('interval') : undefined;
  const weekday = frequency === WEEKLY ? body.identifier('repeatsOnDay') : undefined;
  if (isRepeating === undefined) body.reject('repeating', 'cannot.be.blank', 'The parameter `repeating` is mandatory.');
  body.check();
  findGroup(call, groupId, level);
  const id = call.office.book.run(
    `INSERT INTO calendar (group_id, title, description, location, start_date, type, repeating, frequency, every, weekday, created_by, created_at)
     VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`,
    groupId,
    given(title),
    description ?? null,
    location ?? null,
    given(from),
    given(type),
    isRepeating === true ? 1 : 0,
    frequency ?? null,
    every ?? null,
    weekday ?? null,
    call.caller.id,
    call.office.now(),
  );
  return { groupId, resourceId: id };
}

function createMeeting(call: Call): CommandResult {
  const body = readBody(parseObject(call.body), 'meeting', ['calendarId', 'meetingDate', 'clientsAttendance']);
  const calendarId = body.identifier('calendarId');
  const on = body.date('meetingDate');
  body.check();
  const id = holdMeeting(call, given(calendarId), given(on));
  keepAttendance(call, id, body.raw('clientsAttendance'));
  return { resourceId: id };
}

function attend(call: Call, id: number): CommandResult {
  const body = readBody(parseObject(call.body), 'meeting', ['clientsAttendance']);
  if (call.office.book.get('SELECT id FROM meeting WHERE id = ?', id) === undefined)
    throw notFound('error.msg.meeting.id.invalid', `Meeting with identifier ${String(id)} does not exist`, [id]);
  return { resourceId: id, changes: { clientsAttendance: keepAttendance(call, id, body.raw('clientsAttendance')) } };
}

function routesOf(noun: 'centers' | 'groups', level: typeof LEVEL_CENTER | typeof LEVEL_GROUP): Route[] {
  return [
    route('GET', `${noun}/:n/calendars`, (call, parts) => {
      requireRead(call, 'CALENDAR');
      const rows = call.office.book.all('SELECT * FROM calendar WHERE group_id = ? ORDER BY id', parts.number(0)) as CalendarRow[];
      return reply(rows.map((row) => calendarReply(call, row, level)));
    }),
    route('POST', `${noun}/:n/calendars`, (call, parts) =>
      runCommand(call, { action: 'CREATE', entity: 'CALENDAR', perform: () => createCalendar(call, parts.number(0), level) }),
    ),
    route('GET', `${noun}/:n/meetings`, (call, parts) => {
      requireRead(call, 'MEETING');
      const limit = Number(call.query.get('limit') ?? '0');
      const rows = call.office.book.all(
        'SELECT m.id, m.date FROM meeting m JOIN calendar c ON c.id = m.calendar_id WHERE c.group_id = ? ORDER BY m.date DESC LIMIT ?',
        parts.number(0),
        limit > 0 ? limit : -1,
      ) as { id: number; date: string }[];
      return reply(rows.map((row) => ({ id: row.id, meetingDate: dateArray(row.date) })));
    }),
    route('POST', `${noun}/:n/meetings`, (call) =>
      runCommand(call, { action: 'CREATE', entity: 'MEETING', perform: () => createMeeting(call) }),
    ),
    route('POST', `${noun}/:n/meetings/:n`, (call, parts) => {
      const command = call.query.get('command');
      if (command !== 'saveOrUpdateAttendance') throw unsupportedCommand(command);
      return runCommand(call, { action: 'SAVEORUPDATEATTENDANCE', entity: 'MEETING', perform: () => attend(call, parts.number(1)) });
    }),
  ];
}

export const calendarRoutes: readonly Route[] = [...routesOf('centers', LEVEL_CENTER), ...routesOf('groups', LEVEL_GROUP)];
