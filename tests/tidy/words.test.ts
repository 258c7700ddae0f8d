// docs/words/ is the glossary of each language, and what it says is so: a word of the column "not" stands in no sentence, and the named keys
// say the term. Two words for one thing are two things to the person at the counter.
import { describe, expect, test } from 'vitest';
import { jsonOf, projectFiles, textOf } from './projectFiles.ts';

type Words = { readonly [key: string]: string | Words };

function flatten(words: Words, prefix = ''): [key: string, text: string][] {
  return Object.entries(words).flatMap(([name, value]) => {
    const key = prefix === '' ? name : `${prefix}.${name}`;
    return typeof value === 'string' ? [[key, value] as [string, string]] : flatten(value, key);
  });
}

interface Term {
  readonly term: string;
  /** Each word with the longer words in which it is allowed. */
  readonly not: readonly { readonly word: string; readonly unless: readonly string[] }[];
  readonly keys: readonly string[];
}

const list = (cell: string): string[] => cell.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim().replace('&#44;', ',')]));

function termsOf(language: string): Term[] {
  return textOf(`docs/words/${language}.md`)
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('|---'))
    .slice(1)
    .map((line) => {
      const [, term = '', not = '', keys = ''] = line
        .split('|')
        .slice(1)
        .map((cell) => cell.trim());
      // A comma inside "(else a, b)" does not end the word.
      const words = not.split(/,(?![^(]*\))/u).flatMap((part) => {
        const match = /^(?<word>.+?)(?: \(else (?<unless>.+)\))?$/u.exec(part.trim());
        const word = match?.groups?.['word'];
        return word === undefined ? [] : [{ word: word.replace('&#44;', ','), unless: list(match?.groups?.['unless'] ?? '') }];
      });
      return { term, not: words, keys: list(keys) };
    });
}

function stands(word: string, text: string): boolean {
  return new RegExp(`(?<![\\p{L}\\p{N}])${word.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)}(?![\\p{L}\\p{N}])`, 'iu').test(text);
}

describe.each(['en', 'es', 'fr'])('docs/words/%s.md', (language) => {
  const terms = termsOf(language);
  const sentences = new Map(
    projectFiles
      .filter((path) => new RegExp(`^renderer/locales/${language}/\\w+\\.json$`).test(path))
      .flatMap((path) => flatten(jsonOf(path) as Words)),
  );
  const words = terms.flatMap((each) => each.not);

  test('names terms, and sentences to hold against them', () => {
    expect(terms.length).toBeGreaterThan(9);
    expect(words.length).toBeGreaterThan(9);
    expect(sentences.size).toBeGreaterThan(100);
  });

  test('each named key exists and says its term', () => {
    const lacking = terms.flatMap(({ term, keys }) =>
      keys.flatMap((key) => {
        const text = sentences.get(key);
        if (text === undefined) return [`${key} does not exist`];
        // The first word may be inflected by a sentence about it, so a term of one word may end otherwise.
        const begin = term.includes(' ') ? term : term.slice(0, Math.max(4, term.length - 3));
        return text.toLowerCase().includes(begin.toLowerCase()) ? [] : [`${key}: ${text} (${term})`];
      }),
    );
    expect(lacking).toEqual([]);
  });

  test('an apostrophe is a curved one', () => {
    expect([...sentences].filter(([, text]) => /\p{L}'/u.test(text))).toEqual([]);
  });

  test('no sentence says what it forbids', () => {
    const said = [...sentences].flatMap(([key, text]) =>
      words.flatMap(({ word, unless }) => {
        let rest = text;
        for (const allowed of unless) rest = rest.replaceAll(new RegExp(allowed, 'giu'), '');
        return stands(word, rest) ? [`${key}: ${text} (${word})`] : [];
      }),
    );
    expect(said).toEqual([]);
  });
});
