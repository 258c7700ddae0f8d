// Reading back against answers that no practice head office gives: half, foreign, refused. 'absent' sends money again, so it may be said only
// on a definite, well-formed answer (I2).

import { describe, expect, it } from 'vitest';
import type { HttpReply } from '../../../electron/fineract/http.ts';
import type { CommandToSend, HeadOffice } from '../../../electron/ports/headOffice.ts';
import {
  answered,
  COMMAND_ID,
  commandOf,
  globalError,
  notFound,
  repaymentPayload,
  scripted,
  suspensePayload,
  teller,
  withdrawalPayload,
} from './scripted.ts';

const PORTAL = answered(200, '<html>Welcome to Airport WiFi</html>', { 'content-type': 'text/html' });
const FAILED = { kind: 'inDoubt', why: 'lookUpFailed' };
const NOT_ALLOWED = answered(403, globalError(403, 'error.msg.not.authorized', 'error.msg.not.authorized'));

/** Whatever is no definite answer. */
const INDEFINITE: [string, HttpReply][] = [
  ['a portal', PORTAL],
  ['half of it', answered(200, '{"id": 57, "transactions": [')],
  ['nothing', answered(200, '')],
  ['a list', answered(200, [])],
  ['another account', answered(200, { id: 58, transactions: [] })],
  ['a transaction that is none', answered(200, { id: 57, transactions: ['x'] })],
  ['an error of its own', answered(500, { Exception: 'x' })],
  ['a gateway', answered(502, '<html>502</html>')],
  ['a 404 of somebody else', answered(404, '<html>Not Found</html>')],
  ['no right', NOT_ALLOWED],
  ['no line', { kind: 'neverSent', detail: 'ENOTFOUND' }],
  ['no reply', { kind: 'noReply', detail: 'timeout' }],
];

type LookUp = ReturnType<HeadOffice['lookUp']>;

function lookUp(command: CommandToSend, answers: Parameters<typeof scripted>[0]): LookUp {
  return scripted(answers).headOffice.lookUp(command, teller);
}

const UNKNOWN = answered(404, notFound('error.msg.loan.transaction.external.id.invalid'));
const repayment = commandOf(repaymentPayload);
const found = { id: 305, externalId: COMMAND_ID, amount: 2550.5, date: [2026, 11, 20], manuallyReversed: false };

describe('a repayment', () => {
  it('is found by its external id, whatever its server id became', async () => {
    expect(await lookUp(repayment, { 'GET /loans/57/transactions/external-id/': answered(200, found) })).toEqual({
      kind: 'accepted',
      serverTransactionId: 305,
      how: 'found',
    });
  });

  it('is absent only when the loan agrees', async () => {
    const absent = answered(200, {
      id: 57,
      transactions: [{ id: 1, externalId: 'other', amount: 2550.5, date: [2026, 11, 20] }, { id: 2 }],
    });
    expect(await lookUp(repayment, { 'GET /loans/57/transactions': UNKNOWN, 'GET /loans/57?': absent })).toEqual({ kind: 'absent' });
    expect(
      await lookUp(repayment, {
        'GET /loans/57/transactions': UNKNOWN,
        'GET /loans/57?': answered(200, { id: 57, transactions: [found] }),
      }),
    ).toMatchObject({ kind: 'accepted' });
  });

  it.each(INDEFINITE)('stays in doubt after %s', async (_what, reply) => {
    expect(await lookUp(repayment, { 'GET /loans/57/transactions': UNKNOWN, 'GET /loans/57?': reply })).toEqual(FAILED);
  });

  it.each(INDEFINITE.filter(([what]) => what !== 'another account' && what !== 'a transaction that is none'))(
    'stays in doubt after %s at the first question',
    async (_what, reply) => {
      expect(await lookUp(repayment, { 'GET /loans/57/transactions': reply })).toEqual(FAILED);
    },
  );

  it('is not taken for ours under another external id', async () => {
    expect(await lookUp(repayment, { 'GET /loans/57/transactions': answered(200, { ...found, externalId: 'other' }) })).toEqual(FAILED);
  });

  it.each([
    ['a cent more', { ...found, amount: 2550.51 }],
    ['a fraction of a cent', '{"id":305,"amount":2550.500001,"date":[2026,11,20]}'],
    ['another day', { ...found, date: [2026, 11, 19] }],
  ])('with %s is foreign', async (_what, body) => {
    expect(await lookUp(repayment, { 'GET /loans/57/transactions': answered(200, body) })).toMatchObject({
      kind: 'rejected',
      code: 'marker.foreign',
    });
  });

  it.each([
    ['no amount', { ...found, amount: undefined }],
    ['an amount that is none', { ...found, amount: 'NaN' }],
    ['an amount below nothing', { ...found, amount: -2550.5 }],
    ['no date', { ...found, date: [2026, 13, 1] }],
  ])('with %s was not read, so it stays in doubt', async (_what, body) => {
    expect(await lookUp(repayment, { 'GET /loans/57/transactions': answered(200, body) })).toEqual(FAILED);
  });

  it('asks for a sign-in instead of guessing', async () => {
    expect(await lookUp(repayment, { 'GET ': answered(401, '') })).toEqual({ kind: 'signInNeeded', why: 'refused' });
  });
});

