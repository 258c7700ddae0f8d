// The batch door: all or nothing with keys included, the marker row that makes a savings posting exactly-once, and what is
// answered 501. A batch that half posts would be the worst fault this program could have.
import { expect, test } from 'vitest';
import { at, DATED, json, listAt, money, practiceWorld, refusalOf } from './practiceWorld.ts';

const MARKER = {
  datatableName: 'tawi_posting',
  apptableName: 'm_savings_account_transaction',
  multiRow: false,
  columns: [
    { name: 'local_uuid', type: 'String', length: 50, mandatory: true, unique: true },
    { name: 'taken_at', type: 'String', length: 40 },
  ],
};

function worldWithMarker(): ReturnType<typeof practiceWorld> {
  const world = practiceWorld();
  expect(world.post('/datatables', MARKER, { as: 'admin' }).status).toBe(200);
  for (const code of ['CREATE_tawi_posting', 'READ_tawi_posting']) world.office.control.grantToRole('Cashier', code);
  return world;
}

function posting(uuid: string, key: string, amount = 100): object[] {
  return [
    {
      requestId: 1,
      relativeUrl: 'savingsaccounts/2/transactions?command=deposit',
      method: 'POST',
      headers: [{ name: 'Idempotency-Key', value: key }],
      body: JSON.stringify(money(amount)),
    },
    {
      requestId: 2,
      reference: 1,
      relativeUrl: 'v1/datatables/tawi_posting/$.resourceId',
      method: 'POST',
      headers: [{ name: 'Idempotency-Key', value: key }],
      body: JSON.stringify({ local_uuid: uuid, ...DATED }),
    },
  ];
}

const balance = (world: ReturnType<typeof practiceWorld>): number => Number(at(world.read('/savingsaccounts/2'), 'summary.accountBalance'));

test('a deposit and its marker post together, and the marker finds the transaction', () => {
  const world = worldWithMarker();
  const answers = listAt(json(world.post('/batches?enclosingTransaction=true', posting('u-1', 'k-1'))));
  expect(answers.map((answer) => at(answer, 'statusCode'))).toEqual([200, 200]);
  const id = at(JSON.parse(String(at(answers[0], 'body'))), 'resourceId');
  expect(listAt(world.read(`/datatables/tawi_posting/${String(id)}`))).toMatchObject([{ savings_transaction_id: id, local_uuid: 'u-1' }]);
  const found = world.post('/datatables/tawi_posting/query', {
    request: {
      columnFilters: [{ column: 'local_uuid', filters: [{ operator: 'EQ', values: ['u-1'] }] }],
      resultColumns: ['savings_transaction_id', 'local_uuid'],
    },
    page: 0,
    size: 10,
    ...DATED,
  });
  expect(at(json(found), 'content')).toEqual([{ savings_transaction_id: id, local_uuid: 'u-1' }]);
});

test('an enclosing batch is all or nothing, keys included, and its one element is the answer of the item that failed', () => {
  const world = worldWithMarker();
  world.post('/batches?enclosingTransaction=true', posting('u-1', 'k-1'));
  const before = balance(world);
  const audits = listAt(world.read('/audits', 'admin')).length;
  const failed = listAt(json(world.post('/batches?enclosingTransaction=true', posting('u-1', 'k-2'))));
  expect(failed.length).toBe(1);
  expect(at(failed[0], 'statusCode')).toBe(403);
  expect(at(failed[0], 'requestId')).toBe(2);
  expect(at(JSON.parse(String(at(failed[0], 'body'))), 'userMessageGlobalisationCode')).toBe('error.msg.datatable.entry.duplicate');
  expect(balance(world)).toBe(before);
  expect(listAt(world.read('/audits', 'admin')).length).toBe(audits);
  // The failure left no row, so the same key posts once its cause is gone.
  const again = listAt(json(world.post('/batches?enclosingTransaction=true', posting('u-2', 'k-2'))));
  expect(again.map((answer) => at(answer, 'statusCode'))).toEqual([200, 200]);
  expect(balance(world)).toBe(before + 100);
  expect(world.office.ledger().balanced).toBe(true);
});

test('a repeated enclosing batch with the same keys replays and posts nothing', () => {
  const world = worldWithMarker();
  const first = listAt(json(world.post('/batches?enclosingTransaction=true', posting('u-1', 'k-1'))));
  const before = balance(world);
  const again = listAt(json(world.post('/batches?enclosingTransaction=true', posting('u-1', 'k-1'))));
  expect(again.map((answer) => at(answer, 'body'))).toEqual(first.map((answer) => at(answer, 'body')));
  expect(listAt(again[0], 'headers')).toContainEqual({ name: 'x-served-from-cache', value: 'true' });
  expect(balance(world)).toBe(before);
});

