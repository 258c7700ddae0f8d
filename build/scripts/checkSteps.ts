// Everything that can be known without running a test: types, lint, layers, dead code, layout. Also used by npm test, which
// counts each of these as one.
import { binOf } from './binOf.ts';
import type { Step } from './runStep.ts';
import { typecheckSteps } from './typecheck.ts';

export function checkSteps(): Step[] {
  return [
    { name: 'lint', node: [binOf('eslint'), '--max-warnings', '0', '.'] },
    ...typecheckSteps(),
    {
      name: 'layers',
      node: [
        binOf('dependency-cruiser', 'depcruise'),
        '--config',
        '.dependency-cruiser.cjs',
        'shared',
        'electron',
        'renderer',
        'tests',
        'build',
      ],
    },
    { name: 'dead code', node: [binOf('knip'), '--no-config-hints'] },
    { name: 'layout', node: [binOf('prettier'), '--check', '--log-level', 'warn', '.'] },
  ];
}
