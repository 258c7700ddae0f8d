// Head office may post after all what a manager had settled without it. Whoever decides then has to know how: that way out is gone back.

import { HEAD_OFFICE_ITSELF } from '../../../shared/domain/exceptions/headOfficeItself.ts';
import type { ExceptionRecord, ReadStore } from '../../ports/store.ts';

/** The case that had settled it before head office posted it after all; null for every other kind. */
export function settledBefore(read: ReadStore, exception: ExceptionRecord): ExceptionRecord | null {
  if (exception.kind !== 'postedAfterAll') return null;
  const cases = read.exceptionsOf(exception.commandId);
  const before = cases.slice(
    0,
    cases.findIndex(({ exceptionId }) => exceptionId === exception.exceptionId),
  );
  return before.findLast(({ closedBy }) => closedBy !== HEAD_OFFICE_ITSELF) ?? null;
}
