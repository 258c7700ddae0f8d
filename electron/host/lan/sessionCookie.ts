// The browser's channel, in two halves that only this process can have issued: a cookie that page code cannot read, and a word that only our page
// was told and sends in a header. A cookie goes to every port of its host and can be planted from one; the word goes nowhere by itself. Both are
// made anew whenever somebody sits down, gets up or unlocks, so that a copy from before opens nothing.

import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export interface IssuedChannel {
  readonly channel: string;
  readonly setCookie: string;
  /** For our page alone; sent back in PAGE_HEADER. */
  readonly pageWord: string;
}

export interface SessionCookies {
  /** Of every cookie of ours in the header, whoever it was given to: which browser it is, though nobody may be signed in at it. Opens nothing. */
  channelsIn(cookieHeader: string | undefined): readonly string[];
  /** The channel behind both halves, or null where either is missing or they do not belong together. */
  channelOf(cookieHeader: string | undefined, pageWord: string | readonly string[] | undefined): string | null;
  issue(): IssuedChannel;
  /** Takes the cookie away. */
  readonly gone: string;
}

export const PAGE_HEADER = 'x-tawi-page';

function isSame(one: string, other: string): boolean {
  const [expected, received] = [Buffer.from(one), Buffer.from(other)];
  return expected.length === received.length && timingSafeEqual(expected, received);
}

/** Browsers share cookies between the ports of one host, so the name carries the port. */
export function sessionCookies(port: number): SessionCookies {
  const name = `tawi_${String(port)}`;
  const attributes = 'Path=/; HttpOnly; SameSite=Strict';
  const [cookieKey, pageKey] = [randomBytes(32), randomBytes(32)];

  function signature(value: string): string {
    return createHmac('sha256', cookieKey).update(value).digest('base64url');
  }

  function pageWordOf(value: string): string {
    return createHmac('sha256', pageKey).update(value).digest('base64url');
  }

  /** The branch and its diagnostics see a digest: whoever reads a log cannot sit down at the session. */
  function channelFor(value: string): string {
    return `browser:${createHash('sha256').update(value).digest('hex').slice(0, 32)}`;
  }

  /** Every cookie of ours in the header: one that was planted stands beside the one we gave. */
  function valuesIn(cookieHeader: string | undefined): readonly string[] {
    return (cookieHeader ?? '').split(';').flatMap((part) => {
      const [given, text = ''] = part.trim().split('=', 2);
      if (given !== name) return [];
      const [value = '', signed = ''] = text.split('.', 2);
      return isSame(signature(value), signed) ? [value] : [];
    });
  }

  return {
    channelsIn: (cookieHeader) => valuesIn(cookieHeader).map(channelFor),
    channelOf(cookieHeader, pageWord) {
      if (typeof pageWord !== 'string') return null;
      const value = valuesIn(cookieHeader).find((each) => isSame(pageWordOf(each), pageWord));
      return value === undefined ? null : channelFor(value);
    },
    issue() {
      const value = randomBytes(32).toString('base64url');
      return { channel: channelFor(value), setCookie: `${name}=${value}.${signature(value)}; ${attributes}`, pageWord: pageWordOf(value) };
    },
    gone: `${name}=; ${attributes}; Max-Age=0`,
  };
}
