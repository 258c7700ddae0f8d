// What became of commands, by head office's own rows: processed, waiting for a checker, rejected, under way or refused. Unlike the audit trail
// it shows what waits, and who it belongs to, to the branch itself.

import type { Answer, AuditEntry, Credential } from '../../ports/headOffice.ts';
import type { CommandFate, CommandsWanted, WindowCommand } from '../../ports/window.ts';
import { nonsense } from '../classifyTrouble.ts';
import { decoding, failed } from '../line.ts';
import type { Line } from '../line.ts';
import { needed } from '../members.ts';
import type { Members } from '../members.ts';
import { addressedIn } from '../shelves/audits.ts';
import { runReport } from './runReport.ts';

const PAGE = 1_000;
const MODE = { after: 0, byKey: 1, these: 2 } as const;
const FATE: Readonly<Record<number, CommandFate>> = { 1: 'processed', 2: 'waiting', 3: 'rejected', 4: 'underWay', 5: 'error' };

export async function readCommands(
  line: Line,
  wanted: CommandsWanted,
  credential: Credential,
): Promise<Answer<{ readonly rows: readonly WindowCommand[]; readonly isWhole: boolean }>> {
  const chosen =
    wanted.which === 'after'
      ? { after: wanted.commandId, most: PAGE }
      : { ids: wanted.commandIds.join(','), most: wanted.commandIds.length };
  const answer = await runReport(line, 'commands', { mode: MODE[wanted.which], ...chosen }, credential);
  if (!answer.ok) return answer;
  return decoding(() => {
    const rows = answer.value.map(decodeCommand).sort((one, other) => one.auditId - other.auditId);
    return { rows, isWhole: rows.length < PAGE };
  });
}

/** The row of the command that carries this key, by head office's own unique index; null where there is none. */
export async function commandByKey(
  line: Line,
  deed: { readonly action: string; readonly entity: string; readonly key: string },
  credential: Credential,
): Promise<Answer<WindowCommand | null>> {
  // It goes into head office's statement as it is.
  if (!Object.values(deed).every((each) => /^[\w-]+$/.test(each))) return failed(nonsense('a key that is not ours'));
  const answer = await runReport(line, 'commands', { ...deed, most: 1, mode: MODE.byKey }, credential);
  if (!answer.ok) return answer;
  return decoding(() => {
    const row = answer.value[0];
    return row === undefined ? null : decodeCommand(row);
  });
}

function decodeCommand(row: Members): WindowCommand {
  const auditId = needed(row.id('id'), row, 'id');
  const fate = FATE[row.integer('status') ?? 0] ?? 'unknown';
  const entry: AuditEntry = {
    auditId,
    action: needed(row.text('action'), row, 'action'),
    entity: needed(row.text('entity'), row, 'entity'),
    resourceId: row.id('resource'),
    clientServerId: row.id('client'),
    loanServerId: row.id('loan'),
    groupServerId: row.id('groupid'),
    subject:
      row.id('savings') === null ? addressedIn(row.text('url')) : { kind: 'savings', serverId: needed(row.id('savings'), row, 'savings') },
    savingsAccountNo: null,
    deed: fate === 'processed',
    unfinished: fate === 'waiting' || fate === 'underWay',
    mark: [row.text('action'), row.text('entity'), row.text('makername'), row.text('made')].join('|'),
  };
  return { ...entry, savingsServerId: row.id('savings'), fate };
}
