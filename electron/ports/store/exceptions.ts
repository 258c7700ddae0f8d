// Refused commands that wait for a manager, and what was decided (I9).

import type { ExceptionKind, Resolution } from '../../../shared/domain/records.ts';
import type { Json } from '../../../shared/kernel/canonicalJson.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';

export interface ExceptionRecord {
  readonly exceptionId: LocalId;
  readonly commandId: LocalId;
  readonly kind: ExceptionKind;
  readonly openedAt: number;
  readonly serverCode: string;
  readonly serverMessage: string | null;
  /** What we believed when it was recorded and when the answer came; frozen (walk 2). */
  readonly snapshot: Json;
  readonly closedAt: number | null;
  readonly closedBy: string | null;
  readonly resolution: Resolution | null;
  readonly reason: string | null;
  readonly resolutionReceiptId: LocalId | null;
  readonly suspenseCommandId: LocalId | null;
}

export interface ExceptionReads {
  exception(exceptionId: LocalId): ExceptionRecord | null;
  openExceptionOf(commandId: LocalId): ExceptionRecord | null;
  /** All cases of one command, the oldest first. */
  exceptionsOf(commandId: LocalId): readonly ExceptionRecord[];
  exceptionsWhere(open: boolean, most: number): readonly ExceptionRecord[];
  countOpenExceptions(): number;
  suspendedExceptions(): readonly ExceptionRecord[];
}

export interface ExceptionWrites {
  insertException(exception: ExceptionRecord): void;
  closeException(
    exceptionId: LocalId,
    close: {
      readonly closedAt: number;
      readonly closedBy: string;
      readonly resolution: Resolution;
      readonly reason: string;
      readonly resolutionReceiptId: LocalId | null;
      readonly suspenseCommandId: LocalId | null;
    },
  ): void;
}
