// Slips of cash between vault and drawers, and the papers of them.

import type { CashSlip, SlipKind } from '../../../shared/domain/cash/cashSlip.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';

export interface CashSlipRecord {
  /** Counts from 1 over all days. */
  readonly sequence: number;
  readonly number: string;
  readonly formId: LocalId;
  readonly kind: SlipKind;
  readonly businessDate: BusinessDate;
  readonly currency: string;
  readonly vaultMinor: number;
  readonly body: CashSlip;
  readonly hash: string;
}

export interface CashSlipPrint {
  readonly number: string;
  readonly at: number;
  readonly by: string;
  /** 0: the original. */
  readonly copy: number;
}

export interface CashSlipReads {
  lastSlip(): CashSlipRecord | null;
  slip(number: string): CashSlipRecord | null;
  slipOfForm(formId: LocalId): CashSlipRecord | null;
  /** In the order in which they were made. */
  slipsOf(businessDate: BusinessDate): readonly CashSlipRecord[];
  /** Bags that left for the bank and were not told to be there, the oldest first. */
  bagsOnTheRoad(): readonly CashSlipRecord[];
  lastSlipOf(kind: SlipKind, currency: string): CashSlipRecord | null;
  /** What the vault must hold, of each currency in which it was counted once. */
  vaultSums(): readonly { readonly currency: string; readonly minor: number }[];
  slipPrints(number: string): readonly CashSlipPrint[];
}

export interface CashSlipWrites {
  insertSlip(slip: CashSlipRecord): void;
  insertSlipPrint(print: CashSlipPrint): void;
}
