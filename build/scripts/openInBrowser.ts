// Opens an address in the person's browser, where there is one. Failing to is no fault: the address is printed anyway.
import { spawn } from 'node:child_process';

export function openInBrowser(address: string): void {
  if (process.env['CI'] !== undefined || process.env['TAWI_NO_BROWSER'] !== undefined) return;
  const isHeadless = process.platform === 'linux' && process.env['DISPLAY'] === undefined && process.env['WAYLAND_DISPLAY'] === undefined;
  if (isHeadless) return;
  const opener: Partial<Record<NodeJS.Platform, readonly string[]>> = { win32: ['cmd', '/c', 'start', ''], darwin: ['open'] };
  const [command = 'xdg-open', ...args] = opener[process.platform] ?? [];
  const child = spawn(command, [...args, address], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
