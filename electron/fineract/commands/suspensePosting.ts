// A journal entry that carries refused money in the branch's suspense account. It goes alone, for a batch does not take it (contract 5.3);
// its reference number is its marker. Head office's answer names an entry by text, so its number is read back by that marker.

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import type { SuspensePayload } from '../../../shared/domain/commands/kinds/suspensePosting.ts';
import type { CommandToSend, Credential } from '../../ports/headOffice.ts';
import { classifyOutcome } from '../classifyOutcome.ts';
import { DATE_FORMAT } from '../dates.ts';
import { decoding, query } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, needed } from '../members.ts';
import { amountToHeadOffice, exactMinor } from '../money.ts';
import { readBody } from '../readBody.ts';
import type { KindThere } from './kindThere.ts';
import { ABSENT, lookUpFailed } from './lookUp.ts';
import type { Found } from './lookUp.ts';
import { noteOf } from './wording.ts';

const PAGE = 200;
const PAGES_MAX = 50;
const COMMENT_MAX = 500;
/** Which side a line stands on: the other way round the same sum between the same accounts is not ours. */
const DEBIT = 2;

export const suspensePostingThere: KindThere<SuspensePayload> = {
  send,
  lookUp: (line, _command, payload, credential) => lookUp(line, payload, credential),
  pending: ({ postSingly }, { referenceNumber }) => ({
    entity: 'JOURNALENTRY',
    action: 'CREATE',
    marker: referenceNumber,
    expected: postSingly,
  }),
};

async function send(line: Line, command: CommandToSend, payload: SuspensePayload, credential: Credential): Promise<Outcome> {
  const amount = amountToHeadOffice(payload.amountMinor, payload.decimals);
  const reply = await line.send(
    {
      method: 'POST',
      url: '/journalentries',
      idempotencyKey: command.idempotencyKey,
      body: {
        officeId: payload.officeServerId,
        currencyCode: payload.currency,
        transactionDate: payload.transactionDate,
        debits: [{ glAccountId: payload.debitGlAccountId, amount }],
        credits: [{ glAccountId: payload.creditGlAccountId, amount }],
        comments: noteOf(command, payload.note, '').slice(0, COMMENT_MAX),
        referenceNumber: payload.referenceNumber,
        ...DATE_FORMAT,
      },
    },
    credential,
  );
  const outcome = classifyOutcome(reply, { how: 'lone' });
  if (outcome.kind !== 'inDoubt' || reply.kind !== 'answered' || reply.status !== 200) return outcome;
  const body = readBody(reply.body);
  const named = body.kind === 'object' && !('errors' in body.value) && typeof body.value['transactionId'] === 'string';
  if (!named) return outcome;
  const found = await lookUp(line, payload, credential);
  const replayed = reply.headers['x-served-from-cache'] === 'true';
  return found.kind === 'accepted' ? { ...found, how: replayed ? 'replayed' : 'posted' } : outcome;
}

async function lookUp(line: Line, payload: SuspensePayload, credential: Credential): Promise<Found> {
  const marked: Members[] = [];
  for (let page = 0, seen = 0; ; page += 1) {
    const url = query('/journalentries', {
      officeId: payload.officeServerId,
      manualEntriesOnly: true,
      // Head office may book it itself, under our reference and on a later day.
      fromDate: payload.transactionDate,
      ...DATE_FORMAT,
      offset: page * PAGE,
      limit: PAGE,
    });
    const answer = await line.ask({ method: 'GET', url }, credential);
    if (!answer.ok) return lookUpFailed(answer.trouble);
    const read = decoding(() => {
      const list = new Members(answer.value, 'journal entries');
      return { rows: list.children('pageItems'), total: needed(list.integer('totalFilteredRecords'), list, 'totalFilteredRecords') };
    });
    if (!read.ok) return lookUpFailed(read.trouble);
    marked.push(...read.value.rows.filter((row) => row.text('referenceNumber') === payload.referenceNumber));
    seen += read.value.rows.length;
    if (seen >= read.value.total) break;
    if (read.value.rows.length === 0 || page >= PAGES_MAX) return lookUpFailed(null);
  }
  return judgeEntry(marked, payload);
}

function judgeEntry(marked: readonly Members[], payload: SuspensePayload): Found {
  const standing = marked.filter((row) => !row.flag('reversed'));
  const ours = standing.find(
    (row) =>
      row.id('glAccountId') === payload.debitGlAccountId &&
      row.child('entryType')?.integer('id') === DEBIT &&
      exactMinor(row.raw['amount'], payload.decimals) === payload.amountMinor,
  );
  const id = ours?.id('id') ?? null;
  if (id !== null) return { kind: 'accepted', serverTransactionId: id, how: 'found' };
  if (standing.length > 0) return { kind: 'rejected', code: 'marker.foreign', message: null, status: 200 };
  if (marked.length > 0) return { kind: 'rejected', code: 'marker.reversed', message: null, status: 200 };
  return ABSENT;
}
