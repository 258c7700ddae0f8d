// A transfer between two accounts of the institution, kept once beside the two transactions that carry it out.
import type { Call } from '../call.ts';

export const KIND_LOAN = 1;
export const KIND_SAVINGS = 2;

export interface TransferEnd {
  kind: typeof KIND_LOAN | typeof KIND_SAVINGS;
  id: number;
}

export interface TransferRow {
  id: number;
  from_kind: number;
  from_id: number;
  to_kind: number;
  to_id: number;
  amount: number;
  date: string;
  description: string;
  reversed: number;
}

export function keepTransfer(
  call: Call,
  transfer: { from: TransferEnd; to: TransferEnd; minor: number; date: string; description: string },
): number {
  return call.office.book.run(
    'INSERT INTO account_transfer (from_kind, from_id, to_kind, to_id, amount, date, description, created_by) VALUES (?,?,?,?,?,?,?,?)',
    transfer.from.kind,
    transfer.from.id,
    transfer.to.kind,
    transfer.to.id,
    transfer.minor,
    transfer.date,
    transfer.description,
    call.caller.id,
  );
}
