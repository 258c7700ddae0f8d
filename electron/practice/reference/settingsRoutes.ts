// How head office is set: its switches, its day, its holidays and its working days. They decide what may be written on
// which day, so every one of them can be changed here as an administrator changes it.
import { businessDate, type Call, type HeadOffice, isBusinessDateOn, isConfigured, reply, requireRead } from '../call.ts';
import { given, parseObject, readBody } from '../commandBody.ts';
import { runCommand } from '../commandLayer.ts';
import { addDays, dateArray } from '../dates.ts';
import { domainRule, forbidden, notFound, validationError } from '../errors.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import { type Route, route } from '../router.ts';
import { HOLIDAY_ACTIVE, workingDays } from './calendar.ts';

interface ConfigurationRow {
  id: number;
  name: string;
  enabled: number;
  value: number;
  description: string | null;
}

function configurationReply(row: ConfigurationRow): object {
  return {
    name: row.name,
    enabled: row.enabled === 1,
    value: row.value,
    id: row.id,
    description: row.description ?? undefined,
    trapDoor: false,
  };
}

function changeConfiguration(call: Call, id: number): HeadOfficeReply {
  return runCommand(call, {
    action: 'UPDATE',
    entity: 'CONFIGURATION',
    resourceId: id,
    perform: () => {
      const { book } = call.office;
      const body = readBody({ locale: 'en', ...parseObject(call.body) }, 'globalConfiguration', [
        'enabled',
        'value',
        'dateValue',
        'stringValue',
      ]);
      const enabled = body.flag('enabled');
      const value = body.optionalInteger('value');
      body.check();
      const row = book.get('SELECT * FROM configuration WHERE id = ?', id) as ConfigurationRow | undefined;
      if (row === undefined)
        throw notFound('error.msg.configuration.id.invalid', `Configuration identifier ${String(id)} does not exist`, [id]);
      const changes: Record<string, unknown> = {};
      if (enabled !== undefined && enabled !== (row.enabled === 1)) changes['enabled'] = enabled;
      if (value !== undefined && value !== row.value) changes['value'] = value;
      book.run(
        'UPDATE configuration SET enabled = ?, value = ? WHERE id = ?',
        enabled === undefined ? row.enabled : enabled ? 1 : 0,
        value ?? row.value,
        id,
      );
      return { resourceId: id, changes };
    },
  });
}

const DATE_TYPES = { BUSINESS_DATE: 'Business Date', COB_DATE: 'Close of Business Date' } as const;
type DateType = keyof typeof DATE_TYPES;
const SETTINGS: Readonly<Record<DateType, string>> = { BUSINESS_DATE: 'business_date', COB_DATE: 'cob_date' };

/** A date that was set once stays readable after the feature was switched off, and is then nobody's day. */
function storedDate(office: HeadOffice, type: DateType): string | null {
  const read = (name: string): string | undefined =>
    (office.book.get('SELECT value FROM setting WHERE name = ?', name) as { value: string } | undefined)?.value;
  const own = read(SETTINGS[type]);
  if (own !== undefined || type === 'BUSINESS_DATE') return own ?? null;
  const today = read('business_date');
  return today === undefined ? null : addDays(today, -1);
}

function businessDates(call: Call): { description: string; type: DateType; date: object | undefined }[] {
  return (Object.keys(DATE_TYPES) as DateType[]).flatMap((type) => {
    const date = storedDate(call.office, type);
    return date === null ? [] : [{ description: DATE_TYPES[type], type, date: dateArray(date) }];
  });
}

function setDate(call: Call): HeadOfficeReply {
  if (!call.caller.permissions.has('ALL_FUNCTIONS') && !call.caller.permissions.has('UPDATE_BUSINESS_DATE'))
    throw forbidden('User has no authority to UPDATE business_dates');
  return runCommand(call, {
    action: 'UPDATE',
    entity: 'BUSINESS_DATE',
    perform: () => {
      const body = readBody(parseObject(call.body), 'businessdate.update', ['type', 'date']);
      const type = body.text('type', 50);
      const date = body.date('date');
      body.check();
      if (type !== 'BUSINESS_DATE' && type !== 'COB_DATE') {
        const text = `Invalid Business Type value: \`${String(type)}\``;
        throw validationError(`validation.msg.businessdate.update.type.${text}`, `Failed data validation due to: ${text}.`, 'type', [
          null,
          [],
        ]);
      }
      if (!isBusinessDateOn(call.office))
        throw domainRule('business.date.is.not.enabled', 'Business date functionality is not enabled', ['business.date.is.not.enabled']);
      const write = (name: string, value: string): void => {
        call.office.book.run(
          'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
          name,
          value,
        );
      };
      const day = given(date);
      const changes: Record<string, unknown> = {};
      if (storedDate(call.office, type) === day) return { changes };
      write(SETTINGS[type], day);
      if (type === 'BUSINESS_DATE' && isConfigured(call.office, 'enable_automatic_cob_date_adjustment')) {
        write(SETTINGS.COB_DATE, addDays(day, -1));
        changes['COB_DATE'] = dateArray(addDays(day, -1));
      }
      changes[type] = dateArray(day);
      return { changes };
    },
  });
}

