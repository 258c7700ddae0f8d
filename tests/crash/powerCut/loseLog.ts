// A power cut that takes more than it may: the log of the books is gone, cut short or broken, as on a disk that lies, after a clean-up of strange
// files, or when somebody brings back an older copy. The commits in it are lost, and nothing can be done about that; but the next start must
// say so, and no receipt number may be given again. Asked with the program's own code, by giving a receipt.

import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTawi } from '../../../electron/composition/openTawi.ts';
import { keyFileWrap } from '../../../electron/host/ports/keyFileWrap.ts';
import { machineMark } from '../../../electron/host/ports/machineMark.ts';
import { backupsIn } from '../../../electron/store/backup.ts';
import type { DatabaseAt } from '../../../electron/store/openDatabase.ts';
import { openDatabase } from '../../../electron/store/openDatabase.ts';
import type { ReceiptLine } from '../../../shared/contract/shapes.ts';
import type { StartView } from '../../../shared/contract/session.ts';
import { uuidV7 } from '../../../shared/kernel/uuidV7.ts';
import type { Seeded } from '../../world/seed.ts';
import { CASHIERS } from '../counterPeople.ts';
import { PASSWORD } from '../headOfficeSide.ts';
import { readJournal } from '../journalBook.ts';
import { keyOfBranch } from '../keyOfBranch.ts';
import { saidAtStart } from '../startPage.ts';
import type { ToldBefore } from './judgeCut.ts';

/** What becomes of the log; 'older copy' puts the newest backup in the place of the books as well. */
export const LOSSES = ['gone', 'cut short', 'broken', 'older copy'] as const;
export type Loss = (typeof LOSSES)[number];

export interface LossFound {
  readonly wrong: readonly string[];
  readonly said: string;
  /** How many receipts that somebody holds in the hand are not in the books any more. */
  readonly missing: number;
  readonly noticed: boolean;
  /** How many of the receipts that were given now carry a number that was given before. */
  readonly twins: number;
}

const GIVEN_AFTERWARDS = 3;

function lose(folder: string, loss: Loss, chance: Seeded): void {
  const store = join(folder, 'branch', 'branch.sqlite');
  const log = `${store}-wal`;
  if (loss === 'older copy') {
    const [newest] = backupsIn(join(folder, 'backups'));
    if (newest !== undefined) writeFileSync(store, readFileSync(join(folder, 'backups', newest)));
  }
  if (!existsSync(log)) return;
  const bytes = readFileSync(log);
  if (loss === 'gone' || loss === 'older copy') rmSync(log);
  else if (loss === 'cut short') truncateSync(log, chance.below(bytes.length));
  else {
    Buffer.from(chance.bytes(512)).copy(bytes, chance.below(Math.max(bytes.length - 512, 1)));
    writeFileSync(log, bytes);
  }
}

/** An account that takes a deposit, as a cashier would look for one: the receipts told before may all be of loans. */
async function savingsTaking(ask: <T>(method: string, input: unknown) => Promise<T | null>): Promise<string> {
  const list = await ask<{ readonly rows: readonly { readonly clientId: string }[] }>('clients.list', { show: 'active', most: 60 });
  for (const { clientId } of list?.rows ?? []) {
    const page = await ask<{ readonly savings: readonly { readonly savingsId: string; readonly mayDeposit: boolean }[] }>('clients.show', {
      clientId,
    });
    const open = page?.savings.find((savings) => savings.mayDeposit);
    if (open !== undefined) return open.savingsId;
  }
  return '';
}

/** The place that the books were bound to, or null. */
function markIn(at: DatabaseAt): string | null {
  const database = openDatabase(at, 'readonly');
  try {
    const mark: unknown = database.prepare(`SELECT value ->> '$.mark' FROM local_settings WHERE name = 'machine'`).pluck().get();
    return typeof mark === 'string' ? mark : null;
  } finally {
    database.close();
  }
}

/** The folder is as the kill left it. */
export async function judgeLoss(folder: string, loss: Loss, told: ToldBefore, chance: Seeded): Promise<LossFound> {
  lose(folder, loss, chance);
  const at = await keyOfBranch(folder);
  const kept = new Set(readJournal(at).receipts.map((receipt) => receipt.body.hash));
  const missing = told.receipts.filter((receipt) => !kept.has(receipt.hash));
  const wrong: string[] = [];
  const marked = markIn(at);
  const tawi = await openTawi({
    dataFolder: folder,
    keyWraps: [keyFileWrap(folder)],
    // The power came back on the same PC: only this test lays its disk elsewhere.
    machineMark: (where) => marked ?? machineMark(where),
    practice: { clients: 1, seed: 1 },
    answers: 'strict',
  });
  const caller = { channel: 'lost log' };
  const ask = async <T>(method: string, input: unknown): Promise<T | null> => {
    const reply = await tawi.doorway.call(method, input, caller);
    if (!reply.ok) refused.push(`${method}: ${reply.refusal.code}`);
    return reply.ok ? (reply.value as T) : null;
  };
  const refused: string[] = [];
  const given: string[] = [];
  let page = await ask<StartView>('session.showStart', {});
  try {
    const [username] = CASHIERS;
    const signedIn = await ask('session.signIn', { username, password: PASSWORD });
    // Which receipts are missing is told to whoever has signed in.
    if (signedIn !== null) page = await ask<StartView>('session.showStart', {});
    const accountId = await savingsTaking(ask);
    if ((await ask('cash.showDrawer', {})) === null) await ask('cash.openDrawer', { openingMinor: 1_000_000 });
    for (let turn = 0; turn < GIVEN_AFTERWARDS && signedIn !== null; turn += 1) {
      const formId = uuidV7(Date.now(), chance.bytes(10));
      const line = await ask<ReceiptLine>('savings.takeDeposit', {
        formId,
        savingsId: accountId,
        amountMinor: 1_000,
        paidWith: { paymentTypeId: 1 },
      });
      if (line !== null) given.push(line.receipt.number);
    }
  } finally {
    await tawi.close();
  }
  const behind = page?.start?.behind ?? null;
  const numbers = new Set(told.receipts.map((receipt) => receipt.number));
  const twins = given.filter((number) => numbers.has(number)).length;
  // Whoever must be pulled again from the beginning gives no receipt before.
  if (given.length < GIVEN_AFTERWARDS && page?.state !== 'pulling')
    wrong.push(`only ${given.length} of ${GIVEN_AFTERWARDS} receipts could be given afterwards: ${refused.join(', ')}`);
  if (twins > 0) wrong.push(`${twins} numbers were given a second time`);
  if (missing.length > 0 && behind === null) wrong.push(`${missing.length} receipts are missing and the page does not say so`);
  if (behind !== null && (behind.receipts ?? 0) < missing.length)
    wrong.push(`${missing.length} receipts are missing, the page knows of ${String(behind.receipts)}`);
  const after = readJournal(at);
  wrong.push(...after.damage);
  if (after.brokenEntry !== null) wrong.push(`entry ${after.brokenEntry} breaks the chain`);
  return { wrong, said: page === null ? 'no start page' : saidAtStart(page), missing: missing.length, noticed: behind !== null, twins };
}
