// Hands the built page to the window under app://branch, with the same policy and the same path rules as the branch server. Nothing else
// answers under this scheme, and nothing outside the bundle can be reached through it.

import { protocol } from 'electron';
import type { BuiltPage } from '../host/builtPage.ts';
import { PAGE_HOST, PAGE_SCHEME } from './pageOrigin.ts';

/** Before the program is ready: afterwards Electron no longer listens. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

export function servePage(page: BuiltPage): void {
  protocol.handle(PAGE_SCHEME, async (request) => {
    const { host, pathname } = new URL(request.url);
    if (host !== PAGE_HOST || (request.method !== 'GET' && request.method !== 'HEAD')) return new Response(null, { status: 404 });
    const file = await page.read(pathname);
    if (file === null) return new Response(null, { status: 404 });
    return new Response(file.bytes, { status: 200, headers: { ...file.headers } });
  });
}
