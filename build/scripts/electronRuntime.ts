// Finds Electron's runtime, or fetches it where it can be had. npm ci brings only Electron's installer, so that a computer
// without a way to the download site still installs and tests everything else. Never waits long for a network that is not there.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { binOf } from './binOf.ts';
import { projectRoot } from './projectRoot.ts';

const reachTimeoutMs = 4_000;
/** Long enough for a download on a slow line. */
const downloadTimeoutMs = 900_000;
/** Long enough to unpack a copy that an earlier download left in the cache. */
const unpackTimeoutMs = 20_000;

export type ElectronRuntime = { readonly executable: string } | { readonly missing: string };

/** The runtime as it lies here now; nothing is fetched. */
export function findElectron(): string | undefined {
  const folder = join(projectRoot, 'node_modules/electron');
  const pathFile = join(folder, 'path.txt');
  const file = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : process.platform === 'win32' ? 'electron.exe' : 'electron';
  const executable = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), file);
  return existsSync(executable) ? executable : undefined;
}

function downloadSite(): { host: string; port: number } {
  const mirror = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'];
  const address = new URL(mirror ?? 'https://github.com');
  return { host: address.hostname, port: Number(address.port) || (address.protocol === 'http:' ? 80 : 443) };
}

function canReach(site: { host: string; port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ ...site, timeout: reachTimeoutMs });
    const answer = (reached: boolean): void => {
      socket.destroy();
      resolve(reached);
    };
    socket.once('connect', () => {
      answer(true);
    });
    socket.once('timeout', () => {
      answer(false);
    });
    socket.once('error', () => {
      answer(false);
    });
  });
}

/** Why a window cannot open here at all, whatever runtime there is. */
function noDesktop(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  if (process.env['DISPLAY'] === undefined && process.env['WAYLAND_DISPLAY'] === undefined) return 'this computer has no display';
  if (process.getuid?.() === 0) return 'Electron refuses to run as root with its sandbox on';
  return undefined;
}

/** The runtime, fetched if need be; or one short reason why there is none. */
export async function provideElectron(): Promise<ElectronRuntime> {
  const withoutDesktop = noDesktop();
  if (withoutDesktop !== undefined) return { missing: withoutDesktop };
  const present = findElectron();
  if (present !== undefined) return { executable: present };

  const site = downloadSite();
  const reached = await canReach(site);
  if (reached) console.log("Fetching Electron's runtime (about 120 MB, once) ...");
  spawnSync(process.execPath, [binOf('electron', 'install-electron')], {
    cwd: projectRoot,
    stdio: 'ignore',
    timeout: reached ? downloadTimeoutMs : unpackTimeoutMs,
  });
  const fetched = findElectron();
  if (fetched !== undefined) return { executable: fetched };
  return { missing: reached ? `its download from ${site.host} failed` : `${site.host}, where it is downloaded from, cannot be reached` };
}
