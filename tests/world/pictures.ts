// Small pictures for tests: a JPEG whole enough to be believed by its first bytes, with a frame header and words of its own, and a PNG that
// anything can draw.

import { crc32, deflateSync } from 'node:zlib';

/** A JPEG by its header; each text makes another one. */
export function jpegOf(text: string, { width = 300, height = 400, bytes = 400 } = {}): Uint8Array<ArrayBuffer> {
  const two = (value: number): number[] => [(value >> 8) & 255, value & 255];
  const frame = [0xff, 0xc0, 0, 17, 8, ...two(height), ...two(width), 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1];
  const words = Array.from(text, (letter) => letter.charCodeAt(0) & 127);
  const head = [0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, ...frame, 0xff, 0xda, ...words];
  const all = new Uint8Array(Math.max(bytes, head.length + 2));
  all.set(head);
  all.set([0xff, 0xd9], all.length - 2);
  return all;
}

function chunk(name: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(content.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** A PNG of dots that follow from the text, in three colours. */
export function pngOf(text: string, { width = 120, height = 160 } = {}): Uint8Array {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2], 8);
  const seed = Array.from(text, (letter) => letter.charCodeAt(0));
  const lines = Buffer.alloc(height * (1 + width * 3));
  for (let at = 0; at < lines.length; at += 1)
    lines[at] = at % (1 + width * 3) === 0 ? 0 : ((seed[at % seed.length] ?? 0) * (at % 251)) % 256;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(lines)), chunk('IEND', new Uint8Array(0))]);
}

export function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
