// The desktop program: joins the branch with one window and nothing else. It must never await at its top level: an ES module that waits for
// Electron to be ready keeps it from ever becoming so.

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { app, dialog, ipcMain, safeStorage, session } from 'electron';
import { FolderUnclaimable } from './composition/claimFolder.ts';
import { FolderInUse, openTawi } from './composition/openTawi.ts';
import type { Tawi } from './composition/openTawi.ts';
import { refuseForeignWords } from './composition/packedWords.ts';
import { readStartWords, WrongWords } from './composition/startWords.ts';
import type { StartWords } from './composition/startWords.ts';
import { builtPage } from './host/builtPage.ts';
import { openIpcHost } from './host/ipcHost.ts';
import { keyFileWrap } from './host/ports/keyFileWrap.ts';
import { registerPageScheme, servePage } from './shell/appProtocol.ts';
import { arrangeMenu } from './shell/menu.ts';
import { PAGE_ORIGIN } from './shell/pageOrigin.ts';
import { restrictPermissions } from './shell/permissions.ts';
import { systemKeyWrap } from './shell/secrets.ts';
import { confineWindows } from './shell/security.ts';
import { isOnlyInstance } from './shell/singleInstance.ts';
import { watchForUpdates } from './shell/updater.ts';
import type { BranchWindow } from './shell/window.ts';
import { openWindow } from './shell/window.ts';

const USUAL_CLIENTS = 420;
const USUAL_SEED = 20_261_120;

/** dist/ holds the page and the bridge, whether this file runs bundled beside them or as a source. */
function distFolder(): string {
  const beside = join(import.meta.dirname, '..');
  return existsSync(join(beside, 'preload/preload.cjs')) ? beside : join(beside, 'dist');
}

let window: BranchWindow | null = null;

async function openProgram(words: StartWords, data: string): Promise<void> {
  const system = await systemKeyWrap(safeStorage);
  const keyFile = keyFileWrap(data);
  const tawi: Tawi = await openTawi({
    dataFolder: data,
    keyWraps: system === null ? [keyFile] : [system, keyFile],
    practice: { clients: words.clients ?? USUAL_CLIENTS, seed: words.seed ?? USUAL_SEED },
    answers: app.isPackaged ? 'lenient' : 'strict',
  });
  const { diagnostics, doorway } = tawi;
  if (system === null) diagnostics.record('warning', 'secrets.noSystemStore');
  if (words.practice && tawi.state() === 'firstRun') await doorway.call('session.openPractice', {}, { channel: 'start' });

  confineWindows(app, diagnostics);
  restrictPermissions(session.defaultSession);
  const dist = distFolder();
  servePage(builtPage(join(dist, 'renderer')));
  arrangeMenu();
  const ipc = openIpcHost({ ipcMain, doorway, diagnostics, origin: PAGE_ORIGIN });
  window = openWindow({
    preload: join(dist, 'preload/preload.cjs'),
    diagnostics,
    devTools: !app.isPackaged,
    announce: (contents) => ipc.announce(contents),
  });

  // The last word belongs to the books: the program ends only after they were closed.
  let ended = false;
  app.on('before-quit', (event) => {
    if (ended) return;
    event.preventDefault();
    ipc.close();
    tawi
      .close()
      .catch((error: unknown) => diagnostics.incident(error, 'close'))
      .finally(() => {
        ended = true;
        app.quit();
      });
  });
  app.on('window-all-closed', () => app.quit());

  await watchForUpdates({ app, diagnostics, isQuiet: () => tawi.isQuiet() });
}

/** There is no page yet to say it on. */
function giveUp(error: unknown): void {
  const why =
    error instanceof FolderInUse || error instanceof FolderUnclaimable || error instanceof WrongWords
      ? error.message
      : `Tawi cannot start. ${error instanceof Error ? error.name : ''}`;
  dialog.showErrorBox('Tawi', why);
  app.exit(1);
}

function start(words: StartWords): void {
  const data = words.data === null ? join(app.getPath('userData'), 'branch-data') : resolve(words.data);
  registerPageScheme();
  if (!isOnlyInstance(app, () => window?.show())) {
    app.quit();
    return;
  }
  app
    .whenReady()
    .then(() => openProgram(words, data))
    .catch(giveUp);
}

try {
  const words = process.argv.slice(1);
  // A program that people work with is not steered by whoever wrote its shortcut.
  if (app.isPackaged) refuseForeignWords(words, process.platform);
  start(readStartWords(words, 'lenient'));
} catch (error) {
  giveUp(error);
}
