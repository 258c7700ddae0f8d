// What each receipt asks of the books, forty people waiting: every answer is found by a seek. A list built for an answer, rows that are counted or a
// table that is read cost little in a test and the whole counter in a branch of forty thousand clients, so the plans are looked at and not the clock.

import type { Database, Statement } from 'better-sqlite3';
import { expect, test } from 'vitest';
import { play } from './scene.ts';

/** Walks and sortings of what stays few however long the branch works. */
const few = [
  /^SCAN local_owner /,
  /^SCAN \w+ USING INDEX (?:journal_days_one_open|journal_commands_payouts) /,
  /^SCAN journal_(?:entries|receipts) .* DESC LIMIT 1$/,
  /^USE TEMP B-TREE FOR ORDER BY .* FROM journal_(?:drawers WHERE username|effects WHERE account_id|prints WHERE receipt_id)/,
];

type Ask = (...values: unknown[]) => unknown;

/** Every question that was put to these books meanwhile within a transaction that writes, as it is written. */
async function askedWhileWriting(database: Database, work: () => Promise<unknown>): Promise<ReadonlySet<string>> {
  const statements = Object.getPrototypeOf(database.prepare('SELECT 1')) as Record<'get' | 'all', Ask>;
  const { get, all } = statements;
  const asked = new Set<string>();
  const heard = (ask: Ask): Ask =>
    function (this: Statement, ...values) {
      if (this.database === database && database.inTransaction) asked.add(this.source);
      return ask.apply(this, values);
    };
  Object.assign(statements, { get: heard(get), all: heard(all) });
  try {
    await work();
  } finally {
    Object.assign(statements, { get, all });
  }
  return asked;
}

test('a receipt asks nothing whose answer takes longer the more clients, accounts or receipts there are', () =>
  play({}, async (scene) => {
    await scene.get(scene.achieng, 'cash.openDrawer', { openingMinor: 100_000 });
    const database = scene.pc.database();
    const asked = await askedWhileWriting(database, async () => {
      await scene.deposit(scene.achieng, scene.savings(0), 70_000);
      await scene.repay(scene.achieng, scene.loan(0), 5_000);
      await scene.withdraw(scene.achieng, scene.savings(0), 1_000);
    });
    expect(asked.size).toBeGreaterThan(20);
    const plans = [...asked]
      .filter((sql) => /^\s*SELECT/i.test(sql))
      .flatMap((sql) => {
        const values = Array.from({ length: sql.split('?').length - 1 }, () => '1');
        const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[];
        return plan.map(({ detail }) => `${detail} :: ${sql.replace(/\s+/g, ' ')}`);
      });
    expect(plans.filter((plan) => !few.some((each) => each.test(plan)) && /SCAN|TEMP B-TREE|LIST SUBQUERY/.test(plan))).toEqual([]);
  }));