const withdrawal = commandOf(withdrawalPayload);
const noRow = answered(200, { content: [], totalElements: 0 });
const row = answered(200, { content: [{ command_id: COMMAND_ID }], totalElements: 1 });
const account = (...transactions: object[]): HttpReply => answered(200, { id: 57, transactions });
const paid = {
  id: 812,
  transactionType: { id: 2 },
  amount: 500,
  date: [2026, 11, 20],
  reversed: false,
  paymentDetailData: { receiptNumber: 'KTL-02-261120-0043-5' },
};

describe('a withdrawal', () => {
  it('is found by its receipt, also where the marker row did not go with it', async () => {
    expect(await lookUp(withdrawal, { 'POST /datatables': row, 'GET /savingsaccounts': account(paid) })).toEqual({
      kind: 'accepted',
      serverTransactionId: 812,
      how: 'found',
    });
    expect(await lookUp(withdrawal, { 'POST /datatables': noRow, 'GET /savingsaccounts': account(paid) })).toMatchObject({
      kind: 'accepted',
    });
  });

  it('is absent when neither is there, or the table is gone', async () => {
    const other = { ...paid, paymentDetailData: { receiptNumber: 'other' } };
    const fee = { ...paid, transactionType: { id: 4 } };
    expect(await lookUp(withdrawal, { 'POST /datatables': noRow, 'GET /savingsaccounts': account(other, fee) })).toEqual({
      kind: 'absent',
    });
    const noTable = answered(404, notFound('error.msg.datatable.not.found'));
    expect(await lookUp(withdrawal, { 'POST /datatables': noTable, 'GET /savingsaccounts': account() })).toEqual({ kind: 'absent' });
  });

  it('with a marker row but no transaction stays in doubt', async () => {
    expect(await lookUp(withdrawal, { 'POST /datatables': row, 'GET /savingsaccounts': account() })).toEqual(FAILED);
  });

  it('undone and posted anew at head office is the standing one', async () => {
    expect(
      await lookUp(withdrawal, { 'POST /datatables': row, 'GET /savingsaccounts': account({ ...paid, id: 811, reversed: true }, paid) }),
    ).toMatchObject({ kind: 'accepted', serverTransactionId: 812 });
    expect(
      await lookUp(withdrawal, { 'POST /datatables': row, 'GET /savingsaccounts': account({ ...paid, reversed: true }) }),
    ).toMatchObject({ kind: 'rejected', code: 'marker.reversed' });
  });

  it.each(INDEFINITE)('stays in doubt when the account answers %s', async (_what, reply) => {
    expect(await lookUp(withdrawal, { 'POST /datatables': noRow, 'GET /savingsaccounts': reply })).toEqual(FAILED);
  });

  it.each(INDEFINITE.filter(([what]) => what !== 'a list' && what !== 'no right'))(
    'stays in doubt when the markers answer %s',
    async (_what, reply) => {
      expect(await lookUp(withdrawal, { 'POST /datatables': reply, 'GET /savingsaccounts': account() })).toEqual(FAILED);
    },
  );

  it('is looked for in the account alone by somebody who may not read the markers', async () => {
    expect(await lookUp(withdrawal, { 'POST /datatables': NOT_ALLOWED, 'GET /savingsaccounts': account() })).toEqual({ kind: 'absent' });
    expect(await lookUp(withdrawal, { 'POST /datatables': NOT_ALLOWED, 'GET /savingsaccounts': account(paid) })).toMatchObject({
      kind: 'accepted',
    });
  });
});

