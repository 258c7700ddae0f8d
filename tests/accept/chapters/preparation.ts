// An administrator prepares head office from the first PC; a second PC is founded after that. Preparing again changes nothing.

import type { Stage } from '../stage.ts';
import { wrongUnless } from '../stage.ts';

/** What makes Tawi quicker, and what it does as well without. */
const OFFERED = new Set(['readingWindow']);

export async function preparation(stage: Stage): Promise<void> {
  const { pc, secondPc, administrator, institution } = stage;
  const { second, manager, cashier } = institution.people;
  await pc.signIn(administrator);
  const before = await pc.ask(administrator, 'headOffice.showPreparation', {});
  stage.check(
    'what is missing on a fresh server is shown',
    before.ok ? wrongUnless(before.value.mode === 'weak', `mode ${before.value.mode}`) : [before.code],
  );
  const prepared = await pc.ask(administrator, 'headOffice.prepare', {});
  stage.check(
    'preparation creates what is missing',
    prepared.ok
      ? wrongUnless(
          prepared.value.created.length > 0 && prepared.value.mode === 'strong',
          `mode ${prepared.value.mode}, ${String(prepared.value.created.length)} created`,
        )
      : [`${prepared.code} ${JSON.stringify(prepared.facts ?? null)}`],
  );
  const again = await pc.ask(administrator, 'headOffice.prepare', {});
  stage.check('preparing again changes nothing', again.ok ? again.value.created.map((name) => `created ${name} again`) : [again.code]);
  const after = await pc.get(administrator, 'headOffice.showPreparation', {});
  stage.check(
    'everything that Tawi needs is there',
    after.items
      .filter((item) => item.state !== 'present' && !OFFERED.has(item.key))
      .map((item) => `${item.key} ${item.state}${item.detail === null ? '' : `: ${item.detail}`}`),
  );
  stage.check(
    'the account for suspense is known',
    wrongUnless(after.suspenseAccountId === institution.accounts['suspense'], `account ${String(after.suspenseAccountId)}`),
  );

  await secondPc.connect(second, { tenant: stage.tenant, zone: stage.zone });
  await secondPc.signIn(second);
  await secondPc.signIn(manager);
  await secondPc.signIn(cashier);
  await pc.signIn(manager);
  const codes = [];
  for (const each of [pc, secondPc])
    codes.push((await each.get(each === pc ? cashier : second, 'session.showStart', {})).branch?.deviceCode ?? '');
  stage.check('two PCs have two device codes', wrongUnless(codes[0] !== codes[1], `both have ${String(codes[0])}`));
}
