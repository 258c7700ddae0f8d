// What other people do at head office, on accounts that the branch knows and on new ones, comes in by itself.

import { membersOf, numberOf, WRITTEN } from '../headOffice/api.ts';
import { daysBefore } from '../headOffice/institution.ts';
import type { Stage } from '../stage.ts';
import { wrongUnless } from '../stage.ts';
import { differences, lastingDifferences } from './firstPull.ts';

export async function othersWork(stage: Stage): Promise<void> {
  const { pc, institution, api } = stage;
  const { cashier, elsewhere } = institution.people;
  const theirs = stage.apiOf(elsewhere);
  const savings = await stage.takeSavings('plain');
  const loan = await stage.takeLoan('weekly');
  await pc.untilRound(cashier);
  const idle = pc.line.traffic();
  await pc.untilRound(cashier);
  stage.figure('a round when nothing happened, requests', pc.line.traffic().requests - idle.requests, 'requests');
  stage.figure('a round when nothing happened', Math.round((pc.line.traffic().bytes - idle.bytes) / 100) / 10, 'kB');

  const money = { transactionDate: stage.today, paymentTypeId: institution.paymentTypes.mobile, ...WRITTEN };
  await theirs.post(`/savingsaccounts/${String(savings.serverId)}/transactions?command=deposit`, { ...money, transactionAmount: 123.45 });
  await theirs.post(`/savingsaccounts/${String(savings.serverId)}/transactions?command=withdrawal`, { ...money, transactionAmount: 23.45 });
  await theirs.post(`/loans/${String(loan.serverId)}/transactions?command=repayment`, { ...money, transactionAmount: 500 });
  const since = daysBefore(stage.today, 30);
  const clientId = numberOf(
    (
      await api.post('/clients', {
        officeId: institution.offices.ours,
        legalFormId: 1,
        firstname: 'Baraka',
        lastname: 'Acceptnew',
        active: true,
        activationDate: since,
        submittedOnDate: since,
        ...WRITTEN,
      })
    )['resourceId'],
  );
  const plain = membersOf(await api.get(`/savingsaccounts/${String(savings.serverId)}`))['savingsProductId'];
  const newId = numberOf(
    (await api.post('/savingsaccounts', { clientId, productId: numberOf(plain), submittedOnDate: since, ...WRITTEN }))['savingsId'],
  );
  await api.post(`/savingsaccounts/${String(newId)}?command=approve`, { approvedOnDate: since, ...WRITTEN });
  await api.post(`/savingsaccounts/${String(newId)}?command=activate`, { activatedOnDate: since, ...WRITTEN });
  await theirs.post(`/savingsaccounts/${String(newId)}/transactions?command=deposit`, { ...money, transactionAmount: 777 });
  const accountNo = String(membersOf(await api.get(`/savingsaccounts/${String(newId)}`))['accountNo']);

  for (const [what, account] of [
    ['savings', savings],
    ['a loan', loan],
  ] as const) {
    stage.check(`what others did to ${what} comes in`, await lastingDifferences(stage, [account]));
  }
  let found = false;
  let left: readonly string[] = [];
  await pc.until(cashier, async () => {
    const account = await stage.find(pc, 'savings', {
      serverId: newId,
      accountNo,
      clientServerId: clientId,
      ownerName: 'Baraka Acceptnew',
    });
    found = account !== null;
    if (account !== null) left = await differences(stage, account);
    return found && left.length === 0;
  });
  stage.check('a new client with a new account comes in', [...wrongUnless(found, 'it did not'), ...left]);
}
