// Reckons recorded loans of a head office and compares. The work is done by tests/reckon/cli.ts, which answers --help.
import { handOver } from './handOver.ts';

export function main(args: readonly string[]): Promise<number> {
  return handOver('tests/reckon/cli.ts', args);
}
