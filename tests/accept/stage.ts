// What a chapter stands on: head office as its own people reach it, the institution, the branch PCs with their lines, and short words for
// what cashiers and managers do. A chapter takes accounts that nobody else takes, and says what it found through `check`.

import { randomUUID } from 'node:crypto';
import type { LoanView, ReceiptLine, SavingsView } from '../../shared/contract/shapes.ts';
import type { ExceptionView } from '../../shared/contract/sync.ts';
import { PATIENCE_MS, type BranchPc } from './branch/pc.ts';
import type { Api, ApiPerson, Members } from './headOffice/api.ts';
import { dateOf, membersOf, minorOf, numberOf, rowsOf, textOf } from './headOffice/api.ts';
import type { Institution, LoanKind, SavingsKind, SeededAccount } from './headOffice/institution.ts';

/** An account by head office's name and by the branch's. */
export interface Account extends SeededAccount {
  readonly kind: 'savings' | 'loan';
  readonly localId: string;
}

/** A transaction at head office that carries a receipt's number. */
export interface Posted {
  readonly serverId: number;
  readonly amountMinor: number;
  readonly date: string | null;
  readonly what: string;
  readonly reversed: boolean;
  readonly receiptNumber: string | null;
  /** Of a repayment. */
  readonly portions: {
    readonly penaltyMinor: number;
    readonly feeMinor: number;
    readonly interestMinor: number;
    readonly principalMinor: number;
    readonly overpaidMinor: number;
  };
}

export interface TheirAccount {
  readonly status: string;
  /** Ledger balance of savings, what is outstanding of a loan. */
  readonly balanceMinor: number;
  readonly overpaidMinor: number;
  readonly transactions: readonly Posted[];
}

export type Resolution = 'resubmit' | 'reverse' | 'suspend' | 'recognise';

interface MoneyOptions {
  readonly paymentTypeId?: number;
  readonly overpaymentSeen?: boolean;
  readonly approval?: ApiPerson;
}

export interface Stage {
  readonly api: Api;
  readonly address: string;
  readonly tenant: string;
  readonly zone: string;
  readonly administrator: ApiPerson;
  readonly institution: Institution;
  /** The calendar day of the branch. */
  readonly today: string;
  readonly pc: BranchPc;
  readonly secondPc: BranchPc;
  /** Accounts that the branch itself opened: the end compares them with all the others. */
  readonly opened: Account[];
  /** One more PC with a line of its own, not connected yet. */
  openFreshPc(): Promise<BranchPc>;
  check(name: string, wrong: readonly string[]): void;
  figure(name: string, value: number, unit: string): void;
  say(line: string): void;
  apiOf(person: ApiPerson): Api;

  takeSavings(kind: SavingsKind): Promise<Account>;
  takeLoan(kind: LoanKind): Promise<Account>;
  /** As a PC knows it; null where that PC does not. */
  find(pc: BranchPc, kind: Account['kind'], account: SeededAccount): Promise<Account | null>;
  savingsView(pc: BranchPc, account: Account): Promise<SavingsView>;
  loanView(pc: BranchPc, account: Account): Promise<LoanView>;

  deposit(pc: BranchPc, person: ApiPerson, account: Account, amountMinor: number, options?: MoneyOptions): Promise<ReceiptLine>;
  /** A manager agrees where the branch asks for one. */
  withdraw(pc: BranchPc, person: ApiPerson, account: Account, amountMinor: number, options?: MoneyOptions): Promise<ReceiptLine>;
  repay(pc: BranchPc, person: ApiPerson, account: Account, amountMinor: number, options?: MoneyOptions): Promise<ReceiptLine>;

  /** What head office holds of the account now. */
  there(account: Pick<Account, 'kind' | 'serverId'>): Promise<TheirAccount>;
  /** What is wrong with the claim that head office holds this receipt exactly once, with its sum and its date. */
  onceThere(line: ReceiptLine, account: Account): Promise<readonly string[]>;
  /** What is wrong with the claim that head office holds nothing of this receipt that stands. */
  neverThere(line: ReceiptLine, account: Account): Promise<readonly string[]>;
  /** The open case of a receipt, once it is there and head office's truth stands beside ours. */
  caseOf(pc: BranchPc, line: ReceiptLine, mostMs?: number): Promise<ExceptionView | null>;
  resolve(
    pc: BranchPc,
    person: ApiPerson,
    exception: ExceptionView,
    resolution: Resolution,
    serverTransactionId?: number,
  ): Promise<string | null>;
}

