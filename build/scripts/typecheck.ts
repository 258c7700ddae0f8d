// Checks every room against the platform it is allowed to know. One check per platform, not one for all: a room that may not
// know timers must not find them because its neighbour does.
import { binOf } from './binOf.ts';
import type { Step } from './runStep.ts';
import { runSteps } from './runStep.ts';
import { showHelp } from './showHelp.ts';

export function typecheckSteps(only: readonly string[] = []): Step[] {
  const tsc = binOf('typescript', 'tsc');
  const vueTsc = binOf('vue-tsc');
  const rooms: readonly (readonly [room: string, checker: string])[] = [
    ['renderer', vueTsc],
    ['tests', vueTsc],
    ['electron', tsc],
    ['electron/branch', tsc],
    ['electron/sync', tsc],
    ['electron/journal', tsc],
    ['electron/ports', tsc],
    ['shared', tsc],
    ['.', tsc],
  ];
  return rooms
    .filter(([room]) => only.length === 0 || only.includes(room))
    .map(([room, checker]) => {
      const name = room === '.' ? 'build' : room;
      return { name: `types of ${name}`, node: [checker, '-p', room, '--pretty', 'false', ...remembered(name)] };
    });
}

/** What was checked before and did not change is not checked again. */
function remembered(name: string): readonly string[] {
  return ['--incremental', '--tsBuildInfoFile', `node_modules/.cache/types/${name.replaceAll('/', '_')}.tsbuildinfo`];
}

export async function main(args: readonly string[]): Promise<number> {
  if (showHelp(args, 'npm run typecheck [-- shared electron/branch ...]   checks the types of all rooms, or of those named')) return 0;
  const results = await runSteps(typecheckSteps(args), 2);
  return results.every((result) => result.passed) ? 0 : 1;
}
