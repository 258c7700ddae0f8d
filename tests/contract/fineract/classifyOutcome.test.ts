// Every row of contract 7.1, 7.3 and 7.4 as an answer, sent alone and in an enclosing batch, and the promise behind them: an answer of any
// shape whatever gets an outcome, and none is called posted or refused without proof (I2).

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyOutcome } from '../../../electron/fineract/classifyOutcome.ts';
import type { HttpReply } from '../../../electron/fineract/http.ts';
import type { Outcome } from '../../../shared/domain/commands/command.ts';
import { answered, batchOf, databaseRefused, globalError, notFound, rolledBack, ruleBroken } from './scripted.ts';

const lone = (reply: HttpReply): Outcome => classifyOutcome(reply, { how: 'lone' });
const enclosed = (reply: HttpReply): Outcome => classifyOutcome(reply, { how: 'enclosing' });
const unknownShape = { kind: 'inDoubt', why: 'unknownShape' };
const serverError = { kind: 'inDoubt', why: 'serverError' };
const validation = (...codes: string[]): object => globalError(400, 'validation.msg.validation.errors.exist', ...codes);
const posted = { officeId: 3, clientId: 9, savingsId: 57, resourceId: 812, changes: {} };

describe('what the line says', () => {
  it('keeps apart what never left and what may have arrived', () => {
    expect(lone({ kind: 'neverSent', detail: 'ECONNREFUSED' })).toEqual({ kind: 'retryLater', why: 'neverSent', keyBurnt: false });
    expect(lone({ kind: 'noReply', detail: 'timeout' })).toEqual({ kind: 'inDoubt', why: 'noReply' });
    expect(enclosed({ kind: 'noReply', detail: 'ECONNRESET' })).toEqual({ kind: 'inDoubt', why: 'noReply' });
  });
});

// As a real 1.10.1 answered (15/batch.enclosing.with.reference, 15/deposit.waits.replay, 03/twins).
describe('what waits for a checker', () => {
  const taken = databaseRefused("Duplicate entry 'DEPOSIT-SAVINGSACCOUNT-mc-1' for key 'UNIQUE_PORTFOLIO_COMMAND_SOURCE'");

  it('leaves the item behind it without an id to refer to: both are posted singly', () => {
    const body = { userMessageGlobalisationCode: 'error.msg.invalid.json.path', httpStatusCode: '400' };
    expect(enclosed(batchOf({ status: 400, body }))).toEqual({
      kind: 'retryLater',
      why: 'mustPostSingly',
      keyBurnt: false,
    });
    expect(lone(answered(400, body)).kind).toBe('rejected');
  });

  it('holds its key: alone it waits unseen, in a batch a twin may be under way', () => {
    expect(lone(answered(403, taken))).toEqual({ kind: 'waitingForChecker', serverCommandId: null, unseen: true });
    expect(enclosed(rolledBack(403, taken))).toEqual({ kind: 'inDoubt', why: 'duplicateMarker' });
    // The same code for any other refusal of the database says nothing about the key.
    expect(lone(answered(403, databaseRefused("Data too long for column 'note'")))).toEqual({
      kind: 'inDoubt',
      why: 'duplicateMarker',
    });
  });
});

