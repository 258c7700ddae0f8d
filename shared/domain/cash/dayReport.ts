// What an X and a Z report say, of one drawer or of the whole day. An X is looked at and forgotten. A Z is made when something is closed: it has
// a number, holds the hash of the one before it, and says for ever what it said then, whatever head office does later (I7).

import type { BusinessDate } from '../../kernel/businessDate.ts';
import type { Json } from '../../kernel/canonicalJson.ts';
import { canonicalJson } from '../../kernel/canonicalJson.ts';
import type { LocalId } from '../../kernel/ids.ts';
import type { Currency } from '../../kernel/money.ts';
import type { Sha256 } from '../journal/entryWords.ts';
import type { SlipKind } from './cashSlip.ts';
import { expectedMinorOf } from './drawerIdentity.ts';
import type { Pieces } from './pieces.ts';

export interface ReportDrawer {
  readonly drawerId: LocalId;
  readonly name: string;
  readonly heldBy: string;
  readonly currency: Currency;
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly openingMinor: number;
  /** Null where it was counted as a sum alone. */
  readonly openingPieces: Pieces | null;
  readonly takenMinor: number;
  readonly paidMinor: number;
  readonly allocatedMinor: number;
  readonly settledMinor: number;
  readonly expectedMinor: number;
  /** Null while it is open. */
  readonly countedMinor: number | null;
  readonly differenceMinor: number | null;
  readonly pieces: Pieces | null;
  /** How often it was counted. */
  readonly counts: number;
  readonly reason: string;
  /** The second person, where one had to sign. */
  readonly agreedBy: string | null;
}

/** The vault in one currency, by the slips of the day. */
export interface ReportVault {
  readonly currency: Currency;
  /** What it had to hold before the first slip of the day. */
  readonly openingMinor: number;
  readonly inMinor: number;
  readonly outMinor: number;
  readonly expectedMinor: number;
  /** The last count of the day; null where nobody counted. */
  readonly count: { readonly number: string; readonly countedMinor: number; readonly differenceMinor: number } | null;
}

export interface ReportSlip {
  readonly number: string;
  readonly kind: SlipKind;
  readonly currency: Currency;
  readonly amountMinor: number;
}

/** The day was opened again, and its report with that number is no longer its last word. */
export interface TakenBack {
  readonly number: string;
  readonly at: number;
  readonly by: string;
  readonly reason: string;
}

export interface DayReport {
  /** Null on an X. */
  readonly number: string | null;
  readonly of: 'drawer' | 'day';
  readonly institution: string;
  readonly officeName: string;
  readonly deviceCode: string;
  readonly practice: boolean;
  readonly zone: string;
  readonly businessDate: BusinessDate;
  readonly openedAt: number;
  readonly openedBy: string;
  readonly madeAt: number;
  readonly madeBy: string;
  readonly drawers: readonly ReportDrawer[];
  /** Of the whole day alone. Reports that were made before there was a vault have none. */
  readonly vaults?: readonly ReportVault[] | undefined;
  /** Slips of that drawer, or of the whole day. */
  readonly slips?: readonly ReportSlip[] | undefined;
  /** Papers of a drawer's cash, or of the whole day. Money out is negative; each currency has rows of its own. */
  readonly byKind: readonly { readonly kind: string; readonly currency: Currency; readonly count: number; readonly amountMinor: number }[];
  readonly byWay: readonly {
    readonly name: string;
    readonly cash: boolean;
    readonly currency: Currency;
    readonly count: number;
    readonly inMinor: number;
    readonly outMinor: number;
  }[];
  readonly receipts: number;
  readonly firstReceipt: string | null;
  readonly lastReceipt: string | null;
  /** Papers by which money went back on an earlier one. */
  readonly undone: readonly {
    readonly number: string;
    readonly undoes: string;
    readonly currency: Currency;
    readonly amountMinor: number;
  }[];
  /** What head office had not confirmed when it was made, in and out together. */
  readonly unconfirmed: readonly { readonly currency: Currency; readonly count: number; readonly amountMinor: number }[];
  /** Receipts that were given after the close of the calendar day before, in and out together; absent where there are none. */
  readonly afterHours?: readonly { readonly currency: Currency; readonly count: number; readonly amountMinor: number }[] | undefined;
  /** Of a day that was opened again: the report that this one takes the place of. */
  readonly replaces?: TakenBack | undefined;
  /** The head of the journal's chain before the report itself. */
  readonly headEntry: number;
  readonly headHash: string;
  /** Of the Z before it; null on an X. */
  readonly previousHash: string | null;
  readonly hash: string | null;
  /** What became of it since: no part of the report, which nothing changes. `number`: of itself. */
  readonly takenBack?: TakenBack | undefined;
}

export function reportHash({ hash: _hash, takenBack: _takenBack, ...unsealed }: DayReport, sha256: Sha256): string {
  return sha256(canonicalJson(unsealed as unknown as Json));
}

/** `sequence` counts from 1 over all days of a PC's books. */
export function reportNumberOf(officeCode: string, deviceCode: string, sequence: number): string {
  return `${officeCode}-${deviceCode}-Z${String(sequence).padStart(4, '0')}`;
}

/** I7 once more, on the paper itself. */
export function isDrawerRight(drawer: ReportDrawer): boolean {
  const expectedMinor = expectedMinorOf(drawer);
  if (expectedMinor !== drawer.expectedMinor) return false;
  return drawer.countedMinor === null || drawer.countedMinor - expectedMinor === drawer.differenceMinor;
}
