// Kills the branch at its worst lines and looks at what is left. The work is done by tests/crash/cli.ts, which answers --help.
import { handOver } from './handOver.ts';

export function main(args: readonly string[]): Promise<number> {
  return handOver('tests/crash/cli.ts', args);
}
