// Somebody applies for a loan, line or no line: known here at once under a number that holds for ever, and told to head office like every other
// fact. What head office would refuse and the branch can know is refused here, while the person still sits at the desk.

import type { AnswerOf, ParsedInputOf, Refusal } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import type { ChosenOption } from '../../../shared/domain/commands/kinds/clientRegistration.ts';
import { isLoanApplication, type LoanApplicationPayload } from '../../../shared/domain/commands/kinds/loanApplication.ts';
import { chargesToName, hasChargesOnDates, isSoldOn, outOfLimits, type LoanProduct } from '../../../shared/domain/loans/product.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import { canonicalJson, type Json } from '../../../shared/kernel/canonicalJson.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { ownerIds, ownerState } from '../../journal/ownerState.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { loanProductsOf } from '../../journal/loanProducts.ts';
import { nextLocalNumber } from '../../journal/localNumbers.ts';
import { recordCommand } from '../../journal/recordCommand.ts';
import type { ReadStore } from '../../ports/store.ts';
import { dateDoubt } from '../cash/dateDoubt.ts';
import { staffHere } from '../clients/registrationOptions.ts';
import { formDraft, whyNoNumber } from '../counter/formDraft.ts';
import { isAwaited, recordedFacts } from '../counter/usedForm.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import type { Session } from '../session/sessions.ts';
import { productShown, productsSold } from './calculateLoan.ts';
import { payoutDayRefused } from './payoutDay.ts';

type Loans = BranchContract['loans'];
type Input = ParsedInputOf<Loans['apply']>;
type Asked = Omit<LoanApplicationPayload, 'kind' | 'loanId' | 'localNumber'>;

export function applicationOptions(parts: BranchParts): AnswerOf<Loans['applicationOptions']> {
  return parts.store.read((read) => {
    const businessDate = currentBusinessDate(read, parts.clock);
    return ok({
      businessDate,
      products: productsSold(read, businessDate).map(productShown),
      officers: [...officersHere(read)],
      purposes: [...purposesOf(read)],
      funds: [...fundsOf(read)],
      nextNumber: nextLocalNumber(read, 'L'),
    });
  });
}

export function applyForLoan(parts: BranchParts, clockWatch: ClockWatch, session: Session, input: Input): AnswerOf<Loans['apply']> {
  return parts.store.write((write): AnswerOf<Loans['apply']> => {
    const asked = askedIn(write, input);
    const form = { ...input, username: session.username };
    const used = write.commandOfForm(input.formId);
    if (used !== null) {
      const said = isLoanApplication(used.payload) ? used.payload : null;
      const same = said !== null && asked.ok && canonicalJson(askedOf(said)) === canonicalJson(asked.value);
      return same && isAwaited(write, parts.clock, used, form)
        ? ok({ loanId: said.loanId, localNumber: said.localNumber, replayed: true })
        : refuse({ code: 'form.alreadyUsed', facts: recordedFacts(write, used) });
    }
    const noNumber = whyNoNumber(write, clockWatch);
    if (noNumber !== null) return refuse(noNumber);
    const businessDate = currentBusinessDate(write, parts.clock);
    const doubt = dateDoubt(write, parts.clock, businessDate);
    if (doubt !== null) return refuse({ code: 'businessDay.otherThanHeadOffice', facts: { ...doubt } });
    if (!asked.ok) return asked;
    const misfit = misfitOf(write, asked.value, businessDate);
    if (misfit !== null) return refuse(misfit);
    const payload: LoanApplicationPayload = {
      kind: 'loanApplication',
      loanId: parts.ids.newId(),
      localNumber: nextLocalNumber(write, 'L'),
      ...asked.value,
    };
    recordCommand(write, parts, formDraft(write, parts, clockWatch, form, payload, businessDate), {
      body: { loan: payload.loanId, number: payload.localNumber, principalMinor: payload.principalMinor, currency: payload.currencyCode },
    });
    return ok({ loanId: payload.loanId, localNumber: payload.localNumber, replayed: false });
  });
}

type Unfit = Refusal<
  | 'client.unknown'
  | 'group.unknown'
  | 'loan.ownerNotActive'
  | 'loanProduct.unknown'
  | 'loanProduct.notSold'
  | 'loanProduct.onlyThere'
  | 'loanProduct.chargesUnread'
  | 'loanProduct.chargesOnDates'
  | 'loan.termsOut'
  | 'loan.optionUnknown'
>;

/** What was asked for, in the words of the payload: with every term of the product, since head office takes none of them by itself. */
function askedIn(read: ReadStore, input: Input): Result<Asked, Unfit> {
  const { owner } = input;
  if (owner.kind === 'client') {
    const row = read.client(owner.localId);
    if (row === null || row.gone) return refuse({ code: 'client.unknown' });
  } else if (read.group(owner.localId) === null) return refuse({ code: 'group.unknown' });
  if (ownerState(read, ownerIds(owner)) !== 'active') return refuse({ code: 'loan.ownerNotActive' });
  const product = loanProductsOf(read).find(({ productId }) => productId === input.productId);
  if (product === undefined) return refuse({ code: 'loanProduct.unknown' });
  if (!isSoldOn(product, input.submittedOn)) return refuse({ code: 'loanProduct.notSold' });
  if (product.onlyThere !== null) return refuse({ code: 'loanProduct.onlyThere', facts: { why: product.onlyThere } });
  if (product.charges === null) return refuse({ code: 'loanProduct.chargesUnread' });
  if (hasChargesOnDates(product)) return refuse({ code: 'loanProduct.chargesOnDates' });
  const [out] = outOfLimits(product, { ...input, disbursedOn: input.expectedOn, firstRepaymentOn: input.firstRepaymentOn ?? null });
  if (out !== undefined)
    return refuse({
      code: 'loan.termsOut',
      facts:
        out.field === 'principal'
          ? { field: out.field, boundMinor: Number(out.bound), currency: product.currency.code, decimals: product.currency.decimals }
          : { field: out.field, bound: out.bound },
    });
  const officer = chosenOption(input.officerId, officersHere(read));
  const purpose = chosenOption(input.purposeId, purposesOf(read));
  const fund = chosenOption(input.fundId, fundsOf(read));
  if (officer === undefined || purpose === undefined || fund === undefined) return refuse({ code: 'loan.optionUnknown' });
  return ok({ ...termsIn(product, input), owner, officer, purpose, fund });
}

