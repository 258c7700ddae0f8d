// Figures as ratios against a bare limit measured in the same run. The work is done by tests/bench/cli.ts, which answers --help.
import { handOver } from './handOver.ts';

export function main(args: readonly string[]): Promise<number> {
  return handOver('tests/bench/cli.ts', args);
}
