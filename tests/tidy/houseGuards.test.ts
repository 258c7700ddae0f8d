// A guard that never refused anything may be asleep. Each rule of the house is given a snippet it must refuse, where it must
// refuse it, and a neighbour it must let pass. Types are not loaded: none of these guards needs them.
import { join } from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, test } from 'vitest';
import { root } from './projectFiles.ts';

const eslint = new ESLint({
  cwd: root,
  overrideConfig: [tseslint.configs.disableTypeChecked],
  ruleFilter: ({ ruleId }) =>
    /^(?:house\/|@typescript-eslint\/no-restricted-imports$|vue\/no-v-html$|@intlify\/vue-i18n\/no-raw-text$)/.test(ruleId),
});

async function findings(path: string, code: string): Promise<string[]> {
  const opened = path.endsWith('.vue') ? `<!-- Why this file exists. -->\n${code}` : `// Why this file exists.\n${code}\n`;
  const [result] = await eslint.lintText(opened, { filePath: join(root, path) });
  const fatal = result?.messages.filter((message) => message.fatal === true) ?? [];
  if (result === undefined || fatal.length > 0) throw new Error(`${path} was not linted: ${fatal[0]?.message ?? 'no result'}`);
  return result.messages.map((message) => message.ruleId ?? '');
}

const sql = '@typescript-eslint/no-restricted-imports';

describe('no ambient clock or chance', () => {
  const rule = 'house/no-ambient-clock';

  test.each([
    'export const at = Date.now();',
    'export const at = new Date();',
    'export const at = Date();',
    'export const roll = Math.random();',
  ])('refuses %s', async (code) => {
    expect(await findings('electron/branch/loans/takeRepayment.ts', code)).toContain(rule);
    expect(await findings('shared/domain/loans/repayment.ts', code)).toContain(rule);
    expect(await findings('electron/practice/book.ts', code)).toContain(rule);
    expect(
      await findings('renderer/screens/day/DaySheet.vue', `<script setup lang="ts">\n${code.replace('export ', '')}\n</script>`),
    ).toContain(rule);
  });

  test('lets a given instant and a declared port pass', async () => {
    expect(await findings('electron/branch/loans/takeRepayment.ts', 'export const day = new Date(0);')).not.toContain(rule);
    expect(await findings('electron/host/nodePorts.ts', 'export const at = Date.now();')).not.toContain(rule);
  });
});

describe('commands are synchronous', () => {
  const rule = 'house/no-await-in-commands';

  test.each([
    'export async function take() { await save(); }',
    'export const take = async () => 1;',
    'export function take() { return save().then(tell); }',
  ])('refuses %s', async (code) => {
    expect(await findings('electron/branch/loans/takeRepayment.ts', code)).toContain(rule);
  });

  test('lets a session wait for a password', async () => {
    expect(await findings('electron/branch/session/signIn.ts', 'export async function signIn() { await stretch(); }')).not.toContain(rule);
  });
});

describe('packages stay in their rooms', () => {
  test.each(['better-sqlite3', 'drizzle-orm', 'drizzle-orm/sqlite-core', 'node:sqlite'])(
    '%s outside the store is refused',
    async (name) => {
      const code = `import x from '${name}';\nexport default x;`;
      expect(await findings('electron/branch/createBranch.ts', code)).toContain(sql);
      expect(await findings('electron/shell/window.ts', code)).toContain(sql);
      expect(await findings('renderer/main.ts', code)).toContain(sql);
      expect(await findings('electron/store/openStore.ts', code)).not.toContain(sql);
    },
  );

  test('electron outside the shell is refused', async () => {
    const code = "import { app } from 'electron';\nexport default app;";
    expect(await findings('electron/store/openStore.ts', code)).toContain(sql);
    expect(await findings('electron/host/dispatcher.ts', code)).toContain(sql);
    expect(await findings('electron/shell/window.ts', code)).not.toContain(sql);
    expect(await findings('electron/preload.ts', code)).not.toContain(sql);
  });

  test('the page takes types from the contract, and nothing else', async () => {
    expect(
      await findings(
        'renderer/main.ts',
        "import { branchContract } from '../shared/contract/branchContract.ts';\nexport default branchContract;",
      ),
    ).toContain(sql);
    expect(
      await findings(
        'renderer/main.ts',
        "import type { BranchApi } from '../shared/contract/branchContract.ts';\nexport type A = BranchApi;",
      ),
    ).not.toContain(sql);
    expect(await findings('renderer/main.ts', "import { serve } from '../electron/serve.ts';\nexport default serve;")).toContain(sql);
    expect(await findings('renderer/main.ts', "import { z } from 'zod';\nexport default z;")).toContain(sql);
  });
});

describe('raw Electron', () => {
  const rule = 'house/no-raw-electron';

  test.each([
    "ipcMain.handle('x', act);",
    'electron.ipcMain.on(name, act);',
    'void shell.openExternal(address);',
    "window.webContents.send('x');",
  ])('refuses %s outside its home', async (code) => {
    expect(await findings('electron/shell/window.ts', code)).toContain(rule);
    expect(await findings('electron/main.ts', code)).toContain(rule);
    expect(await findings('electron/shell/security.ts', code)).not.toContain(rule);
  });
});

test('an import without extension is refused, because Node would not find it', async () => {
  expect(await findings('shared/kernel/money.ts', "export { x } from './ids';")).toContain('house/explicit-extension');
  expect(await findings('shared/kernel/money.ts', "export { x } from './ids.ts';")).not.toContain('house/explicit-extension');
});

test('a file that does not say why it exists is refused', async () => {
  const [result] = await eslint.lintText('export const x = 1;\n', { filePath: join(root, 'shared/kernel/money.ts') });
  expect(result?.messages.map((message) => message.ruleId)).toContain('house/opens-with-comment');
  const [component] = await eslint.lintText('<script setup lang="ts">\n// Why.\n</script>\n', {
    filePath: join(root, 'renderer/components/Note.vue'),
  });
  expect(component?.messages).toEqual([]);
});

describe('the page', () => {
  test('never renders raw HTML', async () => {
    expect(await findings('renderer/components/Note.vue', '<template><p v-html="text" /></template>')).toContain('vue/no-v-html');
  });

  test('says nothing that is not translated', async () => {
    expect(await findings('renderer/components/Note.vue', '<template><p>Not enough money</p></template>')).toContain(
      '@intlify/vue-i18n/no-raw-text',
    );
  });
});
