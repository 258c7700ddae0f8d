// A group at the counter: found by the number of its own loan, paid in its name, with the member who brought the money on the slip.
import { ask, cutLine, expect, fieldOf, newFormId, noSeriousFindings, openDrawer, signIn, soon, test } from './servedBranch.ts';

test('a group repays its own loan from its page: its name on the review, the receipt and the lists @faults', async ({ page, branch }) => {
  await signIn(page, branch, 'achieng');
  await openDrawer(page);
  const { rows } = await ask(page, 'groups', 'list', {});
  const pages = await Promise.all(rows.map(({ groupId }) => ask(page, 'groups', 'show', { groupId })));
  const group = pages.find(({ loans, savings }) => loans.length > 0 && savings.length > 0);
  if (group === undefined) throw new Error('no group has accounts of its own');
  const [loan] = group.loans;
  const [member] = group.members;

  // Found by the number of its loan, which a client's number may equal.
  await fieldOf(page, 'search').fill(loan?.accountNo ?? '');
  const row = page.locator('[role=option]').filter({ hasText: group.name });
  await row.click();
  await expect(page.getByTestId('companion-name')).toHaveText(group.name);
  await expect(page.getByTestId('companion-group')).toContainText(loan?.accountNo ?? '');
  await page.getByTestId('act-client-page').click();
  await expect(page.getByTestId('group-page')).toBeVisible();
  await noSeriousFindings(page, 'page of a group');
  await page.keyboard.press('F3');
  await expect(page.getByTestId('form-client')).toHaveText(group.name);
  await expect(fieldOf(page, 'amount')).toBeFocused();
  await page.keyboard.type('150');
  await page.getByTestId('handed-by').selectOption(member?.clientId ?? '');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('review-sentence')).toContainText(group.name);
  await page.getByTestId('post').click();
  await expect(page.getByTestId('issued')).toContainText(group.name);
  await expect(page.getByTestId('slip-handed')).toContainText(member?.displayName ?? '');

  await page.goto(`${branch.address}#/receipts`);
  await expect(page.getByTestId('receipt-desk')).toContainText(group.name);
  await page.goto(`${branch.address}#/loans/${loan?.loanId ?? ''}`);
  // What head office calls a loan's balance is its principal, and the list says so.
  await expect(page.getByTestId('history-principal').first()).toBeVisible();
  await expect(page.getByTestId('desk-title')).toHaveText(group.name);
  // Its statement: the payment of a moment ago is on it, days the wrong way round leave the paper and say why, and one sheet of A4 is printed.
  await page.getByTestId('open-statement').click();
  const paper = page.locator('.paper-side').getByTestId('statement-paper');
  await expect(paper).toContainText(group.name);
  await expect(paper.getByTestId('statement-line').last()).toContainText('150.00');
  await fieldOf(page, 'statement-to').fill('2020-01-01');
  await expect(page.getByTestId('refusal')).toContainText('The first day is after the last one');
  await page.getByTestId('statement-period').selectOption('thisMonth');
  await expect(page.getByTestId('refusal')).not.toContainText('The first day');
  await noSeriousFindings(page, 'a statement');
  await page.evaluate(() => {
    window.print = () => {
      const root = document.querySelector('.print-root');
      document.body.dataset['printed'] = `${document.querySelector('style[data-paper]')?.textContent ?? ''} ${root?.textContent ?? ''}`;
    };
  });
  await page.keyboard.press('F9');
  await expect(page.locator('body')).toHaveAttribute('data-printed', new RegExp(`size: A4.*${group.name}`, 's'));
  await page.goBack();
  await page.getByTestId('open-group').click();
  await expect(page.getByTestId('group-history')).toBeVisible();
  // Whoever may not change groups is shown no form for it.
  await expect(page.getByTestId('group-members')).toHaveCount(0);
  await page.setViewportSize({ width: 1024, height: 640 });
  await noSeriousFindings(page, 'page of a group, small');
  // Its savings open the other two forms.
  await page.keyboard.press('F4');
  await expect(page.getByTestId('form-deposit')).toContainText(group.name);
});

