// A slip laid out in a printer's columns: rows of plain letters with how each is struck. Pure, and the same for every printer of that width.

import type { SlipLine } from '../receipts/slipLines.ts';

export interface TextRow {
  readonly text: string;
  readonly bold: boolean;
  readonly tall: boolean;
  readonly inverse: boolean;
}

export type PaperRow = TextRow | { readonly code: string };

/** What a printer's table has no letter for although a plain one says the same; the marks of where money stands are drawn otherwise there. */
const PLAIN: Readonly<Record<string, string>> = {
  '\u00a0': ' ',
  '\u202f': ' ',
  '\u2009': ' ',
  '\u2212': '-',
  '\u2010': '-',
  '\u2011': '-',
  '\u2013': '-',
  '\u2014': '-',
  '\u2018': "'",
  '\u2019': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u2026': '...',
  œ: 'oe',
  Œ: 'OE',
  '■': '#',
  '►': '>',
  '●': '*',
  '♦': '!',
  '○': 'o',
};

/** One line without any letter that a printer would take for a command. */
export function plainLetters(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')
    .replace(/[^\x20-\x7e]/gu, (letter) => PLAIN[letter] ?? letter);
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}

/** Broken at spaces where it can be; a word longer than the paper is broken where it must. */
function wrapped(text: string, columns: number): string[] {
  const rows: string[] = [];
  let row = '';
  for (const word of text.split(' ').filter((each) => each !== '')) {
    let rest = word;
    if (row !== '' && lengthOf(row) + 1 + lengthOf(rest) > columns) {
      rows.push(row);
      row = '';
    }
    while (lengthOf(rest) > columns) {
      rows.push(Array.from(rest).slice(0, columns).join(''));
      rest = Array.from(rest).slice(columns).join('');
    }
    row = row === '' ? rest : `${row} ${rest}`;
  }
  return row === '' && rows.length > 0 ? rows : [...rows, row];
}

function centered(text: string, columns: number): string {
  return ' '.repeat(Math.floor((columns - lengthOf(text)) / 2)) + text;
}

function filled(text: string, columns: number): string {
  return text + ' '.repeat(columns - lengthOf(text));
}

function pairRows(left: string, right: string, columns: number): string[] {
  const gap = columns - lengthOf(left) - lengthOf(right);
  // What fits keeps its indent.
  if (right === '') return gap >= 0 ? [left] : wrapped(left, columns);
  if (gap >= 1) return [left + ' '.repeat(gap) + right];
  const below = wrapped(right, columns - 2).map((row) => ' '.repeat(columns - lengthOf(row)) + row);
  return [...wrapped(left, columns), ...below];
}

export function layOut(lines: readonly SlipLine[], columns: number): readonly PaperRow[] {
  return lines.flatMap((line): readonly PaperRow[] => {
    const set = (rows: readonly string[], how: Partial<TextRow> = {}): TextRow[] =>
      rows.map((text) => ({ text, bold: false, tall: false, inverse: false, ...how }));
    switch (line.as) {
      case 'rule':
        return set(['-'.repeat(columns)]);
      case 'code':
        return [{ code: line.text }];
      case 'pair':
      case 'sum': {
        const left = (line.indent === true ? '  ' : '') + plainLetters(line.left);
        const isSum = line.as === 'sum';
        return set(pairRows(left, plainLetters(line.right), columns), { bold: isSum || line.strong === true, tall: isSum });
      }
      case 'text':
        return set(wrapped(plainLetters(line.text), columns), { bold: line.strong === true });
      case 'inverse':
        return set(
          wrapped(plainLetters(line.text), columns).map((row) => filled(centered(row, columns), columns)),
          { bold: true, inverse: true },
        );
      case 'center':
      case 'institution': {
        const isHead = line.as === 'institution';
        return set(
          wrapped(plainLetters(line.text), columns).map((row) => centered(row, columns)),
          { bold: isHead || line.strong === true, tall: isHead },
        );
      }
    }
  });
}
