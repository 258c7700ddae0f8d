// What head office calls by its standard English name is said in the reader's words: roles and ways of paying. A name that an institution gave
// itself stays as it is, for it is their word.

import { useI18n } from 'vue-i18n';

const ROLES: Readonly<Record<string, string>> = {
  'super user': 'administrator',
  administrator: 'administrator',
  'branch manager': 'manager',
  cashier: 'cashier',
  teller: 'cashier',
  'loan officer': 'loanOfficer',
  'self service user': 'selfService',
};
const WAYS: Readonly<Record<string, string>> = {
  cash: 'cash',
  'mobile money': 'mobileMoney',
  cheque: 'cheque',
  check: 'cheque',
  'money transfer': 'transfer',
  'bank transfer': 'transfer',
};

export function useStandardWords() {
  const { t } = useI18n();
  const said = (name: string, known: Readonly<Record<string, string>>, prefix: string): string => {
    const word = known[name.trim().toLowerCase()];
    return word === undefined ? name : t(`standard.${prefix}.${word}`);
  };
  return {
    roleName: (role: string) => said(role, ROLES, 'role'),
    wayName: (way: { readonly name: string; readonly cash: boolean }) => (way.cash ? t('receipt.cash') : said(way.name, WAYS, 'way')),
  };
}
