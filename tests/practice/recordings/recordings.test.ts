// Practice answers as a real head office was recorded to answer. The counts of each section can only get better: after a
// mend, `node tests/practice/recordings/cli.ts ratchet` keeps the new ones, and the same program with a section's number
// prints what still differs.
import { beforeAll, describe, expect, test } from 'vitest';
import ratchet from './ratchet.json' with { type: 'json' };
import { recordedSections } from './recordedExchanges.ts';
import { countsOf, isNoWorse, type Played, replayRecordings } from './replay.ts';

describe('practice against the recorded head office', () => {
  let played: Map<string, Played[]>;
  beforeAll(() => {
    played = replayRecordings();
  }, 120_000);

  test('every section was recorded and has its counts', () => {
    expect(recordedSections).toHaveLength(24);
    expect(Object.keys(ratchet).sort()).toEqual([...recordedSections]);
  });

  test.each(recordedSections.map((section) => [section]))('%s', (section) => {
    const counts = countsOf(played.get(section) ?? []);
    const before = (ratchet as Record<string, Record<'status' | 'shape' | 'missing' | 'notCompared', number>>)[section];
    if (before === undefined) throw new Error(`${section} has no counts`);
    if (!isNoWorse(counts, before)) expect(counts).toEqual(before);
    expect(counts.notCompared).toBe(before.notCompared);
  });
});
