// A deposit or withdrawal at head office. Savings transactions have no external id, so the strong way writes a marker row with a unique
// command id in the same enclosing batch; the weak way leans on the idempotency key and the receipt number (contract 4.2, 12).
// Reading back believes the account itself: what stands there with our receipt number is ours, whatever became of the marker row.

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import type { SavingsDepositPayload } from '../../../shared/domain/commands/kinds/savingsDeposit.ts';
import type { SavingsWithdrawalPayload } from '../../../shared/domain/commands/kinds/savingsWithdrawal.ts';
import type { CommandToSend, Credential, Trouble } from '../../ports/headOffice.ts';
import { DATE_FORMAT } from '../dates.ts';
import type { JsonValue } from '../jsonText.ts';
import { isGone } from '../line.ts';
import type { Line } from '../line.ts';
import { amountToHeadOffice } from '../money.ts';
import { MARKER_TABLE } from '../preparation/tables.ts';
import { withNumberOf, type KindThere } from './kindThere.ts';
import { judge, lookUpFailed, readTransactions } from './lookUp.ts';
import type { Found } from './lookUp.ts';
import { postAlone, postEnclosed } from './post.ts';
import { deviceOf, noteOf, withoutPaths } from './wording.ts';

type SavingsPayload = SavingsDepositPayload | SavingsWithdrawalPayload;

const TRANSACTION_TYPE = { savingsDeposit: 1, savingsWithdrawal: 2 } as const;
const COMMAND = { savingsDeposit: 'deposit', savingsWithdrawal: 'withdrawal' } as const;

export const savingsDepositThere = savingsThere<SavingsDepositPayload>('DEPOSIT');
export const savingsWithdrawalThere = savingsThere<SavingsWithdrawalPayload>('WITHDRAWAL');

function savingsThere<Payload extends SavingsPayload>(action: string): KindThere<Payload> {
  return {
    send: (line, command, payload, credential) =>
      withNumberOf(command, payload.savingsId, (account) => send(line, command, payload, account, credential)),
    lookUp: (line, command, payload, credential) =>
      withNumberOf(command, payload.savingsId, (account) => lookUp(line, command, payload, account, credential)),
    pending: ({ postSingly }, { markers, receiptNumber }) =>
      postSingly || markers === 'weak' ? { entity: 'SAVINGSACCOUNT', action, marker: receiptNumber, expected: postSingly } : null,
  };
}

function transactionBody(command: CommandToSend, payload: SavingsPayload): JsonValue {
  const { payment } = payload;
  return {
    transactionDate: payload.transactionDate,
    transactionAmount: amountToHeadOffice(payload.amountMinor, payload.decimals),
    paymentTypeId: payment.paymentTypeId,
    accountNumber: payment.accountNumber,
    checkNumber: payment.checkNumber,
    bankNumber: payment.bankNumber,
    receiptNumber: payload.receiptNumber,
    note: noteOf(command, payload.note, payload.receiptNumber),
    ...DATE_FORMAT,
  };
}

/** Flat, and without a text that reads like a path: this item refers to the one before it (contract 5.2). */
function markerBody(command: CommandToSend, payload: SavingsPayload): JsonValue {
  return {
    command_id: command.commandId,
    receipt_number: withoutPaths(payload.receiptNumber),
    recorded_at: withoutPaths(command.recordedAtText),
    device: withoutPaths(deviceOf(payload.receiptNumber)),
    recorded_by: withoutPaths(command.recordedBy),
    ...DATE_FORMAT,
  };
}

async function send(
  line: Line,
  command: CommandToSend,
  payload: SavingsPayload,
  savingsServerId: number,
  credential: Credential,
): Promise<Outcome> {
  const path = `savingsaccounts/${savingsServerId}/transactions?command=${COMMAND[payload.kind]}`;
  const ours = { savingsId: savingsServerId };
  const body = transactionBody(command, payload);
  if (payload.markers === 'weak' || command.postSingly) return postAlone(line, command, `/${path}`, body, ours, credential);
  const marker = { relativeUrl: `datatables/${MARKER_TABLE}/$.resourceId`, body: markerBody(command, payload), followsFirst: true };
  return postEnclosed(line, command, [{ relativeUrl: path, body }, marker], ours, credential);
}

async function lookUp(
  line: Line,
  command: CommandToSend,
  payload: SavingsPayload,
  savingsServerId: number,
  credential: Credential,
): Promise<Found> {
  const marked = payload.markers === 'strong' ? await hasMarkerRow(line, command, credential) : false;
  if (typeof marked !== 'boolean') return marked;

  const answer = await line.ask({ method: 'GET', url: `/savingsaccounts/${savingsServerId}?associations=transactions` }, credential);
  if (!answer.ok) return lookUpFailed(answer.trouble);
  const transactions = readTransactions(answer.value, savingsServerId);
  if (!transactions.ok) return lookUpFailed(transactions.trouble);
  const found = judge(
    transactions.value.filter(
      (each) =>
        each.child('paymentDetailData')?.text('receiptNumber') === payload.receiptNumber &&
        each.child('transactionType')?.integer('id') === TRANSACTION_TYPE[payload.kind],
    ),
    payload,
  );
  // A marker row without its transaction cannot be: something was read that does not belong together.
  return found.kind === 'absent' && marked ? lookUpFailed(null) : found;
}

/**
 * Whether head office holds our marker row; an outcome when that could not be learned. A missing table holds none, and to somebody who may
 * not read the table the account alone has to tell: a second posting is refused by the row itself.
 */
async function hasMarkerRow(line: Line, command: CommandToSend, credential: Credential): Promise<boolean | Found> {
  const answer = await line.ask(
    {
      method: 'POST',
      url: `/datatables/${MARKER_TABLE}/query`,
      body: {
        request: {
          columnFilters: [{ column: 'command_id', filters: [{ operator: 'EQ', values: [command.commandId] }] }],
          resultColumns: ['command_id'],
        },
        page: 0,
        size: 10,
        ...DATE_FORMAT,
        dateTimeFormat: 'yyyy-MM-dd HH:mm:ss',
      },
    },
    credential,
  );
  if (!answer.ok) return isGone(answer.trouble) || isForbidden(answer.trouble) ? false : lookUpFailed(answer.trouble);
  const content = Array.isArray(answer.value)
    ? (answer.value as readonly unknown[])
    : (answer.value as { readonly content?: unknown }).content;
  return Array.isArray(content) ? content.length > 0 : lookUpFailed(null);
}

function isForbidden(trouble: Trouble): boolean {
  return trouble.kind === 'refused' && trouble.status === 403;
}
