// The words of papers, from the same lists as those of the screens: one sentence is written once.

import enApp from '../../renderer/locales/en/app.json' with { type: 'json' };
import enReceipt from '../../renderer/locales/en/receipt.json' with { type: 'json' };
import esApp from '../../renderer/locales/es/app.json' with { type: 'json' };
import esReceipt from '../../renderer/locales/es/receipt.json' with { type: 'json' };
import frApp from '../../renderer/locales/fr/app.json' with { type: 'json' };
import frReceipt from '../../renderer/locales/fr/receipt.json' with { type: 'json' };
import type { PaperLanguage } from '../../shared/domain/printing/printers.ts';
import { assert } from '../../shared/kernel/assert.ts';
import type { PaperWords } from '../ports/printers.ts';

const SENTENCES: Readonly<Record<PaperLanguage, unknown>> = {
  en: { ...enReceipt, standard: enApp.standard },
  es: { ...esReceipt, standard: esApp.standard },
  fr: { ...frReceipt, standard: frApp.standard },
};

function sentenceAt(language: PaperLanguage, key: string): string {
  const found = key
    .split('.')
    .reduce<unknown>(
      (at, name) => (typeof at === 'object' && at !== null ? (at as Readonly<Record<string, unknown>>)[name] : undefined),
      SENTENCES[language],
    );
  assert(typeof found === 'string', `papers have words for ${key}`);
  return found;
}

export const paperWords: PaperWords =
  (language) =>
  (key, facts = {}) =>
    sentenceAt(language, key).replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole));
