// Two answers beside each other: status and codes first, then members, then values. Texts written for people are only
// asked to be there; instants differ by nature; ids are made alike.
import type { Identities } from './identities.ts';

export interface Difference {
  kind: 'missing' | 'status' | 'shape';
  /** '$.errors[0].args' */
  path: string;
  recorded: unknown;
  practice: unknown;
}

export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: unknown;
}

const NO_STRATEGY = 'Resource with method';
const FOR_PEOPLE = new Set(['developerMessage', 'defaultUserMessage']);
const SECRET = new Set(['base64EncodedAuthenticationKey', 'passwordEncoded']);
const HEADERS = ['content-type', 'allow', 'www-authenticate', 'x-served-from-cache', 'content-disposition'];

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An instant: epoch milliseconds, ISO text with a time, or a date-time of six or seven numbers. */
function isInstant(value: unknown): boolean {
  if (typeof value === 'number') return value > 1_000_000_000_000 && value < 4_000_000_000_000;
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(value);
  return (
    Array.isArray(value) &&
    value.length >= 5 &&
    value.length <= 7 &&
    value.every((each) => typeof each === 'number' && each >= 0) &&
    Number(value[0]) >= 1900
  );
}

/** Members whose value names ids, in numbers or in text. */
const NAMING_IDS = /\.(path|hierarchy|resourceIdentifier|savingsProductName)$|\.changes\.(clientMembers|groupMembers)\[\d+\]$/;

function areAlike(left: unknown, right: unknown, identities: Identities): boolean {
  if (typeof left === 'number' && typeof right === 'number') return left === right || identities.mayBeOne(left, right);
  if (typeof left !== 'string' || typeof right !== 'string') return false;
  if (identities.mayBeOne(left, right)) return true;
  if (left.replace(/\d+/g, '#') !== right.replace(/\d+/g, '#')) return false;
  const numbers = (text: string): number[] => (text.match(/\d+/g) ?? []).map(Number);
  const others = numbers(right);
  return numbers(left).every((each, index) => areAlike(each, others[index], identities));
}

function keyedAnew(record: Record<string, unknown>, keyOf: (key: string) => string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [keyOf(key), value]));
}

function isContainerRefusal(answer: Answer): boolean {
  return (answer.status === 404 || answer.status === 405) && isRecord(answer.body) && 'path' in answer.body && 'timestamp' in answer.body;
}

