// A file that a fact carries: named by its content, so that nobody can put another one in its place. What it is, is told by its first bytes
// and never by its name.

export type FileType = 'image/jpeg' | 'image/png' | 'application/pdf';

export interface FileRef {
  /** Lower-case hexadecimal SHA-256 of the content. */
  readonly sha256: string;
  readonly bytes: number;
  readonly type: FileType;
}

/** A portrait leaves at no more than this, a side of an identity card, or a document, at no more than that: a slow line carries each in a minute. */
export const PORTRAIT_BYTES_MOST = 61_440;
export const DOCUMENT_BYTES_MOST = 153_600;
/** Longest side: more tells nobody anything, and a few bytes can claim to be a picture that fills a PC's memory. */
export const PICTURE_SIDE_MOST = 6_000;

const EXTENSIONS: Readonly<Record<FileType, string>> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'application/pdf': 'pdf' };

export function extensionOf(type: FileType): string {
  return EXTENSIONS[type];
}

export type FileFault = 'file.empty' | 'file.tooBig' | 'file.notKnown' | 'file.tooWide';

/** What the content is, or why it is not taken. */
export function typeOfContent(content: Uint8Array, bytesMost: number): { readonly type: FileType } | { readonly fault: FileFault } {
  if (content.length === 0) return { fault: 'file.empty' };
  if (content.length > bytesMost) return { fault: 'file.tooBig' };
  const jpeg = jpegSides(content);
  const png = jpeg === null ? pngSides(content) : null;
  const sides = jpeg ?? png;
  if (sides !== null) {
    const isSane = sides.every((side) => side > 0 && side <= PICTURE_SIDE_MOST);
    return isSane ? { type: jpeg === null ? 'image/png' : 'image/jpeg' } : { fault: 'file.tooWide' };
  }
  return isPdf(content) ? { type: 'application/pdf' } : { fault: 'file.notKnown' };
}

function startsWith(content: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, at) => content[at] === byte);
}

function isPdf(content: Uint8Array): boolean {
  return startsWith(content, [0x25, 0x50, 0x44, 0x46, 0x2d]);
}

function pair(content: Uint8Array, at: number): number {
  return (content[at] ?? 0) * 256 + (content[at + 1] ?? 0);
}

/** Width and height as its header says; null where it is no such picture. */
function pngSides(content: Uint8Array): readonly [number, number] | null {
  if (!startsWith(content, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) || content.length < 33) return null;
  const long = (at: number): number => pair(content, at) * 65_536 + pair(content, at + 2);
  return [long(16), long(20)];
}

/** Walks the segments to the frame's header. Null where it is no such picture, or ends before it. */
function jpegSides(content: Uint8Array): readonly [number, number] | null {
  if (!startsWith(content, [0xff, 0xd8, 0xff])) return null;
  for (let at = 2; at + 9 < content.length;) {
    if (content[at] !== 0xff) return null;
    const marker = content[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return [pair(content, at + 7), pair(content, at + 5)];
    // The picture begins, and no frame said how large it is.
    if (marker === 0xda || marker === 0xd9) return null;
    const length = pair(content, at + 2);
    if (length < 2) return null;
    at += 2 + length;
  }
  return null;
}
