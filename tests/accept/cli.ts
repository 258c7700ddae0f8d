// npm run accept: an institution's technician sees whether Tawi and their head office understand each other. Seeds an empty tenant, founds a
// branch of two PCs in a temporary folder, walks every capability over a bad line, compares three books, and leaves a report. Without an
// address it walks the practice head office, as npm test does. Closes with a line "N passed, N failed".

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { isKnownZone } from '../../electron/host/ports/wallClock.ts';
import { CHAPTERS } from './chapters.ts';
import type { ApiPerson } from './headOffice/api.ts';
import { openPracticeTenant } from './headOffice/practiceTenant.ts';
import { createReport } from './report.ts';
import { runAcceptance } from './runAcceptance.ts';

const HELP = `
npm run accept -- --address URL --tenant T     walks every capability of Tawi against an empty test tenant of your head office

  --address URL   https://host:8443; plain http for this computer only
  --tenant T      the tenant: it has to be empty, and is full of made-up people afterwards. Never your own books.
  --zone Z        the tenant's time zone, such as Africa/Nairobi (this computer's)
  --only A,B      only these chapters (and what they need): ${CHAPTERS.map((chapter) => chapter.name).join(', ')}
  --report FILE   where the report goes: FILE.txt and FILE.json (accept-report in this folder)
  --practice      against a practice head office of its own, which is what happens without an address
  --keep          leave the branch's folder where it is, and say where
  --help          these words

The administrator's user and password come from TAWI_ACCEPT_USER and TAWI_ACCEPT_PASSWORD, or are asked for. docs/head-office.md says what
the answers mean. The exit code is 0 only if everything held.
`;

function say(line: string): void {
  console.log(line);
}

async function asked(question: string, hidden: boolean): Promise<string> {
  if (!process.stdin.isTTY) throw new Error('Give the administrator in TAWI_ACCEPT_USER and TAWI_ACCEPT_PASSWORD: there is nobody to ask.');
  const reader = createInterface({ input: process.stdin, output: process.stdout, terminal: true });
  try {
    return await new Promise((resolve) => {
      reader.question(question, resolve);
      // What is typed from here on is not shown.
      if (hidden) (reader as unknown as { _writeToOutput: (text: string) => void })._writeToOutput = () => undefined;
    });
  } finally {
    reader.close();
    if (hidden) process.stdout.write('\n');
  }
}

async function administratorOf(): Promise<ApiPerson> {
  const username = process.env['TAWI_ACCEPT_USER'] ?? (await asked('Administrator: ', false));
  const password = process.env['TAWI_ACCEPT_PASSWORD'] ?? (await asked('Password: ', true));
  return { username, password };
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      address: { type: 'string' },
      tenant: { type: 'string' },
      zone: { type: 'string' },
      only: { type: 'string' },
      report: { type: 'string' },
      practice: { type: 'boolean' },
      keep: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) {
    say(HELP.trim());
    return 0;
  }
  const zone = values.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!isKnownZone(zone)) throw new Error(`--zone ${zone} is not a time zone, such as Africa/Nairobi.`);
  const only = values.only?.split(',').map((name) => name.trim()) ?? null;
  const unknown = only?.filter((name) => !CHAPTERS.some((chapter) => chapter.name === name)) ?? [];
  if (unknown.length > 0) throw new Error(`There is no chapter ${unknown.join(', ')}. --help names them.`);
  if ((values.address === undefined) !== (values.tenant === undefined)) throw new Error('--address and --tenant go together.');
  if (values.address !== undefined && !URL.canParse(values.address))
    throw new Error(`--address wants a URL such as https://host:8443, not '${values.address}'.`);

  const folder = mkdtempSync(join(tmpdir(), 'tawi-accept-'));
  const report = createReport(say);
  const practice = values.address === undefined ? await openPracticeTenant(zone) : null;
  try {
    const administrator = practice?.administrator ?? (await administratorOf());
    const address = practice?.address ?? values.address ?? '';
    const tenant = practice?.tenant ?? values.tenant ?? '';
    const { server, about } = await runAcceptance({
      address,
      tenant,
      administrator,
      zone,
      folder,
      only,
      practice: practice !== null,
      report,
      say,
    });
    const file = values.report ?? (practice === null ? 'accept-report' : null);
    if (file !== null) {
      writeFileSync(`${file}.txt`, report.text(server, about));
      writeFileSync(`${file}.json`, report.json(server, about));
      say(`Report: ${file}.txt and ${file}.json`);
    }
  } finally {
    await practice?.close();
    if (values.keep === true) say(`Left in ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  }
  const failed = report.failed();
  for (const check of failed) say(`failed: ${check.chapter}: ${check.name}: ${check.detail}`);
  say(`${String(report.checks().length - failed.length)} passed, ${String(failed.length)} failed`);
  return failed.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error && error.name === 'Error' ? error.message : error);
  process.exitCode = 1;
}
