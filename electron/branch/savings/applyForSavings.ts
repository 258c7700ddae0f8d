// Somebody opens a savings account, line or no line: known here at once under a number that holds for ever, and told to head office like every other
// fact. The terms are the product's, as they were read last; what head office would refuse and the branch can know is refused here.

import type { AnswerOf, OutputOf, ParsedInputOf, Refusal } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { isSavingsApplication, type SavingsApplicationPayload } from '../../../shared/domain/commands/kinds/savingsApplication.ts';
import { mayOpenHere, type SavingsProduct } from '../../../shared/domain/savings/product.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import { canonicalJson, type Json } from '../../../shared/kernel/canonicalJson.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { ownerIds, ownerState } from '../../journal/ownerState.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { applicationOf } from '../../journal/decidedOn.ts';
import { nextLocalNumber } from '../../journal/localNumbers.ts';
import { payerOf } from '../../journal/payerOf.ts';
import { recordCommand } from '../../journal/recordCommand.ts';
import { savingsProductsOf } from '../../journal/savingsProducts.ts';
import { identityOf } from '../../journal/settings.ts';
import type { ReadStore } from '../../ports/store.ts';
import { dateDoubt } from '../cash/dateDoubt.ts';
import { formDraft, whyNoNumber } from '../counter/formDraft.ts';
import { isAwaited, recordedFacts } from '../counter/usedForm.ts';
import { chosenOption, officersHere } from '../loans/applyForLoan.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import type { Session } from '../session/sessions.ts';

type Savings = BranchContract['savings'];
type Input = ParsedInputOf<Savings['apply']>;
type Asked = Omit<SavingsApplicationPayload, 'kind' | 'savingsId' | 'localNumber'>;

export function openingOptions(parts: BranchParts): AnswerOf<Savings['openingOptions']> {
  return parts.store.read((read) =>
    ok({
      businessDate: currentBusinessDate(read, parts.clock),
      products: savingsProductsOf(read).map((product) => ({
        productId: product.productId,
        name: product.name,
        currency: product.currency,
        terms: product.terms,
        charges: (product.charges ?? []).map(({ name }) => name),
        whyNot: whyNotHere(product),
      })),
      officers: [...officersHere(read)],
      nextNumber: nextLocalNumber(read, 'S'),
    }),
  );
}

