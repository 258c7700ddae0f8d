// A hold on a savings account let go at head office: sent alone, with nothing said. It is wanted as a state, for head office keeps no mark of it: the
// account is read first, and what was let go already was told. The number alone is not believed: a head office that was put back gives it again.

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import type { SavingsReleasePayload } from '../../../shared/domain/commands/kinds/savingsRelease.ts';
import type { Answer, CommandToSend, Credential } from '../../ports/headOffice.ts';
import type { Line } from '../line.ts';
import type { Members } from '../members.ts';
import { exactMinor } from '../money.ts';
import { releasedBy } from '../shelves/transactions.ts';
import { withNumberOf, type KindThere } from './kindThere.ts';
import { ABSENT, isReversed, readTransactions, unreadInDoubt } from './lookUp.ts';
import type { Found } from './lookUp.ts';
import type { PendingSearch } from './pendingEntry.ts';
import { HOLD } from './savingsHold.ts';
import { tellWanted, type Stands, type Wanted } from './wantedState.ts';
import { readHeldFor } from './wording.ts';

/** No such hold stands there: it was undone, or head office lost it. */
const NOT_THERE = 'hold.notThere';
const DEED = { entity: 'SAVINGSACCOUNT', action: 'RELEASEAMOUNT' } as const;

export const savingsReleaseThere: KindThere<SavingsReleasePayload> = {
  send: (line, command, payload, credential) =>
    withHold<Outcome>(command, payload, (account, hold) => tellWanted(line, command, wanted(payload, account, hold), credential)),
  lookUp: (line, command, payload, credential) =>
    withHold<Found>(command, payload, async (account, hold) => {
      const read = await standsOf(line, payload, account, hold, credential);
      if (!read.ok) return unreadInDoubt(command, read.trouble);
      return read.value === true ? { kind: 'accepted', serverTransactionId: hold, how: 'found' } : ABSENT;
    }),
  pending: ({ serverIds, postSingly }, payload): PendingSearch | null => {
    const account = serverIds[payload.savingsId];
    const hold = holdOf(serverIds, payload);
    if (account === undefined || hold === undefined) return null;
    return { ...DEED, marker: { address: `/savingsaccounts/${account}/transactions/${hold}` }, expected: postSingly };
  },
};

function holdOf(serverIds: CommandToSend['serverIds'], { holdId, holdServerId }: SavingsReleasePayload): number | undefined {
  return holdId === null ? (holdServerId ?? undefined) : serverIds[holdId];
}

function withHold<T>(
  command: CommandToSend,
  payload: SavingsReleasePayload,
  ask: (account: number, hold: number) => Promise<T | Outcome>,
): Promise<T | Outcome> {
  const hold = holdOf(command.serverIds, payload);
  return withNumberOf<T>(command, payload.savingsId, (account) =>
    // Of one that was made here the number is asked for as any other record's, and is missing in the same words.
    hold === undefined ? withNumberOf<T>(command, payload.holdId ?? payload.savingsId, (known) => ask(account, known)) : ask(account, hold),
  );
}

function wanted(payload: SavingsReleasePayload, account: number, hold: number): Wanted {
  return {
    serverId: hold,
    stands: (line, credential) => standsOf(line, payload, account, hold, credential),
    request: {
      url: `/savingsaccounts/${account}/transactions/${hold}?command=releaseAmount`,
      body: {},
      ours: { savingsId: account },
    },
    deed: DEED,
    isOnTrail: false,
  };
}

async function standsOf(
  line: Line,
  payload: SavingsReleasePayload,
  account: number,
  hold: number,
  credential: Credential,
): Promise<Answer<Stands>> {
  const answer = await line.ask({ method: 'GET', url: `/savingsaccounts/${account}?associations=transactions` }, credential);
  if (!answer.ok) return answer;
  const transactions = readTransactions(answer.value, account);
  if (!transactions.ok) return transactions;
  const row = transactions.value.find((each) => each.id('id') === hold && isThatHold(each, payload));
  if (row === undefined) return { ok: true, value: { whyNot: NOT_THERE } };
  if (releasedBy(row) !== null) return { ok: true, value: true };
  return { ok: true, value: isReversed(row) ? { whyNot: NOT_THERE } : false };
}

function isThatHold(row: Members, { amountMinor, decimals, heldFor }: SavingsReleasePayload): boolean {
  if (row.enumeration('transactionType') !== HOLD || exactMinor(row.raw['amount'], decimals) !== amountMinor) return false;
  // Let go, it says nothing any more.
  return heldFor === null || releasedBy(row) !== null || readHeldFor(row.text('reasonForBlock')).words === heldFor;
}
