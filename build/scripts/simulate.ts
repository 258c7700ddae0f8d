// Whole branches over days of virtual time with faults; --seed N replays a run. The work is done by tests/simulation/cli.ts, which answers --help.
import { handOver } from './handOver.ts';

export function main(args: readonly string[]): Promise<number> {
  return handOver('tests/simulation/cli.ts', args);
}
