// I1, I3, I5, I7, I8 and I9 on one PC's journal, row by row. It remembers what it has seen, so that a row that vanished or changed shows,
// whatever took it: a crash, a power cut, or the program itself.

import type { Database } from 'better-sqlite3';
import { kindsWhere, PAPERS_OUT } from '../../world/kindsInTheWorld.ts';
import { BrokenPromise, holds } from './brokenPromise.ts';
import { count, rows } from './rows.ts';
import { checkReports } from './reportChecker.ts';
import { createSignatureChecker } from './signatureChecker.ts';
import { checkSlips } from './slipChecker.ts';
import { checkShelves, NOTHING_TAKEN, type TakenAway } from './viewChecker.ts';

/** From a state to another, with why; written down here once more, apart from the program's own table. */
const MOVES: readonly (readonly [from: string | null, to: string, why?: string])[] = [
  [null, 'queued'],
  [null, 'held'],
  ['held', 'queued', 'approved'],
  ['held', 'withdrawn', 'declined'],
  ['held', 'withdrawn', 'withdrawn'],
  ['held', 'withdrawn', 'amended'],
  ['held', 'withdrawn', 'withParent'],
  ['queued', 'withdrawn', 'withdrawn'],
  ['queued', 'withdrawn', 'voided'],
  ['queued', 'withdrawn', 'amended'],
  ['queued', 'withdrawn', 'withParent'],
  ['rejected', 'withdrawn', 'withdrawn'],
  ['rejected', 'withdrawn', 'corrected'],
  ['rejected', 'resolved', 'merged'],
  ['queued', 'sending'],
  ['inDoubt', 'sending'],
  ['queued', 'queued', 'released'],
  ['inDoubt', 'inDoubt', 'released'],
  ['sending', 'accepted'],
  ['sending', 'rejected'],
  ['sending', 'queued'],
  ['sending', 'inDoubt'],
  ['rejected', 'queued', 'resubmitted'],
  ['rejected', 'queued', 'resubmittedAnew'],
  ['rejected', 'resolved', 'reversed'],
  ['rejected', 'resolved', 'suspended'],
  ['rejected', 'resolved', 'recognised'],
  ['rejected', 'inDoubt', 'resubmitted'],
  ['rejected', 'inDoubt', 'resubmittedAnew'],
  ['queued', 'rejected', 'parentGivenUp'],
  ['inDoubt', 'rejected', 'parentGivenUp'],
  ['accepted', 'rejected', 'vanished'],
  ['resolved', 'rejected', 'vanished'],
  ['rejected', 'accepted', 'foundAfterAll'],
  ['resolved', 'rejected', 'postedAfterAll'],
  ['resolved', 'rejected', 'takenUp'],
  ['withdrawn', 'rejected', 'postedAfterAll'],
  ['rejected', 'withdrawn', 'withdrawalStands'],
  ['rejected', 'resolved', 'reversalStands'],
  ['rejected', 'resolved', 'suspenseStands'],
  ['rejected', 'resolved', 'recognitionStands'],
];

const KEPT_TABLES: readonly (readonly [table: string, facts: string, key: string])[] = [
  ['journal_entries', `what || '|' || by || '|' || business_date || '|' || at || '|' || body || '|' || hash`, 'entry'],
  ['journal_receipts', `number || '|' || kind || '|' || amount_minor || '|' || body`, 'position'],
  [
    'journal_commands',
    `command_id || '|' || kind || '|' || payload_version || '|' || payload || '|' || subject || '|' || recorded_by || '|' || business_date || '|' || coalesce(receipt_id, '-')`,
    'sequence',
  ],
  ['journal_movements', `drawer_id || '|' || kind || '|' || amount_minor || '|' || coalesce(receipt_id, '-')`, 'position'],
  [
    'journal_command_events',
    `command_id || '|' || coalesce(from_state, '-') || '|' || to_state || '|' || why || '|' || by`,
    `command_id || ' ' || position`,
  ],
  ['journal_prerequisites', `command_id || '|' || needs`, `command_id || ' ' || needs`],
  ['journal_record_facts', `record_id || '|' || sequence`, `record_id || ' ' || sequence`],
  ['journal_effects', `command_id || '|' || account_id || '|' || delta_minor`, 'position'],
  ['journal_drawer_counts', `drawer_id || '|' || counted_minor || '|' || expected_minor || '|' || coalesce(pieces, '-')`, 'position'],
  ['journal_cash_slips', `number || '|' || business_date || '|' || body || '|' || hash`, 'sequence'],
  ['journal_day_reopenings', `report || '|' || business_date || '|' || reopened_at || '|' || reopened_by || '|' || reason`, 'rowid'],
  ['journal_reports', `number || '|' || business_date || '|' || body || '|' || hash`, 'sequence'],
  ['journal_exceptions', `exception_id || '|' || command_id || '|' || kind || '|' || server_code || '|' || snapshot`, 'position'],
];

