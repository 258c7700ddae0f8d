// Who is known already and may be the person that is about to be registered: by name in any order and by its sound, by phone, and by the
// institution's own id.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { likenessOf, type Described, type Likeness } from '../../../shared/domain/clients/alike.ts';
import { displayNameOf } from '../../../shared/domain/commands/kinds/clientRegistration.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { ok } from '../../../shared/kernel/result.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import type { ClientRecord, ReadStore } from '../../ports/store.ts';
import type { BranchParts } from '../parts.ts';
import { payoutMoment } from '../savings/payoutMoment.ts';
import { clientRow } from './clientRow.ts';

type Method = BranchContract['clients']['findAlike'];

const LOOKED_AT = 12;
const SHOWN = 5;

export function findAlike(parts: BranchParts, input: ParsedInputOf<Method>): AnswerOf<Method> {
  return parts.store.read((read) => {
    const businessDate = currentBusinessDate(read, parts.clock);
    const moment = payoutMoment(read, parts);
    return ok({
      alike: alikeTo(read, describedIn(input)).map(({ client, likeness }) => ({
        client: clientRow(read, client, businessDate, moment),
        dateOfBirth: client.dateOfBirth,
        why: [...likeness.why],
        likely: likeness.likely,
      })),
    });
  });
}

export function describedIn(input: ParsedInputOf<Method>): Described {
  const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  const names = { firstname: input.firstname.trim(), middlename: input.middlename.trim(), lastname: input.lastname.trim(), fullname: '' };
  return {
    displayName: displayNameOf(input.legalForm === 'person' ? names : { ...names, fullname: input.fullname.trim() }),
    mobileNo: orNull(input.mobileNo),
    externalId: orNull(input.externalId),
    dateOfBirth: input.legalForm === 'person' ? input.dateOfBirth : null,
  };
}

export interface AlikeClient {
  readonly client: ClientRecord;
  readonly likeness: Likeness;
}

/** The likeliest first; those for whom nothing but a birth date speaks are none. */
export function alikeTo(read: ReadStore, asked: Described): readonly AlikeClient[] {
  const found = new Map<LocalId, { readonly client: ClientRecord; readonly how: 'words' | 'sound' | null }>();
  const add = (text: string | null, isName: boolean): void => {
    if (text === null || text === '') return;
    for (const { client, how } of read.findClients(text, LOOKED_AT)) {
      const by = isName ? (how === 'soundsAlike' ? 'sound' : how === 'words' ? 'words' : null) : null;
      if (!found.has(client.clientId)) found.set(client.clientId, { client, how: by });
    }
  };
  add(asked.displayName, true);
  const words = asked.displayName.split(/\s+/u);
  // Somebody without the middle name, or with another one, is as likely.
  if (words.length > 2) add(`${words[0] ?? ''} ${words.at(-1) ?? ''}`, true);
  for (const phone of read.phonesIn(asked.mobileNo)) add(`+${phone}`, false);
  add(asked.mobileNo, false);
  add(asked.externalId, false);
  return [...found.values()]
    .map(({ client, how }) => ({ client, likeness: likenessOf(asked, client, how, read) }))
    .filter(({ likeness }) => likeness.score > 0)
    .sort((one, other) => other.likeness.score - one.likeness.score)
    .slice(0, SHOWN);
}
