// What a pull could not read.

import type { LeftOutReads, LeftOutWrites } from '../../ports/store.ts';
import { replicaLeftOut } from '../schema/replica/leftOut.ts';
import { change, insertInto, replacing, selectFrom } from '../statements.ts';
import type { Session } from '../statements.ts';
import type { Droppable } from './replicaNoun.ts';

export function readLeftOut(session: Session): LeftOutReads {
  const all = selectFrom(session, replicaLeftOut, 'ORDER BY shelf, server_id');
  const byId = selectFrom(session, replicaLeftOut, 'WHERE shelf = ? AND server_id = ?');
  return { leftOut: () => all.all(), leftOutOf: (shelf, serverId) => byId.one(shelf, serverId) };
}

export function writeLeftOut(session: Session): Droppable<LeftOutWrites> {
  const clear = change(session, 'DELETE FROM replica_left_out WHERE shelf = ? AND server_id = ?');
  const drop = change(session, 'DELETE FROM replica_left_out');
  return {
    writes: {
      saveLeftOut: insertInto(session, replicaLeftOut, replacing(replicaLeftOut, 'shelf, server_id')),
      deleteLeftOut: (shelf, serverId) => void clear(shelf, serverId),
    },
    drop: () => void drop(),
  };
}
