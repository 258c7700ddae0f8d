// What each of the four resolutions would change, said before it is chosen: drawer, account, suspense, and what waits behind. The branch
// decides what really happens; these sentences only repeat the rules of the four ways in the reader's language.

import { useI18n } from 'vue-i18n';
import type { ExceptionView, Resolution } from '../../../shared/contract/sync.ts';
import { useFormat } from '../../app/format.ts';
import { kindsShown } from '../../app/kinds.ts';
import { shortNumber } from '../sync/reasonWords.ts';

export interface Effect {
  readonly what: string;
  readonly becomes: string;
}

export function useEffectWords() {
  const { t } = useI18n();
  const format = useFormat();
  const drawerOf = useDrawerWords();

  function effectsOf(view: ExceptionView, resolution: Resolution): readonly Effect[] {
    const { item } = view;
    if (!kindsShown[item.kind].isMoney)
      return [
        { what: t(`desks.kind.${item.kind}`), becomes: t(`desks.effect.fact.${resolution}`) },
        ...view.waitingBehind.map((waiting) => ({
          what: `${t(`desks.kind.${waiting.kind}`)} ${waiting.clientName}`,
          becomes: t(resolution === 'resubmit' ? 'desks.effect.waiting.still' : 'desks.effect.waiting.next'),
        })),
      ];
    const money = (minor: number): string => format.money(minor, item.currency);
    const amount = money(Math.abs(item.amountMinor));
    const isOut = item.amountMinor < 0;
    const stands = view.answered?.availableMinor ?? view.answered?.outstandingMinor ?? null;

    // To recognise what head office posted after all goes the way back: the money moves again, or leaves suspense.
    const takenBack = resolution === 'recognise' ? (view.earlier?.resolution ?? null) : null;

    const drawer =
      takenBack === 'reverse'
        ? t(isOut ? 'desks.effect.drawer.paysAgain' : 'desks.effect.drawer.takesIn', { amount })
        : resolution !== 'reverse'
          ? t(isOut ? 'desks.effect.drawer.paid' : 'desks.effect.drawer.taken')
          : t(isOut ? 'desks.effect.drawer.takesIn' : 'desks.effect.drawer.givesBack', { amount });
    const account =
      resolution === 'resubmit'
        ? t('desks.effect.account.countsAgain')
        : resolution === 'recognise'
          ? t('desks.effect.account.recognised')
          : stands === null
            ? t('desks.effect.account.asHeadOffice')
            : t('desks.effect.account.stands', { amount: money(stands) });
    // What head office posted after all, or what is recovered, leaves it.
    const leaves = view.earlier?.resolution === 'suspend' && (resolution === 'recognise' || resolution === 'reverse');
    const suspense = leaves
      ? t('desks.effect.suspense.leaves', { amount })
      : resolution === 'suspend'
        ? t('desks.effect.suspense.stands', { amount })
        : t('desks.effect.suspense.none');

    const effects: Effect[] = [
      { what: drawerOf(view), becomes: drawer },
      { what: t('desks.effect.account.name', { number: item.accountNo }), becomes: account },
      { what: t('desks.effect.suspense.name'), becomes: suspense },
    ];
    let left = view.answered?.availableMinor ?? null;
    for (const waiting of view.waitingBehind) {
      if (left !== null) left += waiting.amountMinor - waiting.feeMinor;
      const name = t('desks.effect.waiting.name', {
        number: shortNumber(waiting.receiptNumber ?? waiting.accountNo),
        amount: money(Math.abs(waiting.amountMinor)),
      });
      if (resolution === 'resubmit') effects.push({ what: name, becomes: t('desks.effect.waiting.still') });
      else if (left === null || resolution === 'recognise') effects.push({ what: name, becomes: t('desks.effect.waiting.next') });
      else
        effects.push({
          what: name,
          becomes: t(left < 0 ? 'desks.effect.waiting.nextShort' : 'desks.effect.waiting.nextLeft', { amount: money(Math.abs(left)) }),
        });
    }
    return effects;
  }

  return { effectsOf };
}

/** Whose drawer gives or takes the cash of a case; without a name where none would. */
export function useDrawerWords() {
  const { t } = useI18n();
  return ({ drawer }: ExceptionView): string => {
    if (drawer === null) return t('desks.effect.drawer.none');
    return drawer.isMine ? t('desks.effect.drawer.yours', { name: drawer.name }) : t('desks.effect.drawer.of', { ...drawer });
  };
}