describe('success', () => {
  it('is the id of the new transaction', () => {
    expect(lone(answered(200, posted))).toEqual({ kind: 'accepted', serverTransactionId: 812, how: 'posted' });
    expect(enclosed(batchOf({ body: posted }, { body: { resourceId: 812 } }))).toEqual({
      kind: 'accepted',
      serverTransactionId: 812,
      how: 'posted',
    });
  });

  it('may be remembered from an earlier try', () => {
    expect(lone(answered(200, posted, { 'x-served-from-cache': 'true' }))).toEqual({
      kind: 'accepted',
      serverTransactionId: 812,
      how: 'replayed',
    });
    const headers = [{ name: 'X-Served-From-Cache', value: 'true' }];
    expect(enclosed(batchOf({ body: posted, headers }))).toEqual({ kind: 'accepted', serverTransactionId: 812, how: 'replayed' });
  });

  it('is not ours when it names another account or external id', () => {
    const sent = { how: 'lone', ours: { savingsId: 57 } } as const;
    expect(classifyOutcome(answered(200, posted), sent).kind).toBe('accepted');
    expect(classifyOutcome(answered(200, { ...posted, savingsId: 58 }), sent)).toEqual(unknownShape);
    const marked = { how: 'lone', ours: { resourceExternalId: 'mine' } } as const;
    expect(classifyOutcome(answered(200, { ...posted, resourceExternalId: 'theirs' }), marked)).toEqual(unknownShape);
  });

  it.each([
    ['no id', { officeId: 3 }],
    ['an id as text', { resourceId: '812' }],
    ['an id of zero', { resourceId: 0 }],
    ['an id with a fraction', '{"resourceId": 812.5}'],
    ['an id beyond whole numbers', '{"resourceId": 99999999999999999999}'],
    ['errors beside the id', { ...posted, errors: [] }],
    ['an error code beside the id', { ...posted, userMessageGlobalisationCode: 'error.msg.x' }],
    ['an exception', { ...posted, Exception: 'x' }],
    ['a list', [posted]],
    ['a bare number', '812'],
    ['nothing', ''],
    ['half of it', '{"officeId":3,"resourceId":812'],
    ['a sentence before it', 'Notice: something\n{"resourceId":812}'],
    ['a page', '<html><body>Welcome to Airport WiFi</body></html>'],
    ['plain text', 'OK'],
  ])('is not said of a 200 with %s', (_what, body) => {
    expect(lone(answered(200, body))).toEqual(unknownShape);
    expect(enclosed(answered(200, body))).toEqual(unknownShape);
    expect(enclosed(batchOf({ body }))).toEqual(unknownShape);
  });

  it.each([201, 202, 204, 302, 304, 307])('is not said of status %i', (status) => {
    expect(lone(answered(status, posted))).toEqual(unknownShape);
  });
});

describe('batches of another shape', () => {
  it.each<[string, unknown]>([
    ['an empty list', []],
    ['items that are no objects', [1, 'x', null]],
    ['no status', [{ requestId: 1, body: '{"resourceId":1}' }]],
    ['a body that is an object', [{ requestId: 1, statusCode: 200, body: { resourceId: 1 } }]],
    ['another request first', [{ requestId: 2, statusCode: 200, body: '{"resourceId":1}' }]],
    [
      'a second item that failed',
      [
        { requestId: 1, statusCode: 200, body: '{"resourceId":1}' },
        { requestId: 2, statusCode: 403, body: '{}' },
      ],
    ],
    [
      'a first item that failed beside others',
      [
        { requestId: 1, statusCode: 403, body: JSON.stringify(ruleBroken('a.b')) },
        { requestId: 2, statusCode: 200, body: '{}' },
      ],
    ],
    [
      'a second item that is not JSON',
      [
        { requestId: 1, statusCode: 200, body: '{"resourceId":1}' },
        { requestId: 2, statusCode: 200, body: 'fine' },
      ],
    ],
    ['a lone answer instead of a list', { resourceId: 1 }],
  ])('leave doubt: %s', (_what, body) => {
    expect(enclosed(answered(200, body))).toEqual(unknownShape);
  });

  it('say so when head office takes no such item', () => {
    expect(enclosed(rolledBack(501, "Resource with method POST and relativeUrl x doesn't exist"))).toEqual({
      kind: 'incompatible',
      why: 'batch.unknownItem',
    });
  });
});

describe('maker-checker (contract 1.7)', () => {
  const waiting = { commandId: 4711, rollbackTransaction: true, resourceExternalId: {}, subResourceExternalId: {} };

  it('alone: waits, and keeps the number to ask by', () => {
    expect(lone(answered(200, waiting))).toEqual({ kind: 'waitingForChecker', serverCommandId: 4711 });
    expect(lone(answered(200, { ...waiting, resourceId: 57 }))).toEqual({ kind: 'waitingForChecker', serverCommandId: 4711 });
    expect(lone(answered(200, { rollbackTransaction: true }))).toEqual({ kind: 'waitingForChecker', serverCommandId: null });
  });

  it('in a batch: has to go alone, whichever item is checked', () => {
    const mustPostSingly = { kind: 'retryLater', why: 'mustPostSingly', keyBurnt: false };
    expect(enclosed(batchOf({ body: waiting }))).toEqual(mustPostSingly);
    expect(enclosed(batchOf({ body: posted }, { body: waiting }))).toEqual(mustPostSingly);
  });
});

