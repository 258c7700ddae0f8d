// A head office that answers what a test tells it to, and remembers what it was asked. It serves the shapes that no practice head office
// would give: portals, half answers, other versions.

import { createFineractGateway } from '../../../electron/fineract/fineractGateway.ts';
import type { HttpReply, HttpRequest } from '../../../electron/fineract/http.ts';
import type { CommandToSend, Credential } from '../../../electron/ports/headOffice.ts';
import type { WindowedHeadOffice } from '../../../electron/ports/window.ts';
import type { LoanRepaymentPayload } from '../../../shared/domain/commands/kinds/loanRepayment.ts';
import type { SavingsWithdrawalPayload } from '../../../shared/domain/commands/kinds/savingsWithdrawal.ts';
import type { SuspensePayload } from '../../../shared/domain/commands/kinds/suspensePosting.ts';
import { Redacted } from '../../../shared/kernel/redacted.ts';

export function answered(status: number, body: unknown, headers: Record<string, string> = {}): HttpReply {
  return {
    kind: 'answered',
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

export interface ErrorBody {
  readonly developerMessage: string;
  readonly httpStatusCode: string;
  readonly defaultUserMessage: string;
  readonly userMessageGlobalisationCode: string;
  readonly errors: readonly { readonly developerMessage: string; readonly userMessageGlobalisationCode: string }[];
}

/** Head office's global error shape (contract 7.1 A). */
export function globalError(status: number, top: string, ...particular: string[]): ErrorBody {
  return {
    developerMessage: 'for developers',
    httpStatusCode: String(status),
    defaultUserMessage: 'top sentence',
    userMessageGlobalisationCode: top,
    errors: particular.map((code) => ({
      developerMessage: 'for developers',
      defaultUserMessage: `sentence of ${code}`,
      userMessageGlobalisationCode: code,
      parameterName: 'id',
      value: null,
      args: [],
    })),
  };
}

export const ruleBroken = (code: string): ErrorBody => globalError(403, 'validation.msg.domain.rule.violation', code);

/** A refusal of the database, as head office hands it on (fineract-observed F11, 3.2). */
export function databaseRefused(sentence: string): object {
  const body = ruleBroken('error.msg.data.integrity.issue');
  return { ...body, errors: body.errors.map((each) => ({ ...each, developerMessage: sentence })) };
}

export const notFound = (code: string): object => globalError(404, 'error.msg.resource.not.found', code);

/** The one element with which a rolled-back batch answers (contract 5.1). */
export function rolledBack(status: number, error: unknown): HttpReply {
  const item = { requestId: 1, statusCode: status, headers: [], body: typeof error === 'string' ? error : JSON.stringify(error) };
  return answered(200, [
    { statusCode: status, body: `Transaction is being rolled back. First erroneous request: \n${JSON.stringify(item)}` },
  ]);
}

export function batchOf(
  ...items: { readonly status?: number; readonly headers?: { name: string; value: string }[]; readonly body: unknown }[]
): HttpReply {
  return answered(
    200,
    items.map((item, index) => ({
      requestId: index + 1,
      statusCode: item.status ?? 200,
      headers: item.headers ?? [],
      body: typeof item.body === 'string' ? item.body : JSON.stringify(item.body),
    })),
  );
}

export const teller: Credential = { username: 'teller1', password: new Redacted('pässwörd') };

export interface Scripted {
  readonly headOffice: WindowedHeadOffice;
  readonly asked: HttpRequest[];
}

type Answering = (request: HttpRequest, body: unknown) => HttpReply;

/** Answers by the first entry whose beginning of 'METHOD /path' fits. */
export function scripted(answers: Readonly<Record<string, HttpReply | Answering>>, breathe?: () => Promise<void>): Scripted {
  const asked: HttpRequest[] = [];
  let ticks = 0;
  const headOffice = createFineractGateway({
    tenant: 'default',
    monotonicMs: () => (ticks += 7),
    ...(breathe === undefined ? {} : { breathe }),
    transport: async (request) => {
      asked.push(request);
      const line = `${request.method} ${request.url}`;
      const entry = Object.entries(answers).find(([beginning]) => line.startsWith(beginning));
      if (entry === undefined) throw new Error(`the test has no answer for ${line}`);
      const answer = entry[1];
      return typeof answer === 'function' ? answer(request, request.body === null ? null : JSON.parse(request.body)) : answer;
    },
  });
  return { headOffice, asked };
}

export const COMMAND_ID = '01936f0c-1111-7aaa-8bbb-0123456789ab';

export const repaymentPayload: LoanRepaymentPayload = {
  kind: 'loanRepayment',
  loanId: '01936f0c-2222-7aaa-8bbb-0123456789ab',
  transactionDate: '2026-11-20',
  amountMinor: 255_050,
  decimals: 2,
  payment: { paymentTypeId: 1 },
  receiptNumber: 'KTL-02-261120-0042-7',
  note: 'paid $.50 more',
  markers: 'strong',
};

export const withdrawalPayload: SavingsWithdrawalPayload = {
  kind: 'savingsWithdrawal',
  savingsId: '01936f0c-3333-7aaa-8bbb-0123456789ab',
  transactionDate: '2026-11-20',
  amountMinor: 50_000,
  decimals: 2,
  payment: { paymentTypeId: 1, checkNumber: 'C-1' },
  receiptNumber: 'KTL-02-261120-0043-5',
  note: '',
  markers: 'strong',
};

export const suspensePayload: SuspensePayload = {
  kind: 'suspensePosting',
  exceptionId: '01936f0c-4444-7aaa-8bbb-0123456789ab',
  transactionDate: '2026-11-20',
  amountMinor: 50_000,
  decimals: 2,
  currency: 'KES',
  officeServerId: 3,
  debitGlAccountId: 11,
  creditGlAccountId: 12,
  referenceNumber: 'tawi-01936f0c-5555',
  note: 'refused withdrawal',
};

export function commandOf(payload: CommandToSend['payload'], change: Partial<CommandToSend> = {}): CommandToSend {
  return {
    commandId: COMMAND_ID,
    payload,
    idempotencyKey: '01936f0c-9999-7aaa-8bbb-0123456789ab',
    postSingly: false,
    serverIds: { [repaymentPayload.loanId]: 57, [withdrawalPayload.savingsId]: 57 },
    recordedBy: 'teller1',
    recordedAtText: '2026-11-20T11:58:03+03:00',
    lastOutcome: null,
    ...change,
  };
}
