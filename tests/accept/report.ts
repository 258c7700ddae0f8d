// What an acceptance run found, in a form that a technician may send to anybody: what the server is, what held, what did not, and what each
// capability cost. It holds no name of a person, no user, no password, no address and no tenant.

import type { Server } from './headOffice/server.ts';

export interface Check {
  readonly chapter: string;
  readonly name: string;
  readonly held: boolean;
  readonly detail: string;
}

export interface Cost {
  readonly chapter: string;
  readonly what: string;
  readonly requests: number;
  readonly kilobytes: number;
  readonly seconds: number;
}

export interface Report {
  check(chapter: string, name: string, wrong: readonly string[]): void;
  cost(cost: Cost): void;
  /** A figure of its own, such as the requests of the first pull. */
  figure(name: string, value: number, unit: string): void;
  checks(): readonly Check[];
  failed(): readonly Check[];
  text(server: Server, about: Readonly<Record<string, string>>): string;
  json(server: Server, about: Readonly<Record<string, string>>): string;
}

const SHOWN_MOST = 5;

export function createReport(say: (line: string) => void): Report {
  const checks: Check[] = [];
  const costs: Cost[] = [];
  const figures: { readonly name: string; readonly value: number; readonly unit: string }[] = [];
  const failed = (): readonly Check[] => checks.filter((check) => !check.held);
  return {
    check(chapter, name, wrong) {
      const shown = wrong.length > SHOWN_MOST ? [...wrong.slice(0, SHOWN_MOST), `and ${String(wrong.length - SHOWN_MOST)} more`] : wrong;
      const check = { chapter, name, held: wrong.length === 0, detail: shown.join('; ') };
      checks.push(check);
      if (!check.held) say(`  DID NOT HOLD  ${name}: ${check.detail}`);
    },
    cost(cost) {
      costs.push(cost);
    },
    figure(name, value, unit) {
      figures.push({ name, value, unit });
    },
    checks: () => checks,
    failed,
    text(server, about) {
      const lines = ['Tawi acceptance run', ''];
      for (const [name, value] of Object.entries(about)) lines.push(`${name}: ${value}`);
      lines.push(
        '',
        'Head office',
        `  what it says of itself: ${server.version}`,
        `  database, as far as it can be told: ${server.database}`,
      );
      for (const [name, value] of Object.entries(server.features)) lines.push(`  ${name}: ${value}`);
      lines.push('', 'Capability                          requests      kB   seconds   held');
      for (const cost of costs) {
        const mine = checks.filter((check) => check.chapter === cost.chapter);
        const held = mine.filter((check) => check.held).length;
        lines.push(
          `  ${cost.chapter.padEnd(32)}${String(cost.requests).padStart(10)}${cost.kilobytes.toFixed(0).padStart(8)}${cost.seconds.toFixed(1).padStart(10)}   ${String(held)} of ${String(mine.length)}`,
        );
      }
      if (figures.length > 0) lines.push('', 'Figures');
      for (const { name, value, unit } of figures) lines.push(`  ${name}: ${String(value)} ${unit}`);
      lines.push('', failed().length === 0 ? 'Everything held.' : 'What did not hold');
      for (const check of failed()) lines.push(`  ${check.chapter}: ${check.name}: ${check.detail}`);
      lines.push('', 'What held');
      for (const check of checks.filter((each) => each.held)) lines.push(`  ${check.chapter}: ${check.name}`);
      return `${lines.join('\n')}\n`;
    },
    json: (server, about) => `${JSON.stringify({ about, server, figures, costs, checks }, null, 2)}\n`,
  };
}