function jsonOf(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

export function compareAnswers(
  request: { method: string; path: string; body?: unknown },
  recorded: Answer & { cutArrays?: Readonly<Record<string, number>> },
  practice: Answer,
  identities: Identities,
): Difference[] {
  const differences: Difference[] = [];
  const differ = (kind: Difference['kind'], path: string, left: unknown, right: unknown): void => {
    differences.push({ kind, path, recorded: left, practice: right });
  };
  if (isContainerRefusal(practice) && !isContainerRefusal(recorded)) {
    differ('missing', 'status', recorded.status, practice.status);
    return differences;
  }
  if (recorded.status !== practice.status) differ('status', 'status', recorded.status, practice.status);
  for (const name of HEADERS) {
    const shown = (value: string | undefined): string | undefined =>
      name === 'allow'
        ? value
            ?.split(',')
            .map((each) => each.trim())
            .sort()
            .join(',')
        : value?.split(';')[0];
    if (shown(recorded.headers[name]) !== shown(practice.headers[name]))
      differ('shape', `headers.${name}`, recorded.headers[name], practice.headers[name]);
  }
  const isRefused = recorded.status >= 400 || practice.status >= 400;
  // What a batch did beside an item without a strategy was taken back; its ids may come again.
  const isTakenBack = Array.isArray(recorded.body) && (recorded.body as BatchAnswer[]).some((item) => item.statusCode === 501);

  const compare = (
    asked: { method: string; path: string },
    path: string,
    left: unknown,
    right: unknown,
    holder: Record<string, unknown>,
  ): void => {
    const name =
      path
        .replace(/\[\d+\]$/, '')
        .split('.')
        .at(-1) ?? '';
    if (Array.isArray(left) && Array.isArray(right) && !isInstant(left)) {
      const cut = recorded.cutArrays?.[path];
      if (cut !== undefined && right.length !== cut) differ('shape', `${path}.length`, cut, right.length);
      if (cut === undefined && left.length !== right.length)
        differ(name === 'errors' ? 'status' : 'shape', `${path}.length`, left.length, right.length);
      const isSet = left.every((each) => typeof each === 'string') && right.every((each) => typeof each === 'string');
      const ordered = (list: unknown[]): unknown[] => (isSet ? [...list].sort() : list);
      const [leftItems, rightItems] = [ordered(left), ordered(right)];
      for (let index = 0; index < Math.min(leftItems.length, rightItems.length); index += 1)
        compare(asked, `${path}[${String(index)}]`, leftItems[index], rightItems[index], holder);
      return;
    }
    if (isRecord(left) && isRecord(right)) {
      const named = name === 'clientsAttendance' ? keyedAnew(left, (key) => String(identities.toPractice('client', Number(key)))) : left;
      for (const member of new Set([...Object.keys(named), ...Object.keys(right)])) {
        const below = `${path}.${member}`;
        const kind = member === 'userMessageGlobalisationCode' ? 'status' : 'shape';
        if (!(member in right)) differ(kind, below, named[member], undefined);
        else if (!(member in named)) differ(kind, below, undefined, right[member]);
        else compare(asked, below, named[member], right[member], named);
      }
      return;
    }
    // Ids stand in addresses too.
    if ((name === 'path' || name === 'url') && typeof left === 'string') {
      const start = '/fineract-provider/api/v1';
      const wanted = left.startsWith(start) ? start + identities.pathToPractice(left.slice(start.length)) : identities.pathToPractice(left);
      if (wanted !== right && left !== right) differ('shape', path, left, right);
      return;
    }
    if (FOR_PEOPLE.has(name) && typeof left === 'string' && typeof right === 'string') return;
    if (SECRET.has(name) && typeof left === typeof right) return;
    if (isInstant(left) && isInstant(right) && typeof left === typeof right) return;
    if (left === right && typeof left !== 'number') return;
    if (name === 'userMessageGlobalisationCode' || name === 'statusCode' || name === 'httpStatusCode') {
      if (left !== right) differ('status', path, left, right);
      return;
    }
    // Errors and raw rows name ids without saying of what.
    const isUnnamed = /\.args\[\d+\]\.value$|\.row\[\d+\]$/.test(path);
    if (isUnnamed && typeof left === 'number' && typeof right === 'number' && identities.mayBeOne(left, right)) return;
    const isAccountNo = (value: unknown): value is string => typeof value === 'string' && /^0\d{8}$/.test(value);
    if (isAccountNo(left) && isAccountNo(right) && identities.mayBeOne(left, right)) return;
    if (typeof left === 'string' && typeof right === 'string' && left.includes(NO_STRATEGY)) {
      const wanted = left.replace(/relativeUrl (\S+)/, (_whole, url: string) => `relativeUrl ${identities.pathToPractice(url)}`);
      if (wanted !== right) differ('shape', path, left, right);
      return;
    }
    if (name === 'commandAsJson' && typeof left === 'string' && typeof right === 'string') {
      compare(asked, `${path}(json)`, jsonOf(left), jsonOf(right), holder);
      return;
    }
    if ((isRefused && /\.args\[\d+\]\.value(\[\d+\])?$/.test(path)) || NAMING_IDS.test(path)) {
      if (areAlike(left, right, identities)) return;
    }
    if ((typeof left === 'number' || typeof left === 'string') && typeof left === typeof right) {
      const kind = isRefused ? null : identities.kindOf(asked, path, holder);
      if (kind !== null) {
        // A list in another order would teach wrong pairs; its ids are only held against what is known.
        const isTrail = asked.path.startsWith('/audits?paged=true&orderBy=id&sortOrder=DESC&offset=0&limit=2');
        const isListed = !isTrail && /^\$(?:\.pageItems)?\[/.test(path.replace(/^\$\[\d+\]\.body/, '$'));
        if (!identities.areOne(kind, left, right as string | number, !isListed && !isTakenBack))
          differ('shape', path, `${kind} ${String(left)}`, right);
        return;
      }
    }
    if (left !== right) differ('shape', path, left, right);
  };

  if (request.path.startsWith('/batches') && Array.isArray(recorded.body) && Array.isArray(practice.body)) {
    compareItems(request, recorded.body as BatchAnswer[], practice.body as BatchAnswer[], differ, compare);
    if (recorded.cutArrays?.['$'] !== undefined) return differences.filter((each) => each.path !== '$.length');
  } else compare(request, '$', recorded.body, practice.body, {});
  return differences;
}

interface BatchAnswer {
  requestId?: number;
  statusCode: number;
  headers?: { name: string; value: string }[];
  body?: unknown;
}

type Compare = (
  asked: { method: string; path: string },
  path: string,
  left: unknown,
  right: unknown,
  holder: Record<string, unknown>,
) => void;

/** The items' bodies are JSON in text; each is compared as the answer to its own request. */
function compareItems(
  request: { body?: unknown },
  left: BatchAnswer[],
  right: BatchAnswer[],
  differ: (kind: Difference['kind'], path: string, left: unknown, right: unknown) => void,
  compare: Compare,
): void {
  if (left.length !== right.length) differ('status', '$.length', left.length, right.length);
  const asked = Array.isArray(request.body) ? (request.body as { requestId?: number; method?: string; relativeUrl?: string }[]) : [];
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const [recorded, practice] = [left[index], right[index]];
    if (recorded === undefined || practice === undefined) continue;
    const item = asked.find((each) => each.requestId === recorded.requestId) ?? asked[index];
    const own = { method: item?.method ?? 'GET', path: `/${item?.relativeUrl ?? ''}` };
    const path = `$[${String(index)}]`;
    if (recorded.requestId !== practice.requestId) differ('shape', `${path}.requestId`, recorded.requestId, practice.requestId);
    if (recorded.statusCode !== practice.statusCode) differ('status', `${path}.statusCode`, recorded.statusCode, practice.statusCode);
    const headers = (item: BatchAnswer): string | undefined =>
      item.headers
        ?.map((each) => `${each.name}: ${each.value}`)
        .sort()
        .join('; ');
    if (headers(recorded) !== headers(practice)) differ('shape', `${path}.headers`, headers(recorded), headers(practice));
    compare(own, `${path}.body`, jsonOf(recorded.body), jsonOf(practice.body), {});
  }
}
