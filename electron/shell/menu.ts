// No menu where the page needs none: its accelerators (reload, close, zoom) would fight with the counter's keys. macOS keeps the few that
// copying and quitting depend on.

import { Menu } from 'electron';

export function arrangeMenu(): void {
  const menu =
    process.platform === 'darwin' ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]) : null;
  Menu.setApplicationMenu(menu);
}