describe('a withdrawal without markers', () => {
  const weak = commandOf({ ...withdrawalPayload, markers: 'weak' });

  it('may lie waiting for a checker', async () => {
    const waiting = answered(200, {
      totalFilteredRecords: 1,
      pageItems: [{ id: 99, commandAsJson: '{"receiptNumber":"KTL-02-261120-0043-5"}' }],
    });
    expect(await lookUp(weak, { 'GET /savingsaccounts': account(), 'GET /audits': waiting })).toEqual({
      kind: 'waitingForChecker',
      serverCommandId: 99,
    });
  });

  it('is absent where nothing waits, or nobody may look and no checker is known', async () => {
    const nothing = answered(200, { totalFilteredRecords: 1, pageItems: [{ id: 99, commandAsJson: '{"receiptNumber":"other"}' }] });
    expect(await lookUp(weak, { 'GET /savingsaccounts': account(), 'GET /audits': nothing })).toEqual({ kind: 'absent' });
    expect(await lookUp(weak, { 'GET /savingsaccounts': account(), 'GET /audits': NOT_ALLOWED })).toEqual({ kind: 'absent' });
    expect(await lookUp({ ...weak, postSingly: true }, { 'GET /savingsaccounts': account(), 'GET /audits': NOT_ALLOWED })).toEqual(FAILED);
  });

  it('stays in doubt where what waits cannot be seen whole', async () => {
    const more = answered(200, { totalFilteredRecords: 900, pageItems: [] });
    expect(await lookUp(weak, { 'GET /savingsaccounts': account(), 'GET /audits': more })).toEqual(FAILED);
    const silent = answered(200, { totalFilteredRecords: 1, pageItems: [{ id: 99 }] });
    expect(await lookUp(weak, { 'GET /savingsaccounts': account(), 'GET /audits': silent })).toEqual(FAILED);
  });
});

