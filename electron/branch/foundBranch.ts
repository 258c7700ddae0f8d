// The first run on this PC: an online sign-in tells the office, the office its code, the device table a device code of our own; then the
// branch has an identity for ever (field-rules 1.6). A store that already has one is never founded again.

import type { Refusal } from '../../shared/contract/define.ts';
import { deviceRowName, provisionalCode } from '../../shared/domain/receipts/deviceCode.ts';
import { ok, refuse, type Result } from '../../shared/kernel/result.ts';
import type { Redacted } from '../../shared/kernel/redacted.ts';
import { appendEntry } from '../journal/appendEntry.ts';
import type { JournalParts } from '../journal/parts.ts';
import { readSetting, saveSetting, type Identity } from '../journal/settings.ts';
import type { Credential, HeadOffice, ReferenceRow, Trouble } from '../ports/headOffice.ts';
import type { Passwords, Seals } from '../ports/secrets.ts';
import type { Store } from '../ports/store.ts';
import type { HeadOfficeAddress } from '../ports/sync.ts';
import { suspenseAccountsIn } from './headOffice/suspenseAccounts.ts';

export interface FoundingParts extends JournalParts {
  readonly store: Store;
  readonly headOffice: HeadOffice;
  readonly passwords: Passwords;
  readonly seals: Seals;
  /** Where these books are founded; null where nothing tells one place from another. */
  readonly machineMark: string | null;
}

export interface FoundingRequest {
  readonly address: HeadOfficeAddress;
  readonly username: string;
  readonly password: Redacted<string>;
  readonly zone: string;
  readonly deviceCode: string | null;
  readonly deviceName: string;
  /** The server id of the office that somebody agreed to; 'any' where nobody is asked. */
  readonly office: number | 'any' | null;
  /** An administrator who prepares head office at once: practice does, so that training shows the strong mode. */
  readonly prepareAs: Credential | null;
}

export type FoundingRefusal =
  | 'branch.alreadyChosen'
  | 'branch.officeUnconfirmed'
  | 'headOffice.unreachable'
  | 'headOffice.notAHeadOffice'
  | 'headOffice.tenantUnknown'
  | 'signIn.wrong'
  | 'signIn.passwordExpired'
  | 'signIn.noOffice'
  | 'device.codeTaken';

