// How far each shelf was pulled (I10).

import type { ReadStore, WriteStore } from '../../ports/store.ts';
import { replicaShelves } from '../schema/replica/shelves.ts';
import { insertInto, replacing, selectFrom } from '../statements.ts';
import type { Session } from '../statements.ts';

export function readShelves(session: Session): Pick<ReadStore, 'shelf' | 'shelves'> {
  const byName = selectFrom(session, replicaShelves, 'WHERE shelf = ?');
  const all = selectFrom(session, replicaShelves, 'ORDER BY shelf');
  return { shelf: (name) => byName.one(name), shelves: () => all.all() };
}

export function writeShelves(session: Session): Pick<WriteStore, 'saveShelf'> {
  return { saveShelf: insertInto(session, replicaShelves, replacing(replicaShelves, 'shelf')) };
}
