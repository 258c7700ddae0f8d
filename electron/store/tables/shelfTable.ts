// How far each shelf was pulled (I10).

import type { ShelfReads, ShelfWrites } from '../../ports/store.ts';
import { replicaShelves } from '../schema/replica/shelves.ts';
import { change, insertInto, replacing, selectFrom } from '../statements.ts';
import type { Session } from '../statements.ts';
import type { Droppable } from './replicaNoun.ts';

export function readShelves(session: Session): ShelfReads {
  const byName = selectFrom(session, replicaShelves, 'WHERE shelf = ?');
  const all = selectFrom(session, replicaShelves, 'ORDER BY shelf');
  return { shelf: (name) => byName.one(name), shelves: () => all.all() };
}

export function writeShelves(session: Session): Droppable<ShelfWrites> {
  const drop = change(session, 'DELETE FROM replica_shelves');
  return { writes: { saveShelf: insertInto(session, replicaShelves, replacing(replicaShelves, 'shelf')) }, drop: () => void drop() };
}
