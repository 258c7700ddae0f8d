// The window as the port knows it, joined from the files beside it. Reading changes nothing at head office.

import type { ShelfName } from '../../ports/headOffice.ts';
import type { ReadingWindow, StampedShelf, Tally } from '../../ports/window.ts';
import { decoding } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, needed } from '../members.ts';
import type { Breathing } from '../shelves/shelf.ts';
import { readCommands } from './commands.ts';
import {
  READING_ROLE,
  changeOwnPassword,
  checkWindow,
  prepareReadingUser,
  prepareReports,
  removeReports,
  revokeReadingUser,
} from './prepareWindow.ts';
import { ALL_REPORTS, REPORTS } from './reports.ts';
import type { ReportKey } from './reports.ts';
import { runReport } from './runReport.ts';
import { momentOf, PAGE_ROWS, WINDOW_SOURCES } from './shelves.ts';

const TALLY_MODE = { shelves: 0, newest: 2 } as const;

export function createReadingWindow(line: Line, breathing: Breathing): ReadingWindow {
  return {
    pageRows: PAGE_ROWS,

    probe: async (credential) => {
      for (const key of Object.keys(REPORTS) as ReportKey[]) {
        const answer = await runReport(line, key, key === 'tally' ? { mode: TALLY_MODE.newest } : { most: 0 }, credential);
        if (answer.ok) continue;
        const { trouble } = answer;
        if (trouble.kind === 'refused') return { ok: true, value: { fault: `${REPORTS[key].name}: ${trouble.code}` } };
        if (trouble.kind === 'nonsense') return { ok: true, value: { fault: trouble.detail } };
        return answer;
      }
      return { ok: true, value: { fault: null } };
    },

    tally: async (of, credential) => {
      const answer = await runReport(line, 'tally', { mode: TALLY_MODE[of] }, credential);
      return answer.ok ? decoding(() => decodeTally(answer.value)) : answer;
    },

    listShelf: (shelf, page, credential) => WINDOW_SOURCES[shelf].list(line, page, credential, breathing),
    readShelf: (shelf, serverIds, credential) => WINDOW_SOURCES[shelf].read(line, serverIds, credential, breathing),
    changedIn: (shelf, wanted, credential) => WINDOW_SOURCES[shelf].changed(line, wanted, credential, breathing),
    commands: (wanted, credential) => readCommands(line, wanted, credential),

    plan: { reports: ALL_REPORTS.map(({ name }) => name), role: READING_ROLE },
    check: (credential) => checkWindow(line, credential),
    prepare: (credential) => prepareReports(line, credential),
    prepareReader: (wanted, credential) => prepareReadingUser(line, wanted, credential),
    changePassword: (userServerId, next, credential) => changeOwnPassword(line, userServerId, next, credential),
    revokeReader: (username, credential) => revokeReadingUser(line, username, credential),
    remove: (credential) => removeReports(line, credential),
  };
}

const COUNTED: readonly ShelfName[] = ['clients', 'groups', 'loans', 'savings'];
const STAMPED: readonly StampedShelf[] = ['clients', 'loans', 'savings'];

function decodeTally(lines: readonly Members[]): Tally {
  const named = (what: string): Members => {
    const found = lines.find((each) => each.text('what') === what);
    return needed(found ?? null, new Members({}, REPORTS.tally.name), what);
  };
  const number = (what: string, column: string): number => needed(named(what).integer(column), named(what), `${what} ${column}`);
  const each = <Name extends string, T>(names: readonly Name[], value: (name: Name) => T): Record<Name, T> =>
    Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, T>;
  return {
    rows: each(COUNTED, (shelf) => number(shelf, 'rowsum')),
    newest: each(STAMPED, (shelf) => momentOf(named(shelf))),
    top: {
      loanTransaction: number('anyloantransaction', 'top'),
      savingsTransaction: number('anysavingstransaction', 'top'),
      command: number('anycommand', 'top'),
    },
  };
}
