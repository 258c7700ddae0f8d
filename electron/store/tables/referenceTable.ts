// Reference shelves: offices, products, payment types. A shelf is replaced whole, in head office's order.

import type { ReferenceReads, ReferenceWrites } from '../../ports/store.ts';
import { replicaReference } from '../schema/replica/reference.ts';
import { change, insertInto, selectFrom } from '../statements.ts';
import type { Session } from '../statements.ts';
import type { Droppable } from './replicaNoun.ts';

export function readReference(session: Session): ReferenceReads {
  const of = selectFrom(session, replicaReference, 'WHERE shelf = ? ORDER BY place');
  return { reference: (shelf) => of.all(shelf).map(({ serverId, name, body }) => ({ serverId, name, body })) };
}

export function writeReference(session: Session): Droppable<ReferenceWrites> {
  const clear = change(session, 'DELETE FROM replica_reference WHERE shelf = ?');
  const insert = insertInto(session, replicaReference);
  const drop = change(session, 'DELETE FROM replica_reference');
  return {
    writes: {
      saveReference: (shelf, rows) => {
        clear(shelf);
        rows.forEach((row, place) => insert({ shelf, place, ...row }));
      },
    },
    drop: () => void drop(),
  };
}
