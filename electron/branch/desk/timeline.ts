// What happened to a command, in our own short words; the screen translates them.

import type { SyncItem } from '../../../shared/contract/shapes.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import type { ReadStore } from '../../ports/store.ts';

export interface TimelineEntry {
  readonly at: number;
  readonly what: string;
  readonly detail: string | null;
  readonly by: string | null;
}

export function timelineOf(read: ReadStore, commandId: SyncItem['commandId'] & LocalId): TimelineEntry[] {
  return read.commandEvents(commandId).map((event) => ({
    at: event.at,
    what: event.why,
    detail: detailOf(event.facts),
    by: read.staff(event.by)?.displayName ?? event.by,
  }));
}

function detailOf(facts: unknown): string | null {
  if (typeof facts !== 'object' || facts === null) return null;
  const { code, serverTransactionId, sentAs } = facts as {
    readonly code?: unknown;
    readonly serverTransactionId?: unknown;
    readonly sentAs?: unknown;
  };
  if (typeof code === 'string') return code;
  if (typeof serverTransactionId === 'number') return String(serverTransactionId);
  return typeof sentAs === 'string' ? sentAs : null;
}
