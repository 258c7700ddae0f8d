// The branch in plain Node, its page in any browser of this computer: for a PC without a desktop runtime, for development, and under every
// browser test. Prints its address as the last line of its start, and ends cleanly when it is asked to.

import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { FolderUnclaimable } from './composition/claimFolder.ts';
import { dataFolder } from './composition/dataFolder.ts';
import { FolderInUse, openTawi } from './composition/openTawi.ts';
import type { Tawi } from './composition/openTawi.ts';
import { hasPracticeHeadOffice } from './composition/practiceHeadOffice.ts';
import { readStartWords, WrongWords } from './composition/startWords.ts';
import type { StartWords } from './composition/startWords.ts';
import { builtPage, isBuilt } from './host/builtPage.ts';
import type { LanHost } from './host/lanHost.ts';
import { openLanHost } from './host/lanHost.ts';
import { keyFileOf, keyFileWrap } from './host/ports/keyFileWrap.ts';

const HELP = `
node electron/serve.ts [options]     the branch in plain Node, its page in any browser of this computer

  --practice       with the practice head office and a made-up branch; nothing in it has value
  --clients 420    how many clients a new practice branch has
  --seed N         which made-up branch: the same number gives the same people
  --port P         where the page is served, on this computer only (4370 if it is free)
  --data DIR       where the branch keeps its books (.tawi in this folder)
  --help           these words
`;

const USUAL_PORT = 4_370;
const USUAL_CLIENTS = 420;
const USUAL_SEED = 20_261_120;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function complain(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** The program lies in electron/ as sources and in dist/serve/ when built; the page is in dist/renderer either way. */
function pageFolder(): string {
  const root = [join(import.meta.dirname, '..'), join(import.meta.dirname, '../..')].find((folder) =>
    existsSync(join(folder, 'package.json')),
  );
  return join(root ?? dirname(import.meta.dirname), 'dist/renderer');
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

async function openHost(tawi: Tawi, folder: string, wanted: number | null): Promise<LanHost> {
  const parts = { doorway: tawi.doorway, page: builtPage(folder), diagnostics: tawi.diagnostics, monotonicMs: () => performance.now() };
  try {
    return await openLanHost({ ...parts, port: wanted ?? USUAL_PORT });
  } catch (error) {
    // Nobody asked for the usual port, so another will do.
    if (wanted === null && isPortTaken(error)) return openLanHost({ ...parts, port: 0 });
    throw error;
  }
}

/** Founds the practice branch at once, or says why this folder will not have one. */
async function beginPractice(tawi: Tawi): Promise<string | null> {
  const caller = { channel: 'serve' };
  if (tawi.state() === 'firstRun') {
    say('Making up the practice branch ...');
    const answer = await tawi.doorway.call('session.openPractice', {}, caller);
    return answer.ok
      ? null
      : `The practice branch cannot be opened: ${answer.refusal.code}${answer.refusal.incidentId === undefined ? '' : `, incident ${answer.refusal.incidentId}`}.`;
  }
  const answer = await tawi.doorway.call('session.showStart', {}, caller);
  const branch = answer.ok ? (answer.value as { branch: { practice: boolean } | null }).branch : null;
  if (branch !== null && !branch.practice)
    return 'This folder holds a branch that is connected to a head office. Give --practice a folder of its own with --data.';
  return null;
}

async function serve(words: StartWords): Promise<number> {
  const folder = pageFolder();
  if (!isBuilt(folder)) {
    complain(`The page has not been built (${folder} has no index.html). Run: npm run build`);
    return 1;
  }
  const data = resolve(words.data ?? '.tawi');
  if ((words.clients ?? words.seed) !== null && hasPracticeHeadOffice(dataFolder(data))) {
    say('The practice branch in this folder is made up already: --clients and --seed change nothing.');
  }
  const ended = new Promise<NodeJS.Signals>((finish) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => finish(signal));
  });

  const tawi = await openTawi({
    dataFolder: data,
    keyWraps: [keyFileWrap(data)],
    practice: { clients: words.clients ?? USUAL_CLIENTS, seed: words.seed ?? USUAL_SEED },
    answers: 'strict',
  });
  try {
    say(`Books: ${data}`);
    const refusal = words.practice ? await beginPractice(tawi) : null;
    if (refusal !== null) {
      complain(refusal);
      return 1;
    }
    if (tawi.blockedBy() !== null) complain(`The branch does not open: ${tawi.blockedBy() ?? ''}. The page says what can be done.`);
    if (tawi.state() === 'open') {
      complain(
        `Warning: plain Node has no store of secrets. The key of these books lies beside them (${keyFileOf(data)}), so whoever copies the folder can read them.`,
      );
    }
    const host = await openHost(tawi, folder, words.port);
    try {
      say(host.address);
      await ended;
    } finally {
      await host.close();
    }
    return 0;
  } finally {
    await tawi.close();
  }
}

async function main(): Promise<number> {
  try {
    const words = readStartWords(process.argv.slice(2), 'strict');
    if (words.help) {
      say(HELP.trim());
      return 0;
    }
    return await serve(words);
  } catch (error) {
    if (error instanceof WrongWords || error instanceof FolderInUse || error instanceof FolderUnclaimable) complain(error.message);
    else if (isPortTaken(error)) complain('The port is taken by another program. Give another one with --port.');
    else throw error;
    return 1;
  }
}

process.exitCode = await main();
