// An administrator changes a cashier's password. What that person recorded waits and says so; everybody else's deeds go on; the new password
// lets it go.

import { numberOf, rowsOf } from '../headOffice/api.ts';
import type { Stage } from '../stage.ts';
import { wrongUnless } from '../stage.ts';

export async function passwordChanged(stage: Stage): Promise<void> {
  const { secondPc: pc, institution, api } = stage;
  const { second, manager } = institution.people;
  const [one, two] = [await stage.takeSavings('plain'), await stage.takeSavings('plain')];
  const first = await stage.find(pc, 'savings', one);
  const other = await stage.find(pc, 'savings', two);
  if (first === null || other === null) throw new Error('the second PC does not know the accounts');
  pc.line.setCut(true);
  const line = await stage.deposit(pc, second, first, 44_000);
  const user = rowsOf(await api.get('/users')).find((each) => each['username'] === second.username);
  const password = `${second.password}Zx9`;
  await api.put(`/users/${String(numberOf(user?.['id']))}`, { password, repeatPassword: password });
  pc.line.setCut(false);
  await pc.get(manager, 'session.showMine', {});
  const waits = await pc.until(manager, async () => (await pc.item(manager, line))?.reason === 'makerMustSignIn', 30_000);
  stage.check('what the person recorded waits, and says why', wrongUnless(waits, (await pc.item(manager, line))?.reason ?? 'no reason'));
  await pc.get(manager, 'cash.openDrawer', { openingMinor: 1_000_000 });
  const others = await pc.untilStanding(manager, await stage.deposit(pc, manager, other, 45_000), 'confirmed');
  stage.check(
    "other people's deeds go on",
    others.standing === 'confirmed' ? await stage.onceThere(others, two) : [`it is ${others.standing}`],
  );
  await pc.ask(second, 'session.signOut', {});
  await pc.signIn({ username: second.username, password });
  const now = await pc.untilStanding(manager, line, 'confirmed');
  stage.check(
    'the new password lets it go, once',
    now.standing === 'confirmed' ? await stage.onceThere(now, one) : [`it is ${now.standing}`],
  );
  // The institution keeps the first one, so that later chapters can sign in with it.
  await api.put(`/users/${String(numberOf(user?.['id']))}`, { password: second.password, repeatPassword: second.password });
  await pc.ask({ username: second.username, password }, 'session.signOut', {});
  await pc.signIn(second);
}
