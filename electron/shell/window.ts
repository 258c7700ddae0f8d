// The one window. Its page runs sandboxed, isolated and without Node; it is shown when it has something to show, and brought back when its
// process dies, because the branch behind it has lost nothing.

import { BrowserWindow } from 'electron';
import type { Diagnostics } from '../ports/clock.ts';
import type { WindowContents } from '../host/ipcHost.ts';
import { PAGE_ADDRESS } from './pageOrigin.ts';

interface WindowParts {
  readonly preload: string;
  readonly diagnostics: Diagnostics;
  /** Developer tools are for builds that were never packed. */
  readonly devTools: boolean;
  readonly announce: (contents: WindowContents) => void;
}

export interface BranchWindow {
  /** To the front, also when it was minimised. */
  show(): void;
}

export function openWindow({ preload, diagnostics, devTools, announce }: WindowParts): BranchWindow {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    autoHideMenuBar: true,
    title: 'Tawi',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      webSecurity: true,
      spellcheck: false,
      devTools,
    },
  });
  announce(window.webContents);
  window.once('ready-to-show', () => window.show());
  window.webContents.on('render-process-gone', (_event, details) => {
    diagnostics.record('fault', 'window.processGone', { reason: details.reason, exitCode: details.exitCode });
    if (details.reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload();
  });
  window.loadURL(PAGE_ADDRESS).catch((error: unknown) => diagnostics.incident(error, 'window.load'));

  return {
    show() {
      if (window.isDestroyed()) return;
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
  };
}
