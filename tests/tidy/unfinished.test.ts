// Nothing is left half done, switched off, or pointing at one person's computer. Each pattern holds one letter in
// brackets, so that this file does not find itself.
import { homedir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { projectFiles, root, textOf } from './projectFiles.ts';

const texts = projectFiles.filter(
  (path) =>
    /\.(?:ts|mjs|cjs|js|vue|json|ya?ml|css|html|md|sh|svg)$|(?:^|\/)(?:run|NOTICE|\.\w+)$/.test(path) && path !== 'package-lock.json',
);

function linesWith(pattern: RegExp, files: readonly string[]): string[] {
  return files.flatMap((path) =>
    textOf(path)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 120)}`] : [])),
  );
}

describe('the sources', () => {
  const code = texts.filter((path) => /\.(?:ts|mjs|cjs|js|vue|css|html|ya?ml)$/.test(path));

  test('carry no mark of unfinished work', () => {
    expect(linesWith(/\b(?:TO[D]O|FIX[M]E|HAC[K])\b/, code)).toEqual([]);
  });

  test('switch no test off and run none alone, except where a condition and its reason stand beside it', () => {
    const tests = code.filter((path) => /^tests\/.*\.(?:test|spec)\.ts$/.test(path));
    expect(
      linesWith(
        /\b(?:it|test|describe)\.(?:onl[y]|tod[o]|fixm[e]|ski[p](?!\((?!['"`(]|async|\)).+, ['"].+['"]\)))\b|expect\(tru[e]\)/,
        tests,
      ),
    ).toEqual([]);
  });

  test('silence no checker without saying why', () => {
    expect(linesWith(/@ts-(?:ignor[e]|nochec[k])|eslint-disabl[e](?!.* -- )|@ts-expect-erro[r](?! .{10,})/, code)).toEqual([]);
  });
});

describe('committed text', () => {
  test('names no folder of a single computer', () => {
    expect(linesWith(/(?:^|[\s'"`(=:])(?:\/(?:wor[k]|workspac[e]|hom[e]|User[s]|roo[t])\/\w|[A-Z]:\\+User[s]\\)/, texts)).toEqual([]);
    const here = [root, `${homedir()}/`].filter((folder) => folder.length > 6);
    expect(texts.filter((path) => here.some((folder) => textOf(path).includes(folder)))).toEqual([]);
  });

  test('names no registry, the public one included', () => {
    const configured = process.env['npm_config_registry'];
    const host = configured === undefined ? '' : new URL(configured).host;
    expect(host === '' ? [] : texts.filter((path) => textOf(path).includes(host))).toEqual([]);
    expect(linesWith(/\bregistry\.[a-z]+js\./, texts)).toEqual([]);
  });
});