describe('a command that waits for a checker', () => {
  const waiting = commandOf(repaymentPayload, { postSingly: true, lastOutcome: { kind: 'waitingForChecker', serverCommandId: 4711 } });
  const nothing = { 'GET /loans/57/transactions': UNKNOWN, 'GET /loans/57?': answered(200, { id: 57, transactions: [] }) };
  const still = { kind: 'waitingForChecker', serverCommandId: 4711 };

  it.each<[string, HttpReply, unknown]>([
    ['awaiting, as a word', answered(200, { id: 4711, processingResult: 'awaiting.approval' }), still],
    ['awaiting, as a number', answered(200, { id: 4711, processingResult: 2 }), still],
    ['awaiting, as an enumeration', answered(200, { id: 4711, processingResult: { id: 2, value: 'x' } }), still],
    [
      'rejected',
      answered(200, { id: 4711, processingResult: 'rejected' }),
      { kind: 'rejected', code: 'checker.rejected', message: null, status: 200 },
    ],
    [
      'removed',
      // Or it waits under no office, where its own branch is not shown it.
      answered(404, notFound('error.msg.audit.id.invalid')),
      { ...still, unseen: true },
    ],
    ['hidden', NOT_ALLOWED, { ...still, unseen: true }],
    [
      'hidden behind a server error',
      answered(500, { timestamp: 'x', status: 500, error: 'Internal Server Error', path: '/' }),
      { ...still, unseen: true },
    ],
    // A head office that says no result in a word: nobody checked it, or somebody did and it made nothing.
    ['awaiting, by its members', answered(200, { id: 4711, actionName: 'REPAYMENT', maker: 'achieng' }), still],
    [
      'rejected, by its members',
      answered(200, { id: 4711, actionName: 'REPAYMENT', maker: 'achieng', checker: 'mifos', checkedOnDate: 1795871139325 }),
      { kind: 'rejected', code: 'checker.rejected', message: null, status: 200 },
    ],
    ['something new', answered(200, { id: 4711, processingResult: 'pondered' }), FAILED],
    ['unreadable', PORTAL, FAILED],
  ])('%s', async (_what, audit, expected) => {
    expect(await lookUp(waiting, { ...nothing, 'GET /audits/4711': audit })).toEqual(expected);
  });

  it('is absent when its row is processed, nothing stands and nothing waits: the row was given again after a restore', async () => {
    const audits = {
      'GET /audits/4711': answered(200, { id: 4711, processingResult: 'processed' }),
      'GET /audits?': answered(200, { totalFilteredRecords: 0, pageItems: [] }),
    };
    expect(await lookUp(waiting, { ...nothing, ...audits })).toEqual({ kind: 'absent' });
  });

  // The members that a real head office tells of a row by its number. A deed that failed looks like one that waits: no result, no checker.
  it.each<[string, Readonly<Record<string, unknown>>, unknown]>([
    [
      'another deed',
      { actionName: 'DEPOSIT', entityName: 'SAVINGSACCOUNT', commandAsJson: '{"receiptNumber":"MC-1"}' },
      { kind: 'absent' },
    ],
    [
      'another of the same kind',
      { actionName: 'REPAYMENT', entityName: 'LOAN', commandAsJson: '{"externalId":"other"}' },
      { kind: 'absent' },
    ],
    ['its own', { actionName: 'REPAYMENT', entityName: 'LOAN', commandAsJson: `{"externalId":"${COMMAND_ID}"}` }, still],
  ])('whose row is of %s', async (_what, members, expected) => {
    const audits = {
      'GET /audits/4711': answered(200, { id: 4711, maker: 'achieng', madeOnDate: 1795871136021, ...members }),
      'GET /audits?': answered(200, { totalFilteredRecords: 0, pageItems: [] }),
    };
    expect(await lookUp(waiting, { ...nothing, ...audits })).toEqual(expected);
  });

  it('is found as soon as it stands', async () => {
    expect(await lookUp(waiting, { 'GET /loans/57/transactions': answered(200, found) })).toMatchObject({ kind: 'accepted', how: 'found' });
  });
});

