// I2, I4, I8 and I11 where they matter: on the wire. Every request of a PC passes here. What carries money must stand in the journal first,
// as being sent, under its own key, behind nothing unfinished, in the same words as ever; and once it may have been received it is looked
// for before it goes out again.

import type { Database } from 'better-sqlite3';
import type { HttpReply, HttpRequest } from '../../../electron/fineract/http.ts';
import type { CommandKindName } from '../../../shared/domain/commands/kinds/allKinds.ts';
import { KINDS_IN_THE_WORLD, kindsWhere } from '../../world/kindsInTheWorld.ts';
import { isMoney } from '../../world/faultyNetwork.ts';
import { BrokenPromise, holds } from './brokenPromise.ts';
import { NUMBERS_LEARNED, count, MARK, row, rows } from './rows.ts';

interface Sent {
  readonly commandId: string;
  readonly sequence: number;
  readonly state: string;
  readonly subject: string;
  readonly submission: number;
  readonly key: string;
  readonly receipt: string | null;
  readonly kind: CommandKindName;
  /** What a resubmission says otherwise, as the journal keeps it. */
  readonly anew: string | null;
}

interface Item {
  readonly key: string | null;
  readonly content: string;
  /** The whole request, marker row and all. */
  readonly all: string;
}

const FIND = `SELECT c.command_id AS commandId, c.sequence, c.state, c.subject, c.submission, c.idempotency_key AS key, ${MARK} AS receipt, c.kind, c.anew
  FROM journal_commands c LEFT JOIN journal_receipts r ON r.receipt_id = c.receipt_id`;

function itemOf(request: HttpRequest): Item {
  const body = request.body ?? '';
  if (!request.url.startsWith('/batches')) return { key: request.headers['idempotency-key'] ?? null, content: body, all: body };
  const [first] = JSON.parse(body) as { body: string; headers: { name: string; value: string }[] }[];
  return { key: first?.headers.find((header) => header.name === 'Idempotency-Key')?.value ?? null, content: first?.body ?? '', all: body };
}

function isDefinite(reply: HttpReply): boolean {
  if (reply.kind === 'neverSent') return true;
  if (reply.kind === 'noReply') return false;
  if (reply.status >= 400 && reply.status < 500) return reply.status !== 425;
  if (reply.status !== 200) return false;
  try {
    const body: unknown = JSON.parse(reply.body);
    if (!Array.isArray(body)) return true;
    return (body as { statusCode: number }[]).every((item) => item.statusCode < 500 && item.statusCode !== 425);
  } catch {
    return false;
  }
}

/** Head office said neither yes nor no: nothing of it may become a case. */
function saysNothing(reply: HttpReply): boolean {
  return (
    reply.kind !== 'answered' ||
    reply.status === 401 ||
    reply.status === 409 ||
    reply.status === 425 ||
    (reply.status >= 500 && reply.status !== 503)
  );
}

const FOUNDINGS = kindsWhere(({ isFounding }) => isFounding === true);
const APPLICATIONS = kindsWhere(({ appliesFor }) => appliesFor !== undefined);

const WHOSE_NUMBER = `SELECT local_id AS id FROM (
  SELECT kind, server_id, local_id, 0 AS position FROM journal_server_ids
  UNION ALL SELECT kind, server_id, local_id, position FROM journal_server_ids_again
) WHERE kind = ? AND server_id = ? ORDER BY position DESC LIMIT 1`;

export interface WireChecker {
  leaves(database: Database, request: HttpRequest): void;
  returns(database: Database, request: HttpRequest, reply: HttpReply): void;
  atCommit(database: Database): void;
}

