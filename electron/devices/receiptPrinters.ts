// The receipt printers of this PC, behind the port.

import { PRINTER_PROFILES, isPrinterAddress, type PrinterAddress, type SetPrinter } from '../../shared/domain/printing/printers.ts';
import { assert } from '../../shared/kernel/assert.ts';
import { exhaustive } from '../../shared/kernel/exhaustive.ts';
import type { Printers } from '../ports/printers.ts';
import { encodeKick, encodeSlip } from './encodeSlip.ts';
import { askNetworkPrinter, sendToNetworkPrinter, type PrinterPatience } from './networkPrinter.ts';
import { sendToDevice, sendToFolder } from './writtenPrinter.ts';

export interface ReceiptPrinterParts {
  /** For papers that are kept as files; null where none may be. */
  readonly folder: string | null;
  /** A name that was never given before. */
  readonly newName: () => string;
  readonly patience?: PrinterPatience;
}

export function receiptPrinters({ folder, newName, patience }: ReceiptPrinterParts): Printers {
  /** What was sent last to each printer: the next thing follows it, and never stands in its middle. */
  const last = new Map<string, Promise<unknown>>();
  function inTurn<T>(address: PrinterAddress, work: () => Promise<T>): Promise<T> {
    const key = JSON.stringify(address);
    const turn = (last.get(key) ?? Promise.resolve()).then(work, work);
    last.set(
      key,
      turn.catch(() => undefined),
    );
    return turn;
  }

  async function send({ kind, address }: SetPrinter, bytes: Uint8Array): ReturnType<Printers['send']> {
    switch (address.way) {
      case 'network':
        return sendToNetworkPrinter(address, PRINTER_PROFILES[kind], bytes, patience);
      case 'device':
        return sendToDevice(address.path, bytes);
      case 'folder':
        return sendToFolder(folder ?? '', newName(), bytes);
      default:
        return exhaustive(address);
    }
  }

  return {
    bytesOf: (kind, slip) => encodeSlip(slip, PRINTER_PROFILES[kind]),
    kickBytes: (kind) => encodeKick(PRINTER_PROFILES[kind]),
    async send(printer, bytes) {
      assert(isPrinterAddress(printer.address, folder !== null), 'only what can be a printer is written to');
      return inTurn(printer.address, () => send(printer, bytes));
    },
    async ask({ kind, address }) {
      assert(isPrinterAddress(address, folder !== null), 'only what can be a printer is asked');
      if (address.way !== 'network' || !PRINTER_PROFILES[kind].answers) return { light: 'untold', bytes: '' };
      return askNetworkPrinter(address, patience);
    },
  };
}
