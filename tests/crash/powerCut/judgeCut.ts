// Switches the branch on again over what a power cut left, with the program's own code, and asks: does it open, is every receipt there that
// somebody holds in the hand, is the store whole, and does the start page say so?

import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { openTawi, type Tawi } from '../../../electron/composition/openTawi.ts';
import { keyFileWrap } from '../../../electron/host/ports/keyFileWrap.ts';
import { backupsIn } from '../../../electron/store/backup.ts';
import { copyBeforeMigration } from '../../../electron/store/migrate.ts';
import type { StartView } from '../../../shared/contract/session.ts';
import type { Receipt } from '../../../shared/domain/records.ts';
import { agreeToOffice } from '../../world/agreeToOffice.ts';
import { MANAGER } from '../counterPeople.ts';
import { PASSWORD } from '../headOfficeSide.ts';
import type { JournalBook } from '../journalBook.ts';
import { readJournal } from '../journalBook.ts';
import { keyOfBranch } from '../keyOfBranch.ts';
import { saidAtStart } from '../startPage.ts';

/** What somebody had been told before the power went. */
export interface ToldBefore {
  readonly founded: boolean;
  readonly receipts: readonly Receipt[];
  /** Names of backups that were said to be made, with the receipts told before each was asked for. */
  readonly backups: readonly { readonly name: string; readonly receipts: readonly Receipt[] }[];
}

export interface CutFacts {
  readonly folder: string;
  readonly backups: string;
  readonly told: ToldBefore;
  /** For a first run that must be repeated: where head office is. Null: leave a first run alone. */
  readonly headOffice: string | null;
  /** The schema version that the store had before a migration which is being cut off; null outside of one. */
  readonly migratedFrom: number | null;
}

export interface Judgement {
  readonly wrong: readonly string[];
  /** How long it took until the start page answered, in this process. */
  readonly openedInMs: number;
  readonly said: string;
}

function missing(receipts: readonly Receipt[], journal: JournalBook): string[] {
  const hashes = new Set(journal.receipts.map((receipt) => receipt.body.hash));
  return receipts.filter((receipt) => !hashes.has(receipt.hash)).map((receipt) => receipt.number);
}

function notWhole(journal: JournalBook): string[] {
  return [...journal.damage, ...(journal.brokenEntry === null ? [] : [`entry ${journal.brokenEntry} breaks the chain`])];
}

function untrue({ start }: StartView, journal: JournalBook): string[] {
  if (start === null) return ['the start page says nothing'];
  const last = journal.receipts.at(-1);
  const wrong: string[] = [];
  if (!start.chainWhole) wrong.push('the start page calls the chain broken');
  if (start.behind !== null) wrong.push('the start page calls whole books incomplete');
  if (start.lastReceipt?.number !== last?.number)
    wrong.push(`the start page's last receipt is ${start.lastReceipt?.number ?? 'none'}, the journal's ${last?.number ?? 'none'}`);
  const ofDay = journal.receipts.filter((receipt) => receipt.businessDate === last?.businessDate).length;
  if (start.receiptsToday !== ofDay) wrong.push(`the start page counts ${String(start.receiptsToday)} receipts, the journal ${ofDay}`);
  return wrong;
}

/** Receipts and figures are told to whoever has signed in, and to nobody else. */
async function seenInside({ doorway }: Tawi, door: StartView): Promise<StartView> {
  const caller = { channel: 'power cut, signed in' };
  const person = door.people.find(({ offlineReady }) => offlineReady);
  if (person === undefined) return door;
  await doorway.call('session.signIn', { username: person.username, password: PASSWORD }, caller);
  const seen = await doorway.call('session.showStart', {}, caller);
  return seen.ok ? (seen.value as StartView) : door;
}

export async function judgeCut(facts: CutFacts): Promise<Judgement> {
  const began = performance.now();
  const wrong: string[] = [];
  const tawi = await openTawi({
    dataFolder: facts.folder,
    keyWraps: [keyFileWrap(facts.folder)],
    practice: { clients: 1, seed: 1 },
    answers: 'strict',
  });
  const caller = { channel: 'power cut' };
  const answer = await tawi.doorway.call('session.showStart', {}, caller);
  const openedInMs = Math.round(performance.now() - began);
  const page = answer.ok ? await seenInside(tawi, answer.value as StartView) : null;
  const said = page === null ? 'no start page' : saidAtStart(page);
  if (page === null) wrong.push(`the start page was refused: ${answer.ok ? '' : answer.refusal.code}`);
  const state = tawi.state();
  if (state === 'blocked') wrong.push(`the branch does not open: ${tawi.blockedBy() ?? ''}`);
  if (state === 'firstRun' && facts.told.founded) wrong.push('a branch that was founded looks like a first run');
  if (state === 'firstRun' && facts.headOffice !== null) {
    const input = { address: facts.headOffice, tenant: 'default', username: MANAGER, password: PASSWORD, zone: 'Africa/Nairobi' };
    const again = await agreeToOffice(
      (agreed) => tawi.doorway.call('session.connectHeadOffice', { ...input, ...agreed }, caller),
      (told) => (told.ok ? null : told.refusal),
    );
    if (!again.ok) wrong.push(`the first run cannot be repeated: ${again.refusal.code}`);
  }
  await tawi.close();
  if (state === 'open') {
    const at = await keyOfBranch(facts.folder);
    const journal = readJournal(at);
    for (const number of missing(facts.told.receipts, journal)) wrong.push(`receipt ${number} is lost`);
    wrong.push(...notWhole(journal));
    if (page !== null) wrong.push(...untrue(page, journal));
    wrong.push(...judgeBackups(facts, at.key));
    if (facts.migratedFrom !== null) wrong.push(...judgeCopy(facts, facts.migratedFrom, at.key));
  }
  return { wrong, openedInMs, said };
}

/** A backup has its name only when it is whole; one that was said to be made is there, with everything that was told before. */
function judgeBackups({ backups, told }: CutFacts, key: Uint8Array | null): string[] {
  const names = existsSync(backups) ? backupsIn(backups) : [];
  const wrong = told.backups.filter((each) => !names.includes(each.name)).map((each) => `backup ${each.name} is lost`);
  for (const name of names) {
    try {
      const journal = readJournal({ file: join(backups, name), key });
      wrong.push(...notWhole(journal).map((damage) => `backup ${name}: ${damage}`));
      const promised = told.backups.find((each) => each.name === name)?.receipts ?? [];
      for (const number of missing(promised, journal)) wrong.push(`backup ${name} lacks receipt ${number}`);
    } catch (error) {
      wrong.push(`backup ${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return wrong;
}

/** The store is open, so it has the newest schema now; then the copy of how it was before must be there and whole. */
function judgeCopy({ folder, told }: CutFacts, version: number, key: Uint8Array | null): string[] {
  const copy = copyBeforeMigration(join(folder, 'branch', 'branch.sqlite'), version);
  if (!existsSync(copy)) return [`the copy from before the migration is missing (${basename(copy)})`];
  try {
    const journal = readJournal({ file: copy, key });
    return [
      ...notWhole(journal).map((damage) => `the copy from before the migration: ${damage}`),
      ...missing(told.receipts, journal).map((number) => `the copy from before the migration lacks ${number}`),
    ];
  } catch (error) {
    return [`the copy from before the migration cannot be read: ${error instanceof Error ? error.message : String(error)}`];
  }
}
