// The list of clients, narrowed to one of the staff, one group, one status, and who of them is behind.
import { ask, expect, noSeriousFindings, signIn, test } from './servedBranch.ts';

test('a list of clients is narrowed by staff, group, status and arrears @faults', async ({ page, branch }) => {
  await signIn(page, branch, 'achieng');
  await page.getByTestId('rail-clients').click();
  await expect(page.getByTestId('client-row-1')).toBeVisible();
  const { groups } = await ask(page, 'clients', 'listNarrowings', {});
  const group = groups[0];
  if (group === undefined) throw new Error('an office without groups');
  await page.getByTestId('narrow-group').selectOption(group.groupId);
  const { rows, total } = await ask(page, 'clients', 'list', { groupId: group.groupId });
  await expect(page.getByTestId('desk-title')).toContainText(String(total));
  await expect(page.getByTestId('client-row-1')).toContainText(rows[0]?.displayName ?? '');
  const behind = await ask(page, 'clients', 'list', { groupId: group.groupId, show: 'behind' });
  await page.getByTestId('show-behind').check({ force: true });
  await expect(page.getByTestId('desk-title')).toContainText(String(behind.total));
  await page.setViewportSize({ width: 1024, height: 640 });
  await noSeriousFindings(page, 'narrowed list');
});
