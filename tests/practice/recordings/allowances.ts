// Where practice may differ from the recorded server, each with its reason. Paths are those of the comparison; a star
// stands for any index or any rest. What is not named here must be equal.

/** Exchanges that cannot be played one after the other. */
export const NOT_COMPARED: Readonly<Record<string, string>> = {};

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
