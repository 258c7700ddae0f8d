// What the linter holds everyone to: the strict type-checked set, Vue and translation checks, and the guards of the house.
// A rule is switched off only with its reason beside it. Layout is Prettier's business, the import graph dependency-cruiser's.
import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import vueI18n from '@intlify/eslint-plugin-vue-i18n';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { houseGuards } from './build/lint/houseGuards.ts';
import { confine } from './build/lint/roomImports.ts';

const typed = ['**/*.ts', '**/*.vue'];
const vueI18nForPages = vueI18n.configs.recommended.map((config) => ({
  ...config,
  files: config.files ?? ['renderer/**/*.vue', 'renderer/**/*.ts', 'renderer/locales/**/*.json'],
}));

export default defineConfig(
  globalIgnores(['dist/', 'release/', 'coverage/', 'test-results/', 'playwright-report/', 'node_modules/', '.tawi/', '.cache/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  { files: typed, extends: [js.configs.recommended, ...tseslint.configs.strictTypeChecked] },
  { files: ['**/*.vue'], extends: [...vue.configs['flat/recommended']] },
  {
    files: typed,
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.vue'] },
    },
    plugins: { house: houseGuards },
    rules: {
      // TypeScript resolves names itself, and knows the platform of each room better than a list of globals.
      'no-undef': 'off',
      'house/explicit-extension': 'error',
      'house/opens-with-comment': 'error',
      'house/no-raw-electron': 'error',
      // == null asks for null and undefined at once, which is what is meant wherever it stands.
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      // Numbers and booleans read well in a message; objects do not.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // A callback that returns nothing may be written as one line.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A name with an underscore says that the place demands it and the code does not.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // An async method that has nothing to await still keeps the promise of its port.
      '@typescript-eslint/require-await': 'off',
    },
  },
  { files: ['**/*.vue'], languageOptions: { parserOptions: { parser: tseslint.parser } } },

  // Time and chance are ports. The files that wrap the real ones are named here, one by one.
  {
    files: [
      'shared/**/*.ts',
      'electron/**/*.ts',
      'renderer/**/*.{ts,vue}',
      'tests/{unit,store,contract,practice,scenarios,simulation}/**/*.ts',
    ],
    ignores: ['electron/host/nodePorts.ts', 'electron/host/ports/**/*.ts', 'renderer/app/wallClock.ts'],
    rules: { 'house/no-ambient-clock': 'error' },
  },
  // Commands are synchronous; what reads files, stretches passwords or wires ports may wait.
  {
    files: ['electron/{branch,journal}/**/*.ts'],
    ignores: [
      'electron/branch/{session,files}/**/*.ts',
      'electron/branch/createBranch.ts',
      // A handler may wait for a password or an answer before it hands over to a use case, which may not.
      'electron/branch/*/handlers.ts',
      // These ask head office a question before they write; none of them moves cash.
      'electron/branch/headOffice/**/*.ts',
      'electron/branch/foundBranch.ts',
      'electron/branch/moveHeadOffice.ts',
      'electron/branch/clients/{refreshClient,readPapers}.ts',
      'electron/branch/loans/askPayOff.ts',
      'electron/branch/exceptions/askBeforeSettling.ts',
      'electron/branch/exceptions/askTransactions.ts',
      // Speaks with printers after the commit; it is no use case.
      'electron/branch/printing/spooler.ts',
    ],
    rules: { 'house/no-await-in-commands': 'error' },
  },

  // Packages confined to rooms. Later entries widen what a room may reach.
  { files: ['shared/**/*.ts', 'electron/**/*.ts'], rules: confine('sql', 'electron') },
  { files: ['electron/{store,practice}/**/*.ts'], rules: confine('electron') },
  { files: ['electron/shell/**/*.ts', 'electron/main.ts', 'electron/preload.ts', 'electron/host/ipcHost.ts'], rules: confine('sql') },
  { files: ['electron/host/ipcHost.ts', 'electron/shell/security.ts'], rules: { 'house/no-raw-electron': 'off' } },
  { files: ['renderer/**/*.{ts,vue}'], rules: confine('sql', 'electron', 'contractValues', 'rooms', 'zod') },

  // The page.
  ...vueI18nForPages,
  {
    files: ['renderer/**/*.{ts,vue}', 'renderer/locales/**/*.json'],
    settings: {
      'vue-i18n': {
        localeDir: { pattern: './renderer/locales/*/*.json', localeKey: 'path', localePattern: /^.*\/(?<locale>[a-z-]+)\/[^/]+\.json$/i },
        messageSyntaxVersion: '^11.0.0',
      },
    },
    rules: {
      '@intlify/vue-i18n/no-missing-keys': 'error',
      '@intlify/vue-i18n/no-missing-keys-in-other-locales': 'error',
      '@intlify/vue-i18n/no-html-messages': 'error',
      '@intlify/vue-i18n/valid-message-syntax': 'error',
      '@intlify/vue-i18n/no-v-html': 'error',
    },
  },
  {
    files: ['renderer/**/*.vue'],
    rules: {
      '@intlify/vue-i18n/no-raw-text': ['error', { ignorePattern: '^[\\s\\d\\p{P}\\p{S}]*$', ignoreText: ['Tawi'] }],
      // Components are imported by name, so Money cannot be taken for an element of HTML.
      'vue/multi-word-component-names': 'off',
      // Types say which props may be missing; a default for each would say it twice.
      'vue/require-default-prop': 'off',
      // A form is handed down as an object with its own refs; replacing the object itself is still refused.
      'vue/no-mutating-props': ['error', { shallowOnly: true }],
      'vue/no-v-html': 'error',
      'vue/no-v-text-v-html-on-component': 'error',
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-macros-order': 'error',
      'vue/no-unused-refs': 'error',
    },
  },

  {
    files: ['renderer/**/*.{ts,vue}', 'tests/ui/**/*.ts'],
    // const { t } = useI18n() is how vue-i18n is meant to be used; its types declare the functions as methods.
    rules: { '@typescript-eslint/unbound-method': 'off' },
  },
  {
    files: ['renderer/**/*.vue', 'tests/ui/**/*.ts'],
    // ESLint cannot see what another component exposes, and calls it untyped. vue-tsc sees it, and checks these uses.
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },

  // Command lines speak to a person through the console; pages, branch and host do not.
  { files: ['build/scripts/**/*.ts', 'tests/{accept,reckon,simulation,crash,bench}/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['tests/**/*.ts'],
    rules: {
      // A test that reads a missing row should fail at that line, and says so shorter with an exclamation mark.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // vitest's expect(x.method) and empty doubles are the usual form.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
  prettier,
);
