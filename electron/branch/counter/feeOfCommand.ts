// What head office takes on top of a command's sum, over all the accounts that it touches, in whole minor units.

import type { LocalId } from '../../../shared/kernel/ids.ts';
import { sumMinor } from '../../../shared/kernel/money.ts';
import type { ReadStore } from '../../ports/store.ts';

export function feeOfCommand(read: ReadStore, commandId: LocalId): number {
  return sumMinor(read.effectsOfCommand(commandId).map(({ feeMinor }) => feeMinor));
}
