// A transfer between two savings accounts at head office: sent alone, for a batch does not take it (contract 5.3). Both of its transactions
// show the transfer with its description, which ends with the command's id: found again on the account that pays, and judged by its sum
// and day. A transaction of a transfer cannot be undone there.

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import type { SavingsTransferPayload } from '../../../shared/domain/commands/kinds/savingsTransfer.ts';
import type { CommandToSend, Credential } from '../../ports/headOffice.ts';
import { DATE_FORMAT } from '../dates.ts';
import type { Line } from '../line.ts';
import { amountToHeadOffice } from '../money.ts';
import { withNumberOf, type KindThere } from './kindThere.ts';
import { judge, lookUpFailed, readTransactions } from './lookUp.ts';
import type { Found } from './lookUp.ts';
import { postAlone } from './post.ts';
import { markedTransfer, markInTransfer } from './wording.ts';

/** Head office's number of a kind of account. */
const SAVINGS = 2;

export const savingsTransferThere: KindThere<SavingsTransferPayload> = {
  send: (line, command, payload, credential) =>
    withNumberOf<Outcome>(command, payload.fromSavingsId, (from) =>
      withNumberOf<Outcome>(command, payload.toSavingsId, (to) => send(line, command, payload, { from, to }, credential)),
    ),
  lookUp: (line, command, payload, credential) =>
    withNumberOf<Found>(command, payload.fromSavingsId, (from) => lookUp(line, command, payload, from, credential)),
  pending: ({ commandId, postSingly }) => ({ entity: 'ACCOUNTTRANSFER', action: 'CREATE', marker: commandId, expected: postSingly }),
};

function send(
  line: Line,
  command: CommandToSend,
  payload: SavingsTransferPayload,
  accounts: { readonly from: number; readonly to: number },
  credential: Credential,
): Promise<Outcome> {
  const { serverIds } = command;
  const body = {
    fromOfficeId: payload.officeServerId,
    fromClientId: serverIds[payload.fromClientId],
    fromAccountType: SAVINGS,
    fromAccountId: accounts.from,
    toOfficeId: payload.officeServerId,
    toClientId: serverIds[payload.toClientId],
    toAccountType: SAVINGS,
    toAccountId: accounts.to,
    transferDate: payload.transactionDate,
    transferAmount: amountToHeadOffice(payload.amountMinor, payload.decimals),
    transferDescription: markedTransfer(command, payload.note),
    ...DATE_FORMAT,
  };
  return postAlone(line, command, '/accounttransfers', body, { savingsId: accounts.from }, credential);
}

async function lookUp(
  line: Line,
  command: CommandToSend,
  payload: SavingsTransferPayload,
  from: number,
  credential: Credential,
): Promise<Found> {
  const answer = await line.ask({ method: 'GET', url: `/savingsaccounts/${from}?associations=transactions` }, credential);
  if (!answer.ok) return lookUpFailed(answer.trouble);
  const transactions = readTransactions(answer.value, from);
  if (!transactions.ok) return lookUpFailed(transactions.trouble);
  const marked = transactions.value.filter(
    (each) => markInTransfer(each.child('transfer')?.text('transferDescription') ?? null) === command.commandId,
  );
  const found = judge(marked, payload);
  // Its number is the transfer's; the transaction on each account has one of its own.
  const transfers = marked.flatMap((each) => each.child('transfer')?.id('id') ?? []);
  return found.kind === 'accepted' && transfers[0] !== undefined ? { ...found, serverTransactionId: transfers[0] } : found;
}
