// What somebody might send instead of what was asked: values of every wrong kind, and honest values with one thing wrong in them. Nothing
// here knows a method; whatever it makes can be put anywhere.

import fc from 'fast-check';

export const HOSTILE_TEXTS: readonly string[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\u0007\u001b[2J',
  '\ud800',
  'x\udfffy',
  '\u202Eevil\u202C',
  '\u200f\u061c',
  '\ufeff',
  "'; DROP TABLE journal_commands; --",
  "' OR '1'='1",
  '") OR 1=1 --',
  'name* OR NEAR(a b)',
  '"',
  '""" AND NOT "',
  '^col: -{a}',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '{{constructor.constructor("return process")()}}',
  '${process.env}',
  '$.resourceId',
  '%s%n%x',
  '../../../etc/passwd',
  '..\\..\\windows',
  'file:///etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'NaN',
  'Infinity',
  '-0',
  '9007199254740993',
  '1e308',
  'null',
  'undefined',
  'true',
  '2026-02-30',
  '9999-12-31',
  '0000-00-00',
  '00000000-0000-0000-0000-000000000000',
  '\u0130\u0131\u00df\ufb03',
  '😀'.repeat(60),
  'é'.repeat(101),
  'x'.repeat(101),
  'x'.repeat(501),
  'x'.repeat(20_001),
  '%'.repeat(90),
  '_'.repeat(90),
  '*'.repeat(90),
  '('.repeat(90),
  Array.from({ length: 49 }, (_, at) => String.fromCharCode(97 + (at % 26))).join(' '),
];

export const HOSTILE_NUMBERS: readonly number[] = [
  0,
  -0,
  -1,
  0.1,
  1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  -(2 ** 53),
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  Number.MAX_VALUE,
  Number.MIN_VALUE,
  1e12,
  1e12 + 1,
];

/** `{deep: {deep: ...}}`, or the same in lists. */
export function deep(levels: number, inLists: boolean): unknown {
  let value: unknown = 'bottom';
  for (let level = 0; level < levels; level += 1) value = inLists ? [value] : { deep: value };
  return value;
}

/** Own members that real objects inherit. JSON.parse is the only honest way to make an own `__proto__`. */
const POLLUTERS: readonly unknown[] = [
  JSON.parse('{"__proto__":{"admin":true}}'),
  JSON.parse('{"constructor":{"prototype":{"admin":true}}}'),
  JSON.parse('{"toString":1,"valueOf":2,"toJSON":3,"then":4,"length":5,"hasOwnProperty":null}'),
  JSON.parse('{"then":{"then":"x"},"ok":true,"value":{}}'),
];

export const hostileText = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 30 }).map((codes) => String.fromCharCode(...codes)) },
);

const hostileNumber = fc.oneof(fc.constantFrom(...HOSTILE_NUMBERS), fc.double(), fc.maxSafeInteger());

/** Anything that structured cloning carries; JSON carries less, and turns the rest into something else. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: hostileText },
  { weight: 4, arbitrary: hostileNumber },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(null, undefined, true, false, [], {}, [null], [[]], { id: 1 }) },
  { weight: 1, arbitrary: fc.constantFrom(...POLLUTERS) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      new Date(0),
      new Date(Number.NaN),
      new Map([['a', 1]]),
      new Set([1]),
      /x/,
      10n,
      new Uint8Array(3),
      new Error('x'),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(3, 11, 12, 13, 100, 3_000), fc.boolean()).map(([levels, inLists]) => deep(levels, inLists)),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      'x'.repeat(300_000),
      Array.from({ length: 20_001 }, () => 0),
      { wide: Object.fromEntries(Array.from({ length: 3_000 }, (_, at) => [`m${String(at)}`, at])) },
    ),
  },
  { weight: 2, arbitrary: fc.anything({ maxDepth: 4, withBigInt: false, withNullPrototype: true }) },
);

type Path = readonly (string | number)[];

function pathsOf(value: unknown, at: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([name, member]) => pathsOf(member, [...at, Array.isArray(value) ? Number(name) : name]))];
}

function replaced(value: unknown, path: Path, by: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return by;
  if (Array.isArray(value)) return value.map((member: unknown, at) => (at === first ? replaced(member, rest, by) : member));
  const members = value as Readonly<Record<string, unknown>>;
  return { ...members, [first]: replaced(members[first], rest, by) };
}

function without(value: unknown, path: Path): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return undefined;
  if (Array.isArray(value)) return value.filter((_, at) => at !== first);
  const members = value as Readonly<Record<string, unknown>>;
  if (rest.length > 0) return { ...members, [first]: without(members[first], rest) };
  return Object.fromEntries(Object.entries(members).filter(([name]) => name !== first));
}

/** An honest input with one or two members replaced, left out or added; now and then something else altogether. */
export function spoilt(honest: unknown): fc.Arbitrary<unknown> {
  const paths = fc.constantFrom(...pathsOf(honest));
  const replacedOnce = fc.tuple(paths, hostileValue).map(([path, by]) => replaced(honest, path, by));
  const replacedTwice = fc
    .tuple(paths, hostileValue, hostileValue)
    .map(([path, one, other]) => ({ ...(replaced(honest, path.slice(0, 1), one) as object | null), other }));
  return fc.oneof(
    { weight: 6, arbitrary: replacedOnce },
    { weight: 1, arbitrary: replacedTwice },
    { weight: 1, arbitrary: paths.map((path) => without(honest, path)) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('__proto__', 'constructor', 'extra', 'permission', 'username', 'channel', 'approver'), hostileValue)
        .map(([name, by]) => {
          const grown: Record<string, unknown> = { ...(honest as object) };
          Object.defineProperty(grown, name, { value: by, enumerable: true, configurable: true, writable: true });
          return grown;
        }),
    },
    { weight: 2, arbitrary: hostileValue },
  );
}

/** An honest input with each of its members in turn replaced by every hostile number and one value of every other kind. */
export function eachMemberReplaced(honest: unknown): readonly unknown[] {
  const values: readonly unknown[] = [...HOSTILE_NUMBERS, null, true, '', '\0', 'x', [], {}, [1], { id: 1 }];
  return pathsOf(honest).flatMap((path) => (path.length === 0 ? [] : values.map((by) => replaced(honest, path, by))));
}