test('release and withdrawal fit one enclosing batch', () => {
  const world = practiceWorld();
  const hold = at(
    json(
      world.post('/savingsaccounts/2/transactions?command=holdAmount', {
        ...DATED,
        transactionDate: '2026-11-20',
        transactionAmount: balance(world),
        reasonForBlock: 'envelope',
      }),
    ),
    'resourceId',
  );
  const all = balance(world);
  expect(world.post('/savingsaccounts/2/transactions?command=withdrawal', money(1)).status).toBe(403);
  const asked = [
    { requestId: 1, relativeUrl: `savingsaccounts/2/transactions/${String(hold)}?command=releaseAmount`, method: 'POST', body: '{}' },
    {
      requestId: 2,
      relativeUrl: 'savingsaccounts/2/transactions?command=withdrawal',
      method: 'POST',
      body: JSON.stringify(money(all)),
    },
  ];
  const answers = listAt(json(world.post('/batches?enclosingTransaction=true', asked, { as: 'grace' })));
  expect(answers.map((answer) => at(answer, 'statusCode'))).toEqual([200, 200]);
  expect(balance(world)).toBe(0);
});

test('without an enclosing transaction items stand alone, and children of a failed parent fail with it', () => {
  const world = worldWithMarker();
  const before = balance(world);
  const answers = listAt(
    json(
      world.post('/batches', [
        ...posting('u-9', 'k-9', -5),
        { requestId: 3, relativeUrl: 'savingsaccounts/2/transactions?command=deposit', method: 'POST', body: JSON.stringify(money(7)) },
        { requestId: 4, relativeUrl: 'loans/1?associations=all', method: 'GET' },
      ]),
    ),
  );
  expect(answers.map((answer) => at(answer, 'statusCode'))).toEqual([400, 400, 200, 200]);
  expect(at(answers[1], 'body')).toBe('Parent request with id 1 was erroneous!');
  expect(balance(world)).toBe(before + 7);
  expect(at(JSON.parse(String(at(answers[3], 'body'))), 'id')).toBe(1);
});

test('what has no batch strategy is 501; references must point back; a locked loan refuses the whole', () => {
  const world = practiceWorld();
  const status = (relativeUrl: string, method = 'POST'): unknown =>
    at(json(world.post('/batches', [{ requestId: 1, relativeUrl, method, body: '{}' }])), '0.statusCode');
  expect(status('savingsaccounts/2?command=block')).toBe(501);
  expect(status('journalentries')).toBe(501);
  expect(status('clients', 'GET')).toBe(501);
  expect(status('savingsaccounts/2?fromDate=2024-01-01', 'GET')).toBe(501);
  expect(status('savingsaccounts/2?associations=all', 'GET')).toBe(200);
  const forward = json(
    world.post('/batches', [
      { requestId: 1, reference: 2, relativeUrl: 'loans', method: 'POST' },
      { requestId: 2, relativeUrl: 'loans', method: 'POST' },
    ]),
  );
  expect(at(forward, '0.statusCode')).toBe(403);
  expect(String(at(forward, '0.body'))).toContain('validation.msg.batch.reference.invalid');
  world.office.control.lockLoan(1);
  const locked = world.post('/batches?enclosingTransaction=true', [
    { requestId: 1, relativeUrl: 'loans/1/transactions?command=repayment', method: 'POST', body: JSON.stringify(money(5)) },
  ]);
  expect(refusalOf(locked)).toBe('409 error.msg.loan.locked');
});

test('what waits for a checker fails an enclosing batch: its lock when alone, the missing id when a marker hangs on it', () => {
  const world = worldWithMarker();
  world.office.control.setMakerChecker('DEPOSIT_SAVINGSACCOUNT', true);
  const [deposit, marker] = posting('u-1', 'k-1');
  const failure = (items: unknown[]): unknown[] => {
    const [first] = listAt(json(world.post('/batches?enclosingTransaction=true', items)));
    const body = JSON.parse(String(at(first, 'body'))) as unknown;
    return [at(first, 'requestId'), at(first, 'statusCode'), at(body, 'userMessageGlobalisationCode')];
  };
  expect(failure([deposit])).toEqual([1, 409, 'error.msg.platform.service.lock.conflict']);
  expect(failure([deposit, marker])).toEqual([2, 400, 'error.msg.invalid.json.path']);
  expect(listAt(world.read('/makercheckers', 'admin'))).toEqual([]);
});

test('an item without a strategy beside others takes all of them back, though they answer 200', () => {
  const world = worldWithMarker();
  const before = balance(world);
  const [deposit] = posting('u-1', 'k-1');
  const answers = listAt(
    json(world.post('/batches?enclosingTransaction=true', [deposit, { requestId: 2, relativeUrl: 'clients/1', method: 'GET' }])),
  );
  expect(answers.map((answer) => at(answer, 'statusCode'))).toEqual([200, 501]);
  expect(balance(world)).toBe(before);
});

test('by the manner of 1.10.1 savings are read in a batch with chargeStatus, and with the associations of the batch', () => {
  const world = practiceWorld({ manners: { savingsInBatch: 'bare' } });
  const read = (relativeUrl: string, query = ''): unknown =>
    json(world.post(`/batches${query}`, [{ requestId: 1, relativeUrl, method: 'GET' }]));
  const body = (answer: unknown): unknown => JSON.parse(String(at(answer, '0.body')));
  expect(at(read('savingsaccounts/2?associations=all'), '0.statusCode')).toBe(400);
  expect(body(read('savingsaccounts/2?associations=all&chargeStatus=all'))).not.toHaveProperty('transactions');
  expect(body(read('savingsaccounts/2?chargeStatus=all', '?associations=all'))).toHaveProperty('transactions');
});