interface HolidayRow {
  id: number;
  name: string;
  description: string;
  from_date: string;
  to_date: string;
  rescheduled_to: string | null;
  rescheduling: number;
  status: number;
}

const HOLIDAY_PENDING = 100;
const HOLIDAY_DELETED = 600;
const HOLIDAY_STATUS: Readonly<Record<number, readonly [string, string]>> = {
  [HOLIDAY_PENDING]: ['pending.for.activation', 'Pending for activation'],
  [HOLIDAY_ACTIVE]: ['active', 'Active'],
  [HOLIDAY_DELETED]: ['deleted', 'Deleted'],
};

function holidayReply(row: HolidayRow): object {
  const [code, value] = HOLIDAY_STATUS[row.status] ?? ['invalid', 'Invalid'];
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    fromDate: dateArray(row.from_date),
    toDate: dateArray(row.to_date),
    repaymentsRescheduledTo: dateArray(row.rescheduled_to),
    status: { id: row.status, code: `holidayStatusType.${code}`, value },
    reschedulingType: row.rescheduling,
  };
}

function createHoliday(call: Call): HeadOfficeReply {
  return runCommand(call, {
    action: 'CREATE',
    entity: 'HOLIDAY',
    perform: () => {
      const body = readBody(parseObject(call.body), 'holiday', [
        'name',
        'fromDate',
        'toDate',
        'repaymentsRescheduledTo',
        'reschedulingType',
        'offices',
        'description',
      ]);
      const name = body.text('name', 100);
      const from = body.date('fromDate');
      const to = body.date('toDate');
      const rescheduled = body.optionalDate('repaymentsRescheduledTo');
      const offices = body.raw('offices');
      const type = body.optionalInteger('reschedulingType');
      if (!Array.isArray(offices) || offices.length === 0)
        body.reject('offices', 'cannot.be.empty', 'The parameter `offices` cannot be empty.');
      body.check();
      if (rescheduled !== undefined && rescheduled >= given(from) && rescheduled <= given(to))
        throw domainRule(
          'error.msg.holiday.repayments.rescheduled.date.should.be.before.from.date.or.after.to.date',
          'Repayments rescheduled date should be before from date or after to date.',
          [rescheduled],
        );
      const { book } = call.office;
      const id = book.run(
        'INSERT INTO holiday (name, description, from_date, to_date, rescheduled_to, rescheduling, status) VALUES (?,?,?,?,?,?,?)',
        given(name),
        body.optionalText('description', 100) ?? '',
        given(from),
        given(to),
        rescheduled ?? null,
        type ?? 2,
        HOLIDAY_PENDING,
      );
      for (const office of offices as { officeId?: unknown }[])
        book.run('INSERT INTO holiday_office (holiday_id, office_id) VALUES (?, ?)', id, Number(office.officeId));
      return { resourceId: id };
    },
  });
}

function settleHoliday(call: Call, id: number, action: 'ACTIVATE' | 'DELETE', status: number): HeadOfficeReply {
  return runCommand(call, {
    action,
    entity: 'HOLIDAY',
    resourceId: id,
    perform: () => {
      if (call.office.book.change('UPDATE holiday SET status = ? WHERE id = ?', status, id) === 0)
        throw notFound('error.msg.holiday.id.invalid', `Holiday with identifier ${String(id)} does not exist`, [id]);
      return { resourceId: id };
    },
  });
}

const RESCHEDULING = [
  { id: 1, code: 'RepaymentRescheduleType.same.day', value: 'same day' },
  { id: 2, code: 'RepaymentRescheduleType.move.to.next.working.day', value: 'move to next working day' },
  { id: 3, code: 'RepaymentRescheduleType.move.to.next.repayment.meeting.day', value: 'move to next repayment meeting day' },
  { id: 4, code: 'RepaymentRescheduleType.move.to.previous.working.day', value: 'move to previous working day' },
];

