// Node's own ports keep what the branch was promised: times in the branch's zone, sealed secrets that only this branch opens, passwords that
// are checked and never kept, and diagnostics that say nothing about a person.

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { reckon } from '../../../electron/host/ports/argon.ts';
import { argonPasswords, argonThread } from '../../../electron/host/ports/argonPasswords.ts';
import { lineDiagnostics } from '../../../electron/host/ports/lineDiagnostics.ts';
import { nodeChance, nodeDigest, nodeIds } from '../../../electron/host/ports/nodeChance.ts';
import { nodeTimers } from '../../../electron/host/ports/nodeTimers.ts';
import { sealedSecrets } from '../../../electron/host/ports/sealedSecrets.ts';
import { isKnownZone, wallClock } from '../../../electron/host/ports/wallClock.ts';
import { StoreFault } from '../../../electron/ports/store.ts';
import { isLocalId } from '../../../shared/kernel/ids.ts';
import { Redacted, reveal } from '../../../shared/kernel/redacted.ts';

const EVENING = Date.UTC(2026, 10, 20, 21, 58, 3);

describe('the wall clock', () => {
  test('says the day and the true time of the branch, not of Greenwich', () => {
    expect(wallClock('Africa/Nairobi').localDate(EVENING)).toBe('2026-11-21');
    expect(wallClock('Africa/Nairobi').localText(EVENING)).toBe('2026-11-21T00:58:03+03:00');
    expect(wallClock('America/Lima').localText(EVENING)).toBe('2026-11-20T16:58:03-05:00');
    expect(wallClock('Asia/Kathmandu').localText(EVENING)).toBe('2026-11-21T03:43:03+05:45');
    expect(wallClock('UTC').localText(EVENING)).toBe('2026-11-20T21:58:03+00:00');
    expect(wallClock('UTC').localText(EVENING, 'Asia/Kathmandu')).toBe('2026-11-21T03:43:03+05:45');
  });

  test('follows summer time, and knows which zones there are', () => {
    expect(wallClock('Europe/Paris').localText(Date.UTC(2026, 6, 1, 22, 30))).toBe('2026-07-02T00:30:00+02:00');
    expect(wallClock('Europe/Paris').localText(Date.UTC(2026, 0, 1, 22, 30))).toBe('2026-01-01T23:30:00+01:00');
    expect([isKnownZone('Africa/Nairobi'), isKnownZone('Africa/Tawi')]).toEqual([true, false]);
  });

  test.each([
    ['Africa/Cairo', Date.UTC(2026, 3, 23), 1],
    ['Africa/Cairo', Date.UTC(2026, 9, 29), 1],
    ['America/Santiago', Date.UTC(2026, 8, 5), 1],
    ['America/Santiago', Date.UTC(2026, 3, 4), 1],
    ['America/Havana', Date.UTC(2026, 2, 7), 1],
    ['Asia/Beirut', Date.UTC(2026, 9, 24), 1],
    ['Australia/Lord_Howe', Date.UTC(2026, 9, 3), 1],
    ['America/Los_Angeles', Date.UTC(2026, 10, 1), 1],
    ['Pacific/Kiritimati', Date.UTC(2026, 10, 20), 1],
    // Samoa left out a whole day.
    ['Pacific/Apia', Date.UTC(2011, 11, 29), 2],
  ] as const)('in the night in which %s changes its clocks no day comes back, and each moment is told as itself', (zone, from, leap) => {
    const clock = wallClock(zone);
    const quarters = Array.from({ length: 4 * 60 }, (_, at) => from + at * 15 * 60_000);
    const days = quarters.map((at) => clock.localDate(at));
    for (const [index, day] of days.entries()) {
      const step = (Date.parse(day) - Date.parse(days[index - 1] ?? day)) / 86_400_000;
      expect([0, 1, leap], `${day} after ${String(days[index - 1])}`).toContain(step);
    }
    expect(quarters.map((at) => Date.parse(clock.localText(at)))).toEqual(quarters);
    expect(quarters.map((at) => clock.localText(at).slice(0, 10))).toEqual(days);
  });
});

