// A slip as ESC/POS bytes. Letters go by the printer's code pages; a letter that none of them has makes the whole slip one for another way,
// because a name with a hole in it is not that person's receipt. The code is sent as a picture: every printer can draw dots.

import CodepageEncoder from '@point-of-sale/codepage-encoder';
import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder';
import { layOut, type PaperRow } from '../../shared/domain/printing/layOut.ts';
import type { PrinterProfile } from '../../shared/domain/printing/printers.ts';
import { assert } from '../../shared/kernel/assert.ts';
import type { PrintedSlip } from '../ports/printers.ts';
import { codePicture, rasterBytes } from './raster.ts';

const FIRST_LETTER = 0x20;
const FEED_BEFORE_CUT = 4;
const lettersOfPages = new Map<string, ReadonlySet<number>>();

/** What lies under the first place of a table are commands, whatever picture the table shows there. */
function lettersOf(page: PrinterProfile['pages'][number]): ReadonlySet<number> {
  let letters = lettersOfPages.get(page);
  if (letters === undefined) {
    letters = new Set(CodepageEncoder.getCodepoints(page, true).slice(FIRST_LETTER));
    lettersOfPages.set(page, letters);
  }
  return letters;
}

function canPrint(text: string, pages: PrinterProfile['pages']): boolean {
  return Array.from(text).every((letter) => pages.some((page) => lettersOf(page).has(letter.codePointAt(0) ?? 0)));
}

function encoderFor(profile: PrinterProfile): ReceiptPrinterEncoder {
  return new ReceiptPrinterEncoder({
    language: 'esc-pos',
    columns: profile.columns,
    codepageMapping: profile.pageNumbers,
    codepageCandidates: [...profile.pages],
    feedBeforeCut: FEED_BEFORE_CUT,
    newline: '\n',
  });
}

function strike(encoder: ReceiptPrinterEncoder, row: PaperRow, profile: PrinterProfile): void {
  if ('code' in row) {
    encoder.raw(rasterBytes(codePicture(row.code, profile.dots))).newline();
    return;
  }
  if (row.bold) encoder.bold(true);
  if (row.tall) encoder.height(2);
  if (row.inverse) encoder.invert(true);
  encoder.line(row.text);
  if (row.inverse) encoder.invert(false);
  if (row.tall) encoder.height(1);
  if (row.bold) encoder.bold(false);
}

export function encodeSlip(slip: PrintedSlip, profile: PrinterProfile): Uint8Array | null {
  const rows = layOut(slip.lines, profile.columns);
  const fits = (pages: PrinterProfile['pages']): boolean => rows.every((row) => 'code' in row || canPrint(row.text, pages));
  if (!fits(profile.pages)) return null;
  // To look for a page letter by letter costs more than all the rest of the slip; most slips need the first page only.
  const [first] = profile.pages;
  const encoder = encoderFor(profile).initialize();
  encoder.codepage(first !== undefined && fits([first]) ? first : 'auto');
  for (const row of rows) strike(encoder, row, profile);
  if (profile.cuts) encoder.cut('partial');
  else encoder.newline(FEED_BEFORE_CUT);
  if (slip.kick) encoder.pulse();
  const bytes = encoder.encode();
  assert(bytes instanceof Uint8Array, 'an encoder that is asked for bytes gives bytes');
  return bytes;
}

export function encodeKick(profile: PrinterProfile): Uint8Array {
  return encoderFor(profile).initialize().pulse().encode();
}
