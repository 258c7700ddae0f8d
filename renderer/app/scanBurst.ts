// Tells a scanner from a person by the times of its keys: a whole code stands there before a person has pressed the second of as many. Pure:
// it is given presses and their moments, and knows no page.

/** Between two keys of a machine; slow wireless scanners take half of it. */
const GAP_MOST_MS = 120;
/** On the average of a code; the fastest people need twice as long for digits. */
const MEAN_MOST_MS = 60;
/** The Enter or Tab behind it. */
const END_MOST_MS = 150;
/** After such a pause another text begins. Anything shorter is inside one: half a code must never pass for a whole one. */
const PAUSE_MS = 350;
const LENGTH_MIN = 4;

export interface Burst {
  /** As this PC's keyboard layout wrote it. */
  readonly typed: string;
  /** As the scanner meant it: scanners press the keys of an American keyboard. */
  readonly meant: string;
  /** No person is so fast. */
  readonly isMachine: boolean;
}

export interface BurstReader {
  /** One character, and how it came: first after a pause, or behind another at a person's pace, or at a machine's. */
  press(typed: string, meant: string, at: number): 'first' | 'next' | 'atOnce';
  /** Several characters at once, as a scanner that writes instead of pressing. */
  insert(text: string, at: number): void;
  /** Enter or Tab: the text that ended with it; null for a person's pause, or next to nothing. */
  end(at: number): Burst | null;
  reset(): void;
}

export function createBurst(): BurstReader {
  let typed = '';
  let meant = '';
  let began = 0;
  let last = Number.NEGATIVE_INFINITY;
  let longest = 0;
  let isInserted = false;

  function reset(): void {
    typed = '';
    meant = '';
    last = Number.NEGATIVE_INFINITY;
  }

  return {
    press: (asTyped, asMeant, at) => {
      const gap = at - last;
      const isFirst = gap > PAUSE_MS || isInserted;
      if (isFirst) {
        reset();
        began = at;
        longest = 0;
        isInserted = false;
      } else longest = Math.max(longest, gap);
      typed += asTyped;
      meant += asMeant;
      last = at;
      if (isFirst) return 'first';
      return gap <= GAP_MOST_MS ? 'atOnce' : 'next';
    },
    insert: (text, at) => {
      typed = text;
      meant = text;
      began = at;
      last = at;
      longest = 0;
      isInserted = true;
    },
    end: (at) => {
      const length = Math.max(typed.length, meant.length);
      const isMachine = longest <= GAP_MOST_MS && at - last <= END_MOST_MS && last - began <= (length - 1) * MEAN_MOST_MS;
      const isOne = length >= LENGTH_MIN && at - last <= PAUSE_MS;
      const burst = isOne ? { typed: typed.trim(), meant: meant.trim(), isMachine } : null;
      reset();
      return burst;
    },
    reset,
  };
}

/** What some scanners put before a code to say of which kind it is. */
const KIND_BEFORE = /^\][A-Za-z][0-9A-Za-z](?=.)/;

/** The codes that a burst can have been, the likelier first. */
export function codesOf({ typed, meant }: Burst): readonly string[] {
  return [...new Set([meant.replace(KIND_BEFORE, ''), meant, typed])].filter((code) => code !== '');
}

const OURS = /^(?:TAWI:|[A-Z0-9]{2,5}-\d{2}(?:-\d{6}-\d{4,9}-[0-9A-Z])?$)/i;

/** Says itself what it is, so that nobody can have meant it as text. */
export function isOurs(code: string): boolean {
  return OURS.test(code);
}

/** The square or the number of a receipt. */
export function isPaper(code: string): boolean {
  return isOurs(code) && !/^[A-Z0-9]{2,5}-\d{2}$/i.test(code);
}

/** An amount may be typed by a machine too (a macro key, a pad); only what the branch knows by this very number is a code then. */
export function mayBeAmount(code: string): boolean {
  // Also with its thousands apart, as the screen writes them.
  return /^(?:[1-9]\d{0,6}(?:[.,]\d{0,3})?|0[.,]\d{0,3}|[1-9]\d{0,2}(?:[.,'’]\d{3})+(?:[.,]\d{0,3})?)$/.test(code);
}

/** No sum, however slowly it was pressed: a number with leading zeros, or with letters in it. */
export function isNoAmount(code: string): boolean {
  return /^0\d{4,}$/.test(code) || /[A-Z]/i.test(code);
}

/** A code has a digit and no blank: 'waf mar' is a search. */
export function mayBeCode(code: string): boolean {
  return /\d/.test(code) && !/\s/.test(code) && code.length <= 200;
}

const SHIFTED_DIGITS = ')!@#$%^&*(';
const SIGNS: Readonly<Record<string, readonly [string, string]>> = {
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Backquote: ['`', '~'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  Space: [' ', ' '],
  NumpadSubtract: ['-', '-'],
  NumpadDivide: ['/', '/'],
  NumpadDecimal: ['.', '.'],
  NumpadMultiply: ['*', '*'],
  NumpadAdd: ['+', '+'],
};

/** What a key writes on an American keyboard; as typed where its place is not known. */
export function asAmerican(press: { readonly key: string; readonly code: string; readonly shiftKey: boolean }): string {
  const { key, code, shiftKey } = press;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return shiftKey && code.startsWith('Digit') ? (SHIFTED_DIGITS[Number(digit)] ?? key) : digit;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return shiftKey ? letter : letter.toLowerCase();
  const sign = SIGNS[code];
  return sign === undefined ? key : sign[shiftKey ? 1 : 0];
}
