// The branch for the desktop window: one channel to ask on and one to hear events on. It serves only the main frame of a window that the
// shell announced, while that frame shows our own origin; any other sender is refused without a word of why.

import type { BranchEvent } from '../../shared/contract/branchContract.ts';
import type { Diagnostics } from '../ports/clock.ts';
import type { Doorway, Reply } from './doorway.ts';

// The members of Electron that this file needs, so that it can be tried without Electron. Electron's own objects fit them.

interface SenderFrame {
  readonly frameTreeNodeId: number;
  readonly origin: string;
  readonly parent: SenderFrame | null;
}

export interface WindowContents {
  readonly id: number;
  readonly mainFrame: SenderFrame;
  isDestroyed(): boolean;
  send(channel: string, event: BranchEvent): void;
  once(event: 'destroyed', listener: () => void): unknown;
}

interface InvokeEvent {
  readonly sender: { readonly id: number };
  readonly senderFrame: SenderFrame | null;
}

export interface IpcMainLike {
  handle(channel: string, listener: (event: InvokeEvent, method: unknown, input: unknown) => Promise<Reply>): void;
  removeHandler(channel: string): void;
}

interface IpcParts {
  readonly ipcMain: IpcMainLike;
  readonly doorway: Doorway;
  readonly diagnostics: Diagnostics;
  /** Origin of the page, such as app://branch. */
  readonly origin: string;
}

export interface IpcHost {
  /** From now on this window may ask and hears events, as long as it shows our page. */
  announce(contents: WindowContents): void;
  close(): void;
}

export const CALL_CHANNEL = 'branch:call';
export const EVENT_CHANNEL = 'branch:event';

/** Electron may hand out a new object for the same frame, so frames are told apart by their number. */
function isMainFrame(frame: SenderFrame, window: WindowContents): boolean {
  return frame.parent === null && frame.frameTreeNodeId === window.mainFrame.frameTreeNodeId;
}

export function openIpcHost({ ipcMain, doorway, diagnostics, origin }: IpcParts): IpcHost {
  const windows = new Map<number, WindowContents>();

  function isOurs(event: InvokeEvent): boolean {
    const window = windows.get(event.sender.id);
    const frame = event.senderFrame;
    // A frame that has navigated or gone since it asked is null, and gets nothing.
    return window !== undefined && frame !== null && isMainFrame(frame, window) && frame.origin === origin;
  }

  ipcMain.handle(CALL_CHANNEL, async (event, method, input) => {
    if (!isOurs(event)) {
      diagnostics.record('warning', 'ipc.strangerRefused');
      return { ok: false, refusal: { code: 'session.notPermitted' } };
    }
    if (typeof method !== 'string') return { ok: false, refusal: { code: 'method.unknown' } };
    return doorway.call(method, input, { channel: `window:${String(event.sender.id)}` });
  });

  const stopListening = doorway.listen((event) => {
    for (const window of windows.values()) {
      if (!window.isDestroyed() && window.mainFrame.origin === origin) window.send(EVENT_CHANNEL, event);
    }
  });

  return {
    announce(contents) {
      const { id } = contents;
      windows.set(id, contents);
      contents.once('destroyed', () => windows.delete(id));
    },
    close() {
      stopListening();
      ipcMain.removeHandler(CALL_CHANNEL);
      windows.clear();
    },
  };
}
