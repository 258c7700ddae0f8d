// Applying for a savings account at head office: sent alone, with the number on its slip as external id, which head office keeps unique. By that it is
// found again; what is found under it is ours only where it is the same owner's, of the same product and the same day.

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import type { SavingsApplicationPayload } from '../../../shared/domain/commands/kinds/savingsApplication.ts';
import type { Every } from '../../../shared/domain/savings/interest.ts';
import type { CommandToSend, Credential } from '../../ports/headOffice.ts';
import { DATE_FORMAT } from '../dates.ts';
import { ExactNumber } from '../exactNumber.ts';
import type { JsonValue } from '../jsonText.ts';
import { decoding, isGone } from '../line.ts';
import type { Line } from '../line.ts';
import { Members } from '../members.ts';
import { amountToHeadOffice } from '../money.ts';
import { withNumberOf, type KindThere } from './kindThere.ts';
import { ABSENT, isKnownAs, lookUpFailed } from './lookUp.ts';
import type { Found } from './lookUp.ts';
import { postUnderOwnNumber } from './ownNumber.ts';

/** Head office's numbers (contract 6.9, 8.9). */
const EVERY: Readonly<Record<Every, number>> = { day: 1, month: 4, quarter: 5, halfYear: 6, year: 7 };
const UNITS = { days: 0, weeks: 1, months: 2, years: 3 } as const;
const TAKEN = 'error.msg.savingsaccount.duplicate.externalId';

export const savingsApplicationThere: KindThere<SavingsApplicationPayload> = {
  send: (line, command, payload, credential) =>
    withNumberOf<Outcome>(command, payload.owner.localId, (owner) => {
      const request = { url: '/savingsaccounts', body: bodyOf(payload, owner), ours: { resourceExternalId: payload.localNumber } };
      return postUnderOwnNumber(line, command, request, credential, () => lookUp(line, command, payload, owner, credential));
    }),
  lookUp: (line, command, payload, credential) =>
    withNumberOf(command, payload.owner.localId, (owner) => lookUp(line, command, payload, owner, credential)),
  pending: ({ postSingly }: CommandToSend, { localNumber }) => ({
    entity: 'SAVINGSACCOUNT',
    action: 'CREATE',
    marker: localNumber,
    expected: postSingly,
  }),
};

function bodyOf(payload: SavingsApplicationPayload, owner: number): JsonValue {
  const { terms, charges, officer, decimals } = payload;
  const { lockIn, minimumMinor } = terms;
  return {
    ...(payload.owner.kind === 'client' ? { clientId: owner } : { groupId: owner }),
    productId: payload.product.serverId,
    externalId: payload.localNumber,
    nominalAnnualInterestRate: new ExactNumber(terms.ratePercent),
    interestCompoundingPeriodType: EVERY[terms.compounding],
    interestPostingPeriodType: EVERY[terms.posting],
    interestCalculationType: terms.balance === 'daily' ? 1 : 2,
    interestCalculationDaysInYearType: terms.daysInYear,
    // Head office would pay a first deposit in by itself when the account is activated: what a client brings is told with its receipt.
    minRequiredOpeningBalance: 0,
    ...(lockIn === null ? {} : { lockinPeriodFrequency: lockIn.length, lockinPeriodFrequencyType: UNITS[lockIn.unit] }),
    ...(minimumMinor === null
      ? { enforceMinRequiredBalance: false }
      : { minRequiredBalance: amountToHeadOffice(minimumMinor, decimals), enforceMinRequiredBalance: true }),
    ...(charges.length === 0 ? {} : { charges: charges.map(({ chargeId, amount }) => ({ chargeId, amount: new ExactNumber(amount) })) }),
    ...(officer === null ? {} : { fieldOfficerId: officer.serverId }),
    submittedOnDate: payload.submittedOn,
    ...DATE_FORMAT,
  };
}

async function lookUp(
  line: Line,
  command: CommandToSend,
  payload: SavingsApplicationPayload,
  owner: number,
  credential: Credential,
): Promise<Found> {
  const url = `/savingsaccounts/external-id/${encodeURIComponent(payload.localNumber)}`;
  const answer = await line.ask({ method: 'GET', url }, credential);
  if (!answer.ok) return isGone(answer.trouble) ? ABSENT : lookUpFailed(answer.trouble);
  const read = decoding(() => judge(new Members(answer.value, 'savings account'), command, payload, owner));
  return read.ok ? read.value : lookUpFailed(read.trouble);
}

function judge(account: Members, command: CommandToSend, payload: SavingsApplicationPayload, owner: number): Found {
  const id = account.id('id');
  if (id === null || account.text('externalId') !== payload.localNumber) return lookUpFailed(null);
  const isOurs =
    account.id(payload.owner.kind === 'client' ? 'clientId' : 'groupId') === owner &&
    account.id('savingsProductId') === payload.product.serverId &&
    account.child('timeline')?.date('submittedOnDate') === payload.submittedOn;
  return isOurs || isKnownAs(command, id)
    ? { kind: 'accepted', serverTransactionId: id, how: 'found' }
    : { kind: 'rejected', code: TAKEN, message: null, status: 403 };
}
