// Whether the line carries and a head office stands at its end. Nobody signs in for it: a head office refuses the unknown caller at its
// door, in a way that a portal or a router does not.

import type { Answer } from '../ports/headOffice.ts';
import { classifyTrouble } from './classifyTrouble.ts';
import { failed } from './line.ts';
import type { Line } from './line.ts';
import { readBody } from './readBody.ts';

export async function reach(line: Line, monotonicMs: () => number): Promise<Answer<{ readonly roundTripMs: number }>> {
  const from = monotonicMs();
  const reply = await line.send({ method: 'GET', url: '/businessdate' }, null);
  const roundTripMs = monotonicMs() - from;
  if (reply.kind !== 'answered') return failed(classifyTrouble(reply));
  const body = readBody(reply.body);
  const isJson = body.kind === 'object' || body.kind === 'list';
  const isDoor = reply.status === 401 && (isJson || /^basic\b/i.test(reply.headers['www-authenticate'] ?? ''));
  return isDoor || (reply.status === 200 && isJson) ? { ok: true, value: { roundTripMs } } : failed(classifyTrouble(reply));
}