describe('a suspense posting', () => {
  const command = commandOf(suspensePayload);
  const lines = [
    { id: 31, glAccountId: 11, entryType: { id: 2 }, amount: 500, referenceNumber: 'tawi-01936f0c-5555', reversed: false },
    { id: 32, glAccountId: 12, entryType: { id: 1 }, amount: 500, referenceNumber: 'tawi-01936f0c-5555', reversed: false },
  ];
  const page = (total: number, ...rows: object[]): HttpReply => answered(200, { totalFilteredRecords: total, pageItems: rows });

  it('whose answer names it by text is read back for its number', async () => {
    const { headOffice } = scripted({
      'POST /journalentries': answered(200, { officeId: 3, transactionId: 'a1b2c3' }),
      'GET /journalentries': page(2, ...lines),
    });
    expect(await headOffice.send(command, teller)).toEqual({ kind: 'accepted', serverTransactionId: 31, how: 'posted' });
    const lost = scripted({
      'POST /journalentries': answered(200, { officeId: 3, transactionId: 'a1b2c3' }),
      'GET /journalentries': PORTAL,
    });
    expect(await lost.headOffice.send(command, teller)).toEqual({ kind: 'inDoubt', why: 'unknownShape' });
  });

  it('is looked for on every page', async () => {
    const { headOffice, asked } = scripted({
      'GET /audits': page(0),
      'GET /journalentries': (request) =>
        request.url.includes('offset=0') ? page(202, ...Array.from({ length: 200 }, (_, id) => ({ id: id + 100 }))) : page(202, ...lines),
    });
    expect(await headOffice.lookUp(command, teller)).toMatchObject({ kind: 'accepted', serverTransactionId: 31 });
    expect(asked).toHaveLength(2);
  });

  it('stays in doubt where the list ends before its own count', async () => {
    expect(await lookUp(command, { 'GET /journalentries': page(5) })).toEqual(FAILED);
    expect(await lookUp(command, { 'GET /journalentries': PORTAL })).toEqual(FAILED);
  });

  it('reversed, or on other accounts, is a matter for a person', async () => {
    expect(await lookUp(command, { 'GET /journalentries': page(2, ...lines.map((line) => ({ ...line, reversed: true }))) })).toMatchObject({
      kind: 'rejected',
      code: 'marker.reversed',
    });
    expect(await lookUp(command, { 'GET /journalentries': page(1, lines[1]!) })).toMatchObject({
      kind: 'rejected',
      code: 'marker.foreign',
    });
  });

  it('the other way round is not ours', async () => {
    const turned = lines.map((line) => ({ ...line, entryType: { id: 3 - line.entryType.id } }));
    expect(await lookUp(command, { 'GET /journalentries': page(2, ...turned) })).toMatchObject({
      kind: 'rejected',
      code: 'marker.foreign',
    });
  });
});

