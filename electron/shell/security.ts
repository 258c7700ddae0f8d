// What no window of this program may ever do, whatever page runs in it: leave our page, be redirected from it, open another window, or host
// a foreign one. An address that a person may want to read is opened by the system's browser, and only if it stands in the list.

import type { App, WebContents } from 'electron';
import { shell } from 'electron';
import type { Diagnostics } from '../ports/clock.ts';
import { isOurAddress } from './pageOrigin.ts';

/** Addresses that may be opened outside, each with its reason. */
const OUTSIDE: readonly string[] = [
  // The head office's own documentation, for the administrator's page.
  'https://fineract.apache.org/',
];

function mayOpenOutside(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { href } = new URL(address);
  return OUTSIDE.some((allowed) => href.startsWith(allowed));
}

function confine(contents: WebContents, diagnostics: Diagnostics): void {
  contents.on('will-navigate', (details) => {
    if (isOurAddress(details.url)) return;
    details.preventDefault();
    diagnostics.record('warning', 'window.navigationRefused');
  });
  // Our own protocol never redirects, so any redirect is somebody else's.
  contents.on('will-redirect', (details) => {
    details.preventDefault();
    diagnostics.record('warning', 'window.redirectRefused');
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    diagnostics.record('warning', 'window.webviewRefused');
  });
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) {
      shell.openExternal(url).catch((error: unknown) => diagnostics.incident(error, 'openExternal'));
    } else {
      diagnostics.record('warning', 'window.openRefused');
    }
    return { action: 'deny' };
  });
}

/** Holds for every window there will ever be, so it is called before the first one. */
export function confineWindows(app: App, diagnostics: Diagnostics): void {
  app.on('web-contents-created', (_event, contents) => confine(contents, diagnostics));
}
