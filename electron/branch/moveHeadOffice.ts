// Head office has another address: nothing of the books goes there before an administrator whom this PC knows has said so. Their password is
// checked here first, so that a stranger's server, which says yes to anybody, is asked nothing and told nothing; then they sign in there anew.

import type { Refusal } from '../../shared/contract/define.ts';
import { isPermitted } from '../../shared/domain/access/permissions.ts';
import { ok, refuse, type Result } from '../../shared/kernel/result.ts';
import type { Redacted } from '../../shared/kernel/redacted.ts';
import { appendEntry } from '../journal/appendEntry.ts';
import { currentBusinessDate } from '../journal/currentBusinessDate.ts';
import { identityOf, saveSetting } from '../journal/settings.ts';
import type { ReferenceRow } from '../ports/headOffice.ts';
import type { ReadStore } from '../ports/store.ts';
import type { HeadOfficeAddress } from '../ports/sync.ts';
import { officeCodeOf, troubleCodeOf, type FoundingParts } from './foundBranch.ts';
import { checkPasswordHere, type SignInRefusal } from './session/signIn.ts';

export interface MovingRequest {
  readonly address: HeadOfficeAddress;
  readonly username: string;
  readonly password: Redacted<string>;
}

export type MovingRefusal =
  | Extract<SignInRefusal, 'signIn.wrong' | 'signIn.wait' | 'signIn.lockedOut'>
  | ReturnType<typeof troubleCodeOf>
  | 'headOffice.moveNeedsAdministrator'
  | 'headOffice.otherBooks';

/** The name that head office had for our office when it was read last. */
function officeNameOf(read: ReadStore): string {
  const { officeServerId, officeName } = identityOf(read);
  return read.reference('offices').find((row) => row.serverId === officeServerId)?.name ?? officeName;
}

/** `parts.headOffice` is the one at the new address. */
export async function moveHeadOffice(
  parts: Omit<FoundingParts, 'machineMark'>,
  request: MovingRequest,
): Promise<Result<object, Refusal<MovingRefusal>>> {
  const { store } = parts;
  const checked = await checkPasswordHere(parts, request.username, request.password);
  if (!checked.ok) return refuse(checked.refusal as Refusal<'signIn.wrong' | 'signIn.wait' | 'signIn.lockedOut'>);
  const person = checked.value;
  if (!isPermitted('headOffice.prepare', new Set(person.permissions))) return refuse({ code: 'headOffice.moveNeedsAdministrator' });

  const credential = { username: person.username, password: request.password };
  const signedIn = await parts.headOffice.signIn(credential);
  if (!signedIn.ok) return refuse({ code: troubleCodeOf(signedIn.trouble) });
  const answer = signedIn.value;
  const offices = await parts.headOffice.pullReference('offices', credential);
  if (!offices.ok) return refuse({ code: troubleCodeOf(offices.trouble) });
  const identity = store.read(identityOf);
  const office = offices.value.find((row) => row.serverId === identity.officeServerId);
  // The same people and the same office: otherwise these are other books, and ours would be posted into a stranger's.
  const isOurs = answer.userId === person.userServerId && office !== undefined && store.read((read) => isOurOffice(read, office, identity));
  if (!isOurs) return refuse({ code: 'headOffice.otherBooks' });
  if (!isPermitted('headOffice.prepare', new Set(answer.permissions))) return refuse({ code: 'headOffice.moveNeedsAdministrator' });

  const passwordHash = await parts.passwords.hash(request.password);
  store.write((write) => {
    const now = parts.clock.now();
    write.saveStaff({
      ...person,
      permissions: answer.permissions,
      passwordHash,
      sealedPassword: parts.seals.seal(request.password),
      lastOnlineAt: now,
      signIn: 'good',
    });
    const moved = appendEntry(write, parts.digest, {
      what: 'headOffice.moved',
      by: person.username,
      businessDate: currentBusinessDate(write, parts.clock),
      at: now,
      body: { from: { ...identity.address }, address: { ...request.address } },
    });
    saveSetting(write, 'identity', { ...identity, address: request.address, addressEntry: moved.entry });
  });
  return ok({});
}

function isOurOffice(read: ReadStore, office: ReferenceRow, { officeCode }: { readonly officeCode: string }): boolean {
  return office.name === officeNameOf(read) || officeCodeOf(office, (text) => read.inPlainLetters(text)) === officeCode;
}
