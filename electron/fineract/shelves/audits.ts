// The audit trail: the nearest thing to a change feed (contract 9). A row tells what to reload; one still under processing or awaiting a
// checker must be read again, because rows appear before their deed is done. Some releases say in no word what came of a row: then its members
// tell. A row that nobody may see, or that is there no more, they answer with a server error.

import type { Answer, AuditEntry, Credential } from '../../ports/headOffice.ts';
import { nonsense } from '../classifyTrouble.ts';
import { failed } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, needed } from '../members.ts';
import { readEach } from './replies.ts';
import type { Breathing } from './shelf.ts';

export type ProcessingResult = 'processed' | 'waiting' | 'rejected' | 'error' | 'unknown';

const BY_NUMBER: Readonly<Record<number, ProcessingResult>> = { 1: 'processed', 2: 'waiting', 3: 'rejected', 4: 'waiting', 5: 'error' };

/** Comes as a number, as its word, or as an enumeration, by version. */
export function processingResult(row: unknown): ProcessingResult {
  const value = new Members(row, 'audit').raw['processingResult'];
  if (typeof value === 'object' && value !== null && 'id' in value) return BY_NUMBER[Number(value.id)] ?? 'unknown';
  if (typeof value === 'number') return BY_NUMBER[value] ?? 'unknown';
  if (typeof value !== 'string') return 'unknown';
  const word = value.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (/^\d+$/.test(word)) return BY_NUMBER[Number(word)] ?? 'unknown';
  if (word.endsWith('awaitingapproval') || word.endsWith('underprocessing')) return 'waiting';
  if (word.endsWith('processed')) return 'processed';
  if (word.endsWith('rejected')) return 'rejected';
  return word.endsWith('error') ? 'error' : 'unknown';
}

/** Asked by the number of the result, which also a head office understands that tells none. */
export function onlyAudits(only: 'waiting' | 'underWay' | undefined): { readonly processingResult?: number } {
  return only === undefined ? {} : { processingResult: only === 'waiting' ? 2 : 4 };
}

/** What a row has of which something came, though a row may have them from its path as well: then reading once too often is all that it costs. */
const MADE = ['resourceId', 'clientId', 'loanId', 'groupId', 'officeName'] as const;

const KINDS = { clients: 'client', groups: 'group', centers: 'center', loans: 'loan', savingsaccounts: 'savings' } as const;

/** What an address of head office's is about. */
export function addressedIn(url: string | null): AuditEntry['subject'] {
  const [, path = '', id = ''] = /^\/?(?:v1\/)?([a-z]+)\/(\d{1,15})(?:[/?]|$)/.exec(url ?? '') ?? [];
  const kind = Object.hasOwn(KINDS, path) ? KINDS[path as keyof typeof KINDS] : null;
  return kind === null ? null : { kind, serverId: Number(id) };
}

/**
 * Neither an office nor a checker, which head office writes when it is done, and no record but the one that the path names: it may wait, or have
 * failed.
 */
function mayWait(audit: Members): boolean {
  if (audit.text('officeName') !== null || audit.text('checker') !== null) return false;
  const resource = audit.id('resourceId');
  const [, addressed] = /^\/?(?:v1\/)?[a-z]+\/(\d{1,15})(?:\?|$)/.exec(audit.text('url') ?? '') ?? [];
  return resource === null || String(resource) === addressed;
}

/** A number, a text or an array by version; only compared with itself. */
function momentText(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value);
}

export function decodeAudit(row: Members): AuditEntry {
  const auditId = needed(row.id('id'), row, 'id');
  const audit = row.named(`audit ${auditId}`);
  const result = processingResult(row.raw);
  const cameOfIt = MADE.some((member) => audit.text(member) !== null);
  return {
    auditId,
    action: needed(audit.text('actionName'), audit, 'actionName'),
    entity: needed(audit.text('entityName'), audit, 'entityName'),
    resourceId: audit.id('resourceId'),
    clientServerId: audit.id('clientId'),
    loanServerId: audit.id('loanId'),
    groupServerId: audit.id('groupId'),
    subject: addressedIn(audit.text('url')),
    savingsAccountNo: audit.text('savingsAccountNo'),
    deed: result === 'processed' || (result === 'unknown' && cameOfIt),
    unfinished: result === 'waiting',
    ...(result === 'unknown' && mayWait(audit) ? { silent: true } : {}),
    mark: [audit.text('actionName'), audit.text('entityName'), audit.text('maker'), momentText(audit.raw['madeOnDate'])].join('|'),
  };
}

/** Rows that are gone, or that this person may not see, are simply not in the answer. */
export async function readAuditsById(
  line: Line,
  auditIds: readonly number[],
  credential: Credential,
  breathing: Breathing,
): Promise<Answer<readonly AuditEntry[]>> {
  const rows: AuditEntry[] = [];
  for (const auditId of auditIds) {
    const answer = await readEach(line, 'audit', [auditId], (id) => `/audits/${id}`, decodeAudit, credential, breathing);
    if (!answer.ok) {
      if (answer.trouble.kind === 'nonsense' && answer.trouble.detail.startsWith('status 500')) continue;
      return answer;
    }
    const [unreadable] = answer.value.unreadable;
    if (unreadable !== undefined) return failed(nonsense(unreadable.why));
    rows.push(...answer.value.rows);
  }
  return { ok: true, value: rows };
}
