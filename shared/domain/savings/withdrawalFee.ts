// What head office takes from the account on top of a withdrawal: its charges of the type "withdrawal fee" (contract 6.9). Where the figure is
// not certain, because free withdrawals are counted at head office alone or a share does not end on a whole minor unit, the most that it can
// be is counted and `sure` is false: the words beside it are then "at most".

/** One active charge. `sometimes`: head office leaves it out for some withdrawals, by a count that it does not tell. */
export type WithdrawalCharge =
  | { readonly kind: 'flat'; readonly amountMinor: number; readonly sometimes: boolean }
  /** A share of the amount, in millionths of a percent, as many digits as head office keeps. */
  | { readonly kind: 'share'; readonly percentMillionths: number; readonly sometimes: boolean };

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
