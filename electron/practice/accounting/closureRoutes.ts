// Closed books: nothing may be posted on or before an office's last closing date, and undoing counts as posting. Closures
// are only ever added behind the last one; taking the last away opens the books again.
import { businessDate, type Call, reply, requireRead } from '../call.ts';
import { given, parseObject, readBody } from '../commandBody.ts';
import { type CommandResult, runCommand } from '../commandLayer.ts';
import { dateArray, dateInZone } from '../dates.ts';
import { domainRule, notFound } from '../errors.ts';
import { scopePattern } from '../lists.ts';
import { type Route, route } from '../router.ts';

interface ClosureRow {
  id: number;
  office_id: number;
  office_name: string;
  closing_date: string;
  comments: string | null;
  created_by: number;
  username: string;
}

function closePeriod(call: Call): CommandResult {
  const body = readBody(parseObject(call.body), 'GLClosure', ['officeId', 'closingDate', 'comments']);
  const officeId = body.integer('officeId');
  const on = body.date('closingDate');
  const comments = body.optionalText('comments', 500);
  body.check();
  const { book } = call.office;
  const date = given(on);
  if (date > businessDate(call.office))
    throw domainRule('error.msg.glclosure.invalid.future.date', 'Accounting closures cannot be made for a future date', [date]);
  const last = (
    book.get('SELECT MAX(closing_date) AS closed FROM gl_closure WHERE office_id = ?', given(officeId)) as { closed: string | null }
  ).closed;
  if (last === date)
    throw domainRule(
      'error.msg.glclosure.glcode.duplicate',
      `An accounting closure for branch with Id ${String(officeId)} already exists for the date ${date}`,
      [given(officeId), date],
    );
  if (last !== null && last > date)
    throw domainRule(
      'error.msg.glclosure.invalid.accounting.closed',
      'Accounting Closure for this branch has already been defined for a greater date',
      [last],
    );
  const id = book.run(
    'INSERT INTO gl_closure (office_id, closing_date, comments, created_by) VALUES (?,?,?,?)',
    given(officeId),
    date,
    comments ?? null,
    call.caller.id,
  );
  return { officeId: given(officeId), resourceId: id };
}

function openAgain(call: Call, id: number): CommandResult {
  const { book } = call.office;
  const row = book.get('SELECT office_id FROM gl_closure WHERE id = ?', id) as { office_id: number } | undefined;
  if (row === undefined)
    throw notFound('error.msg.glclosure.id.invalid', `Accounting Closure with identifier ${String(id)} does not exist`, [id]);
  book.run('DELETE FROM gl_closure WHERE id = ?', id);
  return { officeId: row.office_id, resourceId: id };
}

export const closureRoutes: readonly Route[] = [
  route('GET', 'glclosures', (call) => {
    requireRead(call, 'GLCLOSURE');
    const officeId = Number(call.query.get('officeId') ?? '0');
    const rows = call.office.book.all(
      `SELECT c.*, o.name AS office_name, u.username FROM gl_closure c JOIN office o ON o.id = c.office_id JOIN user_account u ON u.id = c.created_by
       WHERE o.hierarchy LIKE ? AND (? = 0 OR c.office_id = ?) ORDER BY c.closing_date DESC, c.id DESC`,
      scopePattern(call.caller.scope),
      officeId,
      officeId,
    ) as ClosureRow[];
    const today = dateArray(dateInZone(call.office.now(), call.office.zone));
    return reply(
      rows.map((row) => ({
        id: row.id,
        officeId: row.office_id,
        officeName: row.office_name,
        closingDate: dateArray(row.closing_date),
        deleted: false,
        createdDate: today,
        lastUpdatedDate: today,
        createdByUserId: row.created_by,
        createdByUsername: row.username,
        lastUpdatedByUserId: row.created_by,
        lastUpdatedByUsername: row.username,
        comments: row.comments ?? undefined,
        allowedOffices: [],
      })),
    );
  }),
  route('POST', 'glclosures', (call) => runCommand(call, { action: 'CREATE', entity: 'GLCLOSURE', perform: () => closePeriod(call) })),
  route('DELETE', 'glclosures/:n', (call, parts) =>
    runCommand(call, { action: 'DELETE', entity: 'GLCLOSURE', perform: () => openAgain(call, parts.number(0)) }),
  ),
];
