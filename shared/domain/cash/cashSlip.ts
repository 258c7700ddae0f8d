// Cash that moves without a client: between the vault and a drawer, from one cashier to another, and what two people found in the vault. Each such
// move has two persons and leaves a slip with a number of its own.

import type { BusinessDate } from '../../kernel/businessDate.ts';
import { canonicalJson, type Json } from '../../kernel/canonicalJson.ts';
import type { LocalId } from '../../kernel/ids.ts';
import type { Currency } from '../../kernel/money.ts';
import type { Sha256 } from '../journal/entryWords.ts';
import type { Pieces } from './pieces.ts';

/** allocate: vault to drawer. settle: drawer to vault. handOver: drawer to drawer. vaultCount: nothing moves, what lies there is declared. */
export const CASH_SLIP_KINDS = ['allocate', 'settle', 'handOver', 'vaultCount'] as const;
export type CashSlipKind = (typeof CASH_SLIP_KINDS)[number];

export interface DrawerOnSlip {
  readonly drawerId: LocalId;
  readonly name: string;
  readonly heldBy: string;
}

export interface CashSlip {
  readonly number: string;
  readonly kind: CashSlipKind;
  readonly institution: string;
  readonly officeName: string;
  readonly deviceCode: string;
  readonly practice: boolean;
  readonly zone: string;
  readonly businessDate: BusinessDate;
  readonly at: number;
  /** Display names: whoever asked at the screen, and whoever agreed with their own password. */
  readonly by: string;
  readonly agreedBy: string;
  readonly currency: Currency;
  /** What moved, or what was counted. */
  readonly amountMinor: number;
  readonly pieces: Pieces | null;
  readonly from: DrawerOnSlip | null;
  readonly to: DrawerOnSlip | null;
  /** What the vault holds of that money afterwards; null where it has no part in it. */
  readonly vaultMinor: number | null;
  /** Of a count, against what should have been there; null at the first one. */
  readonly differenceMinor: number | null;
  readonly note: string;
  readonly previousHash: string;
  readonly hash: string;
}

export function cashSlipHash({ hash: _hash, ...unsealed }: CashSlip, sha256: Sha256): string {
  return sha256(canonicalJson(unsealed as unknown as Json));
}

/** `sequence` counts from 1 over all days of a PC's books. */
export function cashSlipNumberOf(officeCode: string, deviceCode: string, sequence: number): string {
  return `${officeCode}-${deviceCode}-V${String(sequence).padStart(4, '0')}`;
}

/** What the vault holds after it: of a count what was found. `before` is null where it was never counted. */
export function vaultAfter(kind: CashSlipKind, before: number | null, amountMinor: number): number | null {
  switch (kind) {
    case 'vaultCount':
      return amountMinor;
    case 'allocate':
      return before === null ? null : before - amountMinor;
    case 'settle':
      return before === null ? null : before + amountMinor;
    case 'handOver':
      return null;
  }
}
