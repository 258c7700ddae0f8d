// One measured figure beside its limit, both from the same run. Only ratios are compared between machines.
export interface Figure {
  readonly name: string;
  readonly scale: string;
  readonly value: number;
  readonly unit: string;
  /** The bare limit measured in the same run, where there is one. */
  readonly limit: number | null;
  readonly ratio: number | null;
  /** The ratio, or for figures without a limit the value, that we mean to stay under. */
  readonly aim: number | null;
}