const SIGN_IN: [string, HttpReply, string][] = [
  ['401 of head office', answered(401, globalError(401, 'error.msg.not.authenticated', 'error.msg.not.authenticated')), 'refused'],
  [
    '401 of the container',
    answered(401, { timestamp: 'x', status: 401, error: 'Unauthorized', path: '/' }, { 'www-authenticate': 'Basic' }),
    'refused',
  ],
  ['401 page', answered(401, '<html>401</html>'), 'refused'],
  [
    '400 of the tenant filter',
    answered(400, { timestamp: 'x', status: 400, error: 'Bad Request', path: '/' }, { 'www-authenticate': 'Basic' }),
    'tenant',
  ],
  [
    '401 unknown tenant',
    answered(401, globalError(401, 'error.msg.invalid.tenant.identifier', 'error.msg.invalid.tenant.identifier')),
    'tenant',
  ],
  ['400 outdated password', answered(400, validation('error.msg.password.outdated')), 'passwordExpired'],
  ['400 outdated password at the top', answered(400, globalError(400, 'error.msg.password.outdated')), 'passwordExpired'],
];

describe('sign-in', () => {
  it.each(SIGN_IN)('%s', (_what, reply, why) => {
    expect(lone(reply)).toEqual({ kind: 'signInNeeded', why });
    expect(enclosed(reply)).toEqual({ kind: 'signInNeeded', why });
  });

  it('is asked for inside a batch as well', () => {
    expect(enclosed(rolledBack(400, validation('error.msg.password.outdated')))).toEqual({ kind: 'signInNeeded', why: 'passwordExpired' });
  });
});

