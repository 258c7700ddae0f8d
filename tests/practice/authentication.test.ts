// Who gets in at the practice head office, what each may do, and which offices each sees. The shapes of refusal matter here:
// the branch tells "sign in again" from "not allowed" by them.
import { expect, test } from 'vitest';
import { at, headersOf, json, listAt, money, practiceWorld, refusalOf, TODAY } from './practiceWorld.ts';

test('a cashier signs in and learns office, staff, roles and permissions', () => {
  const { office } = practiceWorld();
  const reply = office.handle({
    method: 'POST',
    url: '/authentication',
    headers: { 'fineract-platform-tenantid': 'default' },
    body: JSON.stringify({ username: 'achieng', password: 'practice' }),
  });
  const body = json(reply);
  expect(reply.status).toBe(200);
  expect(at(body, 'officeId')).toBe(2);
  expect(at(body, 'staffDisplayName')).toBe('Odhiambo, Achieng');
  expect(at(body, 'permissions')).toContain('DEPOSIT_SAVINGSACCOUNT');
  expect(at(body, 'permissions')).not.toContain('CREATE_JOURNALENTRY');
  expect(at(body, 'base64EncodedAuthenticationKey')).toBe(Buffer.from('achieng:practice').toString('base64'));
});

test('wrong credentials are refused in the global shape at sign-in and in the container shape elsewhere', () => {
  const { office, send } = practiceWorld();
  const tenant = { 'fineract-platform-tenantid': 'default' };
  const signIn = office.handle({
    method: 'POST',
    url: '/authentication',
    headers: tenant,
    body: JSON.stringify({ username: 'achieng', password: 'x' }),
  });
  expect(refusalOf(signIn)).toBe('401 error.msg.not.authenticated');
  expect(at(json(signIn), 'httpStatusCode')).toBe('401');
  const read = send('GET', '/offices', undefined, { password: 'x' });
  expect(read.status).toBe(401);
  expect(read.headers['www-authenticate']).toContain('Basic');
  expect(at(json(read), 'errors')).toBeUndefined();
});

test('a missing tenant header is a container 400, before anybody asks for a password', () => {
  const { office } = practiceWorld();
  const { authorization = '' } = headersOf('achieng');
  expect(office.handle({ method: 'GET', url: '/offices', headers: { authorization }, body: null }).status).toBe(400);
  expect(office.handle({ method: 'GET', url: '/offices?tenantIdentifier=default', headers: { authorization }, body: null }).status).toBe(
    200,
  );
});

test('sign-in troubles: expired until a password is set, disabled, outdated', () => {
  const { office, send, post } = practiceWorld();
  office.control.expireSignIn('achieng');
  expect(send('GET', '/offices').status).toBe(401);
  office.control.setPassword('achieng', 'anew');
  expect(send('GET', '/offices', undefined, { password: 'anew' }).status).toBe(200);
  office.control.setUserDisabled('daniel', true);
  expect(send('GET', '/offices', undefined, { as: 'daniel' }).status).toBe(401);
  office.control.outdatePassword('grace');
  expect(refusalOf(post('/savingsaccounts/2/transactions?command=deposit', money(5), { as: 'grace' }))).toBe(
    '400 error.msg.password.outdated',
  );
  const fresh = { password: 'fresh', repeatPassword: 'fresh' };
  expect(refusalOf(send('PUT', '/users/6', fresh, { as: 'grace' }))).toBe('400 error.msg.password.outdated');
  expect(send('PUT', '/users/6', fresh, { as: 'admin' }).status).toBe(200);
  expect(send('GET', '/offices', undefined, { as: 'grace', password: 'fresh' }).status).toBe(200);
});

test('a changed password never stands in the audit trail', () => {
  const { send, read } = practiceWorld();
  send('PUT', '/users/3', { password: 'hush-hush', repeatPassword: 'hush-hush' });
  expect(JSON.stringify(read('/audits?includeJson=true', 'admin'))).not.toContain('hush-hush');
});

test('a missing permission is 403, names itself, and burns no key', () => {
  const { office, post } = practiceWorld();
  const body = {
    officeId: 2,
    currencyCode: 'KES',
    dateFormat: 'yyyy-MM-dd',
    locale: 'en',
    transactionDate: TODAY,
    debits: [{ glAccountId: 1, amount: 5 }],
    credits: [{ glAccountId: 5, amount: 5 }],
  };
  const refused = post('/journalentries', body, { key: 'j-1' });
  expect(refusalOf(refused)).toBe('403 error.msg.not.authorized');
  expect(refused.body).toContain('CREATE_JOURNALENTRY');
  office.control.givePermission('achieng', 'CREATE_JOURNALENTRY');
  expect(post('/journalentries', body, { key: 'j-1' }).status).toBe(200);
  office.control.takePermission('achieng', 'CREATE_JOURNALENTRY');
  expect(refusalOf(post('/journalentries', body, { key: 'j-2' }))).toBe('403 error.msg.not.authorized');
});

test('a branch lists its own office only and may write anywhere; Bungoma here and head office see all', () => {
  const { post, read, send } = practiceWorld();
  expect(listAt(read('/offices')).length).toBe(1);
  expect(listAt(read('/offices', 'bungoma')).length).toBe(3);
  expect(at(read('/clients'), 'totalFilteredRecords')).toBe(8);
  expect(at(read('/clients', 'admin'), 'totalFilteredRecords')).toBe(9);
  expect(refusalOf(send('GET', '/clients/9'))).toBe('404 error.msg.client.not.found.with.client.id');
  expect(send('GET', '/clients/9', undefined, { as: 'bungoma' }).status).toBe(200);
  const theirs = at(read('/clients/9/accounts', 'admin'), 'savingsAccounts.0.id');
  // One savings account may be read by anybody who may read any: head office asks for no office there.
  expect(send('GET', `/savingsaccounts/${String(theirs)}`).status).toBe(200);
  expect(post(`/savingsaccounts/${String(theirs)}/transactions?command=deposit`, money(5)).status).toBe(200);
});
