// The part of an unissued slip that is the same for every form: whose branch, which day, who serves, for whom, and what was typed. What a form
// does not say of its account stays empty. Before posting it has no number, no time and no hash; those are born in the branch.

import type { ComputedRef } from 'vue';
import { computed } from 'vue';
import type { Currency } from '../../../shared/kernel/money.ts';
import { dayOfInstant, useFormat } from '../../app/format.ts';
import type { Slip } from '../../../shared/domain/receipts/slipLines.ts';
import { useOpenDrawerStore } from '../../stores/openDrawer.ts';
import { useSessionStore } from '../../stores/session.ts';
import type { Member, Payer } from './payer.ts';
import type { MoneyForm } from './useMoneyForm.ts';

export type SlipBase = Omit<Slip, 'kind' | 'accountKind' | 'accountNo' | 'balanceAfterMinor' | 'balancesAsOf' | 'lines'>;

export function useSlipBase(
  form: MoneyForm,
  client: () => Payer | null,
  currency: () => Currency,
  members: () => readonly Member[] = () => [],
): ComputedRef<SlipBase> {
  const session = useSessionStore();
  const drawer = useOpenDrawerStore();
  const format = useFormat();
  return computed(() => {
    const branch = session.start?.branch;
    const groupId = client()?.groupId ?? null;
    const member = members().find(({ clientId }) => clientId === form.handedBy.value);
    return {
      number: null,
      recordedAt: null,
      hash: null,
      institution: branch?.institution ?? '',
      officeName: branch?.officeName ?? '',
      practice: branch?.practice ?? false,
      businessDate: drawer.drawer?.businessDate ?? session.start?.businessDate ?? dayOfInstant(session.start?.now ?? 0, format.zone.value),
      clockDoubt: false,
      servedBy: session.mine?.staff.displayName ?? '',
      deviceCode: branch?.deviceCode ?? '',
      clientName: client()?.displayName ?? '',
      clientAccountNo: client()?.accountNo ?? '',
      ...(groupId === null ? {} : { groupId }),
      ...(member === undefined ? {} : { handedBy: { clientId: member.clientId, name: member.displayName } }),
      currency: currency(),
      cash: form.paidWith.value?.cash ?? true,
      paymentTypeName: form.paidWith.value?.name ?? '',
      amountMinor: form.amountMinor.value,
      givenMinor: form.changeMinor.value === null ? null : (form.givenMinor.value ?? form.amountMinor.value),
      changeMinor: form.changeMinor.value,
      note: form.note.value.trim(),
      ...(form.reference.value === '' ? {} : { paidReference: form.reference.value }),
      allocation: null,
      parts: null,
      fee: null,
      agreedBy: null,
      nextDueDate: null,
      nextDueMinor: null,
    };
  });
}
