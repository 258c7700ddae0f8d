// Builds the installers into release/. Needs the network once (Electron, NSIS) and, for a release that people install, a
// certificate and the publisher's address in electron-builder.yml. Never publishes: uploading is a person's decision.
import { binOf } from './binOf.ts';
import { buildBundles } from './build.ts';
import { runForeground } from './runForeground.ts';
import { showHelp } from './showHelp.ts';

const help = `
npm run package -- [--win] [--linux] [--mac] [--dir]     installers in release/, for this system if none is named

Everything else is handed on to electron-builder, for example -c.electronDist=FOLDER.
`;

export async function main(args: readonly string[]): Promise<number> {
  if (showHelp(args, help)) return 0;
  await buildBundles();
  return runForeground({ command: process.execPath, args: [binOf('electron-builder'), ...args, '--publish', 'never'] });
}
