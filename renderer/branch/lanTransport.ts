// The browser's way to the branch: one POST per call to the place this page came from, and one stream of events. The session is an
// HttpOnly cookie that this code can neither read nor lose, and a word of this page's own, which no other port of this computer hears. A stream that broke makes the status line ask at once, which finds out whether
// the branch still answers; one that came back may have missed events, so everything is announced as changed.

import type { BranchEvent } from '../../shared/contract/branchContract.ts';
import type { Transport } from './connection.ts';

const AGAIN_AFTER_MS = 3_000;
const ANSWER_WITHIN_MS = 60_000;
const NOBODY_AGAIN_MS = 20_000;

const EVERYTHING: readonly BranchEvent[] = [
  { what: 'start.changed' },
  { what: 'session.changed' },
  { what: 'sync.changed' },
  { what: 'drawer.changed' },
  { what: 'exceptions.changed' },
  { what: 'account.changed', clientIds: [] },
];

const PAGE_HEADER = 'x-tawi-page';
/** Kept for this origin alone, so that another window of it and a reload go on; it opens nothing without the cookie. */
const KEPT_AS = 'tawi.page';
/** While one of these is on its way the secret changes hands: nothing else is asked with the one that is about to be void. */
const CHANGES_SECRET: ReadonlySet<string> = new Set(['session.signIn', 'session.unlock', 'session.signOut']);

function pageWord(): { read(): string; keep(word: string): void } {
  let here = '';
  return {
    read() {
      try {
        return localStorage.getItem(KEPT_AS) ?? here;
      } catch {
        return here;
      }
    },
    keep(word) {
      here = word;
      try {
        localStorage.setItem(KEPT_AS, word);
      } catch {
        // Then it lives as long as this page.
      }
    },
  };
}

export function lanTransport(): Transport {
  const word = pageWord();
  let changing: Promise<unknown> = Promise.resolve();
  let mayListen = (): void => undefined;

  function mine(): Record<string, string> {
    const kept = word.read();
    return kept === '' ? {} : { [PAGE_HEADER]: kept };
  }

  async function post(method: string, input: unknown): Promise<unknown> {
    const answer = await fetch(`/call/${method}`, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', ...mine() },
      body: JSON.stringify(input ?? {}),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const given = answer.headers.get(PAGE_HEADER);
    if (given !== null) word.keep(given);
    const reply = (await answer.json()) as unknown;
    if (given !== null && given !== '') mayListen();
    return reply;
  }

  return {
    async call(method, input) {
      if (!CHANGES_SECRET.has(method)) {
        await changing;
        return post(method, input);
      }
      const before = changing;
      const turn = before.then(() => post(method, input));
      changing = turn.catch(() => undefined);
      return turn;
    },
    subscribe(listener) {
      let abort: AbortController | null = null;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let wasLost = false;
      let ended = false;

      function hear(message: string): void {
        const line = message.split('\n').find((each) => each.startsWith('data: '));
        if (line === undefined) return;
        try {
          listener(JSON.parse(line.slice('data: '.length)) as BranchEvent);
        } catch {
          // A line that is not an event says nothing; the next one will.
        }
      }

      async function read(body: ReadableStream<Uint8Array>): Promise<void> {
        const text = new TextDecoder();
        const reader = body.getReader();
        let waiting = '';
        for (;;) {
          const { done, value } = await reader.read();
          if (done) return;
          waiting += text.decode(value, { stream: true });
          const messages = waiting.split('\n\n');
          waiting = messages.pop() ?? '';
          for (const message of messages) hear(message);
        }
      }

      function lost(): void {
        if (!wasLost) listener({ what: 'sync.changed' });
        wasLost = true;
      }

      async function open(): Promise<void> {
        clearTimeout(timer);
        if (ended || abort !== null) return;
        const mineOnly = new AbortController();
        abort = mineOnly;
        let isNobody = false;
        try {
          const answer = await fetch('/events', {
            credentials: 'same-origin',
            headers: mine(),
            signal: mineOnly.signal,
            cache: 'no-store',
          });
          isNobody = answer.status === 401;
          if (answer.ok && answer.body !== null) {
            if (wasLost) for (const event of EVERYTHING) listener(event);
            wasLost = false;
            await read(answer.body);
          }
        } catch {
          // Said below.
        }
        if (abort === mineOnly) abort = null;
        if (mineOnly.signal.aborted) return;
        // Nobody is signed in: there is nothing to hear, and signing in begins anew.
        if (!isNobody) lost();
        timer = setTimeout(() => void open(), isNobody ? NOBODY_AGAIN_MS : AGAIN_AFTER_MS);
      }

      mayListen = () => {
        // The stream of the secret before is void.
        abort?.abort();
        abort = null;
        void open();
      };
      void open();
      return () => {
        ended = true;
        clearTimeout(timer);
        abort?.abort();
      };
    },
  };
}
