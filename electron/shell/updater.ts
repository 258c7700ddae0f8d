// Looks for a newer Tawi in the background and lays it ready. It is installed only when the program ends anyway and the branch is quiet: no
// drawer open, nothing being sent. A look that fails says nothing to staff; the next one will do.

import type { App } from 'electron';
import type { Diagnostics } from '../ports/clock.ts';

const LOOK_EVERY_MS = 6 * 60 * 60 * 1_000;
const FIRST_LOOK_MS = 60_000;

interface UpdaterParts {
  readonly app: App;
  readonly diagnostics: Diagnostics;
  /** True when ending and being replaced would disturb nobody. */
  readonly isQuiet: () => boolean;
}

export async function watchForUpdates({ app, diagnostics, isQuiet }: UpdaterParts): Promise<void> {
  // A copy that was never packed has no release to compare itself with.
  if (!app.isPackaged) return;
  const updaterPackage = await import('electron-updater');
  const { autoUpdater } = updaterPackage.default;
  autoUpdater.logger = null;
  autoUpdater.autoDownload = true;
  autoUpdater.allowDowngrade = false;
  // Must be on while downloading, or the updater never listens for the end; the last word is said at the end itself, below.
  autoUpdater.autoInstallOnAppQuit = true;
  autoUpdater.on('update-downloaded', () => diagnostics.record('info', 'update.ready'));
  autoUpdater.on('error', () => diagnostics.record('warning', 'update.failed'));
  app.on('before-quit', () => {
    autoUpdater.autoInstallOnAppQuit = isQuiet();
  });

  const look = (): void => {
    autoUpdater.checkForUpdates().catch(() => diagnostics.record('info', 'update.notReached'));
  };
  setTimeout(look, FIRST_LOOK_MS).unref();
  setInterval(look, LOOK_EVERY_MS).unref();
}
