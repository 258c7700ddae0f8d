// The browser tests. e2e: people at the built page, each spec with its own branch in plain Node. desktop: the desktop program's
// own shell, in the real Electron where it is there and on a stand-in where it is not. Both need "npm run build" first.
import { defineConfig } from '@playwright/test';
import { findChromium } from './build/scripts/findChromium.ts';

const executablePath = findChromium();

export default defineConfig({
  fullyParallel: true,
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // A test that needs a second try has found something. Where nobody watches the machine it may have one, and the report says so.
  retries: process.env['CI'] === undefined ? 0 : 1,
  forbidOnly: true,
  outputDir: 'test-results',
  reporter: [['list'], ['json', { outputFile: '.cache/results/playwright.json' }]],
  use: {
    viewport: { width: 1366, height: 768 },
    locale: 'en-GB',
    screenshot: 'only-on-failure',
    // A trace of every step is a fifth of the work: where there is a second try it is made then, elsewhere with --trace on.
    trace: 'on-first-retry',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
      ],
    },
  },
  projects: [
    { name: 'e2e', testDir: 'tests/e2e', testMatch: '**/*.spec.ts' },
    { name: 'desktop', testDir: 'tests/desktop', testMatch: '**/*.spec.ts' },
  ],
});