describe('a record that is read before it is changed', () => {
  const record = '01936f0c-4444-7aaa-8bbb-0123456789ab';
  const member = '01936f0c-5555-7aaa-8bbb-0123456789ab';
  const sent = { serverIds: { [record]: 57, [member]: 58 } };
  const changes: [string, string, CommandToSend['payload']][] = [
    ['a turn', 'GET /clients/57', { kind: 'clientTurn', clientId: record, turn: { what: 'activate', on: '2026-11-20' } }],
    ['an edit', 'GET /clients/57', { kind: 'clientEdit', clientId: record, fields: { mobileNo: { before: null, after: '0722000000' } } }],
    ['a name', 'GET /groups/57', { kind: 'groupEdit', groupId: record, fields: { name: { before: 'Umoja', after: 'Nyota' } } }],
    ['a member', 'GET /groups/57', { kind: 'groupChange', groupId: record, change: { what: 'join', clientId: member } }],
    [
      'a role given',
      'GET /groups/57',
      { kind: 'groupChange', groupId: record, change: { what: 'giveRole', clientId: member, role: { serverId: 13, name: 'Leader' } } },
    ],
    [
      'a role taken',
      'GET /groups/57',
      { kind: 'groupChange', groupId: record, change: { what: 'takeRole', clientId: member, role: 'Leader' } },
    ],
  ];
  /** Told without a reading before it, and found again among what stands on the record. */
  const told: [string, string, CommandToSend['payload']][] = [
    [
      'a decision on a loan',
      'GET /loans/57',
      { kind: 'loanDecision', loanId: record, deed: 'reject', onDate: '2026-11-20', approvedMinor: null, decimals: 2, note: 'no' },
    ],
    ['a note', 'GET /clients/57/notes', { kind: 'clientNote', clientId: record, text: 'told at the door' }],
    [
      'an identity paper',
      'GET /clients/57/identifiers',
      {
        kind: 'clientIdentifier',
        identifierId: member,
        clientId: record,
        documentTypeId: 1,
        documentType: 'ID',
        documentKey: '25710903',
        description: '',
      },
    ],
    [
      'a document',
      'GET /clients/57/documents',
      {
        kind: 'clientDocument',
        documentId: member,
        clientId: record,
        owner: { kind: 'client', localId: record },
        name: 'lease',
        file: { sha256: 'a'.repeat(64), bytes: 3, type: 'application/pdf' },
      },
    ],
  ];
  const gone = answered(404, notFound('error.msg.client.id.invalid'));

  it.each(changes)('%s: one that is not there, or not shown, is refused and not tried for ever (I4)', async (_name, asks, payload) => {
    const send = (answer: HttpReply) => scripted({ [asks]: answer }).headOffice.send(commandOf(payload, sent), teller);
    expect(await send(gone)).toEqual({ kind: 'rejected', code: 'error.msg.client.id.invalid', message: null, status: 404 });
    expect(await send(NOT_ALLOWED)).toMatchObject({ kind: 'rejected', code: 'error.msg.not.authorized' });
    for (const answer of [PORTAL, answered(404, '<html>Not Found</html>'), answered(503, globalError(503, 'x', 'y'))])
      expect(await send(answer)).toEqual({ kind: 'retryLater', why: 'neverSent', keyBurnt: false });
  });

  it.each([...changes, ...told])(
    '%s in doubt is absent where the record is, and what was told once is not called lost by it',
    async (_name, asks, payload) => {
      const doubted = commandOf(payload, { ...sent, lastOutcome: { kind: 'inDoubt', why: 'noReply' } });
      const nothingWaits = { 'GET /audits': answered(200, { totalFilteredRecords: 0, pageItems: [] }) };
      expect(await lookUp(doubted, { ...nothingWaits, [asks]: gone })).toEqual({ kind: 'absent' });
      expect(await lookUp(doubted, { ...nothingWaits, [asks]: NOT_ALLOWED })).toEqual(FAILED);
      const toldOnce = commandOf(payload, { ...sent, lastOutcome: { kind: 'accepted', serverTransactionId: 57, how: 'posted' } });
      expect(await lookUp(toldOnce, { [asks]: gone })).toEqual({ ...FAILED, recordGone: true });
    },
  );
});

describe('a turn of a client that waits for a checker', () => {
  const turn = commandOf(
    { kind: 'clientTurn', clientId: 'a client', turn: { what: 'close', on: '2026-11-20', reason: { serverId: 7, name: 'moved' } } },
    { serverIds: { 'a client': 88 }, postSingly: true },
  );
  const open = answered(200, { id: 88, status: { id: 300 } });
  const row = { id: 4711, actionName: 'CLOSE', entityName: 'CLIENT', resourceId: 88 };
  const page = (...rows: object[]): HttpReply => answered(200, { totalFilteredRecords: rows.length, pageItems: rows });

  it('is found by the record that its row names, for its body names nobody', async () => {
    const { headOffice, asked } = scripted({ 'GET /clients/88': open, 'GET /audits': page(row) });
    expect(await headOffice.lookUp(turn, teller)).toEqual({ kind: 'waitingForChecker', serverCommandId: 4711 });
    expect(asked.at(-1)?.url).toContain('resourceId=88');
  });

  it('is not a deed on another record, or on what has a longer name', async () => {
    const others = page({ ...row, resourceId: 89 }, { ...row, entityName: 'CLIENTNOTE' });
    expect(await lookUp(turn, { 'GET /clients/88': open, 'GET /audits': others })).toEqual({ kind: 'absent' });
  });

  it('stays in doubt while the trail gives no answer', async () => {
    expect(await lookUp(turn, { 'GET /clients/88': open, 'GET /audits': PORTAL })).toEqual(FAILED);
  });
});
