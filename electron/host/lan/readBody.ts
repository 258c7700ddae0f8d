// Reads the body of one request, and stops reading the moment it is larger than any honest call.

import type { IncomingMessage } from 'node:http';

export const BODY_BYTES_MOST = 262_144;

/** Null when the body is too large. The rest of it is not read. */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (!(announced <= BODY_BYTES_MOST)) return null;
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > BODY_BYTES_MOST) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
