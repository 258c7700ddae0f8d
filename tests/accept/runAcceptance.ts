// One acceptance run: the institution is made, two PCs of its branch are opened, and the chapters are walked in their order. A chapter that
// breaks off counts as one that did not hold; those that need it are not walked.

import { join } from 'node:path';
import type { BranchPc } from './branch/pc.ts';
import { openPc } from './branch/pc.ts';
import { CHAPTERS } from './chapters.ts';
import type { ApiPerson } from './headOffice/api.ts';
import { createApi } from './headOffice/api.ts';
import { isEmpty, seedInstitution } from './headOffice/institution.ts';
import type { Line } from './headOffice/line.ts';
import { openLine } from './headOffice/line.ts';
import type { Server } from './headOffice/server.ts';
import { describeServer, tellDatabase } from './headOffice/server.ts';
import type { Report } from './report.ts';
import { openStage } from './stage.ts';

interface RunOptions {
  readonly address: string;
  readonly tenant: string;
  readonly administrator: ApiPerson;
  readonly zone: string;
  /** Where the PCs keep their books. */
  readonly folder: string;
  /** Names of chapters; null for all. */
  readonly only: readonly string[] | null;
  readonly practice: boolean;
  readonly report: Report;
  readonly say: (line: string) => void;
}

export interface Run {
  readonly server: Server;
  readonly about: Readonly<Record<string, string>>;
}

function dayIn(zone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(Date.now());
}

export async function runAcceptance({
  address,
  tenant,
  administrator,
  zone,
  folder,
  only,
  practice,
  report,
  say,
}: RunOptions): Promise<Run> {
  const startedAt = new Date();
  const api = createApi(address, tenant, administrator);
  const described = await describeServer(api, address);
  say(`head office: ${practice ? 'practice' : described.version}`);
  for (const [name, value] of Object.entries(described.features)) say(`  ${name}: ${value}`);
  if (!(await isEmpty(api)))
    throw new Error('This tenant has clients or products already. An acceptance run fills an empty test tenant, and nothing else.');
  const today = dayIn(zone);
  const seeding = performance.now();
  const institution = await seedInstitution(api, today, say);
  const server = { ...described, database: practice ? 'practice' : await tellDatabase(api) };
  say(`  database, as far as it can be told: ${server.database}`);
  report.figure('seeding the institution', Math.round(performance.now() - seeding) / 1000, 's');

  const lines: Line[] = [];
  const pcs: BranchPc[] = [];
  try {
    const open = async (name: string): Promise<BranchPc> => {
      const line = await openLine(address);
      lines.push(line);
      const pc = await openPc(name, join(folder, name), line);
      pcs.push(pc);
      return pc;
    };
    for (const name of ['first', 'second']) await open(name);
    const [pc, secondPc] = pcs;
    if (pc === undefined || secondPc === undefined) throw new Error('two PCs were opened');
    let walking = '';
    const stage = openStage({
      api,
      address,
      tenant,
      zone,
      administrator,
      institution,
      today,
      pc,
      secondPc,
      opened: [],
      openFreshPc: () => open(`fresh${String(pcs.length)}`),
      check: (name, wrong) => report.check(walking, name, wrong),
      figure: (name, value, unit) => report.figure(name, value, unit),
      say,
      apiOf: (person) => createApi(address, tenant, person),
    });
    for (const chapter of CHAPTERS) {
      if (only !== null && chapter.needed !== true && !only.includes(chapter.name)) continue;
      walking = chapter.name;
      say(`${chapter.name}: ${chapter.what}`);
      const before = lines.map((line) => line.traffic());
      const began = performance.now();
      let brokeOff = false;
      try {
        await chapter.walk(stage);
      } catch (error) {
        brokeOff = true;
        report.check(chapter.name, 'the chapter can be walked to its end', [error instanceof Error ? error.message : 'it broke off']);
      } finally {
        // Whatever happened, the next chapter begins with a good line.
        for (const line of lines) {
          line.hold(null);
          line.disarm();
          line.setCut(false);
        }
      }
      const sum = (of: 'requests' | 'bytes'): number =>
        lines.reduce((all, line, at) => all + line.traffic()[of] - (before[at]?.[of] ?? 0), 0);
      const cost = {
        chapter: chapter.name,
        what: chapter.what,
        requests: sum('requests'),
        kilobytes: sum('bytes') / 1000,
        seconds: (performance.now() - began) / 1000,
      };
      report.cost(cost);
      say(`  ${String(cost.requests)} requests, ${cost.kilobytes.toFixed(0)} kB, ${cost.seconds.toFixed(1)} s`);
      if (brokeOff && chapter.needed === true) {
        say(`Without ${chapter.name} nothing more can be walked.`);
        break;
      }
    }
  } finally {
    for (const pc of pcs) await pc.close();
    for (const line of lines) await line.close();
  }
  return {
    server,
    about: {
      date: startedAt.toISOString().slice(0, 16).replace('T', ' '),
      'head office': practice ? 'practice' : 'real',
      chapters: only === null ? 'all' : only.join(', '),
      seconds: String(Math.round((Date.now() - startedAt.getTime()) / 1000)),
    },
  };
}
