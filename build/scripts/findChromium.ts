// Finds a Chromium that tests and the browser page can use, without fetching anything. Order: what the caller names, what
// Playwright brought, what the system has.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';

function systemBrowsers(): string[] {
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => process.env[name] ?? []);
    const places = [
      'Google\\Chrome\\Application\\chrome.exe',
      'Chromium\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ];
    return places.flatMap((place) => roots.map((root) => join(root, place)));
  }
  if (process.platform === 'darwin') {
    return [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ];
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable'];
  const folders = (process.env['PATH'] ?? '').split(':').filter((folder) => folder !== '');
  return names.flatMap((name) => [...folders, '/usr/bin', '/snap/bin'].map((folder) => join(folder, name)));
}

/** The path of a Chromium, or undefined if this computer has none. */
export function findChromium(): string | undefined {
  const named = process.env['TAWI_CHROMIUM'];
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`TAWI_CHROMIUM names ${named}, which does not exist.`);
    return named;
  }
  return [chromium.executablePath(), ...systemBrowsers()].find((path) => existsSync(path));
}
