// Money, dates and times as the reader's language writes them, in the institution's country and the branch's own zone: shared/domain/words
// does the writing, and here the page says for whom.

import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Currency } from '../../shared/kernel/money.ts';
import type { NumberSigns } from '../../shared/kernel/sumText.ts';
import {
  dateText,
  dayOfInstant,
  moneyParts as partsWritten,
  moneyText as moneyWritten,
  signsOf as signsWritten,
  timeText,
  type DateStyle,
  type MoneyParts,
  type Writing,
} from '../../shared/domain/words/figures.ts';
import { numberCountry } from './numberCountry.ts';
import { useSessionStore } from '../stores/session.ts';
import { zoneOfThisComputer } from './zones.ts';

export { dayOfInstant, timeText };

function writingOf(language: string): Writing {
  return { language, country: numberCountry.value };
}

/** How numbers are written for this reader, as the platform's own tables have it. */
export function signsOf(language: string): NumberSigns {
  return signsWritten(writingOf(language));
}

export function moneyParts(minor: number, currency: Currency, language: string): MoneyParts {
  return partsWritten(minor, currency, writingOf(language));
}

/** '8,450.00', or with the code where the language puts it: 'KES 8,450.00', '8 450,00 KES'. */
export function moneyText(minor: number, currency: Currency, language: string, withCode = false): string {
  return moneyWritten(minor, currency, writingOf(language), withCode);
}

/** Everything above in the page's language and the branch's zone. */
export function useFormat() {
  const { locale } = useI18n();
  const session = useSessionStore();
  // Before there is a branch, what this computer is set to is the best guess.
  const zone = computed(() => session.start?.branch?.zone ?? zoneOfThisComputer());
  const currency = computed<Currency>(() => session.start?.branch?.currency ?? { code: '', decimals: 2 });
  return {
    locale,
    zone,
    currency,
    money: (minor: number, of: Currency = currency.value, withCode = of.code !== currency.value.code) =>
      moneyText(minor, of, locale.value, withCode),
    date: (date: string, style: DateStyle = 'medium') => dateText(date, locale.value, style),
    time: (instant: number) => timeText(instant, locale.value, zone.value),
    /** '11:31', or '19 Nov 11:31' when that was another day than `today` (a calendar day). */
    moment: (instant: number, today: string | null = session.start === null ? null : dayOfInstant(session.start.now, zone.value)) => {
      const day = dayOfInstant(instant, zone.value);
      const time = timeText(instant, locale.value, zone.value);
      return day === today ? time : `${dateText(day, locale.value, 'short')} ${time}`;
    },
  };
}
