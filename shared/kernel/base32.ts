// Bytes as capital letters and digits: the letters that a code on paper packs closest and that a scanner presses alike on every keyboard. No
// padding; the bits that are left over are naught, so that the same bytes are never written in two ways.

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const BITS = 5;

export function toBase32(bytes: Uint8Array): string {
  let text = '';
  let gathered = 0;
  let bits = 0;
  for (const byte of bytes) {
    gathered = (gathered << 8) | byte;
    bits += 8;
    for (; bits >= BITS; bits -= BITS) text += LETTERS.charAt((gathered >> (bits - BITS)) & 31);
    gathered &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + LETTERS.charAt((gathered << (BITS - bits)) & 31);
}

/** Null where the text is not what so many bytes are written as. */
export function fromBase32(text: string, length: number): Uint8Array<ArrayBuffer> | null {
  if (text.length !== Math.ceil((length * 8) / BITS)) return null;
  const bytes = new Uint8Array(length);
  let gathered = 0;
  let bits = 0;
  let at = 0;
  for (const letter of text) {
    const value = LETTERS.indexOf(letter);
    if (value < 0) return null;
    gathered = (gathered << BITS) | value;
    bits += BITS;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = (gathered >> bits) & 255;
    at += 1;
    gathered &= (1 << bits) - 1;
  }
  return gathered === 0 ? bytes : null;
}
