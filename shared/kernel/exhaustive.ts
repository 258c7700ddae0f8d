// The end of a switch over a closed union: the compiler refuses a forgotten case, and a foreign value at run time is a fault.

import { ImpossibleState } from './assert.ts';

export function exhaustive(value: never): never {
  throw new ImpossibleState(`unexpected ${JSON.stringify(value)}`);
}
