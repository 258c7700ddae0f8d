// Money held on a savings account at head office: sent alone, and found again by the command's id in the reason that stands beside the hold. As soon
// as somebody lets it go head office empties that reason: then it is known by the number that was answered for it, and where no answer came, by
// the trail, whose row of it names the transaction and keeps the body as it was sent.

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import type { SavingsHoldPayload } from '../../../shared/domain/commands/kinds/savingsHold.ts';
import type { CommandToSend, Credential } from '../../ports/headOffice.ts';
import { DATE_FORMAT } from '../dates.ts';
import type { Line } from '../line.ts';
import type { Members } from '../members.ts';
import { amountToHeadOffice, exactMinor } from '../money.ts';
import { releasedBy } from '../shelves/transactions.ts';
import { readChanges } from './changesThere.ts';
import { withNumberOf, type KindThere } from './kindThere.ts';
import { ABSENT, isKnownAs, judge, lookUpFailed, readTransactions } from './lookUp.ts';
import type { Found } from './lookUp.ts';
import { postAlone } from './post.ts';
import { markedHold, readHeldFor } from './wording.ts';

/** Head office's number of that kind of transaction. */
export const HOLD = 20;
const DEED = { entity: 'SAVINGSACCOUNT', action: 'HOLDAMOUNT' } as const;

export const savingsHoldThere: KindThere<SavingsHoldPayload> = {
  send: (line, command, payload, credential) =>
    withNumberOf<Outcome>(command, payload.savingsId, (account) => {
      const body = {
        transactionDate: payload.heldOn,
        transactionAmount: amountToHeadOffice(payload.amountMinor, payload.decimals),
        reasonForBlock: markedHold(command, payload.reason),
        // Never more than lies there, whatever the product allows.
        lienAllowed: false,
        ...DATE_FORMAT,
      };
      const url = `/savingsaccounts/${account}/transactions?command=holdAmount`;
      return postAlone(line, command, url, body, { savingsId: account }, credential);
    }),
  lookUp: (line, command, payload, credential) =>
    withNumberOf<Found>(command, payload.savingsId, (account) => lookUp(line, command, payload, account, credential)),
  pending: ({ commandId, postSingly }) => ({ ...DEED, marker: commandId, expected: postSingly }),
};

async function lookUp(
  line: Line,
  command: CommandToSend,
  payload: SavingsHoldPayload,
  account: number,
  credential: Credential,
): Promise<Found> {
  const answer = await line.ask({ method: 'GET', url: `/savingsaccounts/${account}?associations=transactions` }, credential);
  if (!answer.ok) return lookUpFailed(answer.trouble);
  const transactions = readTransactions(answer.value, account);
  if (!transactions.ok) return lookUpFailed(transactions.trouble);
  const holds = transactions.value.filter((row) => row.enumeration('transactionType') === HOLD);
  const marked = holds.filter((row) => readHeldFor(row.text('reasonForBlock')).mark === command.commandId);
  const found = judge(marked, { ...payload, transactionDate: payload.heldOn });
  if (found.kind !== 'absent') return found;
  const emptied = holds.filter((row) => isEmptied(row, payload));
  for (const row of emptied) {
    const id = row.id('id');
    if (id === null) return lookUpFailed(null);
    const isOurs = isKnownAs(command, id) || (await isOnTrail(line, command, id, credential));
    if (typeof isOurs !== 'boolean') return isOurs;
    if (isOurs) return { kind: 'accepted', serverTransactionId: id, how: 'found' };
  }
  return ABSENT;
}

/** Of the same sum, and let go since: nothing of it says any more whose it was. */
function isEmptied(row: Members, { amountMinor, decimals }: SavingsHoldPayload): boolean {
  return row.text('reasonForBlock') === null && releasedBy(row) !== null && exactMinor(row.raw['amount'], decimals) === amountMinor;
}

/** Whoever may not read the trail knows no better than that nothing carries the mark. */
async function isOnTrail(line: Line, command: CommandToSend, serverId: number, credential: Credential): Promise<boolean | Found> {
  const changes = await readChanges(line, { ...DEED, serverId }, credential);
  if (!changes.ok) return changes.trouble.kind === 'refused' ? false : lookUpFailed(changes.trouble);
  return changes.value.rows.some((row) => row.text('commandAsJson')?.includes(command.commandId) === true);
}
