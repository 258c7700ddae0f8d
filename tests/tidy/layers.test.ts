// The import graph is only guarded if the guard bites. A small house is built in a temporary folder with one wrong import per
// rule, and each must be found under the project's own configuration.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import type { ICruiseResult, IConfiguration } from 'dependency-cruiser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from './projectFiles.ts';

const wrong: readonly (readonly [from: string, to: string, rule: string])[] = [
  ['shared/kernel/money.ts', 'shared/domain/loan.ts', 'kernel-imports'],
  ['shared/domain/loan.ts', 'shared/contract/loans.ts', 'domain-imports'],
  ['shared/contract/loans.ts', 'electron/branch/branch.ts', 'contract-imports'],
  ['electron/ports/clock.ts', 'electron/store/openStore.ts', 'ports-imports'],
  ['electron/branch/takeRepayment.ts', 'electron/store/openStore.ts', 'branch-imports'],
  ['electron/branch/takeRepayment.ts', 'electron/sync/sender.ts', 'branch-imports'],
  ['electron/sync/sender.ts', 'electron/branch/branch.ts', 'sync-imports'],
  ['electron/journal/record.ts', 'electron/store/openStore.ts', 'journal-imports'],
  ['electron/store/openStore.ts', 'electron/fineract/http.ts', 'store-imports'],
  ['electron/fineract/http.ts', 'electron/store/tables.ts', 'fineract-imports'],
  ['electron/practice/book.ts', 'shared/domain/loan.ts', 'practice-imports'],
  ['electron/host/dispatcher.ts', 'electron/store/openStore.ts', 'host-imports'],
  ['electron/shell/window.ts', 'electron/branch/branch.ts', 'shell-imports'],
  ['electron/preload.ts', 'electron/host/dispatcher.ts', 'preload-imports'],
  ['electron/main.ts', 'renderer/main.ts', 'compositionRoots-imports'],
  ['renderer/main.ts', 'electron/host/dispatcher.ts', 'renderer-imports'],
  ['electron/vault/keep.ts', 'tests/world/seed.ts', 'nothing-imports-tests'],
  ['electron/shell/updater.ts', 'electron/main.ts', 'nothing-imports-entry-points'],
  ['electron/store/migrations/0001_begin.ts', 'shared/kernel/money.ts', 'migrations-stand-alone'],
  ['electron/newRoom/thing.ts', 'electron/store/openStore.ts', 'every-room-is-named'],
];
const right: readonly (readonly [from: string, to: string])[] = [
  ['electron/branch/takeDeposit.ts', 'electron/ports/clock.ts'],
  ['electron/branch/takeDeposit.ts', 'electron/journal/keep.ts'],
  ['electron/store/tables.ts', 'electron/ports/clock.ts'],
  ['electron/host/ipcHost.ts', 'shared/contract/deposits.ts'],
  ['renderer/App.ts', 'shared/contract/deposits.ts'],
  ['electron/serve.ts', 'electron/store/tables.ts'],
];

const house = mkdtempSync(join(tmpdir(), 'tawi-layers-'));
let violations: readonly string[] = [];

beforeAll(async () => {
  const sources = new Map<string, string[]>();
  for (const [from, to] of [...wrong, ...right]) {
    sources.set(from, [...(sources.get(from) ?? []), to]);
    if (!sources.has(to)) sources.set(to, []);
  }
  for (const [file, imports] of sources) {
    mkdirSync(join(house, dirname(file)), { recursive: true });
    const up = '../'.repeat(file.split('/').length - 1);
    writeFileSync(join(house, file), [...imports.map((to) => `import '${up}${to}';`), 'export const here = true;', ''].join('\n'));
  }
  const { forbidden = [], options = {} } = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as IConfiguration;
  const { output } = await cruise(['shared', 'electron', 'renderer', 'tests'], {
    baseDir: house,
    ruleSet: { forbidden },
    validate: true,
    tsPreCompilationDeps: options.tsPreCompilationDeps ?? true,
  });
  violations = (output as ICruiseResult).summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} -> ${to}`);
});

afterAll(() => {
  rmSync(house, { recursive: true });
});

test.each(wrong)('%s may not import %s', (from, to, rule) => {
  expect(violations).toContain(`${rule}: ${from} -> ${to}`);
});

test.each(right)('%s may import %s', (from, to) => {
  expect(violations.filter((line) => line.endsWith(`: ${from} -> ${to}`))).toEqual([]);
});

test('two files that need each other are found', () => {
  expect(violations.some((line) => line.startsWith('no-circular: '))).toBe(true);
});
