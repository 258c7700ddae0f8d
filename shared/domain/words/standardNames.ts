// What head office calls by its standard English name is said in the reader's words. A name that an institution gave itself stays as it is,
// for it is their word.

const WAYS: Readonly<Record<string, string>> = {
  cash: 'cash',
  'mobile money': 'mobileMoney',
  cheque: 'cheque',
  check: 'cheque',
  'money transfer': 'transfer',
  'bank transfer': 'transfer',
};

/** The key of the words for a way of paying; null where its own name is said. */
export function wayWord(way: { readonly name: string; readonly cash: boolean }): string | null {
  if (way.cash) return 'receipt.cash';
  const word = WAYS[way.name.trim().toLowerCase()];
  return word === undefined ? null : `standard.way.${word}`;
}