export async function foundBranch(parts: FoundingParts, request: FoundingRequest): Promise<Result<Identity, Refusal<FoundingRefusal>>> {
  if (parts.store.read((read) => readSetting(read, 'identity')) !== null) return refuse({ code: 'branch.alreadyChosen' });
  const credential: Credential = { username: request.username, password: request.password };
  const signedIn = await parts.headOffice.signIn(credential);
  if (!signedIn.ok) return refuse({ code: troubleCodeOf(signedIn.trouble) });
  const offices = await parts.headOffice.pullReference('offices', credential);
  if (!offices.ok) return refuse({ code: troubleCodeOf(offices.trouble) });
  const currencies = await parts.headOffice.pullReference('currencies', credential);
  if (!currencies.ok) return refuse({ code: troubleCodeOf(currencies.trouble) });
  const office = offices.value.find((row) => row.serverId === signedIn.value.officeServerId);
  const currency = currencies.value[0];
  if (office === undefined || currency === undefined) return refuse({ code: 'signIn.noOffice' });
  const decimals = currency.body['decimalPlaces'];
  // Fixed for ever by the founding, so nothing is guessed out of an answer that does not say it.
  if (typeof decimals !== 'number' || !Number.isInteger(decimals) || decimals < 0 || decimals > 6)
    return refuse({ code: 'headOffice.notAHeadOffice' });
  // Whoever of head office signs in founds head office as a branch, and it is one for ever: said before anything is written anywhere.
  if (request.office !== 'any' && request.office !== office.serverId)
    return refuse({
      code: 'branch.officeUnconfirmed',
      facts: {
        office: office.serverId,
        officeName: office.name,
        institution: institutionOf(office, offices.value),
        isHeadOffice: typeof office.body['parentId'] !== 'number',
      },
    });
  const officeCode = parts.store.read((read) => officeCodeOf(office, (text) => read.inPlainLetters(text)));
  if (request.prepareAs !== null) await parts.headOffice.prepare(request.prepareAs);
  const now = parts.clock.now();
  const enrolled = await parts.headOffice.enrolDevice(
    {
      officeServerId: office.serverId,
      officeCode,
      wantedCode: request.deviceCode,
      provisionalCode: provisionalCode(
        Number.parseInt(parts.digest.sha256(`${request.deviceName}|${parts.machineMark ?? ''}|${String(now)}`).slice(0, 8), 16),
      ),
      deviceName: deviceRowName(request.deviceName, parts.machineMark),
      enrolledAtText: parts.clock.localText(now),
    },
    credential,
  );
  if (!enrolled.ok) return refuse({ code: troubleCodeOf(enrolled.trouble) });
  if ('taken' in enrolled.value) return refuse({ code: 'device.codeTaken' });
  const preparation = await parts.headOffice.checkPreparation(request.prepareAs ?? credential);
  const accounts = await parts.headOffice.pullReference('glAccounts', request.prepareAs ?? credential);
  const passwordHash = await parts.passwords.hash(request.password);

  const identity: Identity = {
    institution: institutionOf(office, offices.value),
    officeName: office.name,
    officeCode,
    officeServerId: office.serverId,
    deviceCode: enrolled.value.deviceCode,
    deviceRegistered: enrolled.value.registered,
    deviceName: request.deviceName,
    practice: request.address.kind === 'practice',
    address: request.address,
    zone: request.zone,
    currency: { code: currencyCodeOf(currency), decimals },
    foundedAt: now,
  };
  parts.store.write((write) => {
    if (preparation.ok) saveSetting(write, 'preparation', { markers: preparation.value.markers, checkedAt: now });
    const suspense = accounts.ok ? suspenseAccountsIn(accounts.value, undefined) : null;
    if (suspense !== null) saveSetting(write, 'suspenseAccounts', suspense);
    const answer = signedIn.value;
    write.saveStaff({
      username: answer.username,
      displayName: answer.displayName,
      role: answer.role,
      staffServerId: answer.staffServerId,
      userServerId: answer.userId,
      officeServerId: answer.officeServerId,
      permissions: answer.permissions,
      passwordHash,
      sealedPassword: parts.seals.seal(request.password),
      lastOnlineAt: now,
      failures: 0,
      waitUntil: null,
      lockedOut: false,
      signIn: 'good',
    });
    const founded = appendEntry(write, parts.digest, {
      what: 'branch.founded',
      by: answer.username,
      businessDate: parts.clock.localDate(now),
      at: now,
      body: {
        office: office.serverId,
        officeCode,
        deviceCode: identity.deviceCode,
        practice: identity.practice,
        address: { ...identity.address },
      },
    });
    saveSetting(write, 'identity', { ...identity, addressEntry: founded.entry });
  });
  return ok(identity);
}

/**
 * The office's external id when it reads like a code, else the consonants of its name in plain letters: KTL from Kitale, MSK from Москва. Two
 * offices may have one code: head office keeps each code with the number of its PC apart, whichever office it is of.
 */
export function officeCodeOf(office: ReferenceRow, inPlainLetters: (text: string) => string): string {
  const externalId = office.body['externalId'];
  if (typeof externalId === 'string' && /^[A-Z0-9]{2,5}$/.test(externalId)) return externalId;
  const letters = inPlainLetters(office.name)
    .toUpperCase()
    .replace(/[^A-Z]/g, '');
  const consonants = letters.charAt(0) + letters.slice(1).replace(/[AEIOUY]/g, '');
  return (consonants + letters.slice(1)).slice(0, 3).padEnd(3, 'X');
}

/** The office at the top; a branch's own staff may see it only as their office's parent (contract 1.5, data scope). */
function institutionOf(office: ReferenceRow, offices: readonly ReferenceRow[]): string {
  const top = offices.find((row) => typeof row.body['parentId'] !== 'number');
  const parentName = office.body['parentName'];
  return top !== undefined && top !== office ? top.name : typeof parentName === 'string' ? parentName : office.name;
}

function currencyCodeOf(row: ReferenceRow): string {
  const code = row.body['code'];
  return typeof code === 'string' ? code : row.name;
}

export function troubleCodeOf(
  trouble: Trouble,
): Extract<
  FoundingRefusal,
  'headOffice.unreachable' | 'headOffice.tenantUnknown' | 'headOffice.notAHeadOffice' | 'signIn.passwordExpired' | 'signIn.wrong'
> {
  switch (trouble.kind) {
    case 'unreachable':
      return 'headOffice.unreachable';
    case 'signInNeeded':
      return trouble.why === 'tenant'
        ? 'headOffice.tenantUnknown'
        : trouble.why === 'passwordExpired'
          ? 'signIn.passwordExpired'
          : 'signIn.wrong';
    case 'refused':
    case 'nonsense':
      return 'headOffice.notAHeadOffice';
  }
}
