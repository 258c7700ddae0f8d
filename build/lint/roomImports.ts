// Which packages are confined to which room, as options for ESLint's own import rule: the editor says at once what
// dependency-cruiser would say at the end. The graph between rooms itself stands in .dependency-cruiser.cjs, not here.
import type { Linter } from 'eslint';

interface Restriction {
  regex: string;
  message: string;
  allowTypeImports?: boolean;
}

const sql: Restriction = {
  regex: '^(?:better-sqlite3|drizzle-orm|node:sqlite)(?:/|$)',
  message: 'Only electron/store and electron/practice speak SQL.',
};

const electron: Restriction = {
  regex: '^electron(?:/|$|-updater)',
  message: 'Only electron/shell, main.ts, preload.ts and ipcHost.ts know Electron.',
  allowTypeImports: false,
};

const contractValues: Restriction = {
  regex: '(?:^|/)shared/contract/',
  message: 'The page takes types from the contract, never its schemas: zod stays out of the bundle.',
  allowTypeImports: true,
};

const rooms: Restriction = {
  regex: '(?:^|/)electron/',
  message: 'The page reaches the branch through its contract only.',
};

const zod: Restriction = {
  regex: '^zod(?:/|$)',
  message: 'zod stays in the main process; the page takes types from the contract.',
  allowTypeImports: true,
};

const restrictions = { sql, electron, contractValues, rooms, zod } as const;

/** The import rule with the named confinements switched on. */
export function confine(...names: (keyof typeof restrictions)[]): Linter.RulesRecord {
  return { '@typescript-eslint/no-restricted-imports': ['error', { patterns: names.map((name) => restrictions[name]) }] };
}
