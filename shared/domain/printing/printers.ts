// Receipt printers as data: what kinds there are, how one is reached, and what was set up on this PC. An address comes from a screen, and a screen
// is not trusted: nothing but a printer's own port on the office's network, or the name of a printer of this PC, is ever written to.

export const PRINTER_KINDS = ['epson80', 'generic80', 'epson58', 'generic58'] as const;
export type PrinterKind = (typeof PRINTER_KINDS)[number];

export interface PrinterProfile {
  /** Letters across. */
  readonly columns: number;
  /** Across. */
  readonly dots: number;
  /** Which number each code page has, by the maker's table. */
  readonly pageNumbers: 'epson' | 'pos-5890' | 'pos-8360';
  /** Tried in this order. */
  readonly pages: readonly ('cp437' | 'cp858' | 'cp852' | 'cp866' | 'windows1252')[];
  readonly cuts: boolean;
  /** Tells how it is when it is asked, and when it has printed what it was sent. Cheap ones do not. */
  readonly answers: boolean;
}

export const PRINTER_PROFILES: Readonly<Record<PrinterKind, PrinterProfile>> = {
  epson80: { columns: 48, dots: 576, pageNumbers: 'epson', pages: ['cp437', 'cp858', 'cp852', 'cp866'], cuts: true, answers: true },
  generic80: { columns: 48, dots: 576, pageNumbers: 'pos-8360', pages: ['cp437', 'cp858', 'cp852', 'cp866'], cuts: true, answers: false },
  epson58: { columns: 32, dots: 384, pageNumbers: 'epson', pages: ['cp437', 'cp858', 'cp852', 'cp866'], cuts: true, answers: true },
  generic58: { columns: 32, dots: 384, pageNumbers: 'pos-5890', pages: ['cp437', 'cp858'], cuts: false, answers: false },
};

export type PrinterAddress =
  | { readonly way: 'network'; readonly host: string; readonly port: number }
  /** A device of this PC, or a printer that Windows shares under that name: bytes that are written to it go to its spooler as they are. */
  | { readonly way: 'device'; readonly path: string }
  /** Into files beside the books of a practice branch, one for each paper: names of true clients never lie in a plain file. */
  | { readonly way: 'folder' };

export interface SetPrinter {
  readonly kind: PrinterKind;
  readonly address: PrinterAddress;
}

export const PAPER_LANGUAGES = ['en', 'es', 'fr'] as const;
export type PaperLanguage = (typeof PAPER_LANGUAGES)[number];

export interface PrintersOfPc {
  readonly main: SetPrinter;
  /** Takes over when the main one does not print. */
  readonly other: SetPrinter | null;
  /** What the papers are written in. */
  readonly language: PaperLanguage;
  /** Every receipt goes to paper by itself when it is issued. */
  readonly byItself: boolean;
  /** The drawer's lock hangs on the printer: it opens when cash moves. */
  readonly kicksDrawer: boolean;
  /** A copy for the office comes out behind every original. Absent where it was set before there was such a thing: none does. */
  readonly officeCopy?: boolean | undefined;
}

const DEVICES = [
  /^\/dev\/(?:usb\/)?lp\d{1,2}$/,
  /^\/dev\/tty(?:USB|ACM|S)\d{1,2}$/,
  /^(?:COM|LPT)\d{1,2}$/,
  // A printer that this PC shares with itself.
  /^\\\\(?:localhost|127\.0\.0\.1)\\[\w .()-]{1,60}$/,
];

/** Of the office's own network, or of this PC: nothing of a receipt leaves the house. */
function isNearHost(host: string): boolean {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host)?.slice(1).map(Number);
  if (parts === undefined || parts.some((part) => part > 255)) return false;
  const [a = 0, b = 0] = parts;
  return a === 10 || a === 127 || (a === 192 && b === 168) || (a === 172 && b >= 16 && b <= 31) || (a === 169 && b === 254);
}

export function isPrinterAddress(address: PrinterAddress, practice: boolean): boolean {
  switch (address.way) {
    case 'network':
      return isNearHost(address.host) && Number.isInteger(address.port) && address.port >= 1_024 && address.port <= 65_535;
    case 'device':
      return DEVICES.some((shape) => shape.test(address.path));
    case 'folder':
      return practice;
  }
}
