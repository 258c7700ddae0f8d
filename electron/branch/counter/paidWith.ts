// How the client paid: a payment type that head office knows, and for cash what was given and what goes back. Whole minor units.

import type { Refusal } from '../../../shared/contract/define.ts';
import type { PaymentDetail } from '../../../shared/domain/commands/command.ts';
import type { ToldNotes } from '../../../shared/domain/cash/toldNotes.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import type { ReferenceRow } from '../../ports/headOffice.ts';
import type { DrawerRecord, ReadStore } from '../../ports/store.ts';
import { whyNotInto, whyNotOutOf } from '../cash/drawerLimits.ts';
import { hasCash } from './operationDay.ts';

export interface PaidWithInput {
  readonly paymentTypeId: number;
  readonly givenMinor?: number | undefined;
  readonly accountNumber?: string | undefined;
  readonly checkNumber?: string | undefined;
  readonly bankNumber?: string | undefined;
  readonly notes?: NotesInput | undefined;
}

/** As they were told; or of a payout: from what lies in the drawer, once it is recorded. */
export type NotesInput = ToldNotes | 'chosen';

export interface PaidWith {
  readonly payment: PaymentDetail;
  readonly paymentTypeName: string;
  readonly cash: boolean;
  readonly givenMinor: number | null;
  /** Not held against the sum yet; null where they were not told, or it is no cash. */
  readonly notes: NotesInput | null;
}

/** Some are head office's own ("Repayment Adjustment Chargeback"): no client pays with them. */
export function isOffered(type: ReferenceRow): boolean {
  return type.body['isSystemDefined'] !== true;
}

/** How money usually goes over this counter: in cash, where head office knows cash. Null without any way. */
export function usualWay(read: ReadStore): ReferenceRow | null {
  const offered = read.reference('paymentTypes').filter(isOffered);
  return offered.find((type) => type.body['isCashPayment'] === true) ?? offered[0] ?? null;
}

export function readPaidWith(
  store: ReadStore,
  input: PaidWithInput,
  amountMinor: number,
): Result<PaidWith, { readonly code: 'paymentType.unknown' | 'givenTooLittle' }> {
  const type = store.reference('paymentTypes').find((row) => row.serverId === input.paymentTypeId && isOffered(row));
  if (type === undefined) return refuse({ code: 'paymentType.unknown' });
  const cash = type.body['isCashPayment'] === true;
  const givenMinor = cash ? (input.givenMinor ?? amountMinor) : null;
  if (givenMinor !== null && givenMinor < amountMinor) return refuse({ code: 'givenTooLittle' });
  const { paymentTypeId, accountNumber, checkNumber, bankNumber } = input;
  return ok({
    payment: { paymentTypeId, accountNumber, checkNumber, bankNumber },
    paymentTypeName: type.name,
    cash,
    givenMinor,
    notes: cash ? (input.notes ?? null) : null,
  });
}

/** What goes out is counted out exactly: nothing is given, and nothing goes back. */
export function readPaidOut(
  store: ReadStore,
  input: PaidWithInput,
  amountMinor: number,
): Result<PaidWith, { readonly code: 'paymentType.unknown' }> {
  const paid = readPaidWith(store, { ...input, givenMinor: undefined }, amountMinor);
  return paid.ok ? ok({ ...paid.value, givenMinor: null }) : refuse({ code: 'paymentType.unknown' });
}

/** Asked of the drawer that what is to be counted out comes from. */
export function whyNotEnough(store: ReadStore, { cash }: PaidWith, amountMinor: number) {
  return (drawer: DrawerRecord): Refusal<'drawer.notEnoughCash' | 'drawer.belowLeast'> | null => {
    if (!cash) return null;
    return hasCash(store, drawer, amountMinor) ? whyNotOutOf(store, drawer, 'client') : { code: 'drawer.notEnoughCash' };
  };
}

/** Money that a client brings, and what is asked of the drawer that it goes into; `tooLittle`: the refusal where less is given than is paid. */
export function readTaken<TooLittle extends string>(store: ReadStore, input: PaidWithInput, amountMinor: number, tooLittle: TooLittle) {
  const paid = readPaidWith(store, input, amountMinor);
  if (!paid.ok) return refuse({ code: paid.refusal.code === 'givenTooLittle' ? tooLittle : paid.refusal.code });
  const { cash } = paid.value;
  return ok({
    paid: paid.value,
    agreedBy: null,
    whyNotFrom: (drawer: DrawerRecord) => (cash ? whyNotInto(store, drawer, 'client') : null),
  });
}
