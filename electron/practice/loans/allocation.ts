// How a repayment is shared over a loan: the standard strategy, oldest installment first and in it penalty, fee,
// interest, principal; what is left is overpaid. Pure, in minor units, and it conserves every unit.

export interface Dues {
  number: number;
  fromDate: string;
  dueDate: string;
  principal: number;
  interest: number;
  fee: number;
  penalty: number;
  principalPaid: number;
  interestPaid: number;
  feePaid: number;
  penaltyPaid: number;
  interestWaived: number;
  feeWaived: number;
  penaltyWaived: number;
  paidInAdvance: number;
  paidLate: number;
  metOn: string | null;
}

export interface Split {
  principal: number;
  interest: number;
  fee: number;
  penalty: number;
  overpayment: number;
}

export interface ChargeDue {
  amount: number;
  penalty: boolean;
  dueDate: string;
}

export function freshDues(
  schedule: readonly { number: number; fromDate: string; dueDate: string; principal: number; interest: number }[],
): Dues[] {
  return schedule.map((row) => ({
    ...row,
    fee: 0,
    penalty: 0,
    principalPaid: 0,
    interestPaid: 0,
    feePaid: 0,
    penaltyPaid: 0,
    interestWaived: 0,
    feeWaived: 0,
    penaltyWaived: 0,
    paidInAdvance: 0,
    paidLate: 0,
    metOn: null,
  }));
}

function homeOf(dues: readonly Dues[], dueDate: string): Dues | undefined {
  return dues.find((row, index) => dueDate <= row.dueDate && (index === 0 || dueDate > row.fromDate));
}

/** A charge belongs to the installment with from < due date ≤ to; one after the last due date adds an installment. */
export function placeCharges(dues: Dues[], charges: readonly ChargeDue[]): void {
  for (const charge of charges) {
    let home = homeOf(dues, charge.dueDate);
    if (home === undefined) {
      const last = dues[dues.length - 1];
      if (last === undefined) return;
      home = freshDues([{ number: last.number + 1, fromDate: last.dueDate, dueDate: charge.dueDate, principal: 0, interest: 0 }])[0];
      if (home === undefined) return;
      dues.push(home);
    }
    if (charge.penalty) home.penalty += charge.amount;
    else home.fee += charge.amount;
  }
}

export function unpaid(row: Dues): number {
  return row.principal - row.principalPaid + interestLeft(row) + feeLeft(row) + penaltyLeft(row);
}

export function interestLeft(row: Dues): number {
  return row.interest - row.interestPaid - row.interestWaived;
}

export function feeLeft(row: Dues): number {
  return row.fee - row.feePaid - row.feeWaived;
}

export function penaltyLeft(row: Dues): number {
  return row.penalty - row.penaltyPaid - row.penaltyWaived;
}

/** Interest is waived from the oldest installment that still owes some; what is too much is dropped. */
export function waiveInterestIn(dues: readonly Dues[], amount: number, date: string): number {
  let left = amount;
  for (const row of dues) {
    const waived = Math.min(left, interestLeft(row));
    row.interestWaived += waived;
    left -= waived;
    if (waived > 0 && unpaid(row) === 0) row.metOn = date;
  }
  return amount - left;
}

/** What is left of one charge is waived in its own installment. */
export function waiveChargeIn(dues: readonly Dues[], charge: ChargeDue, amount: number, date: string): void {
  const home = homeOf(dues, charge.dueDate) ?? dues[dues.length - 1];
  if (home === undefined) return;
  if (charge.penalty) home.penaltyWaived += amount;
  else home.feeWaived += amount;
  if (unpaid(home) === 0) home.metOn = date;
}

/** Takes an amount into the dues and says where it went. */
export function allocate(dues: readonly Dues[], amount: number, date: string): Split {
  const split: Split = { principal: 0, interest: 0, fee: 0, penalty: 0, overpayment: 0 };
  let left = amount;
  const take = (owed: number): number => {
    const taken = Math.min(left, owed);
    left -= taken;
    return taken;
  };
  for (const row of dues) {
    if (left === 0) break;
    if (unpaid(row) === 0) continue;
    const before = left;
    const penalty = take(penaltyLeft(row));
    const fee = take(feeLeft(row));
    const interest = take(interestLeft(row));
    const principal = take(row.principal - row.principalPaid);
    row.penaltyPaid += penalty;
    row.feePaid += fee;
    row.interestPaid += interest;
    row.principalPaid += principal;
    split.penalty += penalty;
    split.fee += fee;
    split.interest += interest;
    split.principal += principal;
    if (date < row.dueDate) row.paidInAdvance += before - left;
    if (date > row.dueDate) row.paidLate += before - left;
    if (unpaid(row) === 0) row.metOn = date;
  }
  split.overpayment = left;
  return split;
}