/** [situation, status, body, code]: definite refusals of contract 7.1 and 7.3. */
const REFUSALS: [string, number, object, string][] = [
  [
    'not enough money',
    403,
    ruleBroken('error.msg.savingsaccount.transaction.insufficient.account.balance'),
    'error.msg.savingsaccount.transaction.insufficient.account.balance',
  ],
  [
    'not enough money for the fee',
    403,
    ruleBroken('error.msg.savingsaccount.transaction.insufficient.account.balance.withdraw'),
    'error.msg.savingsaccount.transaction.insufficient.account.balance.withdraw',
  ],
  [
    'account not active',
    400,
    validation('error.msg.savingsaccount.transaction.account.is.not.active'),
    'error.msg.savingsaccount.transaction.account.is.not.active',
  ],
  [
    'before activation',
    400,
    validation('error.msg.savingsaccount.transaction.before.activation.date'),
    'error.msg.savingsaccount.transaction.before.activation.date',
  ],
  ['before pivot date', 403, ruleBroken('error.msg.savings.transaction.is.not.allowed'), 'error.msg.savings.transaction.is.not.allowed'],
  [
    'before pivot date, 400',
    400,
    validation('error.msg.savingsaccount.transaction.before.pivot.date'),
    'error.msg.savingsaccount.transaction.before.pivot.date',
  ],
  [
    'lock-in',
    400,
    validation('error.msg.savingsaccount.transaction.withdrawals.blocked.during.lockin.period'),
    'error.msg.savingsaccount.transaction.withdrawals.blocked.during.lockin.period',
  ],
  [
    'blocked',
    403,
    ruleBroken('error.msg.saving.account.blocked.transaction.not.allowed'),
    'error.msg.saving.account.blocked.transaction.not.allowed',
  ],
  [
    'debits blocked',
    403,
    ruleBroken('error.msg.savings.account.debit.transaction.not.allowed'),
    'error.msg.savings.account.debit.transaction.not.allowed',
  ],
  [
    'credits blocked',
    403,
    ruleBroken('error.msg.savings.account.credit.transaction.not.allowed'),
    'error.msg.savings.account.credit.transaction.not.allowed',
  ],
  [
    'hold too large',
    400,
    validation('validation.msg.savingsaccount.insufficient.balance'),
    'validation.msg.savingsaccount.insufficient.balance',
  ],
  [
    'before a client transfer',
    403,
    ruleBroken('error.msg.savings.withdraw.not.permitted.before.client.transfer.date'),
    'error.msg.savings.withdraw.not.permitted.before.client.transfer.date',
  ],
  ['savings account unknown', 404, notFound('error.msg.saving.account.id.invalid'), 'error.msg.saving.account.id.invalid'],
  [
    'loan in a wrong state',
    400,
    validation('error.msg.loan.must.be.active.fully.paid.or.overpaid'),
    'error.msg.loan.must.be.active.fully.paid.or.overpaid',
  ],
  [
    'before disbursement',
    403,
    ruleBroken('error.msg.loan.transaction.cannot.be.before.disbursement.date'),
    'error.msg.loan.transaction.cannot.be.before.disbursement.date',
  ],
  [
    'before the last transaction',
    403,
    ruleBroken('error.msg.loan.repayment.or.waiver.cannot.be.made.before.last.transaction.date'),
    'error.msg.loan.repayment.or.waiver.cannot.be.made.before.last.transaction.date',
  ],
  [
    'holiday',
    403,
    ruleBroken('error.msg.loan.application.repayment.date.on.holiday'),
    'error.msg.loan.application.repayment.date.on.holiday',
  ],
  [
    'charged off',
    403,
    ruleBroken('error.msg.transaction.date.cannot.be.earlier.than.charge.off.date'),
    'error.msg.transaction.date.cannot.be.earlier.than.charge.off.date',
  ],
  ['loan unknown', 404, notFound('error.msg.loan.id.invalid'), 'error.msg.loan.id.invalid'],
  ['client not active', 403, ruleBroken('error.msg.client.not.active.exception'), 'error.msg.client.not.active.exception'],
  [
    'accounting period closed',
    403,
    ruleBroken('error.msg.glJournalEntry.invalid.accounting.closed'),
    'error.msg.glJournalEntry.invalid.accounting.closed',
  ],
  ['cashier without cash', 403, ruleBroken('cashier.insufficient.amount.exception'), 'cashier.insufficient.amount.exception'],
  ['missing permission', 403, globalError(403, 'error.msg.not.authorized', 'error.msg.not.authorized'), 'error.msg.not.authorized'],
  ['unknown field', 400, validation('error.msg.parameter.unsupported'), 'error.msg.parameter.unsupported'],
  [
    'undo of a transfer leg',
    503,
    globalError(503, 'error.msg.platform.service.unavailable', 'error.msg.saving.account.transfer.transaction.update.not.allowed'),
    'error.msg.saving.account.transfer.transaction.update.not.allowed',
  ],
  [
    'a bare parameter error',
    400,
    { developerMessage: 'x', defaultUserMessage: 'x', userMessageGlobalisationCode: 'error.msg.invalid.request.body', parameterName: 'x' },
    'error.msg.invalid.request.body',
  ],
  ['only a top code', 403, globalError(403, 'error.msg.only.top'), 'error.msg.only.top'],
  ['another 405', 405, globalError(405, 'error.msg.something.else', 'error.msg.something.else'), 'error.msg.something.else'],
];

