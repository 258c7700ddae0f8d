// Which truth stands at the foot of every screen: always the most important one. What needs a person comes before what mends itself, and
// 'good' is said only where nothing at all is otherwise.

export const STATUS_SENTENCES = [
  'stopped',
  'offlineDeclared',
  'practiceLineCut',
  'strangerAnswers',
  'lineDown',
  'notAskedYet',
  'signInNeeded',
  'headOfficeTrouble',
  'waitsForDay',
  'waitsLong',
  'readingStuck',
  'balancesOld',
  'sending',
  'pulling',
  'needsYou',
  'someLeftOut',
  'good',
] as const;
export type StatusSentence = (typeof STATUS_SENTENCES)[number];

export interface StatusFacts {
  /** Not sent because a promise would break by it. */
  readonly stopped: boolean;
  readonly offlineDeclared: boolean;
  readonly line: 'up' | 'down' | 'unknown';
  readonly strangerAnswers: boolean;
  readonly practiceLineCut: boolean;
  readonly signInNeeded: boolean;
  readonly headOfficeTrouble: boolean;
  /** How many receipts head office takes only when its own day has come so far. */
  readonly waitsForDay: number;
  /** Head office answers, and has for long not taken what was tried again and again. */
  readonly waitsLong: boolean;
  /** How long reading has brought nothing new, or begins again and again; null where nothing is read. */
  readonly readingForMs: number | null;
  /** The first whole reading may take long and says how far it is. */
  readonly firstPullDone: boolean;
  /** Age of the oldest moment at which the balances were known; null before the first. */
  readonly balancesAgeMs: number | null;
  readonly sending: boolean;
  readonly needsYou: number;
  /** Records of head office that could not be read, while everything else was. */
  readonly leftOut: number;
}

/** A round of reading takes seconds, and a piece of a long one too; one that takes this long asks the same again and again. */
export const READING_STUCK_MS = 60_000;
/** A round that finds nothing new is over sooner, and is not worth a word. */
export const READING_TOLD_MS = 2_000;
/** Whatever is due goes within seconds of the line's return; what was tried more than once since and still waits is told. */
export const WAITS_LONG_MS = 15 * 60_000;
export const WAITS_LONG_TRIES = 3;
/** Balances are known anew every half minute while the line is up. */
export const BALANCES_OLD_MS = 15 * 60_000;

export function statusSentence(facts: StatusFacts): StatusSentence {
  if (facts.stopped) return 'stopped';
  // Said before the line's weather: it stays when the line is back, and nobody but a person ends it.
  if (facts.offlineDeclared) return 'offlineDeclared';
  if (facts.line === 'down') return facts.practiceLineCut ? 'practiceLineCut' : facts.strangerAnswers ? 'strangerAnswers' : 'lineDown';
  // Before the first question nothing is known to be good.
  if (facts.line === 'unknown') return 'notAskedYet';
  if (facts.signInNeeded) return 'signInNeeded';
  if (facts.headOfficeTrouble) return 'headOfficeTrouble';
  if (facts.waitsForDay > 0) return 'waitsForDay';
  if (facts.waitsLong) return 'waitsLong';
  const isReading = facts.readingForMs !== null;
  if (facts.firstPullDone && isReading && facts.readingForMs >= READING_STUCK_MS) return 'readingStuck';
  if (facts.firstPullDone && (facts.balancesAgeMs ?? Infinity) >= BALANCES_OLD_MS) return 'balancesOld';
  if (facts.sending) return 'sending';
  if (isReading) return 'pulling';
  if (facts.needsYou > 0) return 'needsYou';
  return facts.leftOut > 0 ? 'someLeftOut' : 'good';
}
