// How many cases an area tries, and the line that says so at its end. `npm test` takes the small number; BAD_INPUT_TIMES=20 asks for twenty
// times as many, and BAD_INPUT_SEED for other ones. A case that was not counted was not tried.

import fc from 'fast-check';

const times = Math.max(1, Math.floor(Number(process.env['BAD_INPUT_TIMES'] ?? '1')) || 1);

/** Cases are the same in every run until somebody asks for others, so that a failure is there again tomorrow. */
export const SEED = Math.floor(Number(process.env['BAD_INPUT_SEED'] ?? '20261120')) || 20261120;

export function runs(small: number): number {
  return small * times;
}

/** A test may take this long, in milliseconds, and a longer run longer. */
export function within(ms: number): number {
  return ms * times;
}

export interface CaseCount {
  add(kind: string, count?: number): void;
  total(): number;
  print(area: string): void;
}

export function countCases(): CaseCount {
  const byKind = new Map<string, number>();
  const total = (): number => [...byKind.values()].reduce((sum, count) => sum + count, 0);
  return {
    add(kind, count = 1) {
      byKind.set(kind, (byKind.get(kind) ?? 0) + count);
    },
    total,
    print(area) {
      const kinds = [...byKind].map(([kind, count]) => `${kind} ${String(count)}`).join(', ');
      process.stdout.write(`bad input, ${area}: ${String(total())} cases (${kinds}), seed ${String(SEED)}\n`);
    },
  };
}

/** The first `count` values of an arbitrary, the same for the same label and seed. */
export function sample<T>(arbitrary: fc.Arbitrary<T>, count: number, label: string): readonly T[] {
  let mixed = SEED;
  for (const letter of label) mixed = (Math.imul(mixed, 31) + (letter.codePointAt(0) ?? 0)) | 0;
  return fc.sample(arbitrary, { numRuns: count, seed: mixed });
}
