// The proof of the window: what it reads is compared with what the API reads. Whole before it is used: which records each shelf has, and a
// sample of them field by field; and a little every night. What changes between two readings is read once more before it counts.

import type { Answer, Credential, ShelfName } from '../../ports/headOffice.ts';
import type { WindowedHeadOffice } from '../../ports/window.ts';
import type { SyncParts } from '../parts.ts';
import { SHELVES } from '../shelves/shelfTable.ts';
import type { Shelf } from '../shelves/shelf.ts';
import { apiWay, windowWay, WindowFault, type Way } from './way.ts';

/** Records of each shelf that are compared field by field. */
const SAMPLE = { whole: 40, little: 10 } as const;
/** Both ways read so many at once. */
const AT_ONCE = 20;

export interface Ways {
  readonly api: Way;
  readonly window: Way;
  /** The person sees the records of this branch and no others. */
  readonly sameScope: boolean;
}

export type Compared = Answer<{
  /** Names the shelf, the server id and the member, never a content; null where both agree. */
  readonly difference: string | null;
  /** How many fields agreed. */
  readonly fields: number;
}>;

export function waysOf(headOffice: WindowedHeadOffice, person: Credential, reader: Credential, sameScope: boolean): Ways {
  return { api: apiWay(headOffice, person), window: windowWay(headOffice, reader), sameScope };
}

export async function compareWhole(parts: SyncParts, ways: Ways, reader: Credential): Promise<Compared> {
  return guarded(async () => {
    const probed = await parts.headOffice.window.probe(reader);
    if (!probed.ok) return probed;
    if (probed.value.fault !== null) return differs(probed.value.fault);
    let fields = 0;
    for (const shelf of SHELVES) {
      const compared = await compareShelf(parts, shelf, ways, reader);
      if (!compared.ok || compared.value.difference !== null) return compared;
      fields += compared.value.fields;
      await parts.timers.breathe();
    }
    return { ok: true, value: { difference: null, fields } };
  });
}

/** Which records the shelf has by either way, and a sample of them field by field. */
async function compareShelf(parts: SyncParts, shelf: Shelf, ways: Ways, reader: Credential): Promise<Compared> {
  const before = await parts.headOffice.window.tally('shelves', reader);
  if (!before.ok) return before;
  const throughWindow = await idsOf(shelf, ways.window);
  if (!throughWindow.ok) return throughWindow;
  const after = await parts.headOffice.window.tally('shelves', reader);
  if (!after.ok) return after;
  const few = Math.min(before.value.rows[shelf.name], after.value.rows[shelf.name]);
  if (throughWindow.value.length < few) return differs(`${shelf.name}: ${String(throughWindow.value.length)} of ${String(few)}`);
  const byApi = await idsOf(shelf, ways.api);
  // A shelf that this person may not read is not compared, and so is not proved by them.
  if (!byApi.ok) return byApi;
  const odd = oddOnes(throughWindow.value, byApi.value, ways.sameScope);
  const sample = [...odd.slice(0, AT_ONCE), ...spread(throughWindow.value, SAMPLE.whole)];
  return compareRecords(shelf.name, [...new Set(sample)], ways);
}

/** Whether both ways count the same; what no list of the API names, such as a group's own savings, is counted as it is known here. */
async function countsAlike(parts: SyncParts, shelf: Shelf, ways: Ways, reader: Credential): Promise<Answer<boolean>> {
  const tally = await parts.headOffice.window.tally('shelves', reader);
  if (!tally.ok) return tally;
  const first = await ways.api.list(shelf.name, { offset: 0, after: 0, most: 1 });
  if (!first.ok) return first;
  // Some databases count 0 beside full pages: there the list itself is counted.
  const counted = first.value.total > 0 || first.value.listed.length === 0 ? null : await idsOf(shelf, ways.api);
  if (counted?.ok === false) return counted;
  const byApi = counted === null ? first.value.total : counted.value.length;
  const unlisted = parts.store.read((read) => shelf.alsoListed?.(read) ?? []).length;
  return { ok: true, value: tally.value.rows[shelf.name] === byApi + unlisted };
}

