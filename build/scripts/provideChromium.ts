// Sees to it that there is a Chromium: finds one, or fetches Playwright's, or on Debian as root installs the system's. Says in
// one sentence what a person can do when none of that works; never leaves a test run to fail for a reason it does not name.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { binOf } from './binOf.ts';
import { findChromium } from './findChromium.ts';

const fetchTimeoutMs = 300_000;

function fetchWithPlaywright(): void {
  spawnSync(process.execPath, [binOf('playwright'), 'install', 'chromium'], { stdio: 'ignore', timeout: fetchTimeoutMs });
}

function installOnDebian(): void {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', timeout: fetchTimeoutMs, env });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { stdio: 'ignore', timeout: fetchTimeoutMs, env });
}

/** The path of a Chromium. Throws an Error with an instruction if there is none and none can be had. */
export function provideChromium(): string {
  const found = findChromium();
  if (found !== undefined) return found;
  for (const attempt of [fetchWithPlaywright, installOnDebian]) {
    console.log(`No Chromium here yet: ${attempt === fetchWithPlaywright ? 'asking Playwright for one' : 'asking the system for one'}.`);
    attempt();
    const brought = findChromium();
    if (brought !== undefined) return brought;
  }
  throw new Error(
    'No Chromium was found and none could be fetched. Install Chromium, Chrome or Edge, or name one in the environment variable TAWI_CHROMIUM.',
  );
}
