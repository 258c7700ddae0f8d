// A list of head office that grows shorter while a PC reads it for the first time: what stands behind the row that went moves one place up, past
// the page that is asked for next. Whoever walks by places alone never sees it.

import type { HttpRequest } from '../../electron/fineract/http.ts';
import { syncStateOf } from '../../electron/journal/settings.ts';
import type { BranchPc } from '../world/branchPc.ts';
import { rows } from './checkers/rows.ts';
import { readerOf } from './checkers/viewChecker.ts';
import type { ListThatShrinks } from './plan.ts';
import type { addHit } from './coverage.ts';
import type { BranchWorld } from '../world/branchWorld.ts';

/** The part of a run that this needs. */
interface Shrinking {
  readonly world: BranchWorld;
  hit(group: Parameters<typeof addHit>[1], kind: string): void;
  note(line: string): void;
}

export const SMALL_PAGE = 2;

const PATHS: Readonly<Record<ListThatShrinks, string>> = { clients: '/clients?', loans: '/loans?', savings: '/savingsaccounts?' };
const TABLES: Readonly<Record<ListThatShrinks, string>> = { clients: 'client', loans: 'loan', savings: 'savings_account' };

/** Hears every request that leaves; takes the first row of the list away when somebody asks for its second page, once. */
export function shrinksMeanwhile(list: ListThatShrinks): {
  readonly taken: ReadonlyMap<string, number>;
  /** Table and number of each: put back to an earlier day, head office has them again. */
  readonly rows: ReadonlySet<string>;
  leaves(run: Shrinking, pc: BranchPc, request: HttpRequest): void;
} {
  const taken = new Map<string, number>();
  const gone = new Set<string>();
  const tookOne = (shelf: ListThatShrinks, id: number): void => {
    taken.set(shelf, (taken.get(shelf) ?? 0) + 1);
    gone.add(`${TABLES[shelf]} ${String(id)}`);
  };
  let isOver = false;
  const leaves = (run: Shrinking, pc: BranchPc, { method, url }: HttpRequest): void => {
    if (isOver || method !== 'GET' || !url.startsWith(PATHS[list]) || !url.includes(`offset=${String(SMALL_PAGE)}&`)) return;
    if (syncStateOf(readerOf(pc.database())).firstPullDoneAt !== null) return;
    isOver = true;
    const { headOffice } = run.world;
    const { control } = headOffice.practice();
    const books = headOffice.database();
    const idsIn = (table: string, where: string): readonly number[] =>
      rows<{ id: number }>(books, `SELECT id FROM ${table} WHERE ${where} ORDER BY id`).map(({ id }) => id);
    for (const id of idsIn(TABLES[list], 'office_id = 2')) {
      if (list === 'clients') {
        if (idsIn('loan', `client_id = ${String(id)}`).length > 0) continue;
        for (const account of idsIn('savings_account', `client_id = ${String(id)}`))
          if (control.deleteAccount('savings', account).status === 200) tookOne('savings', account);
      }
      const answer = list === 'clients' ? control.deleteClient(id) : control.deleteAccount(list === 'loans' ? 'loan' : 'savings', id);
      if (answer.status !== 200) continue;
      tookOne(list, id);
      run.hit('sync', `a list of ${list} that shrinks`);
      run.note(`  head office deletes number ${String(id)} of its ${list} while ${pc.name} reads them`);
      return;
    }
  };

  return { taken, rows: gone, leaves };
}