export function applyForSavings(parts: BranchParts, clockWatch: ClockWatch, session: Session, input: Input): AnswerOf<Savings['apply']> {
  return parts.store.write((write): AnswerOf<Savings['apply']> => {
    const asked = askedIn(write, input);
    const form = { ...input, username: session.username };
    const used = write.commandOfForm(input.formId);
    if (used !== null) {
      const said = isSavingsApplication(used.payload) ? used.payload : null;
      const isSame = said !== null && asked.ok && canonicalJson(askedOf(said)) === canonicalJson(asked.value as unknown as Json);
      return isSame && isAwaited(write, parts.clock, used, form)
        ? ok({ savingsId: said.savingsId, localNumber: said.localNumber, replayed: true })
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
    const payload: SavingsApplicationPayload = {
      kind: 'savingsApplication',
      savingsId: parts.ids.newId(),
      localNumber: nextLocalNumber(write, 'S'),
      ...asked.value,
    };
    recordCommand(write, parts, formDraft(write, parts, clockWatch, form, payload, businessDate), {
      body: { savings: payload.savingsId, number: payload.localNumber, product: payload.product.serverId, currency: payload.currencyCode },
    });
    return ok({ savingsId: payload.savingsId, localNumber: payload.localNumber, replayed: false });
  });
}

type Unfit = Refusal<
  | 'client.unknown'
  | 'group.unknown'
  | 'savings.ownerNotActive'
  | 'savingsProduct.unknown'
  | 'savingsProduct.chargesUnread'
  | 'savingsProduct.onlyThere'
  | 'savings.optionUnknown'
>;

function whyNotHere(product: SavingsProduct): 'savingsProduct.chargesUnread' | 'savingsProduct.onlyThere' | null {
  if (product.charges === null) return 'savingsProduct.chargesUnread';
  return mayOpenHere(product) ? null : 'savingsProduct.onlyThere';
}

/** What was asked for, in the words of the payload: with the terms that the product has now. */
function askedIn(read: ReadStore, { owner, productId, officerId, submittedOn }: Input): Result<Asked, Unfit> {
  if (owner.kind === 'client') {
    const row = read.client(owner.localId);
    if (row === null || row.gone) return refuse({ code: 'client.unknown' });
  } else if (read.group(owner.localId) === null) return refuse({ code: 'group.unknown' });
  if (ownerState(read, ownerIds(owner)) !== 'active') return refuse({ code: 'savings.ownerNotActive' });
  const product = savingsProductsOf(read).find((each) => each.productId === productId);
  if (product === undefined) return refuse({ code: 'savingsProduct.unknown' });
  const whyNot = whyNotHere(product);
  if (whyNot !== null) return refuse({ code: whyNot });
  const officer = chosenOption(officerId, officersHere(read));
  if (officer === undefined) return refuse({ code: 'savings.optionUnknown' });
  return ok({ ...agreedIn(product), owner, officer, submittedOn });
}

function agreedIn({ productId, name, currency, terms, charges }: SavingsProduct): Omit<Asked, 'owner' | 'officer' | 'submittedOn'> {
  return {
    product: { serverId: productId, name },
    currencyCode: currency.code,
    decimals: currency.decimals,
    terms,
    charges: charges ?? [],
  };
}

/** Whether head office still has that product on the terms that an application of ours says, as its products were read last. */
export function savingsProductStill(read: ReadStore, said: SavingsApplicationPayload): 'asAgreed' | 'changed' | 'notSold' {
  const product = savingsProductsOf(read).find(({ productId }) => productId === said.product.serverId);
  if (product === undefined) return 'notSold';
  const { product: was, currencyCode, decimals, terms, charges } = said;
  const agreed = {
    product: { ...was, name: product.name },
    currencyCode,
    decimals,
    terms,
    charges: product.charges === null ? [] : charges,
  };
  return canonicalJson(agreedIn(product) as unknown as Json) === canonicalJson(agreed as unknown as Json) ? 'asAgreed' : 'changed';
}

/** What was agreed of an account that was opened here, for its slip; null of every other one. */
export function openingShown(read: ReadStore, savingsId: LocalId): OutputOf<Savings['show']>['opening'] {
  const command = applicationOf(read, { kind: 'savings', localId: savingsId });
  if (command === null || !isSavingsApplication(command.payload)) return null;
  const { localNumber, submittedOn, terms, charges, officer, product, owner, currencyCode: code, decimals } = command.payload;
  const { institution, officeName, practice, zone } = identityOf(read);
  const payer = payerOf(read, {
    clientId: owner.kind === 'client' ? owner.localId : null,
    groupId: owner.kind === 'group' ? owner.localId : null,
  });
  return {
    localNumber,
    productName: product.name,
    currency: { code, decimals },
    submittedOn,
    terms,
    charges: charges.map(({ name }) => name),
    officer: officer?.name ?? null,
    institution,
    officeName,
    practice,
    zone,
    ownerName: payer.name,
    ownerNo: payer.accountNo,
    by: read.staff(command.recordedBy)?.displayName ?? command.recordedBy,
    at: command.recordedAt,
  };
}

/** Head office's own rules of dates, as far as they can be known here. */
function misfitOf(
  read: ReadStore,
  { submittedOn, owner }: Asked,
  today: BusinessDate,
): Refusal<'savings.submittedAhead' | 'savings.submittedBeforeOwner'> | null {
  if (submittedOn > today) return { code: 'savings.submittedAhead' };
  const activatedOn = owner.kind === 'client' ? (read.client(owner.localId)?.activationDate ?? null) : null;
  return activatedOn !== null && submittedOn < activatedOn ? { code: 'savings.submittedBeforeOwner', facts: { activatedOn } } : null;
}

function askedOf({ kind: _kind, savingsId: _id, localNumber: _number, ...asked }: SavingsApplicationPayload): Json {
  return asked as unknown as Json;
}
