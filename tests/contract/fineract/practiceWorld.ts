// The adapter and the practice head office joined in one process: no sockets, no time, but every byte of the contract between them. The line
// can be told to lose a request or an answer.

import { createFineractGateway } from '../../../electron/fineract/fineractGateway.ts';
import type { HttpRequest, HttpTransport } from '../../../electron/fineract/http.ts';
import type { CommandToSend, Credential, PulledSavings } from '../../../electron/ports/headOffice.ts';
import type { WindowedHeadOffice } from '../../../electron/ports/window.ts';
import { createPracticeHeadOffice } from '../../../electron/practice/createPracticeHeadOffice.ts';
import type { PracticeHeadOffice } from '../../../electron/practice/createPracticeHeadOffice.ts';
import { kindOf } from '../../../shared/domain/commands/kinds/allKinds.ts';
import type { LoanRepaymentPayload } from '../../../shared/domain/commands/kinds/loanRepayment.ts';
import type { SavingsDepositPayload } from '../../../shared/domain/commands/kinds/savingsDeposit.ts';
import type { SavingsWithdrawalPayload } from '../../../shared/domain/commands/kinds/savingsWithdrawal.ts';
import { Redacted } from '../../../shared/kernel/redacted.ts';

const NOW = Date.UTC(2026, 10, 20, 8, 58, 3);
export const TODAY = '2026-11-20';

export function person(username: string): Credential {
  return { username, password: new Redacted('practice') };
}

export const cashier = person('achieng');
export const manager = person('grace');
export const admin = person('admin');

export type Weather = 'fair' | 'requestLost' | 'replyLost' | 'unplugged';

export interface PracticeWorld {
  readonly practice: PracticeHeadOffice;
  readonly headOffice: WindowedHeadOffice;
  readonly asked: HttpRequest[];
  /** For the next request only. */
  next(weather: Weather): void;
  loanId(): Promise<number>;
  savings(): Promise<PulledSavings>;
  command(payload: CommandToSend['payload'], serverAccountId: number | null, change?: Partial<CommandToSend>): CommandToSend;
}

export async function practiceWorld(options: { readonly prepared: boolean; readonly clients?: number }): Promise<PracticeWorld> {
  const practice = createPracticeHeadOffice({
    file: ':memory:',
    now: () => NOW,
    seed: 7,
    clients: options.clients ?? 30,
    businessDate: TODAY,
  });
  const asked: HttpRequest[] = [];
  let weather: Weather = 'fair';
  const transport: HttpTransport = async (request) => {
    asked.push(request);
    const now = weather;
    weather = 'fair';
    if (now === 'unplugged') return { kind: 'neverSent', detail: 'ENOTFOUND' };
    if (now === 'requestLost') return { kind: 'noReply', detail: 'timeout' };
    const reply = practice.handle({ ...request, headers: { ...request.headers } });
    if (now === 'replyLost' || reply.status === 0) return { kind: 'noReply', detail: 'timeout' };
    return { kind: 'answered', status: reply.status, headers: reply.headers, body: reply.body };
  };
  const headOffice = createFineractGateway({ transport, tenant: 'default', monotonicMs: () => 0 });
  if (options.prepared) {
    const prepared = await headOffice.prepare(admin);
    if (!prepared.ok) throw new Error(`the practice head office could not be prepared: ${JSON.stringify(prepared.trouble)}`);
  }
  asked.length = 0;
  let sequence = 0;
  return {
    practice,
    headOffice,
    asked,
    next: (wanted) => {
      weather = wanted;
    },
    loanId: async () => {
      const list = await headOffice.listShelf('loans', { after: 0, offset: 0, most: 200 }, cashier);
      if (!list.ok) throw new Error(JSON.stringify(list.trouble));
      const ids = list.value.listed.filter((row) => row.open).map((row) => row.serverId);
      const loans = await headOffice.readShelf('loans', ids, cashier);
      if (!loans.ok) throw new Error(JSON.stringify(loans.trouble));
      return loans.value.rows.find((loan) => loan.status === 'active' && loan.outstandingMinor > 1_000_000)!.serverId;
    },
    savings: async () => {
      const list = await headOffice.listShelf('savings', { after: 0, offset: 0, most: 200 }, cashier);
      if (!list.ok) throw new Error(JSON.stringify(list.trouble));
      const accounts = await headOffice.readShelf(
        'savings',
        list.value.listed.map((row) => row.serverId),
        cashier,
      );
      if (!accounts.ok) throw new Error(JSON.stringify(accounts.trouble));
      return accounts.value.rows.find(
        (row) =>
          row.status === 'active' &&
          row.lockedInUntil === null &&
          row.ledgerMinor - row.onHoldMinor - row.guaranteeHeldMinor - row.minimumMinor > 200_000,
      )!;
    },
    command: (payload, serverAccountId, change = {}) => {
      sequence += 1;
      const tail = String(sequence).padStart(12, '0');
      return {
        commandId: `01936f0c-1111-7aaa-8bbb-${tail}`,
        payload,
        idempotencyKey: `01936f0c-9999-7aaa-8bbb-${tail}`,
        postSingly: false,
        serverIds:
          serverAccountId === null
            ? {}
            : Object.fromEntries(
                kindOf(payload.kind)
                  .refersTo(payload)
                  .map(({ localId }) => [localId, serverAccountId]),
              ),
        recordedBy: 'achieng',
        recordedAtText: '2026-11-20T11:58:03+03:00',
        lastOutcome: null,
        ...change,
      };
    },
  };
}

type SavingsPayload = SavingsDepositPayload | SavingsWithdrawalPayload;

export function repayment(amountMinor: number, change: Partial<LoanRepaymentPayload> = {}): LoanRepaymentPayload {
  return {
    kind: 'loanRepayment',
    loanId: '01936f0c-2222-7aaa-8bbb-0123456789ab',
    transactionDate: TODAY,
    amountMinor,
    decimals: 2,
    payment: { paymentTypeId: 1 },
    receiptNumber: 'KTL-02-261120-0001-7',
    note: 'half $.50',
    markers: 'strong',
    ...change,
  };
}

export function savingsOf(kind: SavingsPayload['kind'], amountMinor: number, change: Partial<SavingsPayload> = {}): SavingsPayload {
  return {
    kind,
    savingsId: '01936f0c-3333-7aaa-8bbb-0123456789ab',
    transactionDate: TODAY,
    amountMinor,
    decimals: 2,
    payment: { paymentTypeId: 1 },
    receiptNumber: 'KTL-02-261120-0002-5',
    note: 'costs $.resourceId',
    markers: 'strong',
    ...change,
  };
}
