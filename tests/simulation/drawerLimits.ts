// The limits of drawers in a world: set now and then by whoever keeps the vault, and every answer of a counter and of a slip is held against
// what lay in the drawer by its rows before it was asked.

import type { Database } from 'better-sqlite3';
import type { DrawerLimit, LimitSide } from '../../shared/domain/cash/drawerLimits.ts';
import { paysOut } from '../../shared/domain/receipts/paysOut.ts';
import type { Receipt } from '../../shared/domain/records.ts';
import type { Answer, Person } from '../world/people.ts';
import { BrokenPromise } from './checkers/brokenPromise.ts';
import { row, rows } from './checkers/rows.ts';

/** Around the float of every drawer, so that some days pass it and some do not. */
export function limitFor(code: string, x: number, y: number): object {
  const does = (at: number) => (['warn', 'stop', 'stopClients'] as const)[Math.floor(at * 3)] ?? 'warn';
  return {
    currency: code,
    most: x < 0.15 ? null : { minor: 3_000_000 + Math.round(y * 400) * 1_000, does: does((x * 5) % 1), moveMinor: 500_000 },
    least: y < 0.3 ? null : { minor: 1_000_000 + Math.round(x * 1_900) * 1_000, does: does((y * 5) % 1), moveMinor: 100_000 },
  };
}

function limitIn(database: Database, code: string): DrawerLimit {
  const kept = row<{ value: string }>(database, `SELECT value FROM local_settings WHERE name = 'drawerLimits'`);
  const { limits } =
    kept === null ? { limits: {} } : (JSON.parse(kept.value) as { readonly limits: Readonly<Record<string, DrawerLimit>> });
  return limits[code] ?? { least: null, most: null };
}

interface Lies {
  readonly id: string;
  readonly code: string;
  readonly minor: number;
}

function liesIn(database: Database, where: string): readonly Lies[] {
  return rows<Lies>(
    database,
    `SELECT d.drawer_id AS id, d.currency AS code,
       d.opening_minor + coalesce(sum(CASE WHEN m.kind IN ('paid', 'settled') THEN -m.amount_minor ELSE m.amount_minor END), 0) AS minor
     FROM journal_drawers d LEFT JOIN journal_movements m ON m.drawer_id = d.drawer_id WHERE d.closed_at IS NULL AND ${where}
     GROUP BY d.drawer_id ORDER BY d.position`,
  );
}

function isBeyond(limit: DrawerLimit, way: 'in' | 'out', minor: number): LimitSide | null {
  const side = way === 'in' ? limit.most : limit.least;
  if (side === null) return null;
  return (way === 'in' ? minor > side.minor : minor < side.minor) ? side : null;
}

function judge(limit: DrawerLimit, way: 'in' | 'out', whose: 'client' | 'house', minor: number, answer: Answer): boolean {
  const beyond = isBeyond(limit, way, minor);
  const stops = beyond !== null && (beyond.does === 'stopClients' || (beyond.does === 'stop' && whose === 'house'));
  const code = way === 'in' ? 'drawer.aboveMost' : 'drawer.belowLeast';
  if (answer.kind === 'ok' && stops)
    throw new BrokenPromise('a drawer beyond its limit is not moved on', `${code} was not said at ${String(minor)}`);
  const isSaid = answer.kind === 'refused' && answer.code === code;
  if (isSaid && !stops) throw new BrokenPromise('a drawer is stopped only beyond its limit', `${code} was said at ${String(minor)}`);
  return isSaid;
}

/** Looks before a client's money is asked for; what it answers judges the answer, and says whether somebody was turned away. */
export function watchCounter({ pc, username }: Person): (answer: Answer) => boolean {
  const before = liesIn(pc.database(), `d.username = '${username}'`);
  const limits = new Map(before.map(({ code }) => [code, limitIn(pc.database(), code)]));
  return (answer) => {
    const told = answer.kind === 'ok' ? (answer.value as { readonly receipt: Receipt; readonly replayed: boolean }) : null;
    if (told !== null && (!told.receipt.cash || told.replayed)) return false;
    const named =
      answer.kind === 'refused' ? (answer.facts as { readonly currency?: string } | undefined)?.currency : told?.receipt.currency.code;
    const at = before.find(({ code }) => code === named);
    const limit = limits.get(at?.code ?? '');
    if (at === undefined || limit === undefined) return false;
    const isOut = told === null ? answer.kind === 'refused' && answer.code === 'drawer.belowLeast' : paysOut(told.receipt.kind);
    return judge(limit, isOut ? 'out' : 'in', 'client', at.minor, answer);
  };
}

/** The same of a slip. */
export function watchSlip({ pc }: Person, kind: string, drawerIds: readonly string[]): (answer: Answer) => boolean {
  const way = kind === 'pettyOut' ? 'out' : ['toDrawer', 'handOver', 'pettyIn'].includes(kind) ? 'in' : null;
  const [at] = liesIn(pc.database(), `d.drawer_id = '${String(drawerIds.at(-1))}'`);
  if (way === null || at === undefined) return () => false;
  const limit = limitIn(pc.database(), at.code);
  return (answer) => {
    const isAgain = answer.kind === 'ok' && (answer.value as { readonly replayed: boolean }).replayed;
    return isAgain ? false : judge(limit, way, 'house', at.minor, answer);
  };
}
