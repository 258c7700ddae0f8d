// Receipts and their prints (I8).

import type { PrintSaid, Receipt } from '../../../shared/domain/records.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';

export interface ReceiptPrint {
  readonly receiptId: LocalId;
  readonly at: number;
  readonly by: string;
  readonly copy: number;
}

export interface PrintLogRow {
  readonly receiptId: LocalId;
  readonly at: number;
  readonly by: string;
  readonly what: PrintSaid;
}

/** What a receipt was given under: all that is left of one whose words cannot be believed any more. */
export interface ReceiptHead {
  readonly receiptId: LocalId;
  readonly number: string;
  readonly clientId: LocalId | null;
}

export interface ReceiptReads {
  receipt(receiptId: LocalId): Receipt | null;
  /**
   * For what goes on beside a receipt that does not say what its row says, and for whoever names it: null there, where every other reading ends.
   */
  soundReceipt(by: { readonly receiptId: LocalId } | { readonly number: string }): Receipt | null;
  receiptHead(receiptId: LocalId): ReceiptHead | null;
  /** Of every receipt, the newest first. */
  receiptHeads(page: { readonly offset: number; readonly most: number }): readonly ReceiptHead[];
  /** The username of whoever recorded it: two people may have one name. */
  receiptMaker(receiptId: LocalId): string | null;
  receiptByNumber(number: string): Receipt | null;
  lastReceipt(): Receipt | null;
  /** The same one's hash, without reading the receipt. */
  lastReceiptHash(): string | null;
  /** The highest sequence NNNN given on that device and business date, 0 when none. */
  lastReceiptSequence(deviceCode: string, businessDate: BusinessDate): number;
  receipts(filter: {
    readonly businessDate?: BusinessDate | undefined;
    readonly username?: string | undefined;
    readonly clientId?: LocalId | undefined;
    readonly offset: number;
    readonly most: number;
  }): {
    readonly rows: readonly Receipt[];
    readonly total: number;
  };
  prints(receiptId: LocalId): readonly ReceiptPrint[];
  /** What was asked and said last; null where nobody asked for paper. */
  lastPrintSaid(receiptId: LocalId): PrintLogRow | null;
  countUnprinted(businessDate: BusinessDate): number;
  findReceipts(text: string, most: number): readonly Receipt[];
}

export interface ReceiptWrites {
  insertReceipt(receipt: Receipt, sequence: number, username: string): void;
  insertPrint(print: ReceiptPrint): void;
  insertPrintSaid(row: PrintLogRow): void;
}