const BOTH_TRUTHS_WITHIN_MS = 15_000;

export type StageParts = Omit<
  Stage,
  | 'takeSavings'
  | 'takeLoan'
  | 'find'
  | 'savingsView'
  | 'loanView'
  | 'deposit'
  | 'withdraw'
  | 'repay'
  | 'there'
  | 'onceThere'
  | 'neverThere'
  | 'caseOf'
  | 'resolve'
>;

export function openStage(parts: StageParts): Stage {
  const { api, institution } = parts;
  const stock = {
    savings: new Map([...institution.savings].map(([kind, accounts]) => [kind, [...accounts]])),
    loans: new Map([...institution.loans].map(([kind, accounts]) => [kind, [...accounts]])),
  };
  const { cashier, manager } = institution.people;

  /** By head office's name of a client; people are looked up in the whole list, because a search by words is a help and no proof. */
  async function ownersOf(pc: BranchPc, name: string): Promise<readonly string[]> {
    const owners: string[] = [];
    for (let offset = 0; ; offset += 200) {
      const { rows, total } = await pc.get(cashier, 'clients.list', { show: 'all', offset, most: 200 });
      owners.push(...rows.filter((row) => row.displayName === name).map((row) => row.clientId));
      if (rows.length === 0 || offset + rows.length >= total) return owners;
    }
  }

  async function find(pc: BranchPc, kind: Account['kind'], account: SeededAccount): Promise<Account | null> {
    const known = async (localId: string | undefined): Promise<Account | null> =>
      localId === undefined ? null : { ...account, kind, localId };
    if (kind === 'loan') {
      for (let offset = 0; ; offset += 200) {
        const { rows, total } = await pc.get(cashier, 'loans.list', { show: 'all', offset, most: 200 });
        const row = rows.find((each) => each.accountNo === account.accountNo);
        if (row !== undefined || offset + rows.length >= total || rows.length === 0) return known(row?.loanId);
      }
    }
    if (account.clientServerId === null) {
      const { rows } = await pc.get(cashier, 'groups.list', {});
      const owner = rows.find(({ name }) => name === account.ownerName);
      const page = owner === undefined ? null : await pc.get(cashier, 'groups.show', { groupId: owner.groupId });
      return known(page?.savings.find((each) => each.accountNo === account.accountNo)?.savingsId);
    }
    for (const clientId of await ownersOf(pc, account.ownerName)) {
      const page = await pc.get(cashier, 'clients.show', { clientId });
      const row = page.savings.find((each) => each.accountNo === account.accountNo);
      if (row !== undefined) return known(row.savingsId);
    }
    return null;
  }

  async function take(kind: Account['kind'], from: Map<string, SeededAccount[]>, of: string): Promise<Account> {
    const account = from.get(of)?.shift();
    if (account === undefined) throw new Error(`the institution has no ${of} ${kind} left`);
    const found = await find(parts.pc, kind, account);
    if (found === null) throw new Error(`the branch does not know ${kind} ${account.accountNo}`);
    return found;
  }

  function paidWith(options: MoneyOptions | undefined): { readonly paymentTypeId: number } {
    return { paymentTypeId: options?.paymentTypeId ?? institution.paymentTypes.cash };
  }

  async function there({ kind, serverId }: Pick<Account, 'kind' | 'serverId'>): Promise<TheirAccount> {
    const body = membersOf(await api.get(`/${kind === 'loan' ? 'loans' : 'savingsaccounts'}/${String(serverId)}?associations=all`));
    const summary = membersOf(body['summary']);
    return {
      status: textOf(membersOf(body['status'])['code']),
      balanceMinor: minorOf(kind === 'loan' ? summary['totalOutstanding'] : summary['accountBalance']),
      overpaidMinor: minorOf(body['totalOverpaid']),
      transactions: rowsOf(body['transactions']).map(postedOf),
    };
  }

  async function standing(line: ReceiptLine, account: Account): Promise<readonly Posted[]> {
    const { transactions } = await there(account);
    return transactions.filter((each) => each.receiptNumber === line.receipt.number && !each.reversed && isPayment(each));
  }

  return {
    ...parts,
    takeSavings: (kind) => take('savings', stock.savings, kind),
    takeLoan: (kind) => take('loan', stock.loans, kind),
    find,
    savingsView: async (pc, account) => (await pc.get(cashier, 'savings.show', { savingsId: account.localId })).savings,
    loanView: async (pc, account) => (await pc.get(cashier, 'loans.show', { loanId: account.localId })).loan,

    deposit: (pc, person, account, amountMinor, options) =>
      pc.get(person, 'savings.takeDeposit', { formId: newForm(), savingsId: account.localId, amountMinor, paidWith: paidWith(options) }),
    async withdraw(pc, person, account, amountMinor, options) {
      const preview = await pc.get(person, 'savings.previewWithdrawal', { savingsId: account.localId, amountMinor });
      const agreed = options?.approval ?? (preview.verdict === 'needsManager' ? manager : undefined);
      return pc.get(person, 'savings.payWithdrawal', {
        formId: newForm(),
        savingsId: account.localId,
        amountMinor,
        paidWith: paidWith(options),
        ...(agreed === undefined ? {} : { approval: { username: agreed.username, password: agreed.password } }),
      });
    },
    repay: (pc, person, account, amountMinor, options) =>
      pc.get(person, 'loans.takeRepayment', {
        formId: newForm(),
        loanId: account.localId,
        amountMinor,
        paidWith: paidWith(options),
        overpaymentSeen: options?.overpaymentSeen ?? false,
      }),

    there,
    async onceThere(line, account) {
      const found = await standing(line, account);
      const { number, amountMinor, businessDate } = line.receipt;
      if (found.length !== 1) return [`${number} stands ${String(found.length)} times at head office`];
      const [one] = found;
      if (one?.amountMinor !== amountMinor) return [`${number} is ${String(amountMinor)} on paper and ${String(one?.amountMinor)} there`];
      return one.date === businessDate ? [] : [`${number} is of ${businessDate} on paper and of ${String(one.date)} there`];
    },
    async neverThere(line, account) {
      const found = await standing(line, account);
      return found.length === 0 ? [] : [`${line.receipt.number} stands ${String(found.length)} times at head office`];
    },
    async caseOf(pc, line, mostMs = PATIENCE_MS) {
      let open: ExceptionView | null = null;
      const look = async (): Promise<void> => {
        const cases = await pc.get(manager, 'exceptions.list', { show: 'open' });
        open = cases.find((each) => each.receiptId === line.receipt.receiptId) ?? null;
      };
      const isOpen = await pc.until(manager, () => look().then(() => open !== null), mostMs);
      if (isOpen && mostMs > 0)
        await pc.until(manager, () => look().then(() => open?.kind !== 'refused' || open.answered !== null), BOTH_TRUTHS_WITHIN_MS);
      return open;
    },
    async resolve(pc, person, exception, resolution, serverTransactionId) {
      const { receiptId } = await pc.get(person, 'exceptions.resolve', {
        exceptionId: exception.exceptionId,
        resolution,
        reason: 'decided in the acceptance run',
        ...(serverTransactionId === undefined ? {} : { serverTransactionId }),
      });
      return receiptId;
    },
  };
}

