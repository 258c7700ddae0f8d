// `fields=` as 1.10.1 takes it: a list of names, applied to every thing that an answer holds, except that some members
// come whether they are asked for or not. A caller must therefore never count on a short answer.
import type { HeadOfficeReply } from './headOfficeHttp.ts';

/** By the first noun of the path: what comes all the same. */
const UNASKED: Readonly<Record<string, readonly string[]>> = {
  groups: ['accountNo', 'centerId', 'centerName', 'groupLevel'],
  centers: ['accountNo'],
  loans: [
    'clientAccountNo',
    'clientName',
    'clientExternalId',
    'clientOfficeId',
    'loanType',
    'approvedPrincipal',
    'proposedPrincipal',
    'netDisbursalAmount',
    'allowPartialPeriodInterestCalculation',
    'disallowExpectedDisbursements',
    'feeChargesAtDisbursementCharged',
    'multiDisburseLoan',
    'canDefineInstallmentAmount',
    'fraud',
    'closureLoanId',
    'inArrears',
    'isNPA',
    'daysInMonthType',
    'daysInYearType',
    'isInterestRecalculationEnabled',
    'createStandingInstructionAtDisbursement',
    'isVariableInstallmentsAllowed',
    'minimumGap',
    'maximumGap',
    'isEqualAmortization',
    'delinquent',
    'enableInstallmentLevelDelinquency',
    'chargedOff',
    'enableDownPayment',
    'enableAutoRepaymentForDownPayment',
    'loanScheduleType',
    'loanScheduleProcessingType',
  ],
  savingsaccounts: [
    'depositType',
    'fieldOfficerId',
    'subStatus',
    'timeline',
    'interestPostingPeriodType',
    'allowOverdraft',
    'enforceMinRequiredBalance',
    'lienAllowed',
    'withHoldTax',
    'lastActiveTransactionDate',
    'isDormancyTrackingActive',
  ],
};

/** Members of which a part comes all the same. */
const REMAINS: Readonly<Record<string, Readonly<Record<string, object>>>> = { clients: { subStatus: { mandatory: false } } };

/** One thing alone comes with other leftovers than those of a list. */
const ALONE: Readonly<Record<string, readonly string[]>> = {
  clients: ['savingsProductName', 'clientCollateralManagements'],
  loans: ['loanScheduleTypeOptions', 'loanScheduleProcessingTypeOptions', 'overdueCharges', 'paidInAdvance', 'isRatesEnabled'],
};

export function onlyFields(answer: HeadOfficeReply, path: string, query: URLSearchParams): HeadOfficeReply {
  const asked = (query.get('fields') ?? '').split(',').filter((name) => name !== '');
  if (answer.status !== 200 || asked.length === 0 || !(answer.headers['content-type'] ?? '').startsWith('application/json')) return answer;
  const noun = path.split('/')[0] ?? '';
  const kept = new Set([...asked, ...(UNASKED[noun] ?? [])]);
  const cut = (thing: unknown): unknown => {
    if (typeof thing !== 'object' || thing === null) return thing;
    const left = Object.fromEntries(Object.entries(thing).filter(([name]) => kept.has(name)));
    return { ...left, ...REMAINS[noun] };
  };
  const body = JSON.parse(answer.body) as unknown;
  if (Array.isArray(body)) return { ...answer, body: JSON.stringify(body.map(cut)) };
  if (typeof body !== 'object' || body === null) return answer;
  if ('pageItems' in body && Array.isArray(body.pageItems))
    return { ...answer, body: JSON.stringify({ ...body, pageItems: body.pageItems.map(cut) }) };
  for (const name of ALONE[noun] ?? []) kept.add(name);
  const left = Object.fromEntries(Object.entries(body).filter(([name]) => kept.has(name)));
  return { ...answer, body: JSON.stringify(left) };
}
