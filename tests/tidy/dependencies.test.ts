// What stands in package.json and its lock: exact versions, no holes, no address of anybody's registry, and licences that an
// Apache-2.0 program may build on.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { jsonOf, root } from './projectFiles.ts';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly link?: boolean;
}

const manifest = jsonOf('package.json') as Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;
const lock = (jsonOf('package-lock.json') as { packages: Readonly<Record<string, Locked>> }).packages;

/** Where npm would find `name` from the package at `from`: beside it, or in any folder above. */
function lockedFrom(from: string, name: string): Locked | undefined {
  const folders =
    from === '' ? [] : from.split('/node_modules/').map((_, index, parts) => parts.slice(0, index + 1).join('/node_modules/'));
  return [...folders.reverse().map((folder) => `${folder}/node_modules/${name}`), `node_modules/${name}`]
    .map((path) => lock[path])
    .find(Boolean);
}

describe('the lock', () => {
  test('names every optional platform package, so that npm ci works on every platform', () => {
    const holes = Object.entries(lock).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => lockedFrom(path, name)?.version === undefined)
        .map((name) => `${path || 'package.json'} -> ${name}`),
    );
    expect(holes).toEqual([]);
  });

  test('names no registry, so that everybody fetches from their own', () => {
    expect(Object.keys(lock).filter((path) => lock[path]?.resolved !== undefined)).toEqual([]);
  });

  test('can prove what was fetched', () => {
    const unproven = Object.entries(lock).filter(([path, { integrity, link }]) => path !== '' && link !== true && integrity === undefined);
    expect(unproven.map(([path]) => path)).toEqual([]);
  });
});

test('versions are exact: the same source builds the same program next year', () => {
  const exact = /^(?:npm:[@\w./-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/;
  const loose = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
    Object.entries(manifest[kind] ?? {}).filter(([, version]) => !exact.test(version)),
  );
  expect(loose).toEqual([]);
});

describe('licences', () => {
  /** Permissive licences, the font's own, and MPL-2.0, which asks only for its own files. */
  const allowed = new Set([
    'MIT',
    'ISC',
    'Apache-2.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    '0BSD',
    'BlueOak-1.0.0',
    'MPL-2.0',
    'OFL-1.1',
    'Python-2.0',
    'WTFPL',
    'CC0-1.0',
    'Unlicense',
  ]);

  function licenceOf(path: string): string {
    const { license } = jsonOf(`${path}/package.json`) as { license?: string | { type?: string } };
    return typeof license === 'string' ? license : (license?.type ?? 'none stated');
  }

  function isAllowed(expression: string): boolean {
    return expression
      .replaceAll(/[()]/g, '')
      .split(' OR ')
      .some((choice) => choice.split(' AND ').every((name) => allowed.has(name.trim())));
  }

  const installed = Object.keys(lock).filter((path) => path !== '' && existsSync(join(root, path, 'package.json')));

  test('are read from what is installed', () => {
    expect(installed.length).toBeGreaterThan(300);
  });

  test('of everything installed may be combined with Apache-2.0', () => {
    expect(installed.map((path) => `${path}: ${licenceOf(path)}`).filter((line) => !isAllowed(line.slice(line.indexOf(': ') + 2)))).toEqual(
      [],
    );
  });
});
