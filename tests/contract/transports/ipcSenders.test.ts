// Who may use the window's channel: only the main frame of an announced window, while it shows our page.

import { describe, expect, test } from 'vitest';
import type { BranchEvent } from '../../../shared/contract/branchContract.ts';
import { openIpcHost } from '../../../electron/host/ipcHost.ts';
import { openTryout } from './tryoutBranch.ts';
import { FakeWindow, fakeIpc, OUR_ORIGIN, quiet } from './wires.ts';

const REFUSED = { ok: false, refusal: { code: 'session.notPermitted' } };

function opened() {
  const tryout = openTryout();
  const ipc = fakeIpc();
  const host = openIpcHost({ ipcMain: ipc.ipcMain, doorway: tryout.doorway, diagnostics: quiet, origin: OUR_ORIGIN });
  const window = new FakeWindow(7);
  host.announce(window);
  return {
    tryout,
    ipc,
    host,
    window,
    ask: (frame: FakeWindow['mainFrame'] | null) => ipc.invoke({ sender: window, senderFrame: frame }, 'practice.show', {}),
  };
}

describe('the window channel', () => {
  test('answers our own page in the main frame', async () => {
    const { ask, window } = opened();
    expect(await ask(window.mainFrame)).toMatchObject({ ok: true });
  });

  test('refuses a frame inside the page, even of our origin', async () => {
    const { ask, window } = opened();
    expect(await ask({ frameTreeNodeId: 2, origin: OUR_ORIGIN, parent: window.mainFrame })).toEqual(REFUSED);
  });

  test('refuses the main frame once it shows another origin', async () => {
    const { ask, window, tryout } = opened();
    const heard: BranchEvent[] = [];
    window.subscribe((event) => heard.push(event));
    window.mainFrame = { frameTreeNodeId: 1, origin: 'https://example.org', parent: null };
    expect(await ask(window.mainFrame)).toEqual(REFUSED);
    tryout.tell({ what: 'sync.changed' });
    expect(heard).toEqual([]);
  });

  test('refuses a frame that has gone', async () => {
    const { ask } = opened();
    expect(await ask(null)).toEqual(REFUSED);
  });

  test('refuses a window that was never announced, and one that was closed', async () => {
    const { ipc, window } = opened();
    const stranger = new FakeWindow(8);
    expect(await ipc.invoke({ sender: stranger, senderFrame: stranger.mainFrame }, 'practice.show', {})).toEqual(REFUSED);
    window.destroy();
    expect(await ipc.invoke({ sender: window, senderFrame: window.mainFrame }, 'practice.show', {})).toEqual(REFUSED);
  });

  test('a method that is not text is unknown', async () => {
    const { ipc, window } = opened();
    const reply = await ipc.invoke({ sender: window, senderFrame: window.mainFrame }, { toString: 'practice.show' }, {});
    expect(reply).toEqual({ ok: false, refusal: { code: 'method.unknown' } });
  });

  test('things that are not plain data are refused', async () => {
    const { ipc, window } = opened();
    for (const thing of [new Map(), new Date(0), { at: new Uint8Array(4) }, { big: 10n }, { no: Number.NaN }]) {
      const reply = await ipc.invoke({ sender: window, senderFrame: window.mainFrame }, 'practice.show', thing);
      expect(reply).toEqual({ ok: false, refusal: { code: 'input.invalid' } });
    }
  });
});
