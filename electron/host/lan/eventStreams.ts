// Open event streams to browsers. An event says only that something changed, never a figure, so every page of this origin may hear it; a
// reader that does not keep up is let go and will come back by itself.

import type { ServerResponse } from 'node:http';
import type { BranchEvent } from '../../../shared/contract/branchContract.ts';
import { securityHeaders } from '../pagePolicy.ts';

export interface EventStreams {
  /** False when there are too many already. */
  open(who: string, response: ServerResponse): boolean;
  send(event: BranchEvent): void;
  end(): void;
}

const STREAMS_MOST = 100;
const STREAMS_EACH = 12;
const UNREAD_MOST = 65_536;
/** Keeps proxies and sleeping laptops from dropping a quiet stream. */
const HEARTBEAT_MS = 20_000;

export function eventStreams(): EventStreams {
  const open = new Map<ServerResponse, string>();

  function write(text: string): void {
    for (const response of open.keys()) {
      if (response.writableLength > UNREAD_MOST) response.destroy();
      else response.write(text);
    }
  }

  const heartbeat = setInterval(() => write(':\n\n'), HEARTBEAT_MS);
  heartbeat.unref();

  return {
    open(who, response) {
      const mine = [...open.values()].filter((other) => other === who).length;
      if (open.size >= STREAMS_MOST || mine >= STREAMS_EACH) return false;
      response.writeHead(200, { ...securityHeaders, 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
      response.write('retry: 1000\n\n');
      open.set(response, who);
      response.on('close', () => open.delete(response));
      return true;
    },
    send(event) {
      write(`data: ${JSON.stringify(event)}\n\n`);
    },
    end() {
      clearInterval(heartbeat);
      for (const response of open.keys()) response.end();
      open.clear();
    },
  };
}
