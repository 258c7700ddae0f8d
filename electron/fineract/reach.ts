// Whether the line carries and a head office stands at its end. Nobody signs in for it: a head office refuses the unknown caller at its
// door, in a way that a portal or a router does not. Nothing else is a yes: whoever lets the unknown in is no head office.

import type { Answer } from '../ports/headOffice.ts';
import { classifyTrouble, nonsense } from './classifyTrouble.ts';
import { failed } from './line.ts';
import type { Line } from './line.ts';
import { isOwnDoor } from './ownAnswer.ts';

export async function reach(line: Line, monotonicMs: () => number): Promise<Answer<{ readonly roundTripMs: number }>> {
  const from = monotonicMs();
  const reply = await line.send({ method: 'GET', url: '/businessdate' }, null);
  const roundTripMs = monotonicMs() - from;
  if (isOwnDoor(reply)) {
    line.heard(reply);
    return { ok: true, value: { roundTripMs } };
  }
  const trouble = classifyTrouble(reply);
  // A door that is not head office's asks for no sign-in there.
  if (reply.kind === 'answered' && trouble.kind === 'signInNeeded' && trouble.why === 'refused')
    return failed(nonsense(`status ${reply.status}, not head office's door`));
  return failed(trouble);
}