/** Counts of every shelf, and a few records field by field; a shelf whose counts differ is compared as a whole, for they change meanwhile. */
export async function compareLittle(parts: SyncParts, ways: Ways, reader: Credential): Promise<Compared> {
  return guarded(async () => {
    let fields = 0;
    for (const shelf of SHELVES) {
      const alike = ways.sameScope ? await countsAlike(parts, shelf, ways, reader) : { ok: true as const, value: true };
      if (!alike.ok) return alike;
      const whole: Compared = alike.value
        ? { ok: true, value: { difference: null, fields: 0 } }
        : await compareShelf(parts, shelf, ways, reader);
      if (!whole.ok || whole.value.difference !== null) return whole;
      fields += whole.value.fields;
      const here = parts.store.read((read) => shelf.here(read));
      const from = Math.floor(parts.chance.fraction() * here.length);
      const sample = [...here.slice(from), ...here.slice(0, from)].slice(0, SAMPLE.little);
      const compared = await compareRecords(shelf.name, sample, ways);
      if (!compared.ok || compared.value.difference !== null) return compared;
      fields += compared.value.fields;
    }
    return { ok: true, value: { difference: null, fields } };
  });
}

async function guarded(work: () => Promise<Compared>): Promise<Compared> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof WindowFault) return error.mayPass ? { ok: false, trouble: error.trouble } : differs(error.difference);
    throw error;
  }
}

function differs(difference: string): Compared {
  return { ok: true, value: { difference, fields: 0 } };
}

async function idsOf(shelf: Shelf, way: Way): Promise<Answer<readonly number[]>> {
  const ids = new Set<number>();
  const most = way.pageRows(shelf);
  for (;;) {
    const page = await way.list(shelf.name, { offset: ids.size, after: Math.max(0, ...ids), most });
    if (!page.ok) return page;
    const before = ids.size;
    for (const each of page.value.listed) ids.add(each.serverId);
    if (ids.size === before || (page.value.listed.length < most && ids.size >= page.value.total)) break;
  }
  return { ok: true, value: [...ids] };
}

/** Named by one way and not by the other; opened or ended meanwhile, both ways agree when they are asked for it. */
function oddOnes(throughWindow: readonly number[], byApi: readonly number[], sameScope: boolean): readonly number[] {
  const window = new Set(throughWindow);
  const api = new Set(byApi);
  return [...throughWindow.filter((id) => !api.has(id)), ...(sameScope ? byApi.filter((id) => !window.has(id)) : [])];
}

/** So many of them, from the first to the last. */
function spread(ids: readonly number[], most: number): readonly number[] {
  const step = Math.max(1, Math.floor(ids.length / most));
  return ids.filter((_, at) => at % step === 0).slice(0, most);
}

async function compareRecords(shelf: ShelfName, ids: readonly number[], ways: Ways): Promise<Compared> {
  let fields = 0;
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const part = ids.slice(start, start + AT_ONCE);
    const first = await compareOnce(shelf, part, ways);
    const compared = first.ok && first.value.difference !== null ? await compareOnce(shelf, part, ways) : first;
    if (!compared.ok || compared.value.difference !== null) return compared;
    fields += compared.value.fields;
  }
  return { ok: true, value: { difference: null, fields } };
}

async function compareOnce(shelf: ShelfName, ids: readonly number[], ways: Ways): Promise<Compared> {
  const byApi = await ways.api.read(shelf, ids);
  if (!byApi.ok) return byApi;
  const throughWindow = await ways.window.read(shelf, ids);
  if (!throughWindow.ok) return throughWindow;
  const unreadable = throughWindow.value.unreadable[0];
  if (unreadable !== undefined) return differs(unreadable.why);
  const seen = new Map(throughWindow.value.rows.map((row) => [row.serverId, row]));
  let fields = 0;
  for (const row of byApi.value.rows) {
    const other: Readonly<Record<string, unknown>> | undefined = seen.get(row.serverId) as Readonly<Record<string, unknown>> | undefined;
    if (other === undefined) return differs(`${shelf} ${String(row.serverId)}: only the API shows it`);
    for (const [member, value] of Object.entries(row)) {
      if (JSON.stringify(value) !== JSON.stringify(other[member])) return differs(`${shelf} ${String(row.serverId)}: ${member}`);
      fields += 1;
    }
  }
  const gone = byApi.value.gone.find((id) => seen.has(id));
  return gone === undefined
    ? { ok: true, value: { difference: null, fields } }
    : differs(`${shelf} ${String(gone)}: only the window shows it`);
}
