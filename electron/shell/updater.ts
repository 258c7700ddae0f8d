// Looks for a newer Tawi in the background and lays it ready. It is installed only when the program ends anyway and the branch is quiet: no
// drawer open, nothing being sent. What is not signed by whoever releases Tawi is never fetched. A look that fails says nothing to staff; the next one will do.

import type { App } from 'electron';
import type { Diagnostics } from '../ports/clock.ts';
import { isSignedUpdate, UPDATE_KEY } from './updateSignature.ts';

const LOOK_EVERY_MS = 6 * 60 * 60 * 1_000;
const FIRST_LOOK_MS = 60_000;

interface UpdaterParts {
  readonly app: App;
  readonly diagnostics: Diagnostics;
  /** True when ending and being replaced would disturb nobody. */
  readonly isQuiet: () => boolean;
}

/** The members of the updater that a look needs. */
export interface UpdaterLike {
  checkForUpdates(): Promise<{ readonly isUpdateAvailable: boolean; readonly updateInfo: object } | null>;
  downloadUpdate(): Promise<unknown>;
}

/** Fetches what is newer and signed by us; anything else is left where it is. */
export async function lookForUpdate(updater: UpdaterLike, diagnostics: Diagnostics, key: string | null): Promise<void> {
  try {
    const found = await updater.checkForUpdates();
    if (found?.isUpdateAvailable !== true) return;
    if (!isSignedUpdate(found.updateInfo, key)) {
      diagnostics.record('warning', 'update.notSigned');
      return;
    }
    await updater.downloadUpdate();
  } catch {
    diagnostics.record('info', 'update.notReached');
  }
}

export async function watchForUpdates({ app, diagnostics, isQuiet }: UpdaterParts): Promise<void> {
  // A copy that was never packed has no release to compare itself with, and one that knows nobody's key takes nothing from anybody.
  if (!app.isPackaged) return;
  if (UPDATE_KEY === null) {
    diagnostics.record('info', 'update.noKey');
    return;
  }
  const updaterPackage = await import('electron-updater');
  const { autoUpdater } = updaterPackage.default;
  autoUpdater.logger = null;
  // Nothing is fetched before its signature was checked.
  autoUpdater.autoDownload = false;
  autoUpdater.allowDowngrade = false;
  autoUpdater.disableWebInstaller = true;
  // Must be on while downloading, or the updater never listens for the end; the last word is said at the end itself, below.
  autoUpdater.autoInstallOnAppQuit = true;
  autoUpdater.on('update-downloaded', () => diagnostics.record('info', 'update.ready'));
  autoUpdater.on('error', () => diagnostics.record('warning', 'update.failed'));
  app.on('before-quit', () => {
    autoUpdater.autoInstallOnAppQuit = isQuiet();
  });

  const look = (): void => void lookForUpdate(autoUpdater, diagnostics, UPDATE_KEY);
  setTimeout(look, FIRST_LOOK_MS).unref();
  setInterval(look, LOOK_EVERY_MS).unref();
}
