// Head office wants a second person for some deeds. What waits is known to wait, and nobody can settle it meanwhile; what the checker decides
// is known soon after.

import type { ReceiptLine } from '../../../shared/contract/shapes.ts';
import { numberOf, rowsOf } from '../headOffice/api.ts';
import { setSwitch } from '../headOffice/server.ts';
import type { Account, Stage } from '../stage.ts';
import { wrongUnless } from '../stage.ts';

const CHECKED = ['DEPOSIT_SAVINGSACCOUNT', 'WITHDRAWAL_SAVINGSACCOUNT', 'REPAYMENT_LOAN'] as const;

interface Deed {
  readonly line: ReceiptLine;
  readonly account: Account;
  /** Head office's number of the waiting entry. */
  readonly entry: number | null;
}

async function choose(stage: Stage, on: boolean): Promise<void> {
  await stage.api.put('/permissions', { permissions: Object.fromEntries(CHECKED.map((code) => [code, on])) });
  await setSwitch(stage.api, 'maker-checker', on);
}

export async function makerChecker(stage: Stage): Promise<void> {
  await choose(stage, true);
  const left = await walk(stage).finally(() => choose(stage, false));
  await afterwards(stage, left);
}

interface Left {
  readonly deed: Deed;
  readonly what: string;
}

async function walk(stage: Stage): Promise<readonly Left[]> {
  const { pc, institution } = stage;
  const { cashier, checker } = institution.people;
  const check = stage.apiOf(checker);
  const known = new Set<number>();
  const left: Left[] = [];

  async function recorded(account: Account, deed: () => Promise<ReceiptLine>): Promise<Deed> {
    const line = await deed();
    await pc.until(cashier, async () => (await pc.item(cashier, line))?.reason === 'waitingForChecker', 30_000);
    const entries = rowsOf(await stage.api.get('/makercheckers')).map((row) => numberOf(row['id']));
    const entry = entries.find((id) => !known.has(id)) ?? null;
    for (const id of entries) known.add(id);
    return { line, account, entry };
  }
  async function waits(what: string, { line, account, entry }: Deed): Promise<void> {
    const item = await pc.item(cashier, line);
    const open = await stage.caseOf(pc, line, 0);
    stage.check(`${what}: known to wait, and no case`, [
      ...wrongUnless(item?.reason === 'waitingForChecker', `it says ${item?.reason ?? 'nothing'}`),
      ...wrongUnless(open === null, `it is a case, ${open?.serverCode ?? ''}`),
      ...wrongUnless(entry !== null, 'nothing waits at head office'),
      ...(await stage.neverThere(line, account)),
    ]);
  }

  const savings = await stage.takeSavings('plain');
  const approved = await recorded(savings, () => stage.deposit(pc, cashier, savings, 51_000));
  await waits('a deposit', approved);
  const loan = await stage.takeLoan('flat');
  const repaid = await recorded(loan, () => stage.repay(pc, cashier, loan, 52_000));
  await waits('a repayment', repaid);
  const other = await stage.takeSavings('plain');
  const rejected = await recorded(other, () => stage.deposit(pc, cashier, other, 53_000));
  await waits('a deposit that will be rejected', rejected);
  const third = await stage.takeSavings('plain');
  const deleted = await recorded(third, () => stage.withdraw(pc, cashier, third, 54_000));
  await waits('a withdrawal that will be deleted', deleted);

  // Nothing is asked again and again meanwhile, and a round later they still wait.
  await pc.untilRound(cashier);
  let still: readonly (string | undefined)[] = [];
  // While one of them is being looked up, it says that.
  await pc.until(
    cashier,
    async () => {
      still = await Promise.all([approved, repaid, rejected, deleted].map(async ({ line }) => (await pc.item(cashier, line))?.reason));
      return still.every((reason) => reason === 'waitingForChecker');
    },
    15_000,
  );
  stage.check(
    'a round later all of them still wait',
    still.filter((reason) => reason !== 'waitingForChecker').map((reason) => `one says ${reason ?? 'nothing'}`),
  );

  const approve = async (what: string, { line, account, entry }: Deed): Promise<void> => {
    if (entry === null) return;
    await check.post(`/makercheckers/${String(entry)}?command=approve`);
    const now = await pc.untilStanding(cashier, line, 'confirmed');
    stage.check(
      `${what} is confirmed, once`,
      now.standing === 'confirmed'
        ? await stage.onceThere(now, account)
        : [`it is ${now.standing}, ${(await pc.item(cashier, line))?.reason ?? ''}`],
    );
  };
  await approve('an approved deposit', approved);
  await approve('an approved repayment', repaid);
  if (!(await seesVerdicts(stage))) {
    // Waiting and decided rows have no office at head office, so its API shows a branch neither; the branch says so after a day.
    stage.say('  without the prepared reports nobody in a branch sees a rejection, so the other two are approved as well');
    await approve('a second approved deposit', rejected);
    await approve('an approved withdrawal', deleted);
    return [];
  }
  for (const [what, deed, decide] of [
    ['a rejected deposit', rejected, (id: number) => check.post(`/makercheckers/${String(id)}?command=reject`)],
    ['a deleted withdrawal', deleted, (id: number) => check.delete(`/makercheckers/${String(id)}`)],
  ] as const) {
    if (deed.entry === null) continue;
    await decide(deed.entry);
    const open = await stage.caseOf(pc, deed.line);
    stage.check(
      `${what} becomes a case`,
      open === null
        ? [`it is ${(await pc.receipt(cashier, deed.line)).standing}, ${(await pc.item(cashier, deed.line))?.reason ?? ''}`]
        : await stage.neverThere(deed.line, deed.account),
    );
    if (open !== null) left.push({ deed, what });
  }
  return left;
}

async function seesVerdicts({ pc, administrator }: Stage): Promise<boolean> {
  const { items } = await pc.get(administrator, 'headOffice.showPreparation', {});
  return items.some((item) => item.key === 'readingWindow' && item.state === 'present');
}

/** With the checker gone, what was rejected and deleted is sent again. */
async function afterwards(stage: Stage, left: readonly Left[]): Promise<void> {
  const { pc, institution } = stage;
  const { cashier, manager } = institution.people;
  for (const { deed, what } of left) {
    const open = await stage.caseOf(pc, deed.line, 0);
    if (open === null) continue;
    await stage.resolve(pc, manager, open, 'resubmit');
    const now = await pc.untilStanding(cashier, deed.line, 'confirmed');
    stage.check(
      `${what}, sent again, stands once`,
      now.standing === 'confirmed'
        ? await stage.onceThere(now, deed.account)
        : [`it is ${now.standing}, ${(await stage.caseOf(pc, deed.line, 0))?.serverCode ?? ''}`],
    );
  }
}
