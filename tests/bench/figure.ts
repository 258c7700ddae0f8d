// One measured figure beside its limit, both from the same run. Only ratios are compared between machines.
export interface Figure {
  readonly name: string;
  readonly scale: string;
  readonly value: number;
  readonly unit: string;
  /** The bare limit measured in the same run, where there is one. */
  readonly limit: number | null;
  readonly ratio: number | null;
  /** What we mean to stay at or under; null where a figure is only stated. */
  readonly aim: { readonly ratio?: number; readonly value?: number } | null;
}

export function besideLimit(figure: Omit<Figure, 'ratio' | 'limit'> & { readonly limit: number }): Figure {
  return { ...figure, ratio: figure.value / figure.limit };
}

export function stated(figure: Omit<Figure, 'ratio' | 'limit' | 'aim'> & { readonly aim?: Figure['aim'] }): Figure {
  return { aim: null, ...figure, limit: null, ratio: null };
}

/** Null where nothing was aimed at. */
export function meetsAim({ aim, ratio, value }: Figure): boolean | null {
  if (aim === null) return null;
  return (aim.ratio === undefined || (ratio !== null && ratio <= aim.ratio)) && (aim.value === undefined || value <= aim.value);
}
