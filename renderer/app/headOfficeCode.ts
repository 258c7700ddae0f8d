// Head office's answer in the reader's language. Its code is translated where we know it; its own sentence is shown only when we do not,
// because it is written for programmers and in one language.

import { useI18n } from 'vue-i18n';

export function useHeadOfficeWords() {
  const { t, te } = useI18n();
  return {
    isKnown: (code: string): boolean => te(`headOfficeCode.${code.replaceAll('.', '_')}`, 'en'),
    say: (code: string, message: string | null = null): string => {
      const key = `headOfficeCode.${code.replaceAll('.', '_')}`;
      if (te(key, 'en')) return t(key);
      return message ?? code;
    },
  };
}
