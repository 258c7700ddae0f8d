// What unfinished commands do to views (I6).

import type { AccountKind } from '../../../shared/domain/commands/kinds/kind.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';

export type { AccountKind } from '../../../shared/domain/commands/kinds/kind.ts';

/** What an unfinished command does to a view. `deltaMinor`: savings ledger up or down; for a loan the outstanding sum goes down (negative). */
export interface EffectRecord {
  readonly commandId: LocalId;
  readonly accountKind: AccountKind;
  readonly accountId: LocalId;
  readonly deltaMinor: number;
  /** What head office takes from the account on top, in a transaction of its own; the promise is recognised by its amount alone. */
  readonly feeMinor: number;
  /** 'disputed': head office refused it, and a manager has not decided yet. 'dropped': resolved without a server transaction. 'retired': confirmed long enough ago to stop asking. */
  readonly standing: 'counts' | 'disputed' | 'dropped' | 'retired';
  /** The confirmed row already contains the transaction: counting it again would double it (I6). */
  readonly included: boolean;
  /** How the transaction is recognised in a pulled account. */
  readonly marker: { readonly externalId: string | null; readonly receiptNumber: string; readonly serverTransactionId: number | null };
}

/** Which effect: of a command that touches several accounts, the one on that account. */
export type EffectRef = Pick<EffectRecord, 'commandId' | 'accountKind' | 'accountId'>;

export type EffectChange = Partial<Pick<EffectRecord, 'standing' | 'included'>> & { readonly serverTransactionId?: number };

export interface EffectReads {
  /** All of one command, in the order in which its kind names the accounts; none where it touches no account. */
  effectsOfCommand(commandId: LocalId): readonly EffectRecord[];
  /** Effects that count or are disputed, whether included or not, of one account, in order of recording; never dropped or retired ones. */
  effectsOf(accountKind: AccountKind, accountId: LocalId): readonly EffectRecord[];
  /** Effects of what a manager settled without head office: it must not hold them after all. */
  settledEffectsOf(accountKind: AccountKind, accountId: LocalId): readonly EffectRecord[];
}

export interface EffectWrites {
  insertEffect(effect: EffectRecord): void;
  /** Of one account alone. */
  saveEffect(effect: EffectRef, change: EffectChange): void;
  /** Of every account that the command touches. */
  saveEffects(commandId: LocalId, change: EffectChange): void;
  /** Retired effects after that position count again, at most so many; answers the last position it reached, or null when none was left. */
  reopenRetiredEffects(afterPosition: number, most: number): number | null;
}