describe('definite refusals', () => {
  it.each(REFUSALS)('%s', (_what, status, body, code) => {
    const expected: unknown = expect.objectContaining({ kind: 'rejected', code, status });
    expect(lone(answered(status, body))).toEqual(expected);
    expect(enclosed(rolledBack(status, body))).toEqual(expected);
    // Head office may also answer the error itself behind its sentence.
    expect(
      enclosed(
        answered(200, [
          { requestId: 1, statusCode: status, body: `Transaction is being rolled back. First erroneous request: ${JSON.stringify(body)}` },
        ]),
      ),
    ).toEqual(expected);
  });

  it('carry the sentence for a person, not for a decision', () => {
    const reply = answered(403, ruleBroken('error.msg.loan.id.invalid'));
    expect(lone(reply)).toMatchObject({ message: 'sentence of error.msg.loan.id.invalid' });
  });

  it('of older releases name the true status inside', () => {
    const inner = {
      requestId: 1,
      statusCode: 500,
      body: JSON.stringify(ruleBroken('error.msg.savingsaccount.transaction.insufficient.account.balance')),
    };
    const reply = answered(200, [
      { statusCode: 400, body: `Transaction is being rolled back. First erroneous request: \n${JSON.stringify(inner)}` },
    ]);
    expect(enclosed(reply)).toMatchObject({
      kind: 'rejected',
      status: 403,
      code: 'error.msg.savingsaccount.transaction.insufficient.account.balance',
    });
  });

  it.each([400, 403, 404, 410, 418, 422])('are not believed of a %i without head office’s code', (status) => {
    expect(lone(answered(status, '<html>blocked by portal</html>'))).toEqual(unknownShape);
    expect(lone(answered(status, { timestamp: 'x', status, error: 'x', path: '/x' }))).toEqual(unknownShape);
    expect(lone(answered(status, ''))).toEqual(unknownShape);
    expect(lone(answered(status, '{"userMessageGlobalisationCode":"error.msg.cut'))).toEqual(unknownShape);
  });
});

describe('later', () => {
  const conflict = globalError(
    409,
    'error.msg.platform.service.optimistic.lock.conflict',
    'error.msg.platform.service.optimistic.lock.conflict',
  );

  it('a locked loan, with the same key either way', () => {
    const locked = globalError(409, 'error.msg.loan.locked', 'error.msg.loan.locked');
    expect(lone(answered(409, locked, {}))).toEqual({ kind: 'retryLater', why: 'loanLocked', keyBurnt: false });
    expect(enclosed(answered(409, locked))).toEqual({ kind: 'retryLater', why: 'loanLocked', keyBurnt: false });
  });

  it('a conflict burns the key only where it was stored', () => {
    expect(lone(answered(409, conflict))).toEqual({ kind: 'retryLater', why: 'conflict', keyBurnt: true });
    expect(enclosed(rolledBack(409, conflict))).toEqual({ kind: 'retryLater', why: 'conflict', keyBurnt: false });
  });

  it('a head office that only reads', () => {
    const body = globalError(405, 'error.msg.invalid.instance.type', 'error.msg.invalid.instance.type');
    expect(lone(answered(405, body))).toEqual({ kind: 'retryLater', why: 'readOnlyInstance', keyBurnt: false });
  });

  it.each([
    'error.msg.savingsaccount.transaction.in.the.future',
    'error.msg.loan.transaction.cannot.be.a.future.date',
    'error.msg.glJournalEntry.invalid.future.date',
  ])('a head office whose day is behind: %s', (code) => {
    expect(lone(answered(400, validation(code)))).toEqual({ kind: 'retryLater', why: 'headOfficeDayBehind', keyBurnt: true });
    expect(enclosed(rolledBack(403, ruleBroken(code)))).toEqual({ kind: 'retryLater', why: 'headOfficeDayBehind', keyBurnt: false });
    // With another fault beside it, waiting does not help.
    expect(lone(answered(400, validation(code, 'error.msg.savingsaccount.transaction.account.is.not.active')))).toMatchObject({
      kind: 'rejected',
    });
  });

  it('a door that is too busy', () => {
    expect(lone(answered(429, ''))).toEqual({ kind: 'retryLater', why: 'busy', keyBurnt: false });
  });
});

