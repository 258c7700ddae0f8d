// Numbers that this PC gives to records which head office does not know yet.

import type { RecordKind } from '../../../shared/domain/commands/kinds/kind.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';

export interface LocalNumber {
  readonly number: string;
  readonly recordKind: RecordKind;
  readonly recordId: LocalId;
  readonly deviceCode: string;
  readonly sequence: number;
}

export interface LocalNumberReads {
  /** The one that was given to that record here, or to one that was merged into it; null where it came from head office. */
  localNumberOf(kind: RecordKind, localId: LocalId): string | null;
  /** Records of that kind that were given a number here, in the order of these. */
  numberedHere(kind: RecordKind): readonly LocalId[];
  lastLocalNumber(deviceCode: string): number;
}

export interface LocalNumberWrites {
  /** Given once; said anew in another one's place, a command keeps the number of its record. */
  insertLocalNumber(given: LocalNumber): void;
}
