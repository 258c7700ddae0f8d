// One Tawi per account and data folder: a second start brings the first one's window forward and ends. The folder's own claim stands behind
// this, for starts that Electron cannot see.

import type { App } from 'electron';

/** False when another Tawi already runs; this one must then end without touching anything. */
export function isOnlyInstance(app: App, comeForward: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', comeForward);
  return true;
}
