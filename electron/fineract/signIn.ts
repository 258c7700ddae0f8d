// Who somebody is at head office and what they may do there (contract 1.2). The answer's key is the password in another spelling, so it is
// never read; an empty name or password is never sent, because head office would repeat the request in its error.

import { reveal } from '../../shared/kernel/redacted.ts';
import type { Answer, Credential, SignInAnswer } from '../ports/headOffice.ts';
import { nonsense } from './classifyTrouble.ts';
import { decoding, failed, wanted } from './line.ts';
import type { Line } from './line.ts';
import { Members, needed, Unreadable } from './members.ts';
import { isOwnDoor } from './ownAnswer.ts';
import { readBody } from './readBody.ts';

export async function signIn(line: Line, credential: Credential): Promise<Answer<SignInAnswer>> {
  const password = reveal(credential.password);
  // Basic authentication ends a name at its first colon.
  if (credential.username === '' || credential.username.includes(':') || password === '')
    return failed({ kind: 'signInNeeded', why: 'refused' });
  const body = { username: credential.username, password };
  const reply = await line.send({ method: 'POST', url: '/authentication', body }, null);
  const answer = wanted(reply);
  // A router's own door knows nobody of ours: its no is not head office's.
  if (!answer.ok && answer.trouble.kind === 'signInNeeded' && answer.trouble.why === 'refused' && !isOwnDoor(reply))
    return failed(nonsense("sign-in: not head office's door"));
  if (!answer.ok) return answer;

  const read = decoding(() => new Members(answer.value, 'sign-in'));
  if (!read.ok) return read;
  const person = read.value;
  // Only a clear no is one: an answer that was spoilt on the way must not cost anybody a try or their sign-in.
  if (typeof person.raw['authenticated'] !== 'boolean') return failed(nonsense('sign-in: authenticated'));
  if (!person.flag('authenticated')) return failed({ kind: 'signInNeeded', why: 'refused' });
  line.letIn(credential.username);
  if (person.flag('shouldRenewPassword')) return failed({ kind: 'signInNeeded', why: 'passwordExpired' });
  if (person.flag('isTwoFactorAuthenticationRequired')) return failed({ kind: 'refused', status: 200, code: 'signIn.secondFactor' });
  return decoding(() => {
    const username = needed(person.text('username'), person, 'username');
    // Somebody else's answer, out of a memory on the way, makes nobody somebody else.
    if (username.toLowerCase() !== credential.username.trim().toLowerCase()) throw new Unreadable('sign-in: username');
    const roles = person.children('roles').filter((role) => !role.flag('disabled'));
    return {
      username,
      userId: needed(person.id('userId'), person, 'userId'),
      displayName: spokenName(person.text('staffDisplayName') ?? username),
      role: roles.flatMap((role) => role.text('name') ?? []).join(', '),
      staffServerId: person.id('staffId'),
      officeServerId: needed(person.id('officeId'), person, 'officeId'),
      officeName: needed(person.text('officeName'), person, 'officeName'),
      permissions: needed(Array.isArray(person.raw['permissions']) ? person.list('permissions') : null, person, 'permissions').filter(
        (code): code is string => typeof code === 'string',
      ),
    };
  });
}

/** Head office misses a name before it looks for anybody, in words of its own; a door that is shut to everybody refuses that as well. */
export async function looksAtPeople(line: Line): Promise<boolean | null> {
  const reply = await line.send({ method: 'POST', url: '/authentication', body: {} }, null);
  if (isOwnDoor(reply)) return false;
  return reply.kind === 'answered' && reply.status !== 401 && readBody(reply.body).kind === 'object' ? true : null;
}

/** Head office writes 'Odhiambo, Achieng'; people are addressed as 'Achieng Odhiambo'. */
function spokenName(displayName: string): string {
  const [, last, first] = /^([^,]+),\s*([^,]+)$/.exec(displayName) ?? [];
  return last === undefined || first === undefined ? displayName : `${first.trim()} ${last.trim()}`;
}
