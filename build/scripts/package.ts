// Builds the installers into release/. Needs the network once (Electron, NSIS) and, for a release that people install, a
// certificate and the publisher's address in electron-builder.yml. Never publishes: uploading is a person's decision.
import { join } from 'node:path';
import { binOf } from './binOf.ts';
import { buildBundles } from './build.ts';
import { projectRoot } from './projectRoot.ts';
import { runForeground } from './runForeground.ts';
import { showHelp } from './showHelp.ts';
import { signUpdates } from './signUpdates.ts';

const help = `
npm run package -- [--win] [--linux] [--mac] [--dir]     installers in release/, for this system if none is named
npm run package -- --sign-update KEYFILE                 signs release/latest*.yml with an Ed25519 key (PEM): unsigned updates are refused

Everything else is handed on to electron-builder, for example -c.electronDist=FOLDER.
`;

export async function main(args: readonly string[]): Promise<number> {
  if (showHelp(args, help)) return 0;
  const signing = args.indexOf('--sign-update');
  if (signing >= 0) return signUpdates(join(projectRoot, 'release'), args[signing + 1]);
  await buildBundles();
  return runForeground({ command: process.execPath, args: [binOf('electron-builder'), ...args, '--publish', 'never'] });
}
