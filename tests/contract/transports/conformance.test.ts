// One suite for all transports: a screen cannot tell which one it came through. Each promise here is made once and tried three times.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BranchEvent } from '../../../shared/contract/branchContract.ts';
import type { Tryout } from './tryoutBranch.ts';
import { openTryout, SECRET_TEXT } from './tryoutBranch.ts';
import type { Visitor } from './wires.ts';
import { eventually, wires } from './wires.ts';

describe.each(wires)('through $name', (wire) => {
  let tryout: Tryout;
  let opened: Awaited<ReturnType<typeof wire.open>>;

  async function openWith(made: Tryout): Promise<Visitor> {
    tryout = made;
    opened = await wire.open(made.doorway);
    return opened.visitor();
  }

  let visitor: Visitor;
  beforeEach(async () => {
    visitor = await openWith(openTryout());
  });
  afterEach(() => opened.close());

  const signIn = (by: Visitor, password = 'right') => by.call('session.signIn', { username: 'akinyi', password });

  test('an answer arrives as the contract shapes it, without members that the contract does not know', async () => {
    expect(await visitor.call('practice.show', {})).toEqual({ ok: true, value: { practice: true, lineCut: false } });
  });

  test('a refusal arrives with its code and facts', async () => {
    expect(await signIn(visitor, 'wrong')).toEqual({ ok: false, refusal: { code: 'signIn.wrong', facts: { triesLeft: 4 } } });
  });

  test('who is signed in belongs to one window or browser, and to it alone', async () => {
    const other = await opened.visitor();
    await visitor.call('session.showMine', {});
    expect(await signIn(visitor)).toMatchObject({ ok: true });
    expect(await visitor.call('session.showMine', {})).toMatchObject({ ok: true, value: { staff: { username: 'akinyi' } } });
    expect(await other.call('session.showMine', {})).toEqual({ ok: true, value: null });
    expect(await other.call('session.unlockStaff', { username: 'baraka' })).toEqual({ ok: false, refusal: { code: 'session.signedOut' } });
  });

  test('input that breaks its schema is refused, naming the member and never its value', async () => {
    const reply = await visitor.call('session.signIn', { username: 'akinyi', password: 'x'.repeat(300) });
    expect(reply).toEqual({ ok: false, refusal: { code: 'input.invalid', facts: { member: 'password' } } });
  });

  test('a thrown error becomes an incident number and nothing else', async () => {
    const reply = await visitor.call('session.signOut', {});
    expect(reply).toEqual({ ok: false, refusal: { code: 'fault', incidentId: expect.stringMatching(/^INC-\d+$/) as string } });
    expect(JSON.stringify(reply)).not.toContain('SELECT');
    expect(tryout.recorded).toContainEqual({ level: 'fault', what: 'session.signOut', facts: 'Error' });
  });

  test('a full disk is said by its own code', async () => {
    await signIn(visitor);
    const reply = await visitor.call('practice.setLine', { cut: true });
    expect(reply).toEqual({ ok: false, refusal: { code: 'store.full', incidentId: expect.any(String) as string } });
  });

  test('a refusal outside the contract is a fault of ours and does not leave', async () => {
    const reply = await visitor.call('session.openPractice', {});
    expect(reply).toMatchObject({ ok: false, refusal: { code: 'fault' } });
    expect(JSON.stringify(reply)).not.toContain(SECRET_TEXT.slice(0, 12));
  });

  test('an answer that breaks its schema is a fault in the strict house', async () => {
    await signIn(visitor);
    expect(await visitor.call('drafts.list', {})).toMatchObject({ ok: false, refusal: { code: 'fault' } });
    expect(tryout.recorded.some((entry) => entry.what === 'answer.outsideContract' && !entry.facts.includes('SELECT'))).toBe(true);
  });

  test.each([
    'session',
    'session.',
    '.signIn',
    'session.constructor',
    '__proto__.toString',
    'constructor.name',
    'session.signIn.call',
    'toString',
    'session/signIn',
  ])('there is no method %s', async (name) => {
    expect(await visitor.call(name, {})).toEqual({ ok: false, refusal: { code: 'method.unknown' } });
  });

  test('input too deep or of too many parts is refused before any schema sees it', async () => {
    let deep: unknown = 'bottom';
    for (let level = 0; level < 40; level += 1) deep = { deep };
    expect(await visitor.call('session.showMine', deep)).toEqual({ ok: false, refusal: { code: 'input.invalid' } });
    expect(await visitor.call('session.showMine', { many: Array.from({ length: 30_000 }, () => 1) })).toEqual({
      ok: false,
      refusal: { code: 'input.invalid' },
    });
    expect(tryout.channels).toEqual([]);
  });

  test('an own member called __proto__ is refused', async () => {
    expect(await visitor.call('session.showMine', JSON.parse('{"__proto__":{"admin":true}}'))).toMatchObject({
      ok: false,
      refusal: { code: 'input.invalid' },
    });
  });

  test('events reach every listener, in order, until it stops', async () => {
    const heard: BranchEvent[] = [];
    const heardElsewhere: BranchEvent[] = [];
    const other = await opened.visitor();
    // Where strangers can reach the door, events are for whoever is signed in.
    for (const each of [visitor, other]) await each.call('session.signIn', { username: 'akinyi', password: 'right' });
    const stop = await visitor.subscribe((event) => heard.push(event));
    await other.subscribe((event) => heardElsewhere.push(event));
    tryout.tell({ what: 'sync.changed' });
    tryout.tell({ what: 'account.changed', clientIds: ['0198'] });
    await eventually(() => heard.length === 2 && heardElsewhere.length === 2);
    expect(heard).toEqual([{ what: 'sync.changed' }, { what: 'account.changed', clientIds: ['0198'] }]);
    stop();
    tryout.tell({ what: 'drawer.changed' });
    await eventually(() => heardElsewhere.length === 3);
    expect(heard).toHaveLength(2);
  });

  test('before a branch is founded the front door answers, everything else is not ready, and founding needs no new connection', async () => {
    await opened.close();
    visitor = await openWith(openTryout({ founded: false }));
    expect(await visitor.call('session.showStart', {})).toMatchObject({ ok: true, value: { state: 'firstRun' } });
    expect(await visitor.call('session.showMine', {})).toEqual({ ok: false, refusal: { code: 'branch.notReady' } });
    expect(await visitor.call('practice.show', {})).toEqual({ ok: false, refusal: { code: 'branch.notReady' } });
    expect(await visitor.call('session.openPractice', {})).toEqual({ ok: true, value: {} });
    expect(await visitor.call('session.showMine', {})).toEqual({ ok: true, value: null });
  });

  test('a slow call is recorded by name and duration', async () => {
    await opened.close();
    visitor = await openWith(openTryout({ slowMs: 90 }));
    await visitor.call('session.showMine', {});
    expect(tryout.recorded).toEqual([{ level: 'info', what: 'call.slow', facts: '{"method":"session.showMine","tookMs":90}' }]);
  });

  test('closing the transport stops its listening', async () => {
    const listening = (): number => tryout.listeners();
    if (wire.name !== 'in process') expect(listening()).toBeGreaterThan(0);
    await opened.close();
    expect(listening()).toBe(0);
    opened = { ...opened, close: async () => {} };
  });
});
