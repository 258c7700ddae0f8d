// What the money forms share: the typed fields, the draft that survives a power cut, and the walk from entry to review to post. The
// form's id is born with the form and kept in its draft, so that it is recorded once whoever finds the draft; the page's id lives here alone,
// so that only the page that waits for an answer is given it again. A draft never takes the place of what a person has typed already.

import type { ComputedRef, Ref } from 'vue';
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { useRouter } from 'vue-router';
import type { InputOf, Refusal } from '../../../shared/contract/define.ts';
import type { loans } from '../../../shared/contract/loans.ts';
import { sumOfPieces } from '../../../shared/domain/cash/pieces.ts';
import type { ToldNotes } from '../../../shared/domain/cash/toldNotes.ts';
import type { Taken } from '../../../shared/contract/shapes.ts';
import type { Result } from '../../../shared/kernel/result.ts';
import { isTypingHeld } from '../../app/heldKeys.ts';
import { useHeldKeys } from '../../app/keys.ts';
import { newFormId } from '../../app/wallClock.ts';
import { untilAnswered } from '../../branch/untilAnswered.ts';
import { useAsk } from '../../branch/useAsk.ts';
import { useBranch } from '../../branch/useBranch.ts';
import { provideMoneyFields } from '../../components/moneyFields.ts';
import { useOpenDrawerStore } from '../../stores/openDrawer.ts';
import { draftsKept } from './draftsKept.ts';
import { paysOutIn, type FormKind } from './openForm.ts';
import type { Owner } from './payer.ts';

/** A power cut loses at most this much typing (field-rules 3.6). */
const KEEP_AFTER_MS = 400;

export interface PaymentType {
  readonly paymentTypeId: number;
  readonly name: string;
  readonly cash: boolean;
}

interface Kept {
  readonly formId: string;
  readonly amountMinor: number | null;
  readonly lineMinors: Readonly<Record<string, number | null>>;
  readonly paymentTypeId: number | null;
  readonly givenMinor: number | null;
  readonly additionalMinor: number | null;
  readonly feesMinor: number | null;
  readonly note: string;
  readonly accountNumber: string;
  readonly checkNumber: string;
  readonly handedBy: string | null;
  readonly notes: ToldNotes | 'chosen' | null;
  readonly clientId: string | null;
  readonly groupId: string | null;
  readonly clientName: string;
}

export type PaidWith = InputOf<(typeof loans)['takeRepayment']>['paidWith'];

export interface Deal {
  readonly formId: string;
  readonly pageId: string;
  readonly amountMinor: number;
  readonly paidWith: PaidWith;
  readonly note: string;
  readonly handedBy?: string;
}

export interface MoneyForm {
  readonly kind: FormKind;
  readonly step: Ref<'entry' | 'review'>;
  readonly amountMinor: Ref<number | null>;
  /** Where one receipt has several lines: the sum of each, by account. Empty in a form of one account. */
  readonly lineMinors: Ref<Readonly<Record<string, number | null>>>;
  readonly paymentTypes: Ref<readonly PaymentType[]>;
  /** They could not be read; they are asked for again by themselves, and by `readWays`. */
  readonly lacksWays: ComputedRef<boolean>;
  readonly readWays: () => Promise<void>;
  readonly paymentTypeId: Ref<number | null>;
  readonly paidWith: ComputedRef<PaymentType | null>;
  readonly givenMinor: Ref<number | null>;
  /** What the client gets back; null where nothing is counted out. */
  readonly changeMinor: ComputedRef<number | null>;
  readonly isGivenTooLittle: ComputedRef<boolean>;
  /** Parts of the sum that the client named, in a repayment only; null is none. */
  readonly additionalMinor: Ref<number | null>;
  readonly feesMinor: Ref<number | null>;
  readonly arePartsTooMuch: ComputedRef<boolean>;
  /** The house tells its notes, and this money is cash. */
  readonly tellsNotes: ComputedRef<boolean>;
  /** Notes and coins that were told; 'chosen': the branch chooses those of a payout when it is recorded. Null: not told. */
  readonly notes: Ref<ToldNotes | 'chosen' | null>;
  readonly note: Ref<string>;
  /** The member of a group who stands at the counter, where it was told. */
  readonly handedBy: Ref<string | null>;
  readonly accountNumber: Ref<string>;
  readonly checkNumber: Ref<string>;
  /** What the paper says of it where it is not cash; asked for before the review. */
  readonly reference: ComputedRef<string>;
  readonly lacksReference: ComputedRef<boolean>;
  /** It has its draft, its account and its ways of paying; until then what is pressed is kept. */
  readonly isWhole: ComputedRef<boolean>;
  readonly keptAt: Ref<number | null>;
  /** When the form was found again with its text: the moment it was kept. */
  readonly restoredFrom: Ref<number | null>;
  /** A draft that was found after the person had begun to type: when it was kept. It waits to be asked for. */
  readonly offeredFrom: Ref<number | null>;
  readonly takeOffered: () => void;
  /** Somebody types or chooses in this form. */
  readonly touch: () => void;
  /** This form is recorded already, or its record was seen elsewhere: it is not offered again. */
  readonly isUsed: ComputedRef<boolean>;
  /** Grows with each fresh start, so that what stands unread in a field goes as well. */
  readonly round: Ref<number>;
  readonly busy: Ref<boolean>;
  readonly refusal: Ref<Refusal | null>;
  /** What was typed in a field of money is no sum. */
  readonly hasUnread: ComputedRef<boolean>;
  readonly mayReview: ComputedRef<boolean>;
  /** The branch said no to this sum going out: nothing is left to type. */
  readonly isRefusedOut: ComputedRef<boolean>;
  readonly review: () => void;
  readonly back: () => void;
  readonly startAfresh: () => Promise<void>;
  readonly leave: () => void;
  readonly post: (send: (deal: Deal) => Promise<Result<Taken, Refusal>>) => Promise<void>;
}

