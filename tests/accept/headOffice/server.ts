// What the head office under test is, as far as it tells: its version, its database, and which of its features are on. Reading changes nothing.

import type { Api } from './api.ts';
import { baseOf, membersOf, rowsOf } from './api.ts';

export interface Server {
  readonly version: string;
  readonly database: string;
  readonly features: Readonly<Record<string, string>>;
}

const SWITCHES = [
  'maker-checker',
  'enable-business-date',
  'enable-automatic-cob-date-adjustment',
  'enable-auto-generated-external-id',
  'force-password-reset-days',
] as const;

/** Versions differ in hyphens, underscores and capitals. */
export function sameName(one: string, other: string): boolean {
  const plain = (name: string): string => name.toLowerCase().replaceAll('_', '-');
  return plain(one) === plain(other);
}

async function versionOf(address: string): Promise<string> {
  const root = baseOf(address).replace(/\/api\/v1$/, '');
  try {
    const reply = await fetch(`${root}/actuator/info`, { signal: AbortSignal.timeout(10_000) });
    if (!reply.ok) return 'it does not say';
    const git = membersOf(membersOf(await reply.json())['git']);
    const build = membersOf(git['build']);
    const said = build['version'] ?? git['build.version'] ?? git['branch'];
    return typeof said === 'string' ? said : 'it does not say';
  } catch {
    return 'it does not say';
  }
}

/** Words of a database's own in its refusal of a text that is too long for its column. */
function databaseIn(body: unknown): string | null {
  const words = JSON.stringify(body ?? '');
  if (/value too long for type/i.test(words)) return 'PostgreSQL';
  if (/\(conn=\d+\)/.test(words)) return 'MariaDB, or MySQL by its driver';
  return /Data too long for column/i.test(words) ? 'MySQL' : null;
}

export async function describeServer(api: Api, address: string): Promise<Server> {
  const features: Record<string, string> = {};
  const rows = rowsOf(membersOf(await api.get('/configurations'))['globalConfiguration']);
  for (const name of SWITCHES) {
    const row = rows.find((each) => sameName(String(each['name']), name));
    features[name] = row === undefined ? 'unknown here' : row['enabled'] === true ? 'on' : 'off';
  }
  return { version: await versionOf(address), database: 'not told', features };
}

const TOO_LONG_KEY = 'x'.repeat(51);

/** Asked once there are loans. A key longer than its column makes the database speak, and nothing is stored. */
export async function tellDatabase(api: Api): Promise<string> {
  const spoken = databaseIn((await api.ask('POST', '/codes', {}, TOO_LONG_KEY)).body);
  if (spoken !== null) return spoken;
  const loans = membersOf(await api.get('/loans?offset=0&limit=1'));
  return loans['totalFilteredRecords'] === 0 && rowsOf(loans).length > 0 ? 'MariaDB or MySQL, by its list of loans' : 'not told';
}

/** The switch of head office, by whatever name this version gives it; null where it has none. */
export async function switchOf(api: Api, name: string): Promise<{ readonly id: number; readonly enabled: boolean } | null> {
  const rows = rowsOf(membersOf(await api.get('/configurations'))['globalConfiguration']);
  const row = rows.find((each) => sameName(String(each['name']), name));
  return row === undefined ? null : { id: Number(row['id']), enabled: row['enabled'] === true };
}

export async function setSwitch(api: Api, name: string, enabled: boolean): Promise<void> {
  const found = await switchOf(api, name);
  if (found === null) throw new Error(`head office has no switch ${name}`);
  await api.put(`/configurations/${String(found.id)}`, { enabled });
}
