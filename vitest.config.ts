// Where each kind of test runs. core: real Node and real SQLite in two forked processes, so that a crash of the native
// binding is no silence: the run ends with it. ui: the page's components in happy-dom. Nothing here needs a browser.
import vue from '@vitejs/plugin-vue';
import vuetify from 'vite-plugin-vuetify';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['./tests/guardRuntime.ts'],
    // Two cores are the measure: an office PC and the smallest build machine.
    maxWorkers: 2,
    testTimeout: 60_000,
    passWithNoTests: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'core',
          environment: 'node',
          pool: 'forks',
          // A process takes one file after the other: half of the time of a file went into loading what the one before it had loaded.
          isolate: false,
          include: ['tests/{unit,store,contract,practice,scenarios,simulation,crash,tidy,bad-input}/**/*.test.ts'],
        },
      },
      {
        extends: true,
        plugins: [vue(), vuetify({ autoImport: true })],
        test: {
          name: 'ui',
          environment: 'happy-dom',
          include: ['tests/ui/**/*.test.ts'],
          server: { deps: { inline: ['vuetify'] } },
        },
      },
    ],
  },
});