describe('doubt', () => {
  it('while head office works on the same key', () => {
    const stillProcessing = { kind: 'inDoubt', why: 'stillProcessing' };
    expect(lone(answered(425, { transactionDate: '2026-11-20', transactionAmount: 500 }))).toEqual(stillProcessing);
    expect(enclosed(rolledBack(425, { transactionDate: '2026-11-20' }))).toEqual(stillProcessing);
  });

  it.each<[number, unknown]>([
    [500, { Exception: 'NullPointerException' }],
    [500, globalError(500, 'error.msg.platform.server.side.error', 'error.msg.platform.server.side.error')],
    [502, '<html>Bad Gateway</html>'],
    [503, '<html>Service Unavailable</html>'],
    [503, ''],
    [504, '<html>Gateway Timeout</html>'],
    [501, ''],
  ])('after %i', (status, body) => {
    expect(lone(answered(status, body))).toEqual(serverError);
    expect(enclosed(answered(status, body))).toEqual(serverError);
  });

  it.each([
    [400, validation('validation.msg.loan.transaction.externalId.value.must.be.unique')],
    [403, globalError(403, 'error.msg.loan.repayment.duplicate.externalId', 'error.msg.loan.repayment.duplicate.externalId')],
    [403, globalError(403, 'error.msg.data.integrity.issue', 'error.msg.data.integrity.issue')],
    [
      403,
      globalError(403, 'error.msg.savingsaccount.unknown.data.integrity.issue', 'error.msg.savingsaccount.unknown.data.integrity.issue'),
    ],
    [403, globalError(403, 'error.msg.datatable.entry.duplicate', 'error.msg.datatable.entry.duplicate')],
    [409, globalError(409, 'error.msg.data.integrity.issue', 'error.msg.data.integrity.issue')],
  ])('when our marker is there already (%i)', (status, body) => {
    expect(lone(answered(status, body))).toEqual({ kind: 'inDoubt', why: 'duplicateMarker' });
    expect(enclosed(rolledBack(status, body))).toEqual({ kind: 'inDoubt', why: 'duplicateMarker' });
  });
});

describe('I2: any answer whatever', () => {
  const code = fc.oneof(
    fc.constantFrom('error.msg.loan.locked', 'error.msg.data.integrity.issue', 'error.msg.x.future.date', ''),
    fc.string(),
  );
  const errorLike = fc.record(
    {
      userMessageGlobalisationCode: code,
      httpStatusCode: fc.oneof(fc.integer({ min: -1, max: 700 }), fc.string()),
      errors: fc.oneof(fc.array(fc.record({ userMessageGlobalisationCode: code }, { requiredKeys: [] })), fc.jsonValue()),
      resourceId: fc.oneof(fc.integer(), fc.double(), fc.string(), fc.constant(null)),
      rollbackTransaction: fc.oneof(fc.boolean(), fc.string(), fc.constant(null)),
      commandId: fc.jsonValue(),
      body: fc.string(),
      statusCode: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  const text = fc.oneof(
    fc.string(),
    fc.jsonValue().map((value) => JSON.stringify(value)),
    errorLike.map((value) => JSON.stringify(value)),
    errorLike.map((value) => `Transaction is being rolled back. ${JSON.stringify(value)}`),
  );
  const item = fc.record(
    {
      requestId: fc.oneof(fc.constantFrom(1, 2), fc.jsonValue()),
      statusCode: fc.oneof(fc.constantFrom(200, 400, 403, 409, 500, 501), fc.jsonValue()),
      headers: fc.jsonValue(),
      body: fc.oneof(text, fc.jsonValue()),
    },
    { requiredKeys: [] },
  );
  const body = fc.oneof(
    text,
    fc.array(item, { maxLength: 3 }).map((items) => JSON.stringify(items)),
    fc.tuple(text, fc.nat({ max: 40 })).map(([whole, cut]) => whole.slice(0, Math.max(0, whole.length - cut))),
  );
  const status = fc.oneof(
    fc.constantFrom(200, 200, 400, 401, 403, 404, 405, 409, 425, 429, 500, 502, 503),
    fc.integer({ min: 0, max: 999 }),
  );

  it('gets an outcome; none is accepted without an id, and none rejected without a code', () => {
    fc.assert(
      fc.property(
        status,
        body,
        fc.dictionary(fc.string(), fc.string()),
        fc.constantFrom('lone', 'enclosing'),
        (anyStatus, anyBody, headers, how) => {
          const outcome = classifyOutcome({ kind: 'answered', status: anyStatus, headers, body: anyBody }, { how: how });
          if (outcome.kind === 'accepted') {
            expect(anyStatus).toBe(200);
            expect(Number.isSafeInteger(outcome.serverTransactionId) && outcome.serverTransactionId > 0).toBe(true);
            expect(anyBody).toContain(String(outcome.serverTransactionId));
          }
          if (outcome.kind === 'rejected') {
            expect(outcome.code).not.toBe('');
            expect(anyBody.includes('userMessageGlobalisationCode')).toBe(true);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});
