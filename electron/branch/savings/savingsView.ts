// A savings account as a screen sees it: ledger, held and available with every unfinished movement counted, the confirmed part beside it, and
// what of it may be handed over at this moment.

import type { SavingsView } from '../../../shared/contract/shapes.ts';
import { reconcileSavings } from '../../../shared/domain/accounts/reconcile.ts';
import { isSavingsApplication } from '../../../shared/domain/commands/kinds/savingsApplication.ts';
import { decideDeposit } from '../../../shared/domain/savings/deposit.ts';
import { deedsOnSavings } from '../../../shared/domain/savings/opening.ts';
import { payoutLimits, statePaysOut } from '../../../shared/domain/savings/withdrawal.ts';
import { mostToPayOut, withdrawalFee } from '../../../shared/domain/savings/withdrawalFee.ts';
import { applicationOf, provisionalSavingsStatus } from '../../journal/decidedOn.ts';
import { heldHereMinor } from '../../journal/heldHere.ts';
import { isOwnerEnded } from '../../journal/ownerState.ts';
import { confirmedAtOf } from '../../journal/settings.ts';
import type { ReadStore, SavingsRecord } from '../../ports/store.ts';
import { standingOf } from '../counter/receiptLine.ts';
import { savingsProductStill } from './applyForSavings.ts';
import { payoutFacts, type PayoutMoment } from './payoutMoment.ts';
import { withdrawalChargesOf } from './withdrawalCharges.ts';

/** `paymentTypeId`: the way of paying for which it is asked, because a fee may be limited to one; the usual one where none is named. */
export function savingsView(
  store: ReadStore,
  savings: SavingsRecord,
  moment: PayoutMoment,
  paymentTypeId: number | null = null,
): SavingsView {
  const books = savingsBooks(store, savings, paymentTypeId);
  // Whoever pays, no more than this is paid: what a cashier may do alone is asked with the sum.
  const payable = savings.gone
    ? ({ minor: 0, rule: 'notActive' } as const)
    : payoutLimits(payoutFacts(savings, books, moment, ''), moment.policyIn(savings.currency.code)).agreed;
  return { ...books, payable };
}

/** What the books alone say of it, at whatever moment. */
export function savingsBooks(store: ReadStore, savings: SavingsRecord, paymentTypeId: number | null = null): Omit<SavingsView, 'payable'> {
  const heldHere = heldHereMinor(store, savings);
  const view = reconcileSavings(savings, store.effectsOf('savings', savings.savingsId), heldHere);
  const status = provisionalSavingsStatus(store, savings);
  // Nothing is available where head office would pay nothing out, and an enforced minimum holds nothing that is not there; the ledger stays what
  // it is, and the state says why.
  const isEnded = isOwnerEnded(store, savings);
  const paysOut = statePaysOut(savings.status) && !isEnded;
  const payable = (minor: number): number => (paysOut ? minor : 0);
  const withdrawableMinor = payable(view.availableMinor);
  const charges = withdrawalChargesOf(store, savings, paymentTypeId);
  const availableMinor = mostToPayOut(charges, withdrawableMinor);
  return {
    savingsId: savings.savingsId,
    clientId: savings.clientId,
    groupId: savings.clientId === null ? savings.groupId : null,
    accountNo: savings.accountNo,
    productName: savings.productName,
    currency: savings.currency,
    status,
    confirmedStatus: savings.status,
    ledgerMinor: view.ledgerMinor,
    confirmedLedgerMinor: savings.ledgerMinor,
    heldMinor: view.heldMinor,
    onHoldMinor: savings.onHoldMinor + heldHere,
    guaranteeHeldMinor: savings.guaranteeHeldMinor,
    minimumMinor: savings.minimumMinor,
    keptForFee:
      withdrawableMinor === availableMinor
        ? null
        : { minor: withdrawableMinor - availableMinor, sure: withdrawalFee(charges, availableMinor).sure },
    availableMinor,
    confirmedAvailableMinor: mostToPayOut(charges, payable(view.confirmedAvailableMinor)),
    unfinishedMinor: view.unfinishedMinor,
    unfinishedCount: view.unfinishedCount,
    disputed: view.disputed,
    confirmedAt: confirmedAtOf(store, 'savings', savings),
    mayDeposit: decideDeposit(status).ok && !savings.gone && !isEnded,
    // Nothing is paid out of what head office does not have as active.
    mayWithdraw: paysOut && !savings.gone,
    deeds: savings.gone ? [] : [...deedsOnSavings(status)],
    ...(savings.serverId === null ? applicationShown(store, savings) : {}),
  };
}

/** What made it known here; the last word of it, where it was said anew. */
function applicationShown(read: ReadStore, { savingsId }: SavingsRecord): Pick<SavingsView, 'application'> {
  const command = applicationOf(read, { kind: 'savings', localId: savingsId });
  if (command === null || !isSavingsApplication(command.payload)) return {};
  const { commandId, state, payload } = command;
  const exceptionId = state === 'rejected' ? (read.openExceptionOf(commandId)?.exceptionId ?? null) : null;
  return { application: { commandId, standing: standingOf(state), exceptionId, product: savingsProductStill(read, payload) } };
}
