// Which words of the branch's own names a typed word may have meant. It looks only at words that begin with the same sound and hold
// nearly the same letters, so a hundred thousand clients cost a look at a few hundred distinct words.

import { rowsOf } from '../statements.ts';
import type { Session } from '../statements.ts';
import { soundOf } from './soundOf.ts';
import { wordDistance } from './wordDistance.ts';

interface Word {
  readonly word: string;
  readonly sound: string;
  /** One bit a letter: two words that differ in many bits cannot be close. */
  readonly letters: number;
}

export interface SimilarWord {
  readonly word: string;
  /** 0 sounds the same; otherwise slips of the finger. */
  readonly distance: number;
}

function lettersOf(word: string): number {
  let bits = 0;
  for (let at = 0; at < word.length; at += 1) bits |= 1 << (word.charCodeAt(at) % 31);
  return bits;
}

function countBits(bits: number): number {
  let rest = bits;
  let count = 0;
  while (rest !== 0) {
    rest &= rest - 1;
    count += 1;
  }
  return count;
}

/** Short words allow one slip, long ones two; up to three letters are still a beginning, and fit too much. */
function slipsAllowed(length: number): number {
  if (length <= 3) return 0;
  return length <= 5 ? 1 : 2;
}

export interface SimilarWords {
  find(word: string, most: number): readonly SimilarWord[];
  /** Must be called when words were added or dropped. */
  forget(): void;
}

export function similarWords(session: Session): SimilarWords {
  const beginning = rowsOf<{ word: string; sound: string }>(
    session,
    'SELECT word, sound FROM replica_name_words INDEXED BY replica_name_words_sound WHERE sound >= ? AND sound < ?',
  );
  const wordsByFirst = new Map<string, readonly Word[]>();

  function wordsBeginning(first: string): readonly Word[] {
    let known = wordsByFirst.get(first);
    if (known === undefined) {
      const next = String.fromCodePoint((first.codePointAt(0) ?? 0) + 1);
      known = beginning(first, next).map(({ word, sound }) => ({ word, sound, letters: lettersOf(word) }));
      wordsByFirst.set(first, known);
    }
    return known;
  }

  return {
    find: (typed, most) => {
      const allowed = slipsAllowed(typed.length);
      if (allowed === 0) return [];
      const sound = soundOf(typed);
      const letters = lettersOf(typed);
      const first = String.fromCodePoint(sound.codePointAt(0) ?? 0);
      const found: SimilarWord[] = [];
      for (const candidate of wordsBeginning(first)) {
        if (candidate.word.startsWith(typed)) continue;
        const sameSound = candidate.sound === sound && Math.abs(candidate.word.length - typed.length) <= allowed + 1;
        if (!sameSound && countBits(candidate.letters & ~letters) > allowed && candidate.word.length <= typed.length + allowed) continue;
        if (sameSound) {
          found.push({ word: candidate.word, distance: 0 });
          continue;
        }
        // Somebody still typing: compare with the beginning of a longer word as well.
        const beginningOf = candidate.word.slice(0, typed.length);
        if (countBits(lettersOf(beginningOf) & ~letters) > allowed) continue;
        let distance = wordDistance(typed, candidate.word, allowed);
        if (distance > allowed && candidate.word.length > typed.length) distance = wordDistance(typed, beginningOf, 1) + 1;
        if (distance <= allowed) found.push({ word: candidate.word, distance });
      }
      found.sort((a, b) => a.distance - b.distance || (a.word < b.word ? -1 : 1));
      return found.slice(0, most);
    },
    forget: () => wordsByFirst.clear(),
  };
}
