// Which table must be filled in before something may become what it is to become. Head office refuses the deed as long as
// the row is not given beside it.
import { type Call, reply, requireRead } from '../call.ts';
import { given, parseObject, readBody } from '../commandBody.ts';
import { runCommand } from '../commandLayer.ts';
import { domainRule, notFound } from '../errors.ts';
import { type Route, route } from '../router.ts';

const STATUS: Readonly<Record<number, string>> = { 100: 'CREATE', 200: 'APPROVE', 300: 'ACTIVATE', 500: 'REJECTED', 600: 'CLOSE' };

interface CheckRow {
  id: number;
  entity: string;
  status: number;
  table_name: string;
}

/** Refuses while a table that is wanted is not among those given. */
export function requireTables(call: Call, entity: string, status: number, filled: readonly string[]): void {
  const rows = call.office.book.all('SELECT * FROM entity_check WHERE entity = ? AND status = ? ORDER BY id', entity, status) as CheckRow[];
  const missing = rows.map((row) => row.table_name).filter((name) => !filled.includes(name));
  if (missing.length === 0) return;
  const list = `[${missing.join(', ')}]`;
  throw domainRule(
    `error.msg.entry.required.in.datatable.${list}`,
    `The datatable ${list} needs to be filled in before the current action can be proceeded`,
    [list],
  );
}

export const entityCheckRoutes: readonly Route[] = [
  route('GET', 'entityDatatableChecks', (call) => {
    requireRead(call, 'ENTITY_DATATABLE_CHECK');
    const entity = call.query.get('entity');
    const status = call.query.get('status');
    const rows = (call.office.book.all('SELECT * FROM entity_check ORDER BY id') as CheckRow[]).filter(
      (row) => (entity === null || row.entity === entity) && (status === null || row.status === Number(status)),
    );
    const items = rows.map((row) => ({
      id: row.id,
      entity: row.entity,
      status: { id: row.status, code: STATUS[row.status] ?? '', value: STATUS[row.status] ?? '' },
      datatableName: row.table_name,
      systemDefined: false,
      order: 1,
    }));
    return reply({ totalFilteredRecords: items.length, pageItems: items });
  }),
  route('POST', 'entityDatatableChecks', (call) =>
    runCommand(call, {
      action: 'CREATE',
      entity: 'ENTITY_DATATABLE_CHECK',
      perform: () => {
        const body = readBody({ locale: 'en', ...parseObject(call.body) }, 'entityDatatableChecks', [
          'entity',
          'status',
          'datatableName',
          'productId',
        ]);
        const entity = body.text('entity', 50);
        const status = body.integer('status');
        const table = body.text('datatableName', 100);
        body.check();
        const { book } = call.office;
        if (book.get('SELECT name FROM datatable WHERE name = ?', given(table)) === undefined)
          throw notFound('error.msg.datatable.not.found', `Datatable \`${given(table)}\` not found.`, [given(table)]);
        return {
          resourceId: book.run(
            'INSERT INTO entity_check (entity, status, table_name) VALUES (?,?,?)',
            given(entity),
            given(status),
            given(table),
          ),
        };
      },
    }),
  ),
  route('DELETE', 'entityDatatableChecks/:n', (call, parts) =>
    runCommand(call, {
      action: 'DELETE',
      entity: 'ENTITY_DATATABLE_CHECK',
      resourceId: parts.number(0),
      perform: () => {
        if (call.office.book.change('DELETE FROM entity_check WHERE id = ?', parts.number(0)) === 0)
          throw notFound('error.msg.entityDatatableCheck.id.invalid', 'The check does not exist', [parts.number(0)]);
        return { resourceId: parts.number(0) };
      },
    }),
  ),
];
