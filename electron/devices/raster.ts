// A picture for a printer: rows of dots, eight to a byte, in bands that the smallest printer's memory takes.

import bwipjs from 'bwip-js/node';

export interface Picture {
  /** A multiple of eight. */
  readonly width: number;
  readonly height: number;
  /** Row by row, the highest bit leftmost; 1 is black. */
  readonly bits: Uint8Array;
}

const BAND_ROWS = 128;
/** A module of at least four dots is read from worn paper (field-rules 2). */
const MODULE_DOTS = 4;
const QUIET_MODULES = 4;

/** The code in the middle of the paper's width. */
export function codePicture(text: string, paperDots: number): Picture {
  // How much of it may be worn away is an option of the code, which the library's types leave out.
  const options = { bcid: 'qrcode', text, eclevel: 'M' };
  const [code] = bwipjs.raw(options);
  if (code === undefined || !('pixs' in code)) throw new Error('a code has its modules');
  const { pixs, pixx, pixy } = code;
  const side = (pixx + 2 * QUIET_MODULES) * MODULE_DOTS;
  const left = Math.max(0, Math.floor((paperDots - side) / 2)) + QUIET_MODULES * MODULE_DOTS;
  const width = Math.ceil(paperDots / 8) * 8;
  const height = (pixy + 2) * MODULE_DOTS;
  const bits = new Uint8Array((width / 8) * height);
  for (let y = 0; y < pixy * MODULE_DOTS; y += 1) {
    for (let x = 0; x < pixx * MODULE_DOTS; x += 1) {
      if (pixs[Math.floor(y / MODULE_DOTS) * pixx + Math.floor(x / MODULE_DOTS)] !== 1) continue;
      const at = left + x;
      const byte = (y + MODULE_DOTS) * (width / 8) + Math.floor(at / 8);
      bits[byte] = (bits[byte] ?? 0) | (0x80 >> (at % 8));
    }
  }
  return { width, height, bits };
}

/** GS v 0, band by band. */
export function rasterBytes({ width, height, bits }: Picture): Uint8Array {
  const across = width / 8;
  const parts: Uint8Array[] = [];
  for (let top = 0; top < height; top += BAND_ROWS) {
    const rows = Math.min(BAND_ROWS, height - top);
    parts.push(Uint8Array.of(0x1d, 0x76, 0x30, 0, across % 256, Math.floor(across / 256), rows % 256, Math.floor(rows / 256)));
    parts.push(bits.subarray(top * across, (top + rows) * across));
  }
  return new Uint8Array(Buffer.concat(parts));
}
