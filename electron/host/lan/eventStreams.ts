// Open event streams to browsers. An event says only that something changed, never a figure; it goes to pages where somebody is signed in, and
// ends with the session. A reader that does not keep up is let go and will come back by itself.

import type { ServerResponse } from 'node:http';
import type { BranchEvent } from '../../../shared/contract/branchContract.ts';
import { securityHeaders } from '../pagePolicy.ts';

export interface EventStreams {
  /** False when this session has too many already. */
  open(channel: string, response: ServerResponse): boolean;
  send(event: BranchEvent): void;
  end(): void;
}

/** Of one session: a few windows, and one that is being opened anew while the old one dies. */
const STREAMS_EACH = 6;
const UNREAD_MOST = 65_536;
/** Keeps proxies and sleeping laptops from dropping a quiet stream. */
const HEARTBEAT_MS = 20_000;

export function eventStreams(isSignedIn: (channel: string) => boolean): EventStreams {
  const open = new Map<ServerResponse, string>();

  function write(text: string): void {
    for (const [response, channel] of open) {
      if (response.writableLength > UNREAD_MOST) response.destroy();
      else if (!isSignedIn(channel)) response.end();
      else response.write(text);
    }
  }

  const heartbeat = setInterval(() => write(':\n\n'), HEARTBEAT_MS);
  heartbeat.unref();

  return {
    open(channel, response) {
      const mine = [...open.values()].filter((other) => other === channel).length;
      if (mine >= STREAMS_EACH) return false;
      response.writeHead(200, { ...securityHeaders, 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
      response.write('retry: 1000\n\n');
      open.set(response, channel);
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
