// The browser's way to the branch: one POST per call to the place this page came from, and one stream of events. The session is an
// HttpOnly cookie that this code can neither read nor lose. A stream that broke makes the status line ask at once, which finds out whether
// the branch still answers; one that came back may have missed events, so everything is announced as changed.

import type { BranchEvent } from '../../shared/contract/branchContract.ts';
import type { Transport } from './connection.ts';

const AGAIN_AFTER_MS = 3_000;
const ANSWER_WITHIN_MS = 60_000;

const EVERYTHING: readonly BranchEvent[] = [
  { what: 'start.changed' },
  { what: 'session.changed' },
  { what: 'sync.changed' },
  { what: 'drawer.changed' },
  { what: 'exceptions.changed' },
  { what: 'account.changed', clientIds: [] },
];

export function lanTransport(): Transport {
  return {
    async call(method, input) {
      const answer = await fetch(`/call/${method}`, {
        method: 'POST',
        credentials: 'same-origin',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(input ?? {}),
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      return (await answer.json()) as unknown;
    },
    subscribe(listener) {
      let stream: EventSource | null = null;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let wasLost = false;
      let ended = false;

      function open(): void {
        if (ended) return;
        stream = new EventSource('/events', { withCredentials: true });
        stream.onopen = () => {
          if (wasLost) for (const event of EVERYTHING) listener(event);
          wasLost = false;
        };
        stream.onmessage = (message: MessageEvent<string>) => {
          try {
            listener(JSON.parse(message.data) as BranchEvent);
          } catch {
            // A line that is not an event says nothing; the next one will.
          }
        };
        stream.onerror = () => {
          if (!wasLost) listener({ what: 'sync.changed' });
          wasLost = true;
          if (stream?.readyState === EventSource.CLOSED) timer = setTimeout(open, AGAIN_AFTER_MS);
        };
      }

      open();
      return () => {
        ended = true;
        clearTimeout(timer);
        stream?.close();
      };
    },
  };
}
