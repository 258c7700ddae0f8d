// The browser's channel: a random value that only this process can have issued. It proves nothing about a person (people sign in on it) and
// is gone when the process ends. Page code cannot read it, and another site's page cannot make the browser send it.

import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export interface SessionCookies {
  /** The channel behind the Cookie header, or null when it carries none of ours. */
  channelOf(cookieHeader: string | undefined): string | null;
  issue(): { readonly channel: string; readonly setCookie: string };
}

/** Browsers share cookies between the ports of one host, so the name carries the port. */
export function sessionCookies(port: number): SessionCookies {
  const name = `tawi_${String(port)}`;
  const key = randomBytes(32);

  function signature(value: string): string {
    return createHmac('sha256', key).update(value).digest('base64url');
  }

  /** The branch and its diagnostics see a digest: whoever reads a log cannot sit down at the session. */
  function channelFor(value: string): string {
    return `browser:${createHash('sha256').update(value).digest('hex').slice(0, 32)}`;
  }

  return {
    channelOf(cookieHeader) {
      for (const part of (cookieHeader ?? '').split(';')) {
        const [given, text = ''] = part.trim().split('=', 2);
        if (given !== name) continue;
        const [value = '', signed = ''] = text.split('.', 2);
        const expected = Buffer.from(signature(value));
        const received = Buffer.from(signed);
        if (expected.length === received.length && timingSafeEqual(expected, received)) return channelFor(value);
      }
      return null;
    },
    issue() {
      const value = randomBytes(32).toString('base64url');
      return { channel: channelFor(value), setCookie: `${name}=${value}.${signature(value)}; Path=/; HttpOnly; SameSite=Strict` };
    },
  };
}
