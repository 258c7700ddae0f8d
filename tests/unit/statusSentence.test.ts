// The sentence at the foot is the most important truth, and 'good' is said only where nothing is otherwise.
import { expect, test } from 'vitest';
import {
  BALANCES_OLD_MS,
  READING_STUCK_MS,
  STATUS_SENTENCES,
  statusSentence,
  type StatusFacts,
  type StatusSentence,
} from '../../shared/domain/status/statusSentence.ts';

const GOOD: StatusFacts = {
  stopped: false,
  offlineDeclared: false,
  line: 'up',
  strangerAnswers: false,
  practiceLineCut: false,
  signInNeeded: false,
  headOfficeTrouble: false,
  waitsForDay: 0,
  waitsLong: false,
  readingForMs: null,
  firstPullDone: true,
  balancesAgeMs: 30_000,
  sending: false,
  needsYou: 0,
  leftOut: 0,
};

/** Each truth alone, the most important first. */
const TRUTHS: readonly (readonly [StatusSentence, Partial<StatusFacts>])[] = [
  ['stopped', { stopped: true }],
  ['offlineDeclared', { offlineDeclared: true }],
  ['practiceLineCut', { line: 'down', practiceLineCut: true }],
  ['strangerAnswers', { line: 'down', strangerAnswers: true }],
  ['lineDown', { line: 'down' }],
  ['notAskedYet', { line: 'unknown' }],
  ['signInNeeded', { signInNeeded: true }],
  ['headOfficeTrouble', { headOfficeTrouble: true }],
  ['waitsForDay', { waitsForDay: 1 }],
  ['waitsLong', { waitsLong: true }],
  ['readingStuck', { readingForMs: READING_STUCK_MS }],
  ['balancesOld', { balancesAgeMs: BALANCES_OLD_MS }],
  ['sending', { sending: true }],
  ['pulling', { readingForMs: 1_000 }],
  ['needsYou', { needsYou: 1 }],
  ['someLeftOut', { leftOut: 1 }],
  ['good', {}],
];

test('every sentence has its truth, in the order of their weight', () =>
  expect(TRUTHS.map(([sentence]) => sentence)).toEqual(STATUS_SENTENCES));

test.each(TRUTHS)('%s', (sentence, facts) => expect(statusSentence({ ...GOOD, ...facts })).toBe(sentence));

test('of two truths the more important one is said', () => {
  TRUTHS.forEach(([sentence, more], at) => {
    for (const [, less] of TRUTHS.slice(at + 1)) expect(statusSentence({ ...GOOD, ...less, ...more })).toBe(sentence);
  });
});

test('balances that were never known are old, but for the first reading, which says how far it is', () => {
  expect(statusSentence({ ...GOOD, balancesAgeMs: null })).toBe('balancesOld');
  expect(statusSentence({ ...GOOD, firstPullDone: false, balancesAgeMs: null, readingForMs: READING_STUCK_MS * 9 })).toBe('pulling');
});
