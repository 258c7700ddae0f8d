// What changed at head office since the last walk, as its audit trail names it to a person (contract 9.1, way A).

import { saveSetting, syncStateOf } from '../../journal/settings.ts';
import { WHOLE_LIST } from '../../journal/keepReference.ts';
import type { AuditEntry, Credential, ShelfName } from '../../ports/headOffice.ts';
import type { ShelfTargets } from '../../ports/sync.ts';
import { isNamed, type WholeShelf } from '../shelves/shelf.ts';
import { SHELVES, WHOLE_SHELVES } from '../shelves/shelfTable.ts';
import { dueLeftOut, leaveOut } from './leftOut.ts';
import type { PullParts } from './pullParts.ts';
import { detailOf, PullStopped } from './pullStopped.ts';
import { putBack, suspectUnshown } from './putBack.ts';
import type { ShelfWalks } from './shelfWalks.ts';
import { TRAIL, type TrailReader } from './trailReader.ts';
import type { WholeLists } from './wholeLists.ts';

export async function pullByTrail(
  parts: PullParts,
  { walkTrail }: TrailReader,
  { pullWhole }: WholeLists,
  { readAll, pullTargets }: ShelfWalks,
  also: ShelfTargets,
  credential: Credential,
): Promise<void> {
  const { store, clock, diagnostics } = parts;
  const askedAt = clock.now();
  const walked = await walkTrail(credential);
  const { entries, broken } = walked ?? { entries: [], broken: false };
  if (broken) await putBack(parts);
  const named = (shelf: WholeShelf): boolean => broken || entries.some((entry) => isNamed(entry, shelf.audited));
  await pullWhole(WHOLE_SHELVES.filter(named), credential);
  const again = await leftOutAgain(parts, credential);
  const targets: { [Name in ShelfName]?: readonly number[] } = {};
  for (const shelf of SHELVES) {
    const stale = broken ? 'all' : store.read((read) => staleIn(entries, (entry) => shelf.staleBy(entry, read)));
    if (stale === 'all') await readAll(shelf, credential);
    else targets[shelf.name] = [...stale, ...(also[shelf.name] ?? []), ...(again[shelf.name] ?? [])];
  }
  await pullTargets(targets, credential, (write) => {
    if (walked === null) return;
    saveSetting(write, 'syncState', {
      ...syncStateOf(write),
      auditCursor: walked.head,
      auditMarks: walked.marks,
      auditReader: credential.username,
      auditSeen: walked.seen,
      auditFloor: walked.floor,
      auditTotal: walked.total,
      watchedAudits: walked.watched,
      auditedAt: askedAt,
    });
    write.deleteLeftOut(TRAIL, WHOLE_LIST);
    if (broken) suspectUnshown(write, clock.now());
  });
  if (broken) diagnostics.record('warning', 'headOffice.anotherHistory', { head: walked?.head ?? null });
}

/** What was left out and is due; a place in a list is looked at first, to learn which record stands there. */
async function leftOutAgain({ store, clock, headOffice, reader }: PullParts, credential: Credential): Promise<ShelfTargets> {
  const again: { [Name in ShelfName]?: number[] } = {};
  const due = store.read((read) => dueLeftOut(read, clock.now()));
  for (const shelf of SHELVES) {
    const { name } = shelf;
    const ids: number[] = [];
    for (const { serverId } of due.filter((each) => each.shelf === name)) {
      if (serverId > 0) {
        ids.push(serverId);
        continue;
      }
      const answer = await headOffice.listShelf(name, { offset: -serverId - 1, after: 0, most: 1 }, credential);
      if (answer.ok) ids.push(...answer.value.listed.map((each) => each.serverId));
      else if (!(await reader.isOfRequest(answer.trouble))) throw new PullStopped(answer.trouble);
      store.write((write) => {
        // From its place it becomes known by its id, until it is read.
        if (answer.ok) {
          const why = write.leftOutOf(name, serverId)?.why ?? '';
          write.deleteLeftOut(name, serverId);
          leaveOut(
            write,
            name,
            answer.value.listed.filter((each) => !shelf.holds(write, each.serverId)).map((each) => ({ serverId: each.serverId, why })),
            clock.now(),
          );
        } else leaveOut(write, name, [{ serverId, why: detailOf(answer.trouble) }], clock.now());
      });
    }
    again[name] = ids;
  }
  return again;
}

export function staleIn(
  entries: readonly AuditEntry[],
  staleBy: (entry: AuditEntry) => readonly number[] | 'all',
): readonly number[] | 'all' {
  const ids: number[] = [];
  for (const entry of entries) {
    const stale = staleBy(entry);
    if (stale === 'all') return 'all';
    ids.push(...stale);
  }
  return ids;
}
