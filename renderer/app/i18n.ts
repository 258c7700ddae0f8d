// Every sentence of the page, in every language, bundled with it: a branch without a line must not lose its words.
// Each file under locales/<language>/ carries its own top-level names, so two people can write two areas without meeting.

import { createI18n } from 'vue-i18n';
import { en, es, fr } from 'vuetify/locale';
import { LANGUAGES, chosenLanguage } from './choices.ts';

interface Words {
  [key: string]: string | Words;
}

const files = import.meta.glob<Words>('../locales/*/*.json', { eager: true, import: 'default' });

const ofVuetify: Readonly<Record<string, unknown>> = { en, es, fr };

export function wordsOf(language: string): Words {
  const words: Words = { $vuetify: ofVuetify[language] as Words };
  for (const [path, file] of Object.entries(files)) {
    if (path.includes(`/locales/${language}/`)) Object.assign(words, file);
  }
  return words;
}

export function createPageI18n() {
  const language = chosenLanguage();
  document.documentElement.lang = language;
  return createI18n({
    legacy: false,
    locale: language,
    fallbackLocale: 'en',
    messages: Object.fromEntries(LANGUAGES.map((each) => [each, wordsOf(each)])),
  });
}

export type PageI18n = ReturnType<typeof createPageI18n>;
