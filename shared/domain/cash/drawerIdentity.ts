// What must lie in a drawer: opening + allocated + taken - paid - settled. It is counted + declared difference at the close, and it does
// not know whether anything was synced (I7). Whole minor units of one currency.

export interface DrawerSums {
  readonly openingMinor: number;
  readonly takenMinor: number;
  readonly paidMinor: number;
  readonly allocatedMinor: number;
  readonly settledMinor: number;
}

export function expectedMinorOf(drawer: DrawerSums): number {
  return drawer.openingMinor + drawer.allocatedMinor + drawer.takenMinor - drawer.paidMinor - drawer.settledMinor;
}
