// The only bridge between the page and the program: ask a question, hear that something changed. It runs in the sandbox, passes plain data
// and nothing of Electron, and must never grow a third function: what is allowed is decided behind it, by the contract.

import { contextBridge, ipcRenderer } from 'electron';
import type { IpcRendererEvent } from 'electron';
import type { BranchEvent } from '../shared/contract/branchContract.ts';

contextBridge.exposeInMainWorld('branch', {
  call: (method: string, input: unknown): Promise<unknown> => ipcRenderer.invoke('branch:call', method, input),
  subscribe(listener: (event: BranchEvent) => void): () => void {
    const hear = (_sent: IpcRendererEvent, event: BranchEvent): void => listener(event);
    ipcRenderer.on('branch:event', hear);
    return () => {
      ipcRenderer.removeListener('branch:event', hear);
    };
  },
});
