// The built page as files: what the desktop's own protocol and the branch server both hand out. A path is resolved inside the bundle's
// folder or not at all, and only kinds of file that a page consists of are ever read.

import { readFile, realpath } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { extname, join, relative, resolve, sep, isAbsolute } from 'node:path';
import { contentSecurityPolicy, newNonce, securityHeaders } from './pagePolicy.ts';

export interface PageFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

export interface BuiltPage {
  /** `pathname` as the address has it, still percent-encoded. Null when the bundle holds no such file. */
  read(pathname: string): Promise<PageFile | null>;
}

const NONCE_MARK = '__CSP_NONCE__';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

export function isBuilt(folder: string): boolean {
  return existsSync(join(folder, 'index.html'));
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function decoded(pathname: string): string | null {
  try {
    const path = decodeURIComponent(pathname);
    return /[\0\\:]/.test(path) ? null : path;
  } catch {
    return null;
  }
}

export function builtPage(folder: string): BuiltPage {
  async function bytesOf(path: string): Promise<Buffer<ArrayBuffer> | null> {
    try {
      // A link inside the bundle may not lead out of it either.
      const [root, real] = await Promise.all([realpath(folder), realpath(path)]);
      return isInside(root, real) ? await readFile(real) : null;
    } catch {
      return null;
    }
  }

  return {
    async read(pathname) {
      const path = decoded(pathname === '/' ? '/index.html' : pathname);
      if (path === null || path.includes('//')) return null;
      const file = resolve(folder, `.${path.startsWith('/') ? path : `/${path}`}`);
      const contentType = contentTypes[extname(file)];
      if (contentType === undefined || !isInside(resolve(folder), file)) return null;
      const bytes = await bytesOf(file);
      if (bytes === null) return null;

      if (extname(file) === '.html') {
        const nonce = newNonce();
        return {
          bytes: new TextEncoder().encode(bytes.toString('utf8').replaceAll(NONCE_MARK, nonce)),
          headers: {
            ...securityHeaders,
            'content-type': contentType,
            'content-security-policy': contentSecurityPolicy(nonce),
            'cache-control': 'no-store',
          },
        };
      }
      // Built names carry a hash of their content, so they may be kept for ever.
      return {
        bytes,
        headers: { ...securityHeaders, 'content-type': contentType, 'cache-control': 'public, max-age=31536000, immutable' },
      };
    },
  };
}
