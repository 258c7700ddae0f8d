// What head office calls by its standard English name is said in the reader's words: roles and ways of paying. A name that an institution gave
// itself stays as it is, for it is their word.

import { useI18n } from 'vue-i18n';
import { wayWord } from '../../shared/domain/words/standardNames.ts';

const ROLES: Readonly<Record<string, string>> = {
  'super user': 'administrator',
  administrator: 'administrator',
  'branch manager': 'manager',
  cashier: 'cashier',
  teller: 'cashier',
  'loan officer': 'loanOfficer',
  'self service user': 'selfService',
};
export function useStandardWords() {
  const { t } = useI18n();
  return {
    roleName(role: string): string {
      const word = ROLES[role.trim().toLowerCase()];
      return word === undefined ? role : t(`standard.role.${word}`);
    },
    wayName(way: { readonly name: string; readonly cash: boolean }): string {
      const word = wayWord(way);
      return word === null ? way.name : t(word);
    },
  };
}
