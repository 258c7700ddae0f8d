// Where practice may differ from the recorded server, each with its reason. Paths are those of the comparison; a star
// stands for any index or any rest. What is not named here must be equal.

/** Exchanges that cannot be played one after the other, by the start of their name. */
const NOT_COMPARED: readonly { exchange: RegExp; why: string }[] = [
  {
    exchange: /^03\/concurrent\..*\.\d$|^17\/marker\.(burst|batch\.same\.marker\.concurrent)\./,
    why: 'sent at one moment; which of them lost is chance, and practice does one thing after the other',
  },
];

export function isCompared(exchange: string): boolean {
  return !NOT_COMPARED.some((each) => each.exchange.test(exchange));
}

interface Allowance {
  /** Start of the exchange's name, such as '06/' or '06/loanproduct'. */
  exchange: string;
  path: RegExp;
  why: string;
}

const ALLOWANCES: readonly Allowance[] = [];

/** The reason why this difference is allowed, or null. */
export function allowanceOf(exchange: string, path: string): string | null {
  return ALLOWANCES.find((each) => exchange.startsWith(each.exchange) && each.path.test(path))?.why ?? null;
}
