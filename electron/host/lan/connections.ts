// How many connections are held, and whose. All of them come from this computer, so an address tells nobody from anybody: what counts is whether
// somebody who is signed in ever asked over it. Strangers share what is left, and the one that has waited longest gives way to the next;
// whoever has asked something whole and waits for the answer gives way last, so that silence and noise push nobody from the door. Of those who are
// signed in whoever holds most gives way to the others: somebody with a dozen sessions would otherwise hold every connection.

import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export interface Connections {
  /** Somebody who is signed in asked over it: it is nobody's to push out, but for another of the same session. */
  prove(socket: Socket, channel: string): void;
  /** Whoever asks over it now is nobody: the session that it was proved for may be over. */
  disprove(socket: Socket): void;
  /** Something was asked whole and is being answered; the function that is returned says that it was. */
  answering(socket: Socket): () => void;
}

const STRANGERS_MOST = 120;
/** Of one session: what a browser opens, for some windows. */
const EACH_MOST = 40;
export const CONNECTIONS_MOST = 400;
/** Of all sessions together: strangers keep their share, or nobody could come in. */
const PROVEN_MOST = CONNECTIONS_MOST - STRANGERS_MOST - EACH_MOST;

export function keepConnections(server: Server): Connections {
  /** In the order in which they came. */
  const strangers = new Set<Socket>();
  const proven = new Map<string, Set<Socket>>();
  const asking = new Map<Socket, number>();

  function giveWay(among: Set<Socket>): void {
    const [oldest] = [...among].filter((socket) => !asking.has(socket)).concat([...among]);
    if (oldest === undefined) return;
    among.delete(oldest);
    oldest.destroy();
  }

  function forget(socket: Socket): void {
    strangers.delete(socket);
    for (const [channel, held] of proven) if (held.delete(socket) && held.size === 0) proven.delete(channel);
  }

  function takeForStranger(socket: Socket): void {
    strangers.add(socket);
    if (strangers.size > STRANGERS_MOST) giveWay(strangers);
  }

  server.on('connection', (socket) => {
    socket.once('close', () => forget(socket));
    takeForStranger(socket);
  });

  return {
    prove(socket, channel) {
      const held = proven.get(channel) ?? new Set();
      if (held.has(socket)) return;
      forget(socket);
      proven.set(channel, held.add(socket));
      const all = [...proven.values()];
      if (held.size > EACH_MOST) giveWay(held);
      else if (all.reduce((sum, each) => sum + each.size, 0) > PROVEN_MOST)
        giveWay(all.reduce((most, each) => (each.size > most.size ? each : most), held));
    },
    disprove(socket) {
      if (strangers.has(socket) || socket.destroyed) return;
      forget(socket);
      takeForStranger(socket);
    },
    answering(socket) {
      asking.set(socket, (asking.get(socket) ?? 0) + 1);
      return () => {
        const left = (asking.get(socket) ?? 1) - 1;
        if (left > 0) asking.set(socket, left);
        else asking.delete(socket);
      };
    },
  };
}
