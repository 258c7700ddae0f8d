// Approvals: what a maker sent waits as a command row, is run again in full when a checker approves it, and never moves
// money before. Maker and checker must differ unless the institution allows otherwise.
import { type Call, has, isConfigured, reply } from '../call.ts';
import { COMMAND_AWAITING, COMMAND_REJECTED } from '../commandLayer.ts';
import { domainRule, forbidden, notFound, unsupportedCommand } from '../errors.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import { type Route, route } from '../router.ts';
import { listAudits } from './auditRoutes.ts';

interface WaitingRow {
  id: number;
  action: string;
  entity: string;
  status: number;
  method: Call['method'];
  url: string;
  json: string;
  made_by: number;
}

function waiting(call: Call, id: number): WaitingRow {
  const row = call.office.book.get('SELECT id, action, entity, status, method, url, json, made_by FROM command_row WHERE id = ?', id) as
    WaitingRow | undefined;
  if (row === undefined) throw notFound('error.msg.command.id.invalid', `Audit with identifier ${String(id)} does not exist`, [id]);
  if (row.status !== COMMAND_AWAITING)
    throw notFound('error.msg.command.id.not.awaiting.approval', `Audit with identifier ${String(id)} is Not Awaiting Approval`, [id]);
  if (!has(call.caller, 'CHECKER_SUPER_USER') && !has(call.caller, `${row.action}_${row.entity}_CHECKER`))
    throw forbidden(`User has no authority to be a checker for: ${row.action}_${row.entity}`);
  return row;
}

function decide(call: Call, id: number, again: (call: Call) => HeadOfficeReply): HeadOfficeReply {
  const command = call.query.get('command') ?? '';
  if (command !== 'approve' && command !== 'reject') throw unsupportedCommand(command);
  const row = waiting(call, id);
  if (command === 'reject') {
    call.office.book.run(
      'UPDATE command_row SET status = ?, checked_by = ?, checked_at = ? WHERE id = ?',
      COMMAND_REJECTED,
      call.caller.id,
      call.office.now(),
      id,
    );
    return reply({ commandId: id });
  }
  if (
    row.made_by === call.caller.id &&
    !isConfigured(call.office, 'enable-same-maker-checker') &&
    !has(call.caller, 'CHECKER_SUPER_USER')
  ) {
    throw domainRule('error.msg.maker.checker.same.user', 'Maker and checker must differ.', [row.made_by]);
  }
  const [path = '', query = ''] = row.url.split('?');
  const answer = again({
    ...call,
    method: row.method,
    path: path.replace(/^\//, ''),
    query: new URLSearchParams(query),
    body: row.json,
    key: null,
    approving: { id: row.id, madeBy: row.made_by },
  });
  return answer;
}

/** Codes of permissions, which are words, as a list of SQL texts. */
function quoted(codes: ReadonlySet<string>): string {
  return [...codes].map((code) => `'${code.replaceAll("'", "''")}'`).join(',');
}

export function makerCheckerRoutes(again: (call: Call) => HeadOfficeReply): readonly Route[] {
  return [
    route('GET', 'makercheckers', (call) => {
      // Nobody needs a permission here: the list is what the caller may check.
      const own = has(call.caller, 'CHECKER_SUPER_USER')
        ? []
        : [`r.made_by <> ${String(call.caller.id)}`, `r.action || '_' || r.entity || '_CHECKER' IN (${quoted(call.caller.permissions)})`];
      return listAudits(
        call,
        [`r.status = ${String(COMMAND_AWAITING)}`, ...(call.caller.permissions.has('ALL_FUNCTIONS') ? [] : own)],
        'r.id',
      );
    }),
    route('POST', 'makercheckers/:n', (call, parts) => decide(call, parts.number(0), again)),
    route('DELETE', 'makercheckers/:n', (call, parts) => {
      const row = waiting(call, parts.number(0));
      call.office.book.run('DELETE FROM command_row WHERE id = ?', row.id);
      return reply({ commandId: row.id });
    }),
  ];
}