function setWorkingDays(call: Call): HeadOfficeReply {
  return runCommand(call, {
    action: 'UPDATE',
    entity: 'WORKINGDAYS',
    perform: () => {
      const body = readBody(parseObject(call.body), 'workingdays', [
        'recurrence',
        'repaymentRescheduleType',
        'extendTermForDailyRepayments',
        'extendTermForRepaymentsOnHolidays',
      ]);
      const recurrence = body.text('recurrence', 100);
      body.integer('repaymentRescheduleType');
      body.check();
      call.office.book.run(
        'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
        'working_days',
        given(recurrence),
      );
      return { resourceId: 1, changes: { recurrence: given(recurrence) } };
    },
  });
}

/** What the close of business says of loans; practice has none running, only locks that its control sets. */
function lockedLoans(call: Call): HeadOfficeReply {
  requireRead(call, 'LOAN');
  const placed = new Date(call.office.now()).toISOString().replace(/\.\d+Z$/, 'Z');
  const content = [...call.office.faults.lockedLoans].map((loanId) => ({
    loanId,
    version: 1,
    lockOwner: 'LOAN_COB_CHUNK_PROCESSING',
    lockPlacedOn: placed,
    error: 'x',
  }));
  return reply({ page: Number(call.query.get('page') ?? '0'), limit: Number(call.query.get('limit') ?? '0'), content });
}

export const settingsRoutes: readonly Route[] = [
  route('GET', 'loans/locked', lockedLoans),
  route('GET', 'loans/oldest-cob-closed', (call) => {
    const today = dateArray(businessDate(call.office));
    return reply({ loanIds: [], cobProcessedDate: today, cobBusinessDate: today });
  }),
  route('GET', 'loans/is-catch-up-running', () => reply({ isCatchUpRunning: false })),
  route('GET', 'configurations', (call) => {
    requireRead(call, 'CONFIGURATION');
    const rows = call.office.book.all('SELECT * FROM configuration ORDER BY id') as ConfigurationRow[];
    return reply({ globalConfiguration: rows.map(configurationReply) });
  }),
  route('GET', 'configurations/name/:x', (call, parts) => {
    requireRead(call, 'CONFIGURATION');
    const row = call.office.book.get('SELECT * FROM configuration WHERE name = ?', parts.text(0)) as ConfigurationRow | undefined;
    // A name that is unknown to this version is not refused but unforeseen.
    if (row === undefined) throw new Error(`no configuration is called ${parts.text(0)}`);
    return reply(configurationReply(row));
  }),
  route('PUT', 'configurations/:n', (call, parts) => changeConfiguration(call, parts.number(0))),
  route('GET', 'businessdate', (call) => {
    requireRead(call, 'BUSINESS_DATE');
    return reply(businessDates(call));
  }),
  route('GET', 'businessdate/:x', (call, parts) => {
    requireRead(call, 'BUSINESS_DATE');
    const type = parts.text(0);
    if (!(type in DATE_TYPES))
      throw notFound('error.msg.businessdate.type.not.exist', `Business date with type \`${type}\` does not exist.`, [type, []]);
    const found = businessDates(call).find((each) => each.type === type);
    if (found === undefined)
      throw notFound('error.msg.businessdate.not.found', `Business date with type \`${type}\` is not found.`, [type, []]);
    return reply(found);
  }),
  route('POST', 'businessdate', setDate),
  route('GET', 'holidays', (call) => {
    requireRead(call, 'HOLIDAY');
    const officeId = Number(call.query.get('officeId') ?? '0');
    const rows = call.office.book.all(
      'SELECT h.* FROM holiday h JOIN holiday_office o ON o.holiday_id = h.id WHERE o.office_id = ? AND h.status <> ? ORDER BY h.id',
      officeId,
      HOLIDAY_DELETED,
    ) as HolidayRow[];
    return reply(rows.map(holidayReply));
  }),
  route('POST', 'holidays', createHoliday),
  route('POST', 'holidays/:n', (call, parts) => settleHoliday(call, parts.number(0), 'ACTIVATE', HOLIDAY_ACTIVE)),
  route('DELETE', 'holidays/:n', (call, parts) => settleHoliday(call, parts.number(0), 'DELETE', HOLIDAY_DELETED)),
  route('GET', 'workingdays', (call) => {
    requireRead(call, 'WORKINGDAYS');
    return reply({
      id: 1,
      recurrence: workingDays(call.office),
      repaymentRescheduleType: RESCHEDULING[1],
      extendTermForDailyRepayments: false,
      extendTermForRepaymentsOnHolidays: false,
      repaymentRescheduleOptions: RESCHEDULING,
    });
  }),
  route('PUT', 'workingdays', setWorkingDays),
];