test('a manager founds a group and takes a client into one without a line: shown at once, and there when the line is back @people', async ({
  page,
  branch,
}) => {
  await signIn(page, branch, 'grace');
  const { rows } = await ask(page, 'groups', 'list', {});
  const groupId = rows[0]?.groupId ?? '';
  const { members } = await ask(page, 'groups', 'show', { groupId });
  const clients = await ask(page, 'clients', 'list', { show: 'all' });
  const stranger = clients.rows.find(({ clientId }) => members.every((each) => each.clientId !== clientId));
  if (stranger === undefined) throw new Error('everybody is a member');
  await cutLine(page, true);
  await page.goto(`${branch.address}#/groups`);
  await page.getByTestId('group-register-open').click();
  await expect(page.getByTestId('group-founders')).toContainText('Nobody yet');
  await expect(fieldOf(page, 'group-name')).toBeFocused();
  await page.keyboard.type('Wema wa soko');
  await fieldOf(page, 'founder-search').fill(stranger.accountNo);
  await expect(page.getByTestId('founder-found')).toHaveValue(stranger.clientId);
  await fieldOf(page, 'founder-search').press('Enter');
  await expect(page.getByTestId('founder')).toContainText(stranger.displayName);
  await noSeriousFindings(page, 'founding a group');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('group-page')).toContainText('Wema wa soko');
  await expect(page.getByTestId('group-not-there-yet')).toContainText('G-');
  await expect(page.getByTestId('group-page')).toContainText(stranger.displayName);
  await noSeriousFindings(page, 'a group that head office does not have yet');
  // Its name stands in the field whole, and another takes its place by keys alone.
  await page.getByTestId('turn-rename').press('Enter');
  await expect(fieldOf(page, 'turn-words')).toBeFocused();
  await expect(fieldOf(page, 'turn-words')).toHaveValue('Wema wa soko');
  await fieldOf(page, 'turn-words').fill('');
  await expect(page.getByTestId('turn-press')).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.type('Wema wa kijiji');
  await noSeriousFindings(page, 'another name of a group');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('desk-title')).toHaveText('Wema wa kijiji');
  await expect(page.getByTestId('group-change').first()).toHaveAttribute('data-what', 'rename');
  // Its leader is said by keys alone, and goes with whoever is let go.
  await expect(page.getByTestId('group-roles-empty')).toBeVisible();
  await page.getByTestId('role-member').selectOption(stranger.clientId);
  await expect(page.getByTestId('role-give')).toHaveAttribute('aria-disabled', 'true');
  await page.getByTestId('role-which').selectOption({ label: 'Leader' });
  await page.getByTestId('role-give').press('Enter');
  const leader = page.getByTestId('group-role');
  await expect(leader).toContainText(stranger.displayName);
  await expect(leader).toContainText('Saved here');
  await noSeriousFindings(page, 'roles in a group');
  await page.getByTestId('role-take').press('Enter');
  await expect(page.getByTestId('group-roles-empty')).toBeVisible();
  await page.getByTestId('role-member').selectOption(stranger.clientId);
  await page.getByTestId('role-which').selectOption({ label: 'Treasurer' });
  await page.getByTestId('role-give').press('Enter');
  await expect(leader).toHaveAttribute('data-role', 'Treasurer');
  // With somebody in it it is not closed, and says why; empty it is, by keys alone, and may begin again.
  const closing = page.getByTestId('turn-close');
  await expect(closing).toHaveAttribute('aria-disabled', 'true');
  await page.getByTestId('member-which').selectOption(stranger.clientId);
  await expect(page.getByTestId('group-members')).toContainText('that role is taken along');
  await page.getByTestId('member-remove').press('Enter');
  await expect(leader).toHaveCount(0);
  await expect(closing).not.toHaveAttribute('aria-disabled', 'true');
  await closing.press('Enter');
  await expect(page.getByTestId('turn-choice')).toBeFocused();
  await expect(page.getByTestId('turn-press')).toBeInViewport();
  await page.getByTestId('turn-choice').selectOption({ index: 1 });
  await noSeriousFindings(page, 'closing a group');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('group-change').first()).toHaveAttribute('data-what', 'close');
  await expect(page.getByTestId('group-page')).toContainText('Closed');
  await expect(page.getByTestId('act-open-savings')).toHaveCount(0);
  await page.getByTestId('turn-activate').press('Enter');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('act-open-savings')).toBeVisible();

  await page.goto(`${branch.address}#/groups/${groupId}`);
  await fieldOf(page, 'member-search').fill(stranger.accountNo);
  await expect(page.getByTestId('member-found')).toHaveValue(stranger.clientId);
  await noSeriousFindings(page, 'members of a group');
  await page.getByTestId('member-add').focus();
  await page.keyboard.press('Enter');
  const change = page.getByTestId('group-change').first();
  await expect(change).toContainText(stranger.displayName);
  await expect(change).toHaveAttribute('data-standing', 'savedHere');
  await cutLine(page, false);
  await expect(change).toHaveAttribute('data-standing', 'confirmed', soon);
});

test('a manager founds a center without a line with a group of a minute ago: shown at once with it, and there when the line is back @people', async ({
  page,
  branch,
}) => {
  await signIn(page, branch, 'grace');
  await cutLine(page, true);
  const { today } = await ask(page, 'centers', 'registrationOptions', {});
  const group = { formId: newFormId(), name: 'Wema wa mtaa', submittedOn: today, activationDate: today };
  const { groupId, localNumber } = await ask(page, 'groups', 'register', group);
  await page.goto(`${branch.address}#/centers`);
  await page.getByTestId('center-register-open').press('Enter');
  await expect(fieldOf(page, 'center-name')).toBeFocused();
  await expect(page.getByTestId('center-founders')).toContainText('No group yet');
  await expect(page.getByTestId('center-register-press')).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.type('Wema wa mtaa');
  await fieldOf(page, 'founder-search').fill(localNumber);
  await expect(page.getByTestId('founder-found')).toHaveValue(groupId);
  await fieldOf(page, 'founder-search').press('Enter');
  await expect(page.getByTestId('founder')).toContainText('Wema wa mtaa');
  await noSeriousFindings(page, 'founding a center');
  // Head office keeps names of groups and centers in one list: the center does not get the group's name.
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('form').getByTestId('refusal')).toContainText('has this name already');
  await fieldOf(page, 'center-name').fill('Mtaa wa soko');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('desk-title')).toHaveText('Mtaa wa soko');
  await expect(page.getByTestId('center-not-there-yet')).toContainText('C-');
  await expect(page.getByTestId('center-group')).toContainText('Wema wa mtaa');
  await noSeriousFindings(page, 'a center that head office does not have yet');
  await cutLine(page, false);
  await expect(page.getByTestId('center-not-there-yet')).toHaveCount(0, soon);
  await expect(page.getByTestId('center-group')).toContainText('Wema wa mtaa');
  await page.goto(`${branch.address}#/centers`);
  await expect(page.getByTestId('center-row-1')).toContainText('Mtaa wa soko');
});