function termsIn(product: LoanProduct, input: Input): Omit<Asked, 'owner' | 'officer' | 'purpose' | 'fund'> {
  const { fixed, currency } = product;
  const { principal, interestPayment, interestCharged } = fixed.grace;
  return {
    product: { serverId: product.productId, name: product.name },
    currencyCode: currency.code,
    decimals: currency.decimals,
    principalMinor: input.principalMinor,
    installments: input.installments,
    every: fixed.every,
    unit: fixed.unit,
    ratePercent: input.ratePercent,
    interestMethod: fixed.interestMethod,
    amortization: fixed.amortization,
    interestPeriod: fixed.interestPeriod,
    equalAmortization: fixed.equalAmortization,
    grace: { principal, interestPayment, interestCharged },
    strategy: product.strategy,
    charges: chargesToName(product).map(({ chargeId, name, charge }) => ({ chargeId, name, amount: charge.amount })),
    submittedOn: input.submittedOn,
    expectedOn: input.expectedOn,
    firstRepaymentOn: input.firstRepaymentOn ?? null,
  };
}

/**
 * Whether head office still sells that product on the terms that an application of ours says. What it changed is seen with the next reading of
 * its products.
 */
export function productStill(read: ReadStore, said: LoanApplicationPayload): 'asAgreed' | 'changed' | 'notSold' {
  const product = loanProductsOf(read).find(({ productId }) => productId === said.product.serverId);
  if (product === undefined || !isSoldOn(product, said.submittedOn)) return 'notSold';
  const { principalMinor, installments, ratePercent, expectedOn, firstRepaymentOn } = said;
  const asked = { principalMinor, installments, ratePercent, disbursedOn: expectedOn, firstRepaymentOn };
  const terms = (of: object): string => canonicalJson({ ...of, product: said.product.serverId });
  const now = termsIn(product, {
    ...asked,
    formId: said.loanId,
    owner: said.owner,
    productId: said.product.serverId,
    firstRepaymentOn: firstRepaymentOn ?? undefined,
    submittedOn: said.submittedOn,
    expectedOn,
    officerId: null,
    purposeId: null,
    fundId: null,
  });
  const {
    kind: _kind,
    loanId: _id,
    localNumber: _number,
    owner: _owner,
    officer: _officer,
    purpose: _purpose,
    fund: _fund,
    ...agreed
  } = said;
  return outOfLimits(product, asked).length === 0 && (product.charges === null || terms(now) === terms(agreed)) ? 'asAgreed' : 'changed';
}

type Misfit = Refusal<
  | 'loan.firstBeforePayout'
  | 'loan.submittedAhead'
  | 'loan.submittedBeforeOwner'
  | 'loan.payoutBeforeSubmitted'
  | 'loan.onHoliday'
  | 'loan.onDayOff'
>;

/** Head office's own rules of dates, as far as they can be known here. */
function misfitOf(read: ReadStore, asked: Asked, today: BusinessDate): Misfit | null {
  const { submittedOn, expectedOn, firstRepaymentOn, owner } = asked;
  if (submittedOn > today) return { code: 'loan.submittedAhead' };
  const activatedOn = owner.kind === 'client' ? (read.client(owner.localId)?.activationDate ?? null) : null;
  if (activatedOn !== null && submittedOn < activatedOn) return { code: 'loan.submittedBeforeOwner', facts: { activatedOn } };
  if (expectedOn < submittedOn) return { code: 'loan.payoutBeforeSubmitted' };
  if (firstRepaymentOn !== null && firstRepaymentOn <= expectedOn) return { code: 'loan.firstBeforePayout' };
  return payoutDayRefused(read, expectedOn);
}

function askedOf({ kind: _kind, loanId: _id, localNumber: _number, ...asked }: LoanApplicationPayload): Json {
  return asked;
}

export function chosenOption(id: number | null, options: readonly ChosenOption[]): ChosenOption | null | undefined {
  return id === null ? null : options.find(({ serverId }) => serverId === id);
}

/** Head office takes only people of the same office who are said to look after loans. */
export function officersHere(read: ReadStore): readonly ChosenOption[] {
  const officers = new Set(read.reference('staff').flatMap(({ serverId, body }) => (body['isLoanOfficer'] === true ? [serverId] : [])));
  return staffHere(read).filter(({ serverId }) => officers.has(serverId));
}

function purposesOf(read: ReadStore): readonly ChosenOption[] {
  return read.reference('loanPurposes').flatMap(({ serverId, name, body }) => (body['active'] === false ? [] : [{ serverId, name }]));
}

function fundsOf(read: ReadStore): readonly ChosenOption[] {
  return read.reference('funds').map(({ serverId, name }) => ({ serverId, name }));
}
