// Whose money a form moves: a client's, or a group's whose own the account is. The forms know the payer by this alone and ask which it is only
// for what a group has besides: members, one of whom stands at the counter.

import type { BranchApi } from '../../../shared/contract/branchContract.ts';
import type { ClientPage, ClientRow } from '../../../shared/contract/clients.ts';
import type { Refusal } from '../../../shared/contract/define.ts';
import type { LoanView, SavingsView } from '../../../shared/contract/shapes.ts';
import { ok, type Result } from '../../../shared/kernel/result.ts';

export interface Owner {
  readonly clientId: string | null;
  readonly groupId: string | null;
}

export interface Payer extends Owner {
  readonly displayName: string;
  readonly accountNo: string;
  readonly mobileNo: string | null;
  /** Changes with the picture; null where there is none. */
  readonly pictureMark: string | null;
}

export interface Member {
  readonly clientId: string;
  readonly displayName: string;
}

export interface PayerPage {
  readonly payer: Payer;
  readonly loans: readonly LoanView[];
  readonly savings: readonly SavingsView[];
  /** Why nothing, or less than is there, may be paid out of all of it. */
  readonly rule: SavingsView['payable']['rule'];
  /** Empty where a client pays. */
  readonly members: readonly Member[];
}

export function payerOfClient({ clientId, displayName, accountNo, mobileNo, pictureMark }: ClientRow): Payer {
  return { clientId, groupId: null, displayName, accountNo, mobileNo, pictureMark };
}

export function payerPageOf(page: ClientPage): PayerPage {
  return { payer: payerOfClient(page.client), loans: page.loans, savings: page.savings, rule: page.client.payable.rule, members: [] };
}

/** Null where head office names nobody. */
export async function askPayer(branch: BranchApi, { clientId, groupId }: Owner): Promise<Result<PayerPage | null, Refusal>> {
  if (clientId !== null) {
    const page = await branch.clients.show({ clientId });
    return page.ok ? ok(payerPageOf(page.value)) : page;
  }
  if (groupId === null) return ok(null);
  const page = await branch.groups.show({ groupId });
  if (!page.ok) return page;
  const { name, accountNo, loans, savings, members } = page.value;
  return ok({
    payer: { clientId: null, groupId, displayName: name, accountNo, mobileNo: null, pictureMark: null },
    loans,
    savings,
    rule: savings.find((account) => account.payable.rule !== 'balance')?.payable.rule ?? 'balance',
    members: members.map((member) => ({ clientId: member.clientId, displayName: member.displayName })),
  });
}