interface EventRow {
  readonly command_id: string;
  readonly from_state: string | null;
  readonly to_state: string;
  readonly why: string;
}

export interface JournalChecker {
  /** `whole`: every row that was ever seen is compared again, not only the new ones. */
  check(database: Database, whole: boolean): void;
  /** At every commit: what one transaction has to hold together is together. */
  atCommit(database: Database): void;
}

export function createJournalChecker(name: string, takenAway: TakenAway = NOTHING_TAKEN, isMisled = false): JournalChecker {
  const seen = new Map<string, Map<string, string>>(KEPT_TABLES.map(([table]) => [table, new Map()]));
  const stateByCommand = new Map<string, string>();
  const eventsByCommand = new Map<string, number>();

  function checkKept(database: Database, whole: boolean): void {
    for (const [table, facts, key] of KEPT_TABLES) {
      const known = seen.get(table) ?? new Map<string, string>();
      const now = count(database, `SELECT count(*) FROM ${table}`);
      holds(now >= known.size, 'I3 nothing is lost', `${name}: ${table} had ${known.size} rows and has ${now}`);
      if (now === known.size && !whole) continue;
      const all = new Map(
        rows<{ id: string; facts: string }>(database, `SELECT CAST(${key} AS TEXT) AS id, ${facts} AS facts FROM ${table}`).map((each) => [
          each.id,
          each.facts,
        ]),
      );
      for (const [id, text] of known) holds(all.get(id) === text, 'I3 facts never change', `${name}: ${table} ${id}`);
      for (const [id, text] of all) known.set(id, text);
    }
  }

  const whoIs = new Map<string, string>();

  /** A first name stays in these worlds, and so does a group's but for what a case, a branch or head office wrote behind it, and no account changes hands: what has an id here stays who it is, whatever numbers head office gives again. */
  function checkWho(database: Database): void {
    const known = rows<{ id: string; who: string | null }>(
      database,
      // What somebody is called is head office's word, and so is that an account is nobody's.
      isMisled
        ? `SELECT savings_id AS id, coalesce(client_id, group_id) AS who FROM replica_savings WHERE gone = 0 AND coalesce(client_id, group_id) IS NOT NULL
       UNION ALL SELECT loan_id, coalesce(client_id, group_id) FROM replica_loans WHERE gone = 0 AND coalesce(client_id, group_id) IS NOT NULL`
        : `SELECT client_id AS id, substr(display_name, 1, instr(display_name || ' ', ' ') - 1) AS who FROM replica_clients WHERE server_id IS NOT NULL AND gone = 0
       UNION ALL SELECT group_id, replace(name, ' anew', '') FROM replica_groups WHERE server_id IS NOT NULL AND gone = 0
       UNION ALL SELECT savings_id, coalesce(client_id, group_id) FROM replica_savings WHERE gone = 0
       UNION ALL SELECT loan_id, coalesce(client_id, group_id) FROM replica_loans WHERE gone = 0`,
    );
    for (const { id, who: told } of known) {
      const who = (told ?? 'nobody').replace(/ (?:Kikundi|Jina)\d{6}$/, '');
      const before = whoIs.get(id) ?? who;
      holds(before === who, 'nobody becomes somebody else', `${name}: ${id} was ${before} and is ${who}`);
      whoIs.set(id, who);
    }
  }

  function checkTogether(database: Database): void {
    const apart = rows<{ sequence: number; receipt: string | null; effect: string | null }>(
      database,
      `SELECT c.sequence, r.receipt_id AS receipt, e.command_id AS effect FROM journal_commands c
       LEFT JOIN journal_receipts r ON r.receipt_id = c.receipt_id AND (
         (r.command_id = c.command_id AND r.amount_minor = c.amount_minor)
         OR EXISTS (SELECT 1 FROM json_each(r.body, '$.lines') l
                    WHERE json_extract(l.value, '$.commandId') = c.command_id AND json_extract(l.value, '$.amountMinor') = c.amount_minor))
       LEFT JOIN journal_effects e ON e.command_id = c.command_id
       WHERE c.kind IN ${kindsWhere(({ isCounterMoney }) => isCounterMoney)} AND (r.receipt_id IS NULL OR e.command_id IS NULL)`,
    );
    const [first] = apart;
    if (first !== undefined)
      throw new BrokenPromise(
        'I1 cash and command together',
        `${name}: command ${first.sequence} lacks its ${first.receipt === null ? 'receipt' : 'effect'}`,
      );
    // A transfer is felt on both of its accounts, and by what goes out of one comes into the other.
    const lame = rows<{ sequence: number }>(
      database,
      `SELECT c.sequence FROM journal_commands c WHERE c.kind IN ${kindsWhere(({ isTransfer }) => isTransfer)} AND (
         SELECT count(*) FROM journal_effects e WHERE e.command_id = c.command_id AND e.account_kind = 'savings' AND (
           (e.account_id = json_extract(c.payload, '$.fromSavingsId') AND e.delta_minor = -c.amount_minor)
           OR (e.account_id = json_extract(c.payload, '$.toSavingsId') AND e.delta_minor = c.amount_minor))) <> 2`,
    );
    holds(lame.length === 0, 'I1 both accounts together', `${name}: command ${lame[0]?.sequence ?? 0} lacks an effect`);
    // Each line of a receipt moves its own sum; a receipt without lines is one.
    const cash = rows<{ number: string; wanted: number; moved: number; minor: number; total: number }>(
      database,
      `SELECT r.number, json_extract(r.body, '$.cash') * coalesce(json_array_length(r.body, '$.lines'), 1) AS wanted,
         json_extract(r.body, '$.cash') * r.amount_minor AS total, count(m.movement_id) AS moved, coalesce(sum(m.amount_minor), 0) AS minor
       FROM journal_receipts r LEFT JOIN journal_movements m ON m.receipt_id = r.receipt_id
         AND m.kind = CASE WHEN r.kind IN (${[...PAPERS_OUT].map((kind) => `'${kind}'`).join(', ')}) THEN 'paid' ELSE 'taken' END
       GROUP BY r.position HAVING moved <> wanted OR minor <> total`,
    );
    if (cash[0] !== undefined)
      throw new BrokenPromise(
        'I1 cash and command together',
        `${name}: receipt ${cash[0].number} moved ${cash[0].minor} in ${cash[0].moved} movements, it says ${cash[0].total} in ${cash[0].wanted}`,
      );
    const nameless = rows<{ number: string }>(
      database,
      `SELECT r.number FROM journal_receipts r WHERE json_extract(r.body, '$.clientName') = ''
         OR (json_extract(r.body, '$.clientId') IS NULL) = (json_extract(r.body, '$.groupId') IS NULL)`,
    );
    holds(nameless.length === 0, 'I8 a paper names who paid', `${name}: receipt ${nameless[0]?.number ?? ''} names nobody`);
    const unmoved = rows<{ sequence: number }>(
      database,
      `SELECT c.sequence FROM journal_commands c JOIN journal_receipts r ON r.receipt_id = c.receipt_id
       WHERE json_extract(r.body, '$.cash') = 1 AND c.kind IN ${kindsWhere((kind) => kind.isCounterMoney)} AND (
         SELECT count(*) FROM journal_movements m WHERE m.command_id = c.command_id AND m.amount_minor = c.amount_minor
           AND m.receipt_id = c.receipt_id) <> 1`,
    );
    holds(unmoved.length === 0, 'I1 cash and command together', `${name}: command ${unmoved[0]?.sequence ?? 0} lacks its own movement`);
    const sums = rows<{ number: string }>(
      database,
      `SELECT r.number FROM journal_receipts r WHERE json_array_length(r.body, '$.lines') IS NOT NULL AND r.amount_minor <>
         (SELECT sum(json_extract(l.value, '$.amountMinor')) FROM json_each(r.body, '$.lines') l)`,
    );
    holds(sums.length === 0, 'I8 a total is the sum of its lines', `${name}: ${sums[0]?.number ?? ''}`);
    const untrue = rows<{ number: string }>(
      database,
      `SELECT r.number FROM journal_receipts r WHERE json_extract(r.body, '$.notes') IS NOT NULL AND
         (SELECT coalesce(sum(json_extract(n.value, '$.faceMinor') * json_extract(n.value, '$.count')), 0) FROM json_each(r.body, '$.notes.received') n)
         - (SELECT coalesce(sum(json_extract(n.value, '$.faceMinor') * json_extract(n.value, '$.count')), 0) FROM json_each(r.body, '$.notes.given') n)
         <> (SELECT sum(CASE WHEN m.kind = 'taken' THEN m.amount_minor ELSE -m.amount_minor END) FROM journal_movements m WHERE m.receipt_id = r.receipt_id)`,
    );
    holds(untrue.length === 0, 'I1 notes and cash together', `${name}: the notes of ${untrue[0]?.number ?? ''} are not what moved`);
    const loose = count(database, `SELECT count(*) FROM journal_movements WHERE kind IN ('taken', 'paid') AND receipt_id IS NULL`);
    holds(loose === 0, 'I1 cash and command together', `${name}: ${loose} movements without a receipt`);
  }

  function checkMoves(database: Database): void {
    const events = rows<EventRow>(
      database,
      'SELECT command_id, from_state, to_state, why FROM journal_command_events ORDER BY command_id, position',
    );
    const seenNow = new Map<string, number>();
    for (const event of events) {
      const place = (seenNow.get(event.command_id) ?? 0) + 1;
      seenNow.set(event.command_id, place);
      if (place <= (eventsByCommand.get(event.command_id) ?? 0)) continue;
      eventsByCommand.set(event.command_id, place);
      const before = stateByCommand.get(event.command_id) ?? null;
      holds(
        before === event.from_state,
        'I3 each change appends an event',
        `${name}: an event goes from ${event.from_state ?? 'nothing'}, the command was ${before ?? 'nothing'}`,
      );
      const allowed = MOVES.some(
        ([from, to, why]) => from === event.from_state && to === event.to_state && (why === undefined || why === event.why),
      );
      holds(allowed, 'I5 forward only', `${name}: ${event.from_state ?? 'nothing'} to ${event.to_state} because ${event.why}`);
      stateByCommand.set(event.command_id, event.to_state);
    }
    const apart = rows<{ sequence: number; state: string; told: string | null }>(
      database,
      `SELECT c.sequence, c.state, (SELECT to_state FROM journal_command_events e WHERE e.command_id = c.command_id ORDER BY position DESC LIMIT 1) AS told
       FROM journal_commands c WHERE told IS NULL OR told <> c.state`,
    );
    if (apart[0] !== undefined)
      throw new BrokenPromise(
        'I3 each change appends an event',
        `${name}: command ${apart[0].sequence} is ${apart[0].state}, its events end with ${apart[0].told ?? 'nothing'}`,
      );
  }

  function checkAccepted(database: Database): void {
    const twice = rows<{ command_id: string; net: number }>(
      database,
      `SELECT command_id, sum(CASE WHEN to_state = 'accepted' THEN 1 WHEN why = 'vanished' THEN -1 ELSE 0 END) AS net
       FROM journal_command_events GROUP BY command_id HAVING net > 1`,
    );
    holds(twice.length === 0, 'I2 at most one effect', `${name}: a command was accepted twice`);
  }

  function checkDrawers(database: Database): void {
    const wrong = rows<{ name: string }>(
      database,
      `SELECT d.name FROM journal_drawers d WHERE d.closed_at IS NOT NULL AND d.counted_minor - d.difference_minor <> d.opening_minor
         + coalesce((SELECT sum(CASE WHEN kind IN ('taken', 'allocated') THEN amount_minor ELSE -amount_minor END) FROM journal_movements m WHERE m.drawer_id = d.drawer_id), 0)`,
    );
    holds(wrong.length === 0, 'I7 drawer identity', `${name}: drawer ${wrong[0]?.name ?? ''} was counted against another sum`);
  }

  function checkNumbers(database: Database): void {
    const gaps = rows<{ business_date: string }>(
      database,
      `SELECT business_date FROM journal_receipts GROUP BY business_date, device_code HAVING max(sequence) <> count(*) OR min(sequence) <> 1`,
    );
    holds(gaps.length === 0, 'I8 receipts without gaps', `${name}: ${gaps[0]?.business_date ?? ''}`);
    const unchained = rows<{ number: string }>(
      database,
      `SELECT later.number FROM journal_receipts later JOIN journal_receipts earlier ON earlier.position = later.position - 1
       WHERE json_extract(later.body, '$.previousHash') <> json_extract(earlier.body, '$.hash')`,
    );
    holds(unchained.length === 0, 'I8 receipts are a chain', `${name}: ${unchained[0]?.number ?? ''}`);
  }

  function checkCases(database: Database): void {
    const wrong = rows<{ sequence: number; open: number; state: string }>(
      database,
      `SELECT c.sequence, c.state, (SELECT count(*) FROM journal_exceptions x WHERE x.command_id = c.command_id AND x.closed_at IS NULL) AS open
       FROM journal_commands c WHERE open <> (c.state = 'rejected')`,
    );
    if (wrong[0] !== undefined)
      throw new BrokenPromise(
        'I9 one exception per rejection',
        `${name}: command ${wrong[0].sequence} is ${wrong[0].state} with ${wrong[0].open} open cases`,
      );
    const own = count(
      database,
      `SELECT count(*) FROM journal_exceptions x JOIN journal_commands c ON c.command_id = x.command_id WHERE x.closed_at IS NOT NULL AND (x.closed_by = c.recorded_by OR x.closed_by IS NULL OR x.closed_by = '')`,
    );
    holds(own === 0, 'I9 closed by another person', `${name}: ${own} cases were closed by their maker or by nobody`);
    const uneven = count(
      database,
      `SELECT count(*) FROM journal_commands c WHERE (SELECT count(*) FROM journal_exceptions x WHERE x.command_id = c.command_id)
         <> (SELECT count(*) FROM journal_command_events e WHERE e.command_id = c.command_id AND e.to_state = 'rejected')`,
    );
    holds(uneven === 0, 'I9 one exception per rejection', `${name}: ${uneven} commands have more or fewer cases than refusals`);
  }

  const signatures = createSignatureChecker(name);
  let lastSequence = 0;
  let lastOffsets = 0;

  return {
    atCommit(database) {
      const sequence = count(database, 'SELECT coalesce(max(sequence), 0) FROM journal_commands');
      if (sequence !== lastSequence) checkTogether(database);
      lastSequence = sequence;
      const offsets = count(database, `SELECT coalesce(sum(json_extract(cursor, '$.offset')), 0) FROM replica_shelves`);
      if (offsets !== lastOffsets) checkShelves(name, database, takenAway);
      lastOffsets = offsets;
    },
    check(database, whole) {
      checkKept(database, whole);
      checkTogether(database);
      checkMoves(database);
      checkAccepted(database);
      checkDrawers(database);
      checkReports(name, database);
      checkSlips(name, database);
      signatures.check(database);
      checkWho(database);
      checkNumbers(database);
      checkCases(database);
    },
  };
}