/** The mark of a line at head office, counted from 0: the receipt's number and its place, or the number alone where it is the only one. */
export function markOfLine({ receipt }: ReceiptLine, at: number): string {
  return receipt.lines === undefined ? receipt.number : `${receipt.number}/${String(at + 1)}`;
}

export function newForm(): string {
  return randomUUID();
}

/** Deposits, withdrawals and repayments; a fee of a withdrawal may quote its receipt as well. */
export function isPayment({ what }: Posted): boolean {
  return /(?:deposit|withdrawal|repayment|disbursement)$/i.test(what);
}

/** What head office undid goes once more under the receipt's number with another mark. */
const SENT_ANEW = /~\d+$/;

function postedOf(row: Members): Posted {
  const type = membersOf(row['transactionType'] ?? row['type']);
  const paper = membersOf(row['paymentDetailData'])['receiptNumber'];
  return {
    serverId: numberOf(row['id']),
    amountMinor: minorOf(row['amount']),
    date: dateOf(row['date']),
    what: textOf(type['code']).split('.').slice(-1).join(''),
    reversed: row['reversed'] === true || row['manuallyReversed'] === true,
    receiptNumber: typeof paper === 'string' && paper !== '' ? paper.replace(SENT_ANEW, '') : null,
    portions: {
      penaltyMinor: minorOf(row['penaltyChargesPortion']),
      feeMinor: minorOf(row['feeChargesPortion']),
      interestMinor: minorOf(row['interestPortion']),
      principalMinor: minorOf(row['principalPortion']),
      overpaidMinor: minorOf(row['overpaymentPortion']),
    },
  };
}

/** What is wrong, as a list that is empty when nothing is. */
export function wrongUnless(holds: boolean, otherwise: string): readonly string[] {
  return holds ? [] : [otherwise];
}
