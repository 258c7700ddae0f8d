// Reads what a printer was sent as the printer would: letters by its tables, dots where a picture was sent, and the drawer and the knife. It knows
// nothing of how the bytes were made, and a byte that it does not understand is an error: that is what a printer would show as nonsense.

const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';
const CP858 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';
/** By the number that ESC t takes. */
const TABLES: Readonly<Record<number, string>> = { 0: CP437, 19: CP858 };

export interface EscPosPaper {
  /** Row by row, the spaces at its end cut off; a picture is a row '[picture]'. */
  readonly rows: readonly string[];
  /** Rows that were struck bold, white on black, or higher, by their place. */
  readonly bold: readonly number[];
  readonly inverse: readonly number[];
  readonly tall: readonly number[];
  readonly pictures: readonly { readonly width: number; readonly height: number; readonly gray: Uint8ClampedArray }[];
  readonly cuts: number;
  readonly kicks: number;
  /** Questions in the order of the data. */
  readonly questions: number;
}

export function readEscPos(bytes: Uint8Array): EscPosPaper {
  const rows: string[] = [];
  const marks = { bold: new Set<number>(), inverse: new Set<number>(), tall: new Set<number>() };
  const on = { bold: false, inverse: false, tall: false };
  const bands: { width: number; rows: Uint8Array[] }[] = [];
  let row = '';
  let table = CP437;
  let at = 0;
  let cuts = 0;
  let kicks = 0;
  let questions = 0;
  let wasBand = false;
  const next = (): number => {
    const byte = bytes[at];
    if (byte === undefined) throw new Error(`the bytes end in the middle of a command at ${at}`);
    at += 1;
    return byte;
  };
  const endRow = (): void => {
    rows.push(row.trimEnd());
    row = '';
  };
  const letter = (byte: number): string => {
    if (byte < 0x7f) return String.fromCharCode(byte);
    const found = Array.from(table)[byte - 0x80];
    if (found === undefined) throw new Error(`no letter ${byte}`);
    return found;
  };
  const escape = (): void => {
    const command = String.fromCharCode(next());
    if (command === '@') Object.assign(on, { bold: false, inverse: false, tall: false });
    else if (command === 't') {
      const number = next();
      const found = TABLES[number];
      if (found === undefined) throw new Error(`no table ${number}`);
      table = found;
    } else if (command === 'E') on.bold = next() === 1;
    else if (command === 'M' || command === 'a') next();
    else if (command === 'p') {
      at += 3;
      kicks += 1;
    } else throw new Error(`ESC ${command} is not known`);
  };
  const group = (): void => {
    const command = String.fromCharCode(next());
    if (command === '!') on.tall = (next() & 0x0f) > 0;
    else if (command === 'B') on.inverse = next() === 1;
    else if (command === 'r') {
      next();
      questions += 1;
    } else if (command === 'V') {
      if (next() > 1) next();
      cuts += 1;
    } else if (command === 'v') {
      if (next() !== 0x30 || next() !== 0) throw new Error('a picture in another way');
      const across = next() + next() * 256;
      const high = next() + next() * 256;
      const band = bytes.slice(at, at + across * high);
      if (band.length !== across * high) throw new Error('a picture that ends early');
      at += band.length;
      const last = bands.at(-1);
      if (wasBand && last?.width === across * 8) last.rows.push(band);
      else {
        bands.push({ width: across * 8, rows: [band] });
        row += '[picture]';
      }
      wasBand = true;
      return;
    } else throw new Error(`GS ${command} is not known`);
  };
  while (at < bytes.length) {
    const byte = next();
    const before: boolean = wasBand;
    if (byte !== 0x1d) wasBand = false;
    if (byte === 0x1b) escape();
    else if (byte === 0x1c && next() === 0x2e) continue;
    else if (byte === 0x1d) {
      wasBand = before;
      group();
    } else if (byte === 0x0a) endRow();
    else if (byte >= 0x20) {
      row += letter(byte);
      for (const how of ['bold', 'inverse', 'tall'] as const) if (on[how]) marks[how].add(rows.length);
    } else throw new Error(`byte ${byte} at ${at - 1} is no letter and no command`);
  }
  if (row !== '') endRow();
  return {
    rows,
    bold: [...marks.bold],
    inverse: [...marks.inverse],
    tall: [...marks.tall],
    pictures: bands.map(({ width, rows: parts }) => grayOf(width, parts)),
    cuts,
    kicks,
    questions,
  };
}

function grayOf(width: number, parts: readonly Uint8Array[]): EscPosPaper['pictures'][number] {
  const bits = Buffer.concat(parts);
  const gray = new Uint8ClampedArray(bits.length * 8);
  for (let dot = 0; dot < gray.length; dot += 1) gray[dot] = ((bits[dot >> 3] ?? 0) & (0x80 >> (dot % 8))) === 0 ? 255 : 0;
  return { width, height: gray.length / width, gray };
}
