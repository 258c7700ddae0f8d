// The paper promise and the manager's decision, as the journal keeps them. The contract's schemas give the same shapes to the screens,
// and the compiler holds the two together where a record is handed out. Amounts are whole minor units of `currency`.

import type { BusinessDate } from '../kernel/businessDate.ts';
import type { LocalId } from '../kernel/ids.ts';
import type { Currency } from '../kernel/money.ts';
import type { ToldNotes } from './cash/toldNotes.ts';
import type { WithdrawalFee } from './savings/withdrawalFee.ts';

export type ReceiptKind =
  | 'loanRepayment'
  | 'savingsDeposit'
  | 'savingsWithdrawal'
  | 'loanDisbursal'
  | 'withdrawalReturned'
  | 'moneyReturned'
  /** Head office posted, after all, what had been given back or brought back: the money goes its first way once more. */
  | 'moneyTakenAgain'
  | 'withdrawalPaidAgain'
  /** The same of a loan that was paid out. */
  | 'disbursalReturned'
  | 'disbursalPaidAgain'
  /** After head office was told of the payout, which it is asked to undo. */
  | 'disbursalUndo'
  /** Several postings of one client, each a line of its own. */
  | 'basket'
  | 'basketPaid';

/** Which part of a loan an amount serves, by the product's rule (contract 8.7). */
export interface Allocation {
  readonly penaltyMinor: number;
  readonly feeMinor: number;
  readonly interestMinor: number;
  readonly principalMinor: number;
  readonly overpaidMinor: number;
}

/** What the cashier typed into the three fields of a repayment; together they are the receipt's sum. Head office decides the shares. */
export interface RepaymentParts {
  readonly amountMinor: number;
  readonly additionalMinor: number;
  readonly feesMinor: number;
}

/** One posting as the paper says it: one sum on one account, with the command that tells head office of it. Null where only cash moves. */
export interface ReceiptPosting {
  readonly kind: Exclude<ReceiptKind, 'basket' | 'basketPaid'>;
  readonly commandId: LocalId | null;
  readonly accountKind: 'loan' | 'savings';
  readonly accountId: LocalId;
  readonly accountNo: string;
  readonly productName: string;
  readonly amountMinor: number;
  readonly allocation: Allocation | null;
  /** Null where nothing but the amount was typed. */
  readonly parts: RepaymentParts | null;
  /** What head office takes from the account on top of a withdrawal, already in the balance; null where it takes nothing. */
  readonly fee: WithdrawalFee | null;
  readonly balanceAfterMinor: number | null;
  /** Of a loan, what stays overdue after it by our reckoning; absent where nothing does or only head office can say. */
  readonly overdueLeftMinor?: number | undefined;
  /** Of a loan that was paid out, the charges that stayed behind: sum of the loan = amount + this; absent where there were none. */
  readonly chargesTakenMinor?: number | undefined;
  readonly nextDueDate: BusinessDate | null;
  readonly nextDueMinor: number | null;
  readonly balancesAsOf: number | null;
}

/**
 * Everything the paper says, fixed when it was issued (I8). A receipt of one posting says it in its own members, as every receipt once did;
 * one of several has `lines`, all the same way in or out and in one currency, and what belongs to a single account is null (`lines.ts`).
 */
export interface Receipt {
  readonly receiptId: LocalId;
  readonly number: string;
  readonly kind: ReceiptKind;
  readonly commandId: LocalId | null;
  readonly institution: string;
  readonly officeName: string;
  readonly practice: boolean;
  readonly businessDate: BusinessDate;
  readonly recordedAt: number;
  readonly zone: string;
  readonly clockDoubt: boolean;
  /** Null where the payer is a group. */
  readonly clientId: LocalId | null;
  /** The payer's, be it a client or a group. */
  readonly clientName: string;
  readonly clientAccountNo: string;
  /** The group whose own the account is; absent where a client pays. */
  readonly groupId?: LocalId | undefined;
  /** The member of that group who stood at the counter, where it was told. */
  readonly handedBy?: { readonly clientId: LocalId; readonly name: string } | undefined;
  readonly accountKind: 'loan' | 'savings' | null;
  readonly accountId: LocalId | null;
  readonly accountNo: string;
  readonly productName: string;
  readonly currency: Currency;
  /** The total, where there are lines. */
  readonly amountMinor: number;
  readonly paymentTypeName: string;
  readonly cash: boolean;
  readonly givenMinor: number | null;
  readonly changeMinor: number | null;
  /** Notes and coins that came and went with it, where they were told. */
  readonly notes?: ToldNotes | undefined;
  readonly allocation: Allocation | null;
  readonly parts: RepaymentParts | null;
  readonly fee: WithdrawalFee | null;
  readonly balanceAfterMinor: number | null;
  readonly overdueLeftMinor?: number | undefined;
  readonly chargesTakenMinor?: number | undefined;
  readonly nextDueDate: BusinessDate | null;
  readonly nextDueMinor: number | null;
  readonly balancesAsOf: number | null;
  /** Two or more, in the order of the paper; absent on a receipt of one posting. */
  readonly lines?: readonly ReceiptPosting[] | undefined;
  /** Head office stood at another day, and a named person said that it is dated so; absent otherwise. */
  readonly dateSaid?: { readonly by: string; readonly headOfficeDate: BusinessDate } | undefined;
  /** Given after the close of that calendar day, so its business date is the next; absent otherwise. */
  readonly afterHoursOf?: BusinessDate | undefined;
  readonly note: string;
  /** What tells the payment apart where it was not cash: the account, phone or cheque it came by. */
  readonly paidReference?: string | undefined;
  /** The number of the receipt that this paper goes back on. */
  readonly undoes?: string | undefined;
  readonly servedBy: string;
  /** The second person's name, where one had to agree. */
  readonly agreedBy: string | null;
  readonly deviceCode: string;
  /** Hash of the receipt before it on this device: the paper proves the file (field-rules 1.6). */
  readonly previousHash: string;
  /** The head of the journal's chain when it was given, so that paper witnesses it; absent in what an earlier program issued. */
  readonly journalHead?: string | undefined;
  /** Of all that stands above. */
  readonly hash: string;
  /** What its code says, the device's signature of it included; absent where none signed (`receiptCode.ts`). */
  readonly proof?: string | undefined;
}

/** Paper was asked for; a person said that it came out, or that it did not. */
export type PrintSaid = 'asked' | 'cameOut' | 'didNot';

export type ExceptionKind =
  | 'refused'
  /** Head office confirmed it once and holds it no longer. */
  | 'vanished'
  | 'notPermitted'
  | 'unknownAnswer'
  /** A manager had settled it without head office, and then head office's books held it all the same. */
  | 'postedAfterAll'
  /** What stood in suspense was taken up again by a manager; closed in the moment in which it is opened. */
  | 'recovered';

/** The last three are for what is not about money: put right and sent anew, one with a record that head office had already, given up. */
export type Resolution = 'resubmit' | 'reverse' | 'suspend' | 'recognise' | 'correct' | 'merge' | 'withdraw';
export type LoanStatus =
  'submitted' | 'approved' | 'active' | 'closed' | 'writtenOff' | 'rescheduled' | 'overpaid' | 'rejected' | 'withdrawn' | 'other';
export type SavingsStatus =
  | 'submitted'
  | 'approved'
  | 'active'
  | 'dormant'
  | 'inactive'
  | 'blocked'
  | 'creditBlocked'
  | 'debitBlocked'
  | 'closed'
  | 'rejected'
  | 'withdrawn'
  | 'other';
