// Whether a request was meant for this server by a page of this server. A name that merely points here (DNS rebinding) is refused by its
// Host header; a page of another site is refused by its Origin and by what the browser says of where the request came from.

import type { IncomingHttpHeaders } from 'node:http';

export interface KnownHosts {
  isOurHost(headers: IncomingHttpHeaders): boolean;
  /** Also requires that no other site's page is behind it; a browser's own navigation to the page needs only the host. */
  isOurPage(headers: IncomingHttpHeaders): boolean;
}

export function knownHosts(hostnames: readonly string[], port: number): KnownHosts {
  const hosts = new Set(hostnames.map((name) => `${name.includes(':') ? `[${name}]` : name}:${String(port)}`));

  function isOurHost(headers: IncomingHttpHeaders): boolean {
    return headers.host !== undefined && hosts.has(headers.host.toLowerCase());
  }

  return {
    isOurHost,
    isOurPage(headers) {
      if (!isOurHost(headers)) return false;
      const { origin } = headers;
      if (origin !== undefined && origin !== `http://${headers.host ?? ''}`) return false;
      const site = headers['sec-fetch-site'];
      return site === undefined || site === 'same-origin';
    },
  };
}
