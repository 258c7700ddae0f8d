// Every record again, compared with what is here; what differed is counted in the transaction that keeps it, so that a cut loses no count.

import { saveSetting, syncStateOf, type KeptProof } from '../../journal/settings.ts';
import type { Credential } from '../../ports/headOffice.ts';
import type { WriteStore } from '../../ports/store.ts';
import { SHELVES, WHOLE_SHELVES } from '../shelves/shelfTable.ts';
import type { Keep, RowKeeper } from './keepRows.ts';
import { patchState, type PullParts } from './pullParts.ts';
import { reopenEffects, suspectUnshown } from './putBack.ts';
import type { ShelfWalks } from './shelfWalks.ts';
import type { WholeLists } from './wholeLists.ts';

/** Records that differed in a proof and are named. */
const NAMED_MOST = 20;

/** Goes on where a cut ended it, by what it has compared and not by the time of day, which may have been another clock's; answers the differences. */
export async function prove(
  parts: PullParts,
  { keep }: RowKeeper,
  { readAll }: ShelfWalks,
  { pullWhole }: WholeLists,
  credential: Credential,
): Promise<number> {
  const { store, clock, reader } = parts;
  if (store.read(syncStateOf).proof === null) {
    await reopenEffects(parts);
    patchState(parts, { proof: { startedAt: clock.now(), differences: 0, done: [], through: 0 } });
  }
  parts.onProgress({ shelf: SHELVES[0]?.name ?? '', done: 0, total: null });
  await reader.findOutAnew(true);
  await pullWhole(WHOLE_SHELVES, credential);
  for (const shelf of SHELVES) {
    const proof = store.read(syncStateOf).proof;
    if (proof?.done.includes(shelf.name) === true) continue;
    await readAll(shelf, credential, { through: proof?.through ?? 0, keep: comparing(parts, keep) });
    store.write((write) => {
      saveProof(write, (kept) => ({ ...kept, done: [...kept.done, shelf.name], through: 0 }));
    });
  }
  store.write((write) => suspectUnshown(write, clock.now()));
  return store.read(syncStateOf).proof?.differences ?? 0;
}

function comparing({ store }: PullParts, keep: Keep): Keep {
  return async (shelf, listed, listedAt, credential) => {
    const ids = listed.map((each) => each.serverId);
    const before = store.read((read) =>
      ids.map((id) => ({ was: shelf.fingerprint(read, id), moves: shelf.movesHere?.(read, id) === true })),
    );
    await keep(shelf, listed, listedAt, credential, (write) => {
      const now = ids.map((id) => shelf.fingerprint(write, id));
      const differing = ids.filter((_id, at) => now[at] !== before[at]?.was && before[at]?.moves !== true);
      // Nothing is known here of the accounts of other offices, before or after.
      const compared = ids.filter((_id, at) => (now[at] ?? '') !== '' || (before[at]?.was ?? '') !== '').length;
      saveProof(write, (kept) => ({
        ...kept,
        through: Math.max(kept.through, ...ids),
        differences: kept.differences + differing.length,
        compared: (kept.compared ?? 0) + compared,
        named: [...(kept.named ?? []), ...differing.map((serverId) => ({ shelf: shelf.name, serverId }))].slice(0, NAMED_MOST),
      }));
    });
  };
}

function saveProof(write: WriteStore, change: (proof: KeptProof) => KeptProof): void {
  const state = syncStateOf(write);
  if (state.proof !== null) saveSetting(write, 'syncState', { ...state, proof: change(state.proof) });
}
