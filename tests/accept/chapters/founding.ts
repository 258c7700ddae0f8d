// The first minute. A cashier connects the first PC before anybody has prepared head office; whatever is missing there must not stop the
// branch, and must be settled before a second PC can get the same device code (chapter `preparation`).

import { createFineractGateway } from '../../../electron/fineract/fineractGateway.ts';
import { nodeTransport } from '../../../electron/fineract/http.ts';
import type { Stage } from '../stage.ts';
import { wrongUnless } from '../stage.ts';

export async function founding(stage: Stage): Promise<void> {
  const { pc, zone, tenant } = stage;
  const { cashier } = stage.institution.people;
  const connect = { address: pc.line.address, tenant, username: cashier.username, password: cashier.password, zone };

  const wrongPassword = await pc.refusal(cashier, 'session.connectHeadOffice', { ...connect, password: 'not the password' });
  stage.check('a wrong password is said to be wrong', wrongUnless(wrongPassword === 'signIn.wrong', `answered ${String(wrongPassword)}`));
  const wrongTenant = await pc.refusal(cashier, 'session.connectHeadOffice', { ...connect, tenant: 'no-such-tenant' });
  stage.check(
    'an unknown tenant is said to be unknown',
    wrongUnless(wrongTenant === 'headOffice.tenantUnknown', `answered ${String(wrongTenant)}`),
  );
  const insecure = await pc.refusal(cashier, 'session.connectHeadOffice', { ...connect, address: 'http://headoffice.example.org' });
  stage.check(
    'a password never leaves this computer unencrypted',
    wrongUnless(insecure === 'headOffice.insecureAddress', `answered ${String(insecure)}`),
  );

  const looks = await createFineractGateway({
    transport: nodeTransport({ address: pc.line.address, timeoutMs: 60_000, maxBodyBytes: 1_048_576 }),
    tenant,
    monotonicMs: () => performance.now(),
  }).looksAtPeople();
  stage.check('it looks at who somebody is before it says no', wrongUnless(looks === true, `answered ${String(looks)}`));

  const unasked = await pc.refusal(cashier, 'session.connectHeadOffice', connect);
  stage.check('nobody founds a branch unasked', wrongUnless(unasked === 'branch.officeUnconfirmed', `answered ${String(unasked)}`));
  const founded = await pc.connect(cashier, { tenant, zone });
  stage.check('a cashier founds the branch before preparation', founded.ok ? [] : [founded.code]);
  // A branch that a cashier cannot found is founded by whoever can, so that the rest can be walked.
  if (!founded.ok) {
    await pc.connect(stage.administrator, { tenant, zone });
  }
  await pc.signIn(cashier);
  const { branch } = await pc.get(cashier, 'session.showStart', {});
  stage.check(
    'the branch knows its office and currency',
    wrongUnless(
      branch?.officeCode === 'ACC' && branch.currency.code === 'KES' && branch.currency.decimals === 2 && !branch.practice,
      `office ${String(branch?.officeCode)}, currency ${String(branch?.currency.code)}`,
    ),
  );
}
