// What head office takes from the account on top of a withdrawal: its charges of the type "withdrawal fee" (contract 6.9). Where the figure is
// not certain, because free withdrawals are counted at head office alone or a share does not end on a whole minor unit, the most that it can
// be is counted and `sure` is false: the words beside it are then "at most".

interface AnyCharge {
  /** Head office leaves it out for some withdrawals, by a count that it does not tell. */
  readonly sometimes: boolean;
  /** Server id of its definition, which may limit it to one way of paying; not known of accounts that were read before it was asked for. */
  readonly definition?: number;
}

/** One active charge. */
export type WithdrawalCharge =
  | (AnyCharge & { readonly kind: 'flat'; readonly amountMinor: number })
  /** A share of the amount, in millionths of a percent, as many digits as head office keeps. */
  | (AnyCharge & { readonly kind: 'share'; readonly percentMillionths: number });

/** Whether a charge of that definition is taken with the way of paying that is meant; null where head office did not tell the definition. */
export type TakenWith = (definition: number) => boolean | null;

/** The charges that head office takes with one way of paying. One of which that is not known is counted, and is not certain. */
export function chargesWith(charges: readonly WithdrawalCharge[], isTaken: TakenWith): readonly WithdrawalCharge[] {
  return charges.flatMap((charge) => {
    if (charge.definition === undefined) return [charge];
    const taken = isTaken(charge.definition);
    return taken === null ? [{ ...charge, sometimes: true }] : taken ? [charge] : [];
  });
}

export interface WithdrawalFee {
  /** Whole minor units of the account's currency, never negative. */
  readonly minor: number;
  readonly sure: boolean;
}

const SHARE_OF_ONE = 100_000_000n;

export function withdrawalFee(charges: readonly WithdrawalCharge[], amountMinor: number): WithdrawalFee {
  let minor = 0;
  let sure = true;
  for (const charge of charges) {
    const taken = charge.kind === 'flat' ? { minor: charge.amountMinor, sure: true } : shareOf(charge.percentMillionths, amountMinor);
    minor += taken.minor;
    if (taken.minor > 0 && (charge.sometimes || !taken.sure)) sure = false;
  }
  return { minor, sure };
}

/** Head office rounds by a setting of its own; until it has, the next whole minor unit is the most it can take. */
function shareOf(percentMillionths: number, amountMinor: number): WithdrawalFee {
  const exact = BigInt(amountMinor) * BigInt(percentMillionths);
  const whole = exact / SHARE_OF_ONE;
  const sure = whole * SHARE_OF_ONE === exact;
  return { minor: Number(sure ? whole : whole + 1n), sure };
}

/** The most that can be handed over when the fee is taken from the same `withdrawableMinor`. What is not there at all stays below zero. */
export function mostToPayOut(charges: readonly WithdrawalCharge[], withdrawableMinor: number): number {
  if (charges.length === 0 || withdrawableMinor <= 0) return withdrawableMinor;
  let most = 0;
  let tooMuch = withdrawableMinor + 1;
  while (tooMuch - most > 1) {
    const tried = Math.floor((most + tooMuch) / 2);
    if (tried + withdrawalFee(charges, tried).minor <= withdrawableMinor) most = tried;
    else tooMuch = tried;
  }
  return most;
}
