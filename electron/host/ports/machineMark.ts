// What tells this place from every other: the machine, as its operating system names it, and the folder that the books lie in. A copy of the
// folder has another mark, on another machine and on this one. Only a digest leaves this file.

import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';

const WITHIN_MS = 5_000;

/** Empty where it cannot be learned: then the folder alone tells. */
function machineName(): string {
  try {
    switch (process.platform) {
      case 'linux':
        return readFileSync('/etc/machine-id', 'utf8').trim();
      case 'win32': {
        const key = 'HKLM\\SOFTWARE\\Microsoft\\Cryptography';
        const said = execFileSync('reg', ['query', key, '/v', 'MachineGuid'], { encoding: 'utf8', timeout: WITHIN_MS, windowsHide: true });
        return /MachineGuid\s+REG_SZ\s+(\S+)/.exec(said)?.[1] ?? '';
      }
      case 'darwin': {
        const said = execFileSync('ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice'], { encoding: 'utf8', timeout: WITHIN_MS });
        return /"IOPlatformUUID" = "([^"]+)"/.exec(said)?.[1] ?? '';
      }
      default:
        return '';
    }
  } catch {
    return '';
  }
}

export function machineMark(folder: string): string {
  return createHash('sha256')
    .update(`tawi ${machineName()} ${realpathSync.native(folder)}`)
    .digest('hex');
}
