// What leaves this PC for head office, byte by byte: headers, bodies and the two ways of posting (contract 1.1, 2.1, 3.5, 5).

import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../../electron/fineract/http.ts';
import type { CommandToSend } from '../../../electron/ports/headOffice.ts';
import { answered, COMMAND_ID, commandOf, repaymentPayload, scripted, suspensePayload, teller, withdrawalPayload } from './scripted.ts';

async function requestOf(command: CommandToSend): Promise<HttpRequest> {
  const { headOffice, asked } = scripted({ 'POST ': answered(500, '') });
  await headOffice.send(command, teller);
  expect(asked).toHaveLength(1);
  return asked[0]!;
}

interface Item {
  readonly requestId: number;
  readonly relativeUrl: string;
  readonly method: string;
  readonly reference?: number;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly body: string;
}

const KEY = '01936f0c-9999-7aaa-8bbb-0123456789ab';

describe('every request', () => {
  it('carries tenant, content type and the sign-in in UTF-8', async () => {
    const request = await requestOf(commandOf(repaymentPayload));
    expect(request.headers).toEqual({
      accept: 'application/json',
      'content-type': 'application/json',
      'fineract-platform-tenantid': 'default',
      authorization: `Basic ${Buffer.from('teller1:pässwörd', 'utf8').toString('base64')}`,
    });
  });
});

describe('a repayment', () => {
  it('is a batch of one in one transaction, marked by the command’s id', async () => {
    const request = await requestOf(commandOf(repaymentPayload));
    expect([request.method, request.url]).toEqual(['POST', '/batches?enclosingTransaction=true']);
    const items = JSON.parse(request.body!) as Item[];
    expect(items).toHaveLength(1);
    const [item] = items;
    expect(item).toMatchObject({ requestId: 1, method: 'POST', relativeUrl: 'loans/57/transactions?command=repayment' });
    expect(item!.headers).toContainEqual({ name: 'Idempotency-Key', value: KEY });
    expect(item!.body).toContain('"transactionAmount":2550.50');
    expect(JSON.parse(item!.body)).toEqual({
      transactionDate: '2026-11-20',
      transactionAmount: 2550.5,
      paymentTypeId: 1,
      receiptNumber: 'KTL-02-261120-0042-7',
      note: 'paid $.50 more [Tawi 2026-11-20T11:58:03+03:00, teller1, KTL-02]',
      externalId: COMMAND_ID,
      locale: 'en',
      dateFormat: 'yyyy-MM-dd',
    });
  });

  it('goes alone with its key in the header where a checker is known', async () => {
    const request = await requestOf(commandOf(repaymentPayload, { postSingly: true }));
    expect(request.url).toBe('/loans/57/transactions?command=repayment');
    expect(request.headers['idempotency-key']).toBe(KEY);
  });

  it('never says more than a note may hold, and keeps its origin', async () => {
    const request = await requestOf(commandOf({ ...repaymentPayload, note: 'x'.repeat(3000) }, { postSingly: true }));
    const { note } = JSON.parse(request.body!) as { note: string };
    expect(note.length).toBeLessThanOrEqual(1000);
    expect(note).toMatch(/^x+ \[Tawi 2026-11-20T11:58:03\+03:00, teller1, KTL-02\]$/);
  });
});

describe('savings', () => {
  it('strong: money and marker row stand or fall together, and the row holds no path but its own', async () => {
    const payload = { ...withdrawalPayload, note: 'costs $.50', receiptNumber: 'K$.L-02-261120-0043-5' };
    const request = await requestOf(commandOf(payload, { recordedBy: 'odd$.name' }));
    expect(request.url).toBe('/batches?enclosingTransaction=true');
    const [money, marker] = JSON.parse(request.body!) as Item[];
    expect(money).toMatchObject({ requestId: 1, relativeUrl: 'savingsaccounts/57/transactions?command=withdrawal' });
    expect(money).not.toHaveProperty('reference');
    expect(JSON.parse(money!.body)).toMatchObject({ transactionAmount: 500, checkNumber: 'C-1', receiptNumber: 'K$.L-02-261120-0043-5' });
    expect(JSON.parse(money!.body)).not.toHaveProperty('externalId');
    expect(marker).toMatchObject({ requestId: 2, method: 'POST', reference: 1, relativeUrl: 'datatables/tawi_marker/$.resourceId' });
    expect(marker!.body).not.toContain('$.');
    const row = JSON.parse(marker!.body) as Record<string, unknown>;
    expect(row).toMatchObject({ command_id: COMMAND_ID, recorded_at: '2026-11-20T11:58:03+03:00', recorded_by: 'odd$ .name' });
    // Head office resolves one level of nesting only: a nested member would break the whole batch.
    for (const value of Object.values(row)) expect(typeof value).toBe('string');
  });

  it('weak: alone, with the key in the header', async () => {
    const request = await requestOf(commandOf({ ...withdrawalPayload, kind: 'savingsDeposit', markers: 'weak' }));
    expect(request.url).toBe('/savingsaccounts/57/transactions?command=deposit');
    expect(request.headers['idempotency-key']).toBe(KEY);
  });
});

describe('a suspense posting', () => {
  it('is a lone journal entry that balances', async () => {
    const request = await requestOf(commandOf(suspensePayload));
    expect(request.url).toBe('/journalentries');
    expect(request.headers['idempotency-key']).toBe(KEY);
    expect(JSON.parse(request.body!)).toMatchObject({
      officeId: 3,
      currencyCode: 'KES',
      transactionDate: '2026-11-20',
      debits: [{ glAccountId: 11, amount: 500 }],
      credits: [{ glAccountId: 12, amount: 500 }],
      referenceNumber: 'tawi-01936f0c-5555',
    });
  });
});

describe('I11: the same command', () => {
  it.each([repaymentPayload, withdrawalPayload, { ...withdrawalPayload, markers: 'weak' as const }, suspensePayload])(
    'is the same request every time ($kind)',
    async (payload) => {
      expect(await requestOf(commandOf(payload))).toEqual(await requestOf(commandOf(payload)));
    },
  );
});
