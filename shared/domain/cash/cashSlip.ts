// Cash that moves between the vault and drawers, or is counted there by two people, leaves a slip: numbered without a gap, each over the one
// before it, signed by two. What the vault must hold is the sum of its slips, in each currency by itself (I7). Whole minor units.

import type { BusinessDate } from '../../kernel/businessDate.ts';
import type { Json } from '../../kernel/canonicalJson.ts';
import { canonicalJson } from '../../kernel/canonicalJson.ts';
import type { LocalId } from '../../kernel/ids.ts';
import type { Currency } from '../../kernel/money.ts';
import type { FileRef } from '../files/fileRef.ts';
import type { Sha256 } from '../journal/entryWords.ts';
import { sumOfPieces, type Pieces } from './pieces.ts';

/**
 * opening: what lay in the vault when it was counted first. toDrawer, toVault: between the vault and a drawer. handOver: from one drawer to
 * another. vaultCount, drawerCount: somebody looked and counted, nothing moved. vaultDifference: what a count of the vault found too much or too
 * little becomes what it must hold. toBank, fromBank: with the number of the seal. atBank: what the bank counted in a bag, which until then is on
 * the road. pettyOut, pettyIn: small expenses of the house, paid from a drawer, and what is left of them. changeVault, changeDrawers,
 * changeClient: notes and coins of a drawer for others of the same sum; no money moves.
 */
export const SLIP_KINDS = [
  'opening',
  'toDrawer',
  'toVault',
  'handOver',
  'vaultCount',
  'drawerCount',
  'vaultDifference',
  'toBank',
  'atBank',
  'fromBank',
  'pettyOut',
  'pettyIn',
  'changeVault',
  'changeDrawers',
  'changeClient',
] as const;
export type SlipKind = (typeof SLIP_KINDS)[number];

type Move = 'allocated' | 'settled';

interface SlipRule {
  /** Which way the amount goes in the vault; null where the difference itself says it. */
  readonly vault: 1 | 0 | -1 | null;
  /** What it is to each drawer that it names, in their order; null: it only looks into it. */
  readonly drawers: readonly (Move | null)[];
  /**
   * Who the two are: a keeper of the vault and anybody; a keeper and the drawer's holder, who may be one; or the two holders. Or the holder alone,
   * where a client stands there as the other.
   */
  readonly people: 'keeper' | 'keeperAndHolder' | 'holders' | 'holder';
  /** What was counted may be nothing at all. */
  readonly isCount: boolean;
  /** What its words are: why it was, the number of the bag's seal, what was paid for, the bank's own number. Null: a note, where one is wanted. */
  readonly reasonIs: 'why' | 'seal' | 'purpose' | 'deposit' | null;
  /** With whom the first drawer changes notes: what it gave and what it got are told by the piece. */
  readonly changesWith?: 'vault' | 'drawer' | 'client';
  /** A photograph may go with it: of the sealed bag, of the bank's own paper. */
  readonly takesPhoto?: true;
}

export const SLIP_RULES: Readonly<Record<SlipKind, SlipRule>> = {
  opening: { vault: 1, drawers: [], people: 'keeper', isCount: true, reasonIs: null },
  toDrawer: { vault: -1, drawers: ['allocated'], people: 'keeperAndHolder', isCount: false, reasonIs: null },
  toVault: { vault: 1, drawers: ['settled'], people: 'keeperAndHolder', isCount: false, reasonIs: null },
  handOver: { vault: 0, drawers: ['settled', 'allocated'], people: 'holders', isCount: false, reasonIs: null },
  vaultCount: { vault: 0, drawers: [], people: 'keeper', isCount: true, reasonIs: null },
  drawerCount: { vault: 0, drawers: [null], people: 'keeperAndHolder', isCount: true, reasonIs: null },
  vaultDifference: { vault: null, drawers: [], people: 'keeper', isCount: false, reasonIs: 'why' },
  toBank: { vault: -1, drawers: [], people: 'keeper', isCount: false, reasonIs: 'seal', takesPhoto: true },
  atBank: { vault: 0, drawers: [], people: 'keeper', isCount: true, reasonIs: 'deposit', takesPhoto: true },
  fromBank: { vault: 1, drawers: [], people: 'keeper', isCount: false, reasonIs: 'seal', takesPhoto: true },
  pettyOut: { vault: 0, drawers: ['settled'], people: 'keeperAndHolder', isCount: false, reasonIs: 'purpose' },
  pettyIn: { vault: 0, drawers: ['allocated'], people: 'keeperAndHolder', isCount: false, reasonIs: 'purpose' },
  changeVault: { vault: 0, drawers: [null], people: 'keeperAndHolder', isCount: false, reasonIs: null, changesWith: 'vault' },
  changeDrawers: { vault: 0, drawers: [null, null], people: 'holders', isCount: false, reasonIs: null, changesWith: 'drawer' },
  changeClient: { vault: 0, drawers: [null], people: 'holder', isCount: false, reasonIs: null, changesWith: 'client' },
};