export function createWireChecker(name: string, markers: 'strong' | 'weak'): WireChecker {
  const contentOf = new Map<string, string>();
  const keyOf = new Map<string, string>();
  const perhapsReceived = new Set<string>();
  /** Commands whose last answer was none, until the journal says what it made of that. */
  const unanswered = new Set<string>();

  /** What is under way on a record of head office's: first on the one that has the number now, which after a restore had belonged to another. */
  function onRecord(
    database: Database,
    record: 'client' | 'group' | 'savings',
    serverId: string,
    wanted: Parameters<typeof kindsWhere>[0],
  ): Sent | null {
    return row<Sent>(
      database,
      `${FIND} JOIN ${NUMBERS_LEARNED} s ON s.kind = '${record}' AND s.local_id = coalesce(
         (SELECT into_local_id FROM journal_merges WHERE kind = '${record}' AND c.subject = '${record}:' || local_id),
         substr(c.subject, length('${record}:') + 1))
       WHERE c.kind IN ${kindsWhere(wanted)} AND s.server_id = ?
       ORDER BY c.state = 'sending' DESC, s.local_id IS (${WHOSE_NUMBER}) DESC, c.sequence DESC`,
      Number(serverId),
      record,
      Number(serverId),
    );
  }

  function find(database: Database, request: HttpRequest, item: Item): Sent | null {
    // None of these carries a mark of ours: of one record only one is ever under way.
    const group = request.method === 'POST' ? /^\/groups\/(\d+)\?command=/.exec(request.url)?.[1] : undefined;
    if (group !== undefined) return onRecord(database, 'group', group, ({ isGroupChange }) => isGroupChange === true);
    const turned = request.method === 'POST' ? /^\/clients\/(\d+)\?command=/.exec(request.url)?.[1] : undefined;
    if (turned !== undefined) return onRecord(database, 'client', turned, ({ isTurn }) => isTurn === true);
    const stepped = request.method === 'POST' ? /^\/savingsaccounts\/(\d+)\?command=/.exec(request.url)?.[1] : undefined;
    if (stepped !== undefined) return onRecord(database, 'savings', stepped, ({ isOpeningStep }) => isOpeningStep === true);
    const letGo = /^\/savingsaccounts\/(\d+)\/transactions\/\d+\?command=releaseAmount$/.exec(request.url)?.[1];
    if (letGo !== undefined) return onRecord(database, 'savings', letGo, ({ holds: what }) => what === 'letGo');
    const [, shelf, edited] = (request.method === 'PUT' ? /^\/(clients|groups)\/(\d+)$/.exec(request.url) : null) ?? [];
    if (edited !== undefined) {
      const record = shelf === 'groups' ? 'group' : 'client';
      return onRecord(database, record, edited, ({ edits }) => edits === record);
    }
    const content = JSON.parse(item.content) as Partial<
      Record<
        | 'receiptNumber'
        | 'referenceNumber'
        | 'note'
        | 'transferDescription'
        | 'legalFormId'
        | 'loanType'
        | 'externalId'
        | 'description'
        | 'reasonForBlock',
        string
      >
    >;
    // Said in other words after a refusal, a registration keeps its number: the one under way is meant.
    if (content.legalFormId !== undefined)
      return row<Sent>(
        database,
        `${FIND} WHERE c.kind IN ${kindsWhere(({ isRegistration }) => isRegistration)}
           AND coalesce(json_extract(c.payload, '$.externalId'), json_extract(c.payload, '$.localNumber')) = ?
         ORDER BY c.state = 'sending' DESC, c.sequence DESC`,
        content.externalId ?? '',
      );
    if (request.method === 'POST' && (request.url === '/groups' || request.url === '/centers'))
      return row<Sent>(
        database,
        `${FIND} WHERE c.kind IN ${FOUNDINGS}
           AND coalesce(json_extract(c.payload, '$.externalId'), json_extract(c.payload, '$.localNumber')) = ?
         ORDER BY c.state = 'sending' DESC, c.sequence DESC`,
        content.externalId ?? '',
      );
    if (content.loanType !== undefined || (request.method === 'POST' && request.url === '/savingsaccounts'))
      return row<Sent>(
        database,
        `${FIND} WHERE c.kind IN ${APPLICATIONS} AND json_extract(c.payload, '$.localNumber') = ? ORDER BY c.state = 'sending' DESC, c.sequence DESC`,
        content.externalId ?? '',
      );
    if (content.referenceNumber !== undefined) return row<Sent>(database, `${FIND} WHERE c.command_id = ?`, content.referenceNumber);
    const mark = content.receiptNumber?.replace(/~\d+$/, '');
    if (mark !== undefined) return row<Sent>(database, `${FIND} WHERE r.number = ? AND ${MARK} = ?`, mark.split('/')[0] ?? '', mark);
    return row<Sent>(
      database,
      `${FIND} WHERE instr(?, c.command_id) > 0`,
      content.transferDescription ?? content.reasonForBlock ?? content.note ?? content.description ?? '',
    );
  }

  /**
   * What it says of the fields that it changes: beside them goes what head office wants along, as it stands there. Whom it names is who has that
   * number now: after a restore somebody may have another one.
   */
  function saidOf(database: Database, sent: Sent, item: Item): string {
    const kind = KINDS_IN_THE_WORLD[sent.kind];
    const whose = (record: 'client' | 'group' | 'savings', serverId: number | undefined): string | null =>
      serverId === undefined ? null : (row<{ id: string }>(database, WHOSE_NUMBER, record, serverId)?.id ?? String(serverId));
    if (kind.isTransfer) {
      const { fromClientId, fromAccountId, toClientId, toAccountId, ...rest } = JSON.parse(item.content) as Readonly<
        Record<string, number>
      >;
      const owners = [whose('client', fromClientId), whose('client', toClientId)];
      return JSON.stringify({ ...rest, owners, accounts: [whose('savings', fromAccountId), whose('savings', toAccountId)] });
    }
    if (kind.isFounding === true || kind.isGroupChange === true || kind.appliesFor !== undefined) {
      const { clientMembers, groupMembers, clientId, groupId, ...rest } = JSON.parse(item.content) as {
        readonly clientMembers?: readonly number[];
        readonly groupMembers?: readonly number[];
        readonly clientId?: number;
        readonly groupId?: number;
      };
      return JSON.stringify({
        ...rest,
        members: clientMembers?.map((each) => whose('client', each)) ?? groupMembers?.map((each) => whose('group', each)),
        client: whose('client', clientId),
        group: whose('group', groupId),
      });
    }
    if (kind.edits === undefined) return item.content;
    const body = JSON.parse(item.content) as Readonly<Record<string, string>>;
    return JSON.stringify(Object.keys(changedBy(database, sent)).map((name) => [name, body[name]]));
  }

  function changedBy(database: Database, { commandId }: Sent): Readonly<Record<string, { readonly after: string | null }>> {
    const { fields, own } = row<{ fields: string; own: string | null }>(
      database,
      `SELECT json_extract(payload, '$.fields') AS fields, json_extract(payload, '$.localNumber') AS own FROM journal_commands WHERE command_id = ?`,
      commandId,
    ) ?? { fields: '{}', own: null };
    const changed = JSON.parse(fields) as Readonly<Record<string, { readonly after: string | null }>>;
    // A group without a number of the institution's own is known there by the branch's.
    const { externalId } = changed;
    return externalId === undefined ? changed : { ...changed, externalId: { after: externalId.after ?? own } };
  }

  function isMarked(database: Database, sent: Sent, item: Item, request: HttpRequest): boolean {
    switch (KINDS_IN_THE_WORLD[sent.kind].marked) {
      case 'externalId':
        return item.content.includes(`"externalId":"${sent.commandId}`);
      case 'markerRow':
        return markers === 'weak' || !request.url.startsWith('/batches') || item.all.includes('tawi_marker');
      case 'ownNumber':
        // By that it was found.
        return item.content.includes('"externalId":"');
      case 'ownText':
        return item.content.includes(sent.commandId);
      case 'nothing': {
        if (KINDS_IN_THE_WORLD[sent.kind].edits === undefined) return true;
        const body = JSON.parse(item.content) as Readonly<Record<string, string>>;
        return Object.entries(changedBy(database, sent)).every(([name, { after }]) => body[name] === (after ?? ''));
      }
    }
  }

  function leaves(database: Database, request: HttpRequest): void {
    if (!isMoney(request)) return;
    const item = itemOf(request);
    const sent = find(database, request, item);
    if (sent === null) throw new BrokenPromise('I8 issued before any network', `${name}: money leaves that the journal does not know`);
    const who = `${name}: command ${sent.sequence}`;
    holds(sent.state === 'sending', 'I2 marked before it is sent', `${who} leaves as ${sent.state}`);
    holds(item.key === sent.key, 'I11 same request', `${who} leaves under a key that was not kept`);
    // A resubmission may say something else, as a new fact that its event keeps; within one, every try says the same.
    const said = `${sent.commandId} ${sent.anew ?? ''}`;
    const known = contentOf.get(said);
    const content = saidOf(database, sent, item);
    holds(known === undefined || known === content, 'I11 same request', `${who} says something else than before`);
    contentOf.set(said, content);
    const submission = `${sent.commandId} ${sent.submission}`;
    const key = keyOf.get(submission);
    holds(key === undefined || key === sent.key, 'I11 same request', `${who} has another key in the same submission`);
    for (const [other, otherKey] of keyOf)
      holds(other === submission || otherKey !== sent.key, 'I11 a new submission has a new key', `${who} leaves under the key of ${other}`);
    keyOf.set(submission, sent.key);
    const needed = count(
      database,
      `SELECT count(*) FROM journal_prerequisites p JOIN journal_commands c ON c.command_id = p.needs
       WHERE p.command_id = ? AND c.state NOT IN ('accepted', 'withdrawn', 'resolved')`,
      sent.commandId,
    );
    holds(needed === 0, 'I4 what it needs is finished', `${who} leaves before ${needed} that it needs`);
    // Of each of its subjects, be it the first of either command or one beside it; of records that were made one, under either name.
    const waiting = count(
      database,
      `WITH RECURSIVE merges (one, other) AS (
         SELECT kind || ':' || local_id, kind || ':' || into_local_id FROM journal_merges
         UNION SELECT kind || ':' || into_local_id, kind || ':' || local_id FROM journal_merges
       ), subjects (subject) AS (
         SELECT ? UNION SELECT subject FROM journal_subjects WHERE sequence = ?
         UNION SELECT merges.other FROM subjects JOIN merges ON merges.one = subjects.subject
       )
       SELECT count(*) FROM journal_commands c WHERE c.sequence < ? AND c.state NOT IN ('accepted', 'withdrawn', 'resolved')
         AND (c.subject IN subjects OR EXISTS (SELECT 1 FROM journal_subjects s WHERE s.sequence = c.sequence AND s.subject IN subjects))`,
      sent.subject,
      sent.sequence,
      sent.sequence,
    );
    holds(waiting === 0, 'I4 order per subject', `${who} leaves before ${waiting} earlier ones of the same account`);
    holds(isMarked(database, sent, item, request), 'I2 carries its marker', `${who} leaves without its marker`);
    holds(!perhapsReceived.has(sent.commandId), 'I2 looked for before it is sent again', `${who} may be at head office already`);
    perhapsReceived.add(sent.commandId);
  }

  function returns(database: Database, request: HttpRequest, reply: HttpReply): void {
    if (isMoney(request)) {
      const sent = find(database, request, itemOf(request));
      if (sent !== null && isDefinite(reply)) perhapsReceived.delete(sent.commandId);
      if (sent?.state === 'sending' && saysNothing(reply)) unanswered.add(sent.commandId);
      return;
    }
    if (reply.kind !== 'answered' || (reply.status !== 200 && reply.status !== 404) || !/^\s*[[{]/.test(reply.body)) return;
    const byExternalId = /\/transactions\/external-id\/([^/?]+)/.exec(request.url)?.[1];
    if (byExternalId !== undefined) perhapsReceived.delete(byExternalId.replace(/~\d+$/, ''));
    const savingsId = /^\/savingsaccounts\/(\d+)\?associations=transactions/.exec(request.url)?.[1];
    if (savingsId !== undefined) {
      const subjects = rows<{ commandId: string }>(
        database,
        `SELECT c.command_id AS commandId FROM journal_commands c JOIN ${NUMBERS_LEARNED} s ON s.kind = 'savings' AND c.subject = 'savings:' || s.local_id WHERE s.server_id = ?`,
        Number(savingsId),
      );
      for (const { commandId } of subjects) perhapsReceived.delete(commandId);
    }
    const ownNumber = /^\/clients\?externalId=([^&]+)/.exec(request.url)?.[1];
    if (ownNumber !== undefined)
      for (const { commandId } of rows<{ commandId: string }>(
        database,
        `SELECT command_id AS commandId FROM journal_commands WHERE kind IN ${kindsWhere(({ isRegistration }) => isRegistration)}
           AND coalesce(json_extract(payload, '$.externalId'), json_extract(payload, '$.localNumber')) = ?`,
        decodeURIComponent(ownNumber.replaceAll('+', ' ')),
      ))
        perhapsReceived.delete(commandId);
    const ownGroup = /^\/(?:groups|centers)\?paged=true&externalId=([^&]+)/.exec(request.url)?.[1];
    if (ownGroup !== undefined)
      for (const { commandId } of rows<{ commandId: string }>(
        database,
        `SELECT command_id AS commandId FROM journal_commands WHERE kind IN ${FOUNDINGS}
           AND coalesce(json_extract(payload, '$.externalId'), json_extract(payload, '$.localNumber')) = ?`,
        decodeURIComponent(ownGroup.replaceAll('+', ' ')),
      ))
        perhapsReceived.delete(commandId);
    const ownAccount = /^\/(?:loans|savingsaccounts)\/external-id\/([^/?]+)$/.exec(request.url)?.[1];
    if (ownAccount !== undefined)
      for (const { commandId } of rows<{ commandId: string }>(
        database,
        `SELECT command_id AS commandId FROM journal_commands WHERE kind IN ${APPLICATIONS} AND json_extract(payload, '$.localNumber') = ?`,
        decodeURIComponent(ownAccount),
      ))
        perhapsReceived.delete(commandId);
    const looked = kindsWhere(({ marked, readAt }) => (marked === 'ownText' || marked === 'nothing') && readAt.test(request.url));
    for (const { commandId } of rows<{ commandId: string }>(
      database,
      `SELECT command_id AS commandId FROM journal_commands WHERE kind IN ${looked}`,
    ))
      perhapsReceived.delete(commandId);
  }

  function atCommit(database: Database): void {
    for (const commandId of unanswered) {
      const { state, sequence } = row<Sent>(database, `${FIND} WHERE c.command_id = ?`, commandId) ?? { state: 'gone', sequence: 0 };
      if (state === 'sending') continue;
      unanswered.delete(commandId);
      holds(state !== 'rejected', 'I9 a case needs a refusal', `${name}: command ${sequence} became a case without head office saying no`);
    }
  }

  return { leaves, returns, atCommit };
}