describe('timers, chance, ids, digests', () => {
  test('a sleep that is woken ends at once', async () => {
    const sleep = nodeTimers.sleep(60_000);
    sleep.wake();
    await expect(sleep.done).resolves.toBeUndefined();
  });

  test('fractions lie in [0, 1) and ids sort by the instant they carry', () => {
    const fractions = Array.from({ length: 200 }, () => nodeChance.fraction());
    expect(fractions.every((fraction) => fraction >= 0 && fraction < 1)).toBe(true);
    expect(new Set(fractions).size).toBeGreaterThan(150);
    const [early, late] = [nodeIds(() => EVENING).newId(), nodeIds(() => EVENING + 1).newId()];
    expect(isLocalId(early)).toBe(true);
    expect(early < late).toBe(true);
  });

  test('digests are of the text in UTF-8', () => {
    expect(nodeDigest.sha256('é')).toBe('4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c');
    expect(nodeDigest.sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

describe('passwords and seals', () => {
  test('the right password is admitted, others and broken hashes are not, and two hashes of one password differ', async () => {
    const [one, two] = [await argonPasswords.hash(new Redacted('kijiji 7')), await argonPasswords.hash(new Redacted('kijiji 7'))];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(await argonPasswords.verify(new Redacted('kijiji 7'), one)).toBe(true);
    expect(await argonPasswords.verify(new Redacted('kijiji 8'), one)).toBe(false);
    expect(await argonPasswords.verify(new Redacted('kijiji 7'), 'nonsense')).toBe(false);
  });

  test('while a password is reckoned, everybody else is served: the main thread goes on taking turns', async () => {
    const order = { what: 'hash', password: 'kijiji 7', salt: new Uint8Array(16) } as const;
    const turnsDuring = async (work: () => Promise<unknown>): Promise<number> => {
      let turns = 0;
      let isOver = false;
      const turn = (): void => {
        turns += 1;
        if (!isOver) setImmediate(turn);
      };
      setImmediate(turn);
      await work();
      isOver = true;
      return turns;
    };
    const thread = argonThread();
    await Promise.all([reckon(order), thread.reckon(order)]);
    // Reckoned on this thread, nothing else has a turn before it is over.
    const here = await turnsDuring(() => reckon(order));
    const there = await turnsDuring(() => thread.reckon(order));
    expect(there).toBeGreaterThan(20 * (here + 1));
  });

  test('where no thread can be had the answer is the same', async () => {
    const nowhere = argonThread(() => new URL('./nowhere.js', import.meta.url));
    const hash = String(await nowhere.reckon({ what: 'hash', password: 'kijiji 7', salt: new Uint8Array(16).fill(3) }));
    expect(await nowhere.reckon({ what: 'verify', password: 'kijiji 7', hash })).toBe(true);
    expect(await argonPasswords.verify(new Redacted('kijiji 7'), hash)).toBe(true);
  });

  test('a thread that never answers keeps nobody waiting, and is ended', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tawi-mute-'));
    const mute = join(folder, 'mute.mjs');
    await writeFile(mute, `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => {});`);
    try {
      const thread = argonThread(() => pathToFileURL(mute), 20);
      const order = { what: 'hash', password: 'kijiji 7', salt: new Uint8Array(16).fill(3) } as const;
      const [first, second] = await Promise.all([thread.reckon(order), thread.reckon(order)]);
      expect([first, second]).toEqual([await reckon(order), await reckon(order)]);
      // The next one is asked anew, and is no better.
      expect(await thread.reckon(order)).toBe(first);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('a seal opens here, and nowhere else, and not after a change of one letter', () => {
    const seals = sealedSecrets(new Redacted(new Uint8Array(32).fill(7)));
    const sealed = seals.seal(new Redacted('kijiji 7'));
    expect(sealed).not.toContain('kijiji');
    expect(reveal(seals.open(sealed)!)).toBe('kijiji 7');
    expect(sealedSecrets(new Redacted(new Uint8Array(32).fill(8))).open(sealed)).toBeNull();
    const middle = Math.floor(sealed.length / 2);
    expect(seals.open(`${sealed.slice(0, middle)}${sealed[middle] === 'A' ? 'B' : 'A'}${sealed.slice(middle + 1)}`)).toBeNull();
    expect(seals.open('v1.')).toBeNull();
  });
});

describe('diagnostics', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tawi-notes-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const lines = async (): Promise<Record<string, unknown>[]> => {
    const text = await readFile(join(folder, 'tawi.jsonl'), 'utf8');
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };

  test('an incident keeps where and what kind, and drops the message of an error that is not ours', async () => {
    const notes = lineDiagnostics(folder, () => EVENING);
    const id = notes.incident(new TypeError('cannot read balance of Akinyi Odhiambo'), 'loans.show');
    expect(id).toMatch(/^[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}$/);
    notes.incident(new StoreFault('busy', 'another process holds the books'), 'sync');
    const [first, second] = await lines();
    expect(first).toMatchObject({
      at: '2026-11-20T21:58:03.000Z',
      level: 'fault',
      incidentId: id,
      where: 'loans.show',
      error: 'TypeError',
      message: null,
    });
    expect(String(first!['frames'])).toContain('nodePorts.test.ts');
    expect(JSON.stringify(first)).not.toContain('Akinyi');
    expect(JSON.stringify(first)).not.toContain(import.meta.dirname);
    expect(second).toMatchObject({ kind: 'busy', message: 'another process holds the books' });
  });

  test('a fact named like a secret is blacked out', async () => {
    lineDiagnostics(folder, () => EVENING).record('info', 'signIn', { password: 'kijiji 7', tries: 3, accessToken: 'abc' });
    expect(await lines()).toEqual([
      { at: '2026-11-20T21:58:03.000Z', level: 'info', what: 'signIn', password: '<redacted>', tries: 3, accessToken: '<redacted>' },
    ]);
  });

  test('old notes make room for new ones', async () => {
    const notes = lineDiagnostics(folder, () => EVENING);
    const text = 'x'.repeat(200);
    for (let line = 0; line < 30_000; line += 1) notes.record('info', 'noise', { text });
    expect((await readdir(folder)).sort()).toEqual(['tawi.jsonl', 'tawi.jsonl.1', 'tawi.jsonl.2', 'tawi.jsonl.3', 'tawi.jsonl.4']);
  });

  test('a place where nothing can be written costs the note and nothing else', () => {
    const notes = lineDiagnostics(join(import.meta.filename, 'notes'), () => EVENING);
    expect(() => notes.record('info', 'noise')).not.toThrow();
    expect(notes.incident(new Error('x'), 'y')).toMatch(/-/);
  });
});
