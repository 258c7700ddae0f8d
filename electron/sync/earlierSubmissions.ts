// How a command went before it was marked anew (ADR 0020): head office undid what stood under those marks. Put back to an earlier day it holds
// them again, so what stands there under one of them is not sent under another.

import type { Anew } from '../../shared/domain/commands/anew.ts';
import type { CommandRecord } from '../../shared/domain/commands/command.ts';
import { kindOf } from '../../shared/domain/commands/kinds/allKinds.ts';
import type { BusinessDate } from '../../shared/kernel/businessDate.ts';
import type { ReadStore } from '../ports/store.ts';

/** Under its earlier marks, on each day that it was posted on; none of what is not money, or still goes under its first marks. */
export function earlierSubmissions(read: ReadStore, command: CommandRecord): readonly Anew[] {
  const marks = command.anew?.marks ?? 0;
  if (marks === 0 || kindOf(command.kind).money === null) return [];
  const went: Anew[] = [{ marks: 0, postedOn: null }];
  for (const { facts } of read.commandEvents(command.commandId)) {
    const told = facts as { readonly marks?: number; readonly postedOn?: BusinessDate | null };
    const before = went.at(-1)?.marks ?? 0;
    if (told.marks !== undefined || told.postedOn !== undefined)
      went.push({ marks: told.marks ?? before, postedOn: told.postedOn ?? null });
  }
  return went.filter((each) => each.marks < marks);
}
