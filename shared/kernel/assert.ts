// Assertions stay on in production. One that fails inside a transaction rolls it back, so the counter stays consistent (house: Errors).
// The rule's number (I1..I13, docs/invariants.md) is part of the message, so that a report names the promise that was about to break.

export type InvariantNumber = 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'I8' | 'I9' | 'I10' | 'I11' | 'I12' | 'I13';

export class BrokenInvariant extends Error {
  readonly invariant: InvariantNumber;

  constructor(invariant: InvariantNumber, what: string) {
    super(`${invariant} broken: ${what}`);
    this.name = 'BrokenInvariant';
    this.invariant = invariant;
  }
}

export function assertInvariant(holds: boolean, invariant: InvariantNumber, what: string): asserts holds {
  if (!holds) throw new BrokenInvariant(invariant, what);
}

export class ImpossibleState extends Error {
  constructor(what: string) {
    super(`Impossible: ${what}`);
    this.name = 'ImpossibleState';
  }
}

export function assert(holds: boolean, what: string): asserts holds {
  if (!holds) throw new ImpossibleState(what);
}
