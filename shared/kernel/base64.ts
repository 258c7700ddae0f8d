// Bytes as text and back, for what travels as text: a file between a screen and the branch. Pure, so that every room can use it.

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PLACES = new Map(Array.from(LETTERS, (letter, place) => [letter, place]));

export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const three = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const letters = [18, 12, 6, 0].map((shift) => LETTERS.charAt((three >> shift) & 63)).join('');
    const left = bytes.length - at;
    parts.push(left >= 3 ? letters : letters.slice(0, left + 1).padEnd(4, '='));
  }
  return parts.join('');
}

/** Null where the text is not base64, in the usual letters and with its padding. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 4 !== 0) return null;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let place = 0;
  for (let at = 0; at < text.length; at += 4) {
    const isLast = at + 4 === text.length;
    let four = 0;
    for (let within = 0; within < 4; within += 1) {
      const isPadding = isLast && within >= 4 - padding;
      const value = isPadding ? 0 : PLACES.get(text.charAt(at + within));
      if (value === undefined) return null;
      four = (four << 6) | value;
    }
    for (const shift of [16, 8, 0]) {
      if (place < bytes.length) bytes[place] = (four >> shift) & 255;
      place += 1;
    }
  }
  return bytes;
}
