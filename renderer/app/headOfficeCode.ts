// Head office's answer in the reader's language. Its code is translated where we know it; its own sentence is shown only when we do not,
// because it is written for programmers and in one language.

import { useI18n } from 'vue-i18n';

export function useHeadOfficeWords() {
  const { t, te, locale } = useI18n();

  function say(code: string, message: string | null = null): string {
    const key = `headOfficeCode.${code.replaceAll('.', '_')}`;
    if (te(key, 'en')) return t(key);
    return message ?? code;
  }

  /** The same in the middle of another sentence, without a capital and without its full stop. */
  function sayInside(code: string, message: string | null = null): string {
    const words = say(code, message).replace(/\.$/u, '');
    return words === code ? words : words.charAt(0).toLocaleLowerCase(locale.value) + words.slice(1);
  }

  return { say, sayInside };
}