export interface SlipDrawer {
  readonly drawerId: LocalId;
  readonly name: string;
  readonly heldBy: string;
  readonly move: Move | null;
}

interface SlipPerson {
  readonly username: string;
  readonly name: string;
}

export interface CashSlip {
  readonly number: string;
  readonly kind: SlipKind;
  readonly formId: LocalId;
  readonly institution: string;
  readonly officeName: string;
  readonly deviceCode: string;
  readonly practice: boolean;
  readonly zone: string;
  readonly businessDate: BusinessDate;
  readonly at: number;
  readonly currency: Currency;
  readonly amountMinor: number;
  /** Null where only a sum was told. Of a change: what the first drawer gave. */
  readonly pieces: Pieces | null;
  /** Of a change alone: what it got, which is the same sum. */
  readonly piecesBack?: Pieces | undefined;
  /** What it adds to what the vault must hold. */
  readonly vaultMinor: number;
  readonly drawers: readonly SlipDrawer[];
  /** Of a count: what must have lain there. */
  readonly expectedMinor: number | null;
  /** Of a difference: the slip of the count that found it. Of a bag at the bank: the slip with which it left the vault. */
  readonly count: string | null;
  readonly reason: string;
  readonly made: SlipPerson;
  /** Null where a client was the other. */
  readonly signed: SlipPerson | null;
  readonly photo?: FileRef | undefined;
  /** How many movements of cash the books held before it: where it stands among those of a drawer, whatever clocks say. */
  readonly after?: number | undefined;
  readonly previousHash: string;
  readonly hash: string;
}

export function slipHash({ hash: _hash, ...unsealed }: CashSlip, sha256: Sha256): string {
  return sha256(canonicalJson(unsealed as unknown as Json));
}

/** `sequence` counts from 1 over all days of a PC's books. */
export function slipNumberOf(officeCode: string, deviceCode: string, sequence: number): string {
  return `${officeCode}-${deviceCode}-V${String(sequence).padStart(4, '0')}`;
}

/** Whether it does to the vault and to its drawers what its kind does, and nothing else. */
export function isSlipRight(slip: CashSlip): boolean {
  const rule = SLIP_RULES[slip.kind];
  const vaultFits =
    rule.vault === null ? Math.abs(slip.vaultMinor) === slip.amountMinor : slip.vaultMinor === rule.vault * slip.amountMinor;
  return (
    vaultFits &&
    slip.drawers.length === rule.drawers.length &&
    slip.drawers.every(({ move }, at) => move === rule.drawers[at]) &&
    (slip.photo === undefined || rule.takesPhoto === true) &&
    (slip.signed === null) === (rule.people === 'holder') &&
    (rule.isCount ? slip.amountMinor >= 0 : slip.amountMinor > 0) &&
    isChangeRight(slip)
  );
}

/** What was given and what came back are told by the piece, and are one sum. */
function isChangeRight({ kind, pieces, piecesBack, amountMinor }: CashSlip): boolean {
  if (SLIP_RULES[kind].changesWith === undefined) return piecesBack === undefined;
  return [pieces, piecesBack].every((each) => each != null && sumOfPieces(each) === amountMinor);
}

/** Of a count: more than must be there is positive. Null of every other slip. */
export function differenceOf({ amountMinor, expectedMinor }: CashSlip): number | null {
  return expectedMinor === null ? null : amountMinor - expectedMinor;
}
