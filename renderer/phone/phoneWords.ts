// The sentences of the page for phones: those of the desk, of the same files, and the names of what receipts are for.

import enPaper from '../locales/en/paper.json';
import enReceipt from '../locales/en/receipt.json';
import esPaper from '../locales/es/paper.json';
import esReceipt from '../locales/es/receipt.json';
import frPaper from '../locales/fr/paper.json';
import frReceipt from '../locales/fr/receipt.json';

export const LANGUAGES = ['en', 'es', 'fr'] as const;
export type PhoneLanguage = (typeof LANGUAGES)[number];

interface Words {
  readonly [name: string]: string | Words;
}

const WORDS: Readonly<Record<PhoneLanguage, Words>> = {
  en: { ...enPaper, receipt: { kind: enReceipt.receipt.kind }, languageName: 'English' },
  es: { ...esPaper, receipt: { kind: esReceipt.receipt.kind }, languageName: 'Español' },
  fr: { ...frPaper, receipt: { kind: frReceipt.receipt.kind }, languageName: 'Français' },
};

export interface PhoneWords {
  readonly say: (key: string, facts?: Readonly<Record<string, string>>) => string;
}

export function wordsIn(language: PhoneLanguage): PhoneWords {
  return {
    say(key, facts = {}) {
      let found: string | Words = WORDS[language];
      for (const name of key.split('.')) found = typeof found === 'string' ? key : (found[name] ?? key);
      return typeof found === 'string' ? found.replace(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? '') : key;
    },
  };
}
