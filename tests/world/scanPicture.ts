// Scans a code out of dots, as a phone would.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import type { EscPosPaper } from './escPosPaper.ts';

let ready: Promise<unknown> | null = null;

export async function scanPicture({ width, height, gray }: EscPosPaper['pictures'][number]): Promise<string | null> {
  ready ??= prepareZXingModule({
    overrides: {
      wasmBinary: new Uint8Array(readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))).buffer,
    },
    fireImmediately: true,
  });
  await ready;
  const data = new Uint8ClampedArray(width * height * 4);
  gray.forEach((shade, dot) => data.set([shade, shade, shade, 255], dot * 4));
  const found = await readBarcodes({ width, height, data, colorSpace: 'srgb' }, { formats: ['QRCode'] });
  return found[0]?.text ?? null;
}
