// Walks every capability against a head office, practice or a real one. The work is done by tests/accept/cli.ts, which answers --help.
import { handOver } from './handOver.ts';

export function main(args: readonly string[]): Promise<number> {
  return handOver('tests/accept/cli.ts', args);
}
