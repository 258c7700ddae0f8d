// What head office says it is. Nothing is decided by the words themselves: they only tell that it is another one than before.

import type { Answer } from '../ports/headOffice.ts';
import { failed, wanted } from './line.ts';
import type { Line } from './line.ts';
import { Members } from './members.ts';

/** Beside the API, not below it. */
const INFO = '/../../actuator/info';
const WORD = /^[\w.+-]{1,60}$/;

export async function readVersion(line: Line): Promise<Answer<string | null>> {
  const answer = wanted(await line.send({ method: 'GET', url: INFO }, null));
  if (!answer.ok) return answer.trouble.kind === 'unreachable' ? failed(answer.trouble) : { ok: true, value: null };
  if (Array.isArray(answer.value)) return { ok: true, value: null };
  const git = new Members(answer.value, 'info').child('git');
  const commit = git?.child('commit');
  const words = [
    git?.child('build')?.text('version') ?? git?.text('build.version'),
    commit?.child('id')?.text('abbrev') ?? commit?.text('id'),
  ];
  const known = words.flatMap((word) => (typeof word === 'string' && WORD.test(word) ? [word] : []));
  return { ok: true, value: known.length === 0 ? null : known.join(' ') };
}
