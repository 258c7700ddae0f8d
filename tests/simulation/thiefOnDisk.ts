// Somebody with the key of the books and without the seal, in the middle of a world (I13): while the program is off a row that decides what goes
// to head office says something else. Nothing leaves on it, and that is said; put back, the world goes on as if nobody had been there.

import type { Database } from 'better-sqlite3';
import type { BranchPc } from '../world/branchPc.ts';
import { atTheDesk } from '../world/people.ts';
import { BrokenPromise } from './checkers/brokenPromise.ts';
import { count, row } from './checkers/rows.ts';
import type { SimulatedRun } from './simulatedRun.ts';

const MINUTE_MS = 60_000;
/** Long enough to sign in, and for the loop to come round twice. */
const TRIES_FOR_MS = 3 * MINUTE_MS;

interface Target {
  readonly commandId: string;
  readonly sequence: number;
}

/** Answers how it is put back, or null where there was nothing to do it to. */
type Hand = (books: Database, target: Target) => ((books: Database) => void) | null;

/** One column of one row. `other`: an expression of SQL. */
function says(table: string, column: string, other: string, where: string): Hand {
  return (books, { commandId }) => {
    const found = row<{ id: number; was: string | number | null }>(
      books,
      `SELECT rowid AS id, ${column} AS was FROM ${table} WHERE ${where} LIMIT 1`,
      commandId,
    );
    if (found === null) return null;
    books.prepare(`UPDATE ${table} SET ${column} = ${other} WHERE rowid = ?`).run(found.id);
    return (again) => void again.prepare(`UPDATE ${table} SET ${column} = ? WHERE rowid = ?`).run(found.was, found.id);
  };
}

function slipsIn(sql: string, out: string): Hand {
  return (books, target) => {
    books.prepare(sql).run(target);
    return (again) => void again.prepare(out).run(target);
  };
}

/** Where every entry and every row says what it is bound to, with a seal or without. */
const BOUND: Readonly<Record<string, Hand>> = {
  'the payload': says('journal_commands', 'payload', `json_set(payload, '$.formerly', 1)`, 'command_id = ?'),
  'the maker': says('journal_commands', 'recorded_by', `recorded_by || '2'`, 'command_id = ?'),
  'the paper': says('journal_receipts', 'body', `json_set(body, '$.servedBy', 'Other')`, 'command_id = ?'),
  'the effect': says('journal_effects', 'delta_minor', 'delta_minor + 100', 'command_id = ?'),
  'the entry': says(
    'journal_entries',
    'body',
    `json_set(body, '$.amountMinor', 1)`,
    'entry = (SELECT entry FROM journal_commands WHERE command_id = ?)',
  ),
};

/** What no entry says. */
const SUMMED: Readonly<Record<string, Hand>> = {
  'the key': says('journal_commands', 'idempotency_key', `idempotency_key || '2'`, 'command_id = ?'),
  'whose sign-in': says(
    'journal_commands',
    'sent_as',
    `coalesce((SELECT username FROM local_staff WHERE username <> sent_as), sent_as || '2')`,
    'command_id = ?',
  ),
  'what ended long ago': says(
    'journal_commands',
    'state',
    `'queued'`,
    `sequence = (SELECT max(sequence) FROM journal_commands WHERE state = 'accepted' AND command_id <> ?)`,
  ),
  'the order': slipsIn(
    `INSERT INTO journal_subjects (subject, sequence) VALUES ('savings:' || @commandId, @sequence)`,
    `DELETE FROM journal_subjects WHERE subject = 'savings:' || @commandId AND sequence = @sequence`,
  ),
  'what it waits for': slipsIn(
    `INSERT INTO journal_prerequisites (command_id, needs) SELECT @commandId, command_id FROM journal_commands WHERE sequence = 1 AND @sequence > 1`,
    `DELETE FROM journal_prerequisites WHERE command_id = @commandId AND @sequence > 1 AND needs = (SELECT command_id FROM journal_commands WHERE sequence = 1)`,
  ),
  'who is one with whom': slipsIn(
    `INSERT INTO journal_merges (kind, local_id, into_local_id) VALUES ('savings', @commandId, CAST(@sequence AS TEXT))`,
    `DELETE FROM journal_merges WHERE local_id = @commandId AND into_local_id = CAST(@sequence AS TEXT)`,
  ),
};

/** What waits and never left, so that nothing but the hand keeps it. */
function waitingIn(pc: BranchPc): Target | null {
  return row<Target>(
    pc.database(),
    `SELECT command_id AS commandId, sequence FROM journal_commands
     WHERE state = 'queued' AND attempts = 0 AND receipt_id IS NOT NULL AND amount_minor IS NOT NULL ORDER BY sequence DESC LIMIT 1`,
  );
}

async function switchedOff(pc: BranchPc): Promise<void> {
  if (pc.isOn()) await pc.stop();
  if (pc.isOn()) pc.die('process', 'and did not end by itself');
}

function leftSince(pc: BranchPc): number {
  return count(pc.database(), `SELECT count(*) FROM journal_command_events WHERE to_state = 'sending'`);
}

async function lays(run: SimulatedRun, pc: BranchPc, target: Target, what: string, hand: Hand, stopsAll: boolean): Promise<void> {
  const { world } = run;
  await switchedOff(pc);
  const laid: { putBack: ReturnType<Hand> } = { putBack: null };
  pc.edit((books) => {
    laid.putBack = hand(books, target);
  });
  const { putBack } = laid;
  if (putBack === null) return;
  const before = leftSince(pc);
  const thief = { pc, found: 0 };
  run.thief = thief;
  pc.start();
  await atTheDesk(world, { pc, username: world.postingOf(pc).chief });
  await world.time.pass(TRIES_FOR_MS);
  await switchedOff(pc);
  run.thief = null;
  const moved = count(
    pc.database(),
    `SELECT count(*) FROM journal_commands WHERE sequence = ${String(target.sequence)} AND (attempts > 0 OR state <> 'queued')`,
  );
  run.judge(() => {
    if (moved > 0 || (stopsAll && leftSince(pc) > before))
      throw new BrokenPromise('I13 nothing is sent on a row of another hand', `${pc.name}: ${what} of command ${String(target.sequence)}`);
  });
  pc.edit(putBack);
  run.note(`  somebody changed ${what} of command ${String(target.sequence)}: ${thief.found === 0 ? 'not due' : 'stopped'}`);
  if (thief.found === 0) return;
  run.hit('fault', 'bookEdited');
  run.hit('sync', `another hand: ${what}`);
}

function picked(hands: Readonly<Record<string, Hand>>, fraction: number): readonly [string, Hand] {
  const all = Object.entries(hands);
  return all[Math.floor(fraction * all.length)] ?? all[0]!;
}

/** `records` leaves something that waits, while there is no line. */
export async function bookEdited(
  run: SimulatedRun,
  pc: BranchPc,
  { x, y }: { readonly x: number; readonly y: number },
  records: () => Promise<void>,
): Promise<void> {
  pc.network.bring('partition', 20 * MINUTE_MS);
  await records();
  await switchedOff(pc);
  pc.endOlder();
  pc.network.clear();
  const target = waitingIn(pc);
  if (target !== null) {
    await lays(run, pc, target, ...picked(BOUND, x), false);
    if (run.sealed && run.failure === null) await lays(run, pc, target, ...picked(SUMMED, y), true);
  }
  pc.start();
}
