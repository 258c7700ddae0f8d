// What a refused command says otherwise when it goes once more. Decided from why it was refused, never from a wish of the page.

import { isClosedThere, needsNewMarks, wasChangedThere, type Anew } from '../../../shared/domain/commands/anew.ts';
import type { CommandRecord } from '../../../shared/domain/commands/command.ts';
import { maySayAnew } from '../../../shared/domain/commands/kinds/allKinds.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import type { ExceptionRecord } from '../../ports/store.ts';

/** `postedOn`: the open day that it is posted on instead of its own; null where it keeps the date of its last submission. */
export function anewOf(command: CommandRecord, exception: ExceptionRecord, postedOn: BusinessDate | null): Anew | null {
  if (!maySayAnew(command.kind)) return wasChangedThere(exception.serverCode) ? seenAgain(command) : command.anew;
  const marks = (command.anew?.marks ?? 0) + (needsNewMarks(exception.serverCode) ? 1 : 0);
  const on = postedOn ?? command.anew?.postedOn ?? null;
  return marks === 0 && on === null ? null : { marks, postedOn: on };
}

/** Both truths were before whoever lets it go once more: it takes the place of what stands there. */
function seenAgain({ anew }: CommandRecord): Anew {
  return { marks: (anew?.marks ?? 0) + 1, postedOn: null };
}

export function mayGoOnOpenDay(command: CommandRecord, exception: ExceptionRecord): boolean {
  return maySayAnew(command.kind) && isClosedThere(exception.serverCode);
}
