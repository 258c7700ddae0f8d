// What a packed program lets itself be started with. Whoever can write a shortcut can give words to it: a port for a debugger that reads and works
// the page, a folder with other books, a store of secrets that is none, a certificate that nobody vouches for. So nothing is taken but what
// is listed here; what Chromium or Node may learn to understand one day is refused today.

import { WrongWords } from './startWords.ts';

/** With and without a value. Each is harmless: what is shown and how, and what the system and our own installer add. */
const ALLOWED: ReadonlySet<string> = new Set([
  'practice',
  'clients',
  'seed',
  // How it looks on a screen that Chromium judges wrongly.
  'lang',
  'force-device-scale-factor',
  'disable-gpu',
  'ozone-platform',
  'ozone-platform-hint',
  // Of our own installer, after an update.
  'updated',
  'force-run',
]);

/** Chromium on Windows takes a stroke for a dash. Anything else is a file that somebody dropped here: it means nothing and is passed over. */
function isWord(text: string, platform: NodeJS.Platform): boolean {
  return text.startsWith('-') || (platform === 'win32' && text.startsWith('/'));
}

function nameOf(word: string): string {
  return (word.replace(/^[-/]+/, '').split('=', 1)[0] ?? '').toLowerCase();
}

/** Throws WrongWords, naming the first word that is not allowed and never its value. */
export function refuseForeignWords(words: readonly string[], platform: NodeJS.Platform): void {
  const foreign = words.find((word) => isWord(word, platform) && !/^-psn_\d+_\d+$/.test(word) && !ALLOWED.has(nameOf(word)));
  if (foreign !== undefined)
    throw new WrongWords(`Tawi does not start with --${nameOf(foreign)}. Remove it from the shortcut that starts Tawi.`);
}
