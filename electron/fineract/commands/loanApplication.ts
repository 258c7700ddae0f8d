// Applying for a loan at head office: sent alone, with the number on its paper as external id, which head office keeps unique. By that it is found
// again; what is found under it is ours only where it is the same owner's, of the same product and the same day.

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import type { LoanApplicationPayload } from '../../../shared/domain/commands/kinds/loanApplication.ts';
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

const UNITS = { days: 0, weeks: 1, months: 2, years: 3 } as const;
const TAKEN = 'error.msg.loan.with.externalId.already.used';

export const loanApplicationThere: KindThere<LoanApplicationPayload> = {
  send: (line, command, payload, credential) =>
    withNumberOf(command, payload.owner.localId, (owner) => send(line, command, payload, owner, credential)),
  lookUp: (line, command, payload, credential) =>
    withNumberOf(command, payload.owner.localId, (owner) => lookUp(line, command, payload, owner, credential)),
  pending: ({ postSingly }, { localNumber }) => ({ entity: 'LOAN', action: 'CREATE', marker: localNumber, expected: postSingly }),
};

function send(
  line: Line,
  command: CommandToSend,
  payload: LoanApplicationPayload,
  owner: number,
  credential: Credential,
): Promise<Outcome> {
  const request = { url: '/loans', body: bodyOf(payload, owner), ours: { resourceExternalId: payload.localNumber } };
  return postUnderOwnNumber(line, command, request, credential, () => lookUp(line, command, payload, owner, credential));
}

/** Head office takes nothing of its product by itself where the application may say otherwise: what is left out is none. */
function bodyOf(payload: LoanApplicationPayload, owner: number): JsonValue {
  const { grace, officer, purpose, fund, firstRepaymentOn } = payload;
  return {
    ...(payload.owner.kind === 'client' ? { loanType: 'individual', clientId: owner } : { loanType: 'group', groupId: owner }),
    productId: payload.product.serverId,
    externalId: payload.localNumber,
    principal: amountToHeadOffice(payload.principalMinor, payload.decimals),
    loanTermFrequency: payload.installments * payload.every,
    loanTermFrequencyType: UNITS[payload.unit],
    numberOfRepayments: payload.installments,
    repaymentEvery: payload.every,
    repaymentFrequencyType: UNITS[payload.unit],
    interestRatePerPeriod: new ExactNumber(payload.ratePercent),
    amortizationType: payload.amortization === 'equalInstallments' ? 1 : 0,
    interestType: payload.interestMethod === 'flat' ? 1 : 0,
    interestCalculationPeriodType: payload.interestPeriod === 'daily' ? 0 : 1,
    transactionProcessingStrategyCode: payload.strategy,
    ...(payload.equalAmortization ? { isEqualAmortization: true } : {}),
    ...(grace.principal === 0 ? {} : { graceOnPrincipalPayment: grace.principal }),
    ...(grace.interestPayment === 0 ? {} : { graceOnInterestPayment: grace.interestPayment }),
    ...(grace.interestCharged === 0 ? {} : { graceOnInterestCharged: grace.interestCharged }),
    ...(payload.charges.length === 0
      ? {}
      : { charges: payload.charges.map(({ chargeId, amount }) => ({ chargeId, amount: new ExactNumber(amount) })) }),
    ...(officer === null ? {} : { loanOfficerId: officer.serverId }),
    ...(purpose === null ? {} : { loanPurposeId: purpose.serverId }),
    ...(fund === null ? {} : { fundId: fund.serverId }),
    submittedOnDate: payload.submittedOn,
    expectedDisbursementDate: payload.expectedOn,
    ...(firstRepaymentOn === null ? {} : { repaymentsStartingFromDate: firstRepaymentOn }),
    ...DATE_FORMAT,
  };
}

async function lookUp(
  line: Line,
  command: CommandToSend,
  payload: LoanApplicationPayload,
  owner: number,
  credential: Credential,
): Promise<Found> {
  const answer = await line.ask({ method: 'GET', url: `/loans/external-id/${encodeURIComponent(payload.localNumber)}` }, credential);
  if (!answer.ok) return isGone(answer.trouble) ? ABSENT : lookUpFailed(answer.trouble);
  const read = decoding(() => judge(new Members(answer.value, 'loan'), command, payload, owner));
  return read.ok ? read.value : lookUpFailed(read.trouble);
}

function judge(loan: Members, command: CommandToSend, payload: LoanApplicationPayload, owner: number): Found {
  const id = loan.id('id');
  if (id === null || loan.text('externalId') !== payload.localNumber) return lookUpFailed(null);
  const holder = payload.owner.kind === 'client' ? loan.id('clientId') : (loan.child('group')?.id('id') ?? loan.id('groupId'));
  const isOurs =
    holder === owner &&
    loan.id('loanProductId') === payload.product.serverId &&
    loan.child('timeline')?.date('submittedOnDate') === payload.submittedOn;
  return isOurs || isKnownAs(command, id)
    ? { kind: 'accepted', serverTransactionId: id, how: 'found' }
    : { kind: 'rejected', code: TAKEN, message: null, status: 403 };
}
