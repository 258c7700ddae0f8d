// Whoever answers in head office's place, in any way that they do: no line, no contact, no clock, and nobody's wrong password. Each of them
// alone, for the world draws one at a time.
import { describe, expect, it } from 'vitest';
import { answered, globalError, scripted, teller } from './scripted.ts';

const LONG_AGO = 'Thu, 01 Jan 1970 00:04:11 GMT';
const html = (status: number, headers: Record<string, string> = {}) =>
  answered(status, '<html><body>Please sign in</body></html>', { 'content-type': 'text/html', date: LONG_AGO, ...headers });
const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  answered(status, body, { date: LONG_AGO, ...headers });

const STRANGERS = [
  ['200 with a page', html(200)],
  ['200 with a page that says it is JSON', html(200, { 'content-type': 'application/json' })],
  ['200 with JSON of its own', json(200, { captive: true, 'user-portal-url': 'https://portal.example' })],
  ['200 with a list', json(200, [])],
  ['200 with nothing', answered(200, '', { date: LONG_AGO })],
  ['204', answered(204, '', { date: LONG_AGO })],
  ['301', html(301, { location: 'https://portal.example/' })],
  ['302', html(302, { location: 'http://10.0.0.1/login' })],
  ['303', html(303, { location: 'http://10.0.0.1/login' })],
  ['307', html(307, { location: 'http://10.0.0.1/login' })],
  ['400', html(400)],
  ['401 of a router', html(401, { 'www-authenticate': 'Basic realm="Wireless router"' })],
  ['401 in JSON', json(401, { error: 'login required' })],
  ['403', html(403)],
  ['404', html(404)],
  ['407', html(407, { 'proxy-authenticate': 'Basic realm="proxy"' })],
  ['429', html(429)],
  ['500', html(500)],
  ['502', html(502)],
  ['503', html(503)],
  ['504', html(504)],
  ['511', html(511)],
] as const;

describe.each(STRANGERS)('a stranger who answers %s', (_what, reply) => {
  const everything = { GET: reply, POST: reply };

  it('is no line', async () => {
    const { headOffice } = scripted(everything);
    const reached = await headOffice.reach();
    expect(reached.ok ? 'a line' : reached.trouble.kind).toBe('nonsense');
    expect(headOffice.lastContact()).toBeNull();
  });

  it('is not heard, tells no day and no clock, and refuses nobody', async () => {
    const { headOffice } = scripted(everything);
    expect(await headOffice.readToday(teller)).not.toMatchObject({ ok: true, value: expect.any(String) as unknown });
    expect(await headOffice.readBusinessDate(teller)).not.toMatchObject({ ok: true, value: expect.any(String) as unknown });
    await headOffice.pullReference('paymentTypes', teller);
    const signedIn = await headOffice.signIn(teller);
    expect(signedIn.ok ? 'in' : signedIn.trouble.kind).toBe('nonsense');
    expect([headOffice.lastContact(), headOffice.timesRefused(teller.username)]).toEqual([null, 0]);
  });
});

describe('head office itself', () => {
  it('is heard with its clock by what it says of its day, though a gateway takes its own names off', async () => {
    const date = 'Fri, 20 Nov 2026 06:30:00 GMT';
    const { headOffice } = scripted({ GET: json(200, { activationDate: [2026, 11, 20] }, { date }) });
    expect(await headOffice.readToday(teller)).toEqual({ ok: true, value: '2026-11-20' });
    expect(headOffice.lastContact()?.clock?.told).toBe(Date.parse(date));
  });

  it('and by whatever it says to somebody it knows', async () => {
    const refusal = json(403, globalError(403, 'error.msg.not.authorized'), { 'x-notification-refresh': 'false' });
    const { headOffice } = scripted({ GET: refusal });
    await headOffice.pullReference('paymentTypes', teller);
    expect(headOffice.lastContact()).not.toBeNull();
  });
});
