// How many connections are held, and whose. All of them come from this computer, so an address tells nobody from anybody: what counts is whether
// somebody who is signed in ever asked over it. Strangers share what is left, and the one that has waited longest gives way to the next.

import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export interface Connections {
  /** Somebody who is signed in asked over it: it is nobody's to push out. */
  prove(socket: Socket): void;
}

const STRANGERS_MOST = 120;
export const CONNECTIONS_MOST = 400;

export function keepConnections(server: Server): Connections {
  /** In the order in which they came. */
  const strangers = new Set<Socket>();
  server.on('connection', (socket) => {
    strangers.add(socket);
    socket.once('close', () => strangers.delete(socket));
    if (strangers.size <= STRANGERS_MOST) return;
    const [oldest] = strangers;
    if (oldest === undefined) return;
    strangers.delete(oldest);
    oldest.destroy();
  });
  return { prove: (socket) => void strangers.delete(socket) };
}