export function useMoneyForm(
  kind: FormKind,
  accountId: () => string,
  client: () => Owner & { readonly name: string },
  /** What the form itself finds wrong with what was typed; 'unknown' while the branch has not yet said. */
  isWrong: () => boolean | 'unknown' = () => false,
  /** Whose it is and on what account was answered, or that it cannot be. */
  isAnswered: () => boolean = () => true,
): MoneyForm {
  const branch = useBranch();
  const router = useRouter();
  const drawer = useOpenDrawerStore();

  const step = ref<'entry' | 'review'>('entry');
  const amountMinor = ref<number | null>(null);
  const lineMinors = shallowRef<Readonly<Record<string, number | null>>>({});
  const askedWays = useAsk<readonly PaymentType[]>(() => branch.cash.listPaymentTypes({}));
  const paymentTypes = computed(() => askedWays.value.value ?? []);
  /** What is pressed meanwhile waits for them; where they cannot be read, typing goes on and it is said. */
  const areWaysKnown = computed(() => askedWays.value.value !== null || askedWays.refusal.value !== null);
  const lacksWays = computed(() => askedWays.value.value === null && askedWays.refusal.value !== null);
  const paymentTypeId = ref<number | null>(null);
  const givenMinor = ref<number | null>(null);
  const additionalMinor = ref<number | null>(null);
  const feesMinor = ref<number | null>(null);
  const notes = shallowRef<ToldNotes | 'chosen' | null>(null);
  const note = ref('');
  const handedBy = ref<string | null>(null);
  const accountNumber = ref('');
  const checkNumber = ref('');
  const keptAt = ref<number | null>(null);
  const restoredFrom = ref<number | null>(null);
  const busy = ref(false);
  const refusal = shallowRef<Refusal | null>(null);
  const offered = shallowRef<{ readonly kept: Partial<Kept>; readonly keptAt: number } | null>(null);
  const isUsed = computed(() => refusal.value?.code === 'form.alreadyUsed');
  const fields = provideMoneyFields();
  const pageId = newFormId();
  const round = ref(0);
  let formId = newFormId();
  let isTouched = false;
  /** Nothing is kept before: it would stand in the place of a draft that nobody has seen. */
  const isDraftKnown = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isFinished = false;
  let isLeft = false;
  const isOver = (): boolean => isFinished;
  const reviewWhenKnown = ref(false);
  /** Whose the draft said it was: the account may not have been read yet when it is kept once more. */
  let keptFor: Owner & { readonly name: string } = { clientId: null, groupId: null, name: '' };

  const draftKey = (): string => `form:${kind}:${accountId()}`;
  const isIn = !paysOutIn(kind);
  const paidWith = computed(() => paymentTypes.value.find((each) => each.paymentTypeId === paymentTypeId.value) ?? null);
  const tellsNotes = computed(() => paidWith.value?.cash === true && drawer.drawer?.notesTold === true);
  // What was told makes the sum that stood there then. At once, so that what a draft tells can be taken after its sum.
  watch(
    [amountMinor, paymentTypeId],
    () => {
      if (notes.value !== 'chosen') notes.value = null;
    },
    { flush: 'sync' },
  );
  watch(notes, (told) => {
    if (isIn && told !== null && told !== 'chosen') givenMinor.value = sumOfPieces(told.received);
  });
  watch(givenMinor, (given) => {
    if (notes.value !== null && notes.value !== 'chosen' && isIn && given !== sumOfPieces(notes.value.received)) notes.value = null;
  });
  const changeMinor = computed(() => {
    if (!isIn || paidWith.value?.cash !== true || amountMinor.value === null) return null;
    return (givenMinor.value ?? amountMinor.value) - amountMinor.value;
  });
  const isGivenTooLittle = computed(() => (changeMinor.value ?? 0) < 0);
  const arePartsTooMuch = computed(() => (additionalMinor.value ?? 0) + (feesMinor.value ?? 0) > (amountMinor.value ?? 0));
  const reference = computed(() =>
    paidWith.value?.cash === false ? [accountNumber.value.trim(), checkNumber.value.trim()].filter((each) => each !== '').join(', ') : '',
  );
  const lacksReference = computed(() => paidWith.value?.cash === false && reference.value === '');
  const mayReview = computed(
    () =>
      amountMinor.value !== null &&
      paidWith.value !== null &&
      !isGivenTooLittle.value &&
      !arePartsTooMuch.value &&
      !lacksReference.value &&
      !fields.hasUnread.value &&
      !isUsed.value &&
      isWrong() !== true,
  );

  const isRefusedOut = computed(() => !isIn && isWrong() === true);

  watch(paymentTypes, (ways) => {
    paymentTypeId.value ??= (ways.find((each) => each.cash) ?? ways[0])?.paymentTypeId ?? null;
  });

  async function restore(): Promise<void> {
    // No answer is not an empty draft: what is typed next would be kept in its place.
    const answer = await untilAnswered(
      () => branch.drafts.show({ draftKey: draftKey() }),
      () => isLeft,
    );
    if (answer?.ok !== true || answer.value === null) return;
    let kept: Partial<Kept>;
    try {
      kept = JSON.parse(answer.value.body) as Partial<Kept>;
    } catch {
      return;
    }
    if (isTouched || isTypingHeld()) {
      offered.value = { kept, keptAt: answer.value.keptAt };
      return;
    }
    take(kept, answer.value.keptAt);
  }

  function take(kept: Partial<Kept>, at: number): void {
    formId = kept.formId ?? formId;
    amountMinor.value = kept.amountMinor ?? null;
    lineMinors.value = kept.lineMinors ?? {};
    givenMinor.value = kept.givenMinor ?? null;
    additionalMinor.value = kept.additionalMinor ?? null;
    feesMinor.value = kept.feesMinor ?? null;
    note.value = kept.note ?? '';
    handedBy.value = kept.handedBy ?? null;
    accountNumber.value = kept.accountNumber ?? '';
    checkNumber.value = kept.checkNumber ?? '';
    if (kept.paymentTypeId !== undefined && kept.paymentTypeId !== null) paymentTypeId.value = kept.paymentTypeId;
    keptFor = { clientId: kept.clientId ?? null, groupId: kept.groupId ?? null, name: kept.clientName ?? '' };
    notes.value = kept.notes ?? null;
    restoredFrom.value = at;
    keptAt.value = at;
  }

  async function keep(): Promise<void> {
    if (!isDraftKnown.value || isFinished || isUsed.value || offered.value !== null || (amountMinor.value === null && note.value === ''))
      return;
    const owner = client().name === '' ? keptFor : client();
    const body: Kept = {
      formId,
      amountMinor: amountMinor.value,
      lineMinors: lineMinors.value,
      paymentTypeId: paymentTypeId.value,
      givenMinor: givenMinor.value,
      additionalMinor: additionalMinor.value,
      feesMinor: feesMinor.value,
      note: note.value,
      accountNumber: accountNumber.value,
      checkNumber: checkNumber.value,
      handedBy: handedBy.value,
      notes: notes.value,
      clientId: owner.clientId,
      groupId: owner.groupId,
      clientName: owner.name,
    };
    const answer = await branch.drafts.keep({ draftKey: draftKey(), body: JSON.stringify(body) });
    if (answer.ok) {
      keptAt.value = answer.value.keptAt;
      draftsKept.value += 1;
    }
    // Recorded from another window meanwhile: told now, not only when it is pressed here.
    else if (answer.refusal.code === 'form.alreadyUsed' && !isOver()) refusal.value = answer.refusal;
  }

  watch(
    [amountMinor, lineMinors, paymentTypeId, givenMinor, additionalMinor, feesMinor, notes, note, handedBy, accountNumber, checkNumber],
    (_now, before) => {
      if (!isUsed.value) refusal.value = null;
      // That the ways of paying have come is nothing that a person changed.
      if (before[2] !== null) reviewWhenKnown.value = false;
      clearTimeout(timer);
      timer = setTimeout(() => void keep(), KEEP_AFTER_MS);
    },
  );

  // Kept before it was known whose it is: kept again with the name, by which it is found at the counter.
  watch(
    () => client().name,
    () => void keep(),
  );

  watch(
    () => reviewWhenKnown.value && !isLoading() && isWrong() !== 'unknown',
    (known) => {
      if (!known) return;
      reviewWhenKnown.value = false;
      review();
    },
  );

  /** Ways of paying come from the branch a moment after the form does. */
  function isLoading(): boolean {
    return paymentTypes.value.length === 0;
  }

  function review(): void {
    if (!mayReview.value && !isLoading()) return;
    // A quick hand presses before the branch has weighed the sum: the press is kept, not lost and not let through unseen.
    reviewWhenKnown.value = isLoading() || isWrong() === 'unknown';
    if (reviewWhenKnown.value) return;
    clearTimeout(timer);
    // Whoever goes on with what they typed has answered the offer.
    offered.value = null;
    // Kept before the review, so that the id of what may be posted is on disk before it is posted.
    void keep();
    step.value = 'review';
  }

  async function startAfresh(): Promise<void> {
    clearTimeout(timer);
    await branch.drafts.discard({ draftKey: draftKey() });
    formId = newFormId();
    round.value += 1;
    refusal.value = null;
    offered.value = null;
    amountMinor.value = null;
    lineMinors.value = {};
    givenMinor.value = null;
    additionalMinor.value = null;
    feesMinor.value = null;
    notes.value = null;
    note.value = '';
    handedBy.value = null;
    accountNumber.value = '';
    checkNumber.value = '';
    restoredFrom.value = null;
    keptAt.value = null;
    step.value = 'entry';
  }

  function leave(): void {
    clearTimeout(timer);
    void keep();
    void router.push({ name: 'counter' });
  }

  async function post(send: (deal: Deal) => Promise<Result<Taken, Refusal>>): Promise<void> {
    const amount = amountMinor.value;
    const way = paidWith.value;
    if (busy.value || amount === null || way === null || isUsed.value || fields.hasUnread.value) return;
    busy.value = true;
    const answer = await send({
      formId,
      pageId,
      amountMinor: amount,
      note: note.value.trim(),
      ...(handedBy.value === null ? {} : { handedBy: handedBy.value }),
      paidWith: {
        paymentTypeId: way.paymentTypeId,
        ...(way.cash && isIn ? { givenMinor: givenMinor.value ?? amount } : {}),
        ...(tellsNotes.value && notes.value !== null ? { notes: notes.value } : {}),
        ...(!way.cash && accountNumber.value.trim() !== '' ? { accountNumber: accountNumber.value.trim() } : {}),
        ...(!way.cash && checkNumber.value.trim() !== '' ? { checkNumber: checkNumber.value.trim() } : {}),
      },
    });
    busy.value = false;
    if (!answer.ok) {
      refusal.value = answer.refusal;
      return;
    }
    isFinished = true;
    clearTimeout(timer);
    void drawer.load();
    const { receipt, replayed } = answer.value;
    const noneChosen = notes.value === 'chosen' && tellsNotes.value && receipt.notes === undefined;
    await router.replace({
      name: 'issued',
      params: { receiptId: receipt.receiptId },
      query: { ...(replayed ? { replayed: '1' } : { posted: '1' }), ...(noneChosen ? { noNotes: '1' } : {}) },
    });
  }

  const isWhole = computed(() => isDraftKnown.value && areWaysKnown.value && isAnswered());
  useHeldKeys(() => isWhole.value);
  void restore().then(() => {
    isDraftKnown.value = !isLeft;
    if (isTouched) void keep();
  });
  onScopeDispose(() => {
    isLeft = true;
    clearTimeout(timer);
    // Left by the rail or the search box: what was typed is kept as well.
    void keep();
  });

  return {
    kind,
    step,
    amountMinor,
    lineMinors,
    paymentTypes,
    lacksWays,
    readWays: askedWays.again,
    hasUnread: fields.hasUnread,
    paymentTypeId,
    paidWith,
    givenMinor,
    changeMinor,
    isGivenTooLittle,
    additionalMinor,
    feesMinor,
    arePartsTooMuch,
    tellsNotes,
    notes,
    note,
    handedBy,
    accountNumber,
    checkNumber,
    isWhole,
    keptAt,
    restoredFrom,
    offeredFrom: computed(() => offered.value?.keptAt ?? null),
    takeOffered: () => {
      if (offered.value !== null) take(offered.value.kept, offered.value.keptAt);
      offered.value = null;
    },
    touch: () => {
      isTouched = true;
    },
    isUsed,
    round,
    busy,
    refusal,
    reference,
    lacksReference,
    mayReview,
    isRefusedOut,
    review,
    back: () => {
      step.value = 'entry';
      if (!isUsed.value) refusal.value = null;
    },
    startAfresh,
    leave,
    post,
  };
}
