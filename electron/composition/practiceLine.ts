// The practice head office at the end of a real line: its own port on this computer, reached through the same HTTP as a real one. Cutting
// the line closes that port, so requests are refused before they leave and replies under way are lost, as they are when a mast goes dark.
// A line that was cut stays cut when the power goes.

import { existsSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeWhole } from '../host/writeWhole.ts';
import type { HeadOfficeReply, HeadOfficeRequest } from '../practice/headOfficeHttp.ts';

interface LineParts {
  readonly handle: (request: HeadOfficeRequest) => HeadOfficeReply;
  /** A file that is there while the line is cut. */
  readonly cutMark: string;
}

export interface PracticeLine {
  /** What a head office's address is to the branch, such as http://127.0.0.1:41873. */
  readonly address: string;
  isCut(): boolean;
  setCut(cut: boolean): void;
  close(): Promise<void>;
}

const HERE = '127.0.0.1';
const BASE_PATH = '/fineract-provider/api/v1';
/** Documents may be as large as a real head office lets them be. */
const BODY_BYTES_MOST = 16_000_000;
const LISTEN_AGAIN_MS = 250;
const METHODS = new Set(['GET', 'POST', 'PUT', 'DELETE']);

function isMethod(method: string): method is HeadOfficeRequest['method'] {
  return METHODS.has(method);
}

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > BODY_BYTES_MOST) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

export async function openPracticeLine({ handle, cutMark }: LineParts): Promise<PracticeLine> {
  let cut = existsSync(cutMark);
  let closed = false;
  let port = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    const body = await bodyOf(request);
    if (!isMethod(method) || !url.startsWith(BASE_PATH) || body === null) {
      response.writeHead(body === null ? 413 : 404).end();
      return;
    }
    // Between the request and its reply the line may have gone.
    const reply = handle({ method, url: url.slice(BASE_PATH.length), headers: headersOf(request), body: body === '' ? null : body });
    if (reply.status === 0) response.destroy();
    else response.writeHead(reply.status, reply.headers).end(reply.body);
  }

  const server = createServer({ keepAliveTimeout: 20_000 }, (request, response) => {
    answer(request, response).catch(() => response.destroy());
  });

  function listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, HERE, () => {
        server.off('error', reject);
        ({ port } = server.address() as AddressInfo);
        resolve();
      });
    });
  }

  function goDark(): void {
    server.close();
    server.closeAllConnections();
  }

  /** The port may be held for a moment by connections that are still being torn down. */
  function comeBack(): void {
    if (cut || closed || server.listening) return;
    listen().catch(() => {
      setTimeout(comeBack, LISTEN_AGAIN_MS).unref();
    });
  }

  // Also on a cut line the port is taken first, so that the address is known and stays the same while this process runs.
  await listen();
  if (cut) goDark();

  return {
    address: `http://${HERE}:${String(port)}`,
    isCut: () => cut,
    setCut(wanted) {
      if (wanted === cut) return;
      cut = wanted;
      if (cut) {
        writeWhole(cutMark, 'The practice line is cut while this file is here.\n');
        goDark();
      } else {
        rmSync(cutMark, { force: true });
        comeBack();
      }
    },
    close() {
      closed = true;
      return new Promise((resolve) => {
        if (!server.listening) {
          resolve();
          return;
        }
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
