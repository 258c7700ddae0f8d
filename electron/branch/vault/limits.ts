// How much may lie in a drawer, and how little, as whoever keeps the vault says it: the house's word, in the chain with its maker.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { isLimitSound, type DrawerLimit } from '../../../shared/domain/cash/drawerLimits.ts';
import type { Json } from '../../../shared/kernel/canonicalJson.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { appendEntry } from '../../journal/appendEntry.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { areNotesTold, readSetting, saveSetting } from '../../journal/settings.ts';
import { countsBlind } from '../cash/countsBlind.ts';
import { currenciesOf } from '../cash/currencies.ts';
import { limitOf } from '../cash/drawerLimits.ts';
import type { BranchParts } from '../parts.ts';
import type { Session } from '../session/sessions.ts';

type Vault = BranchContract['vault'];

export function showLimits({ store }: BranchParts): AnswerOf<Vault['showLimits']> {
  return store.read((read) => ok(currenciesOf(read).map((currency) => ({ currency, ...limitOf(read, currency.code) }))));
}

export function showNotesTold({ store }: BranchParts): AnswerOf<Vault['showNotesTold']> {
  return store.read((read) => ok({ told: areNotesTold(read) }));
}

export function setNotesTold(
  parts: BranchParts,
  session: Session,
  { told }: ParsedInputOf<Vault['setNotesTold']>,
): AnswerOf<Vault['setNotesTold']> {
  return parts.store.write((write): AnswerOf<Vault['setNotesTold']> => {
    if (areNotesTold(write) === told) return ok({});
    saveSetting(write, 'notesTold', { told });
    appendEntry(write, parts.digest, {
      what: 'notes.toldSet',
      by: session.username,
      businessDate: currentBusinessDate(write, parts.clock),
      at: parts.clock.now(),
      body: { told },
    });
    return ok({});
  });
}

export function setLimit(
  parts: BranchParts,
  session: Session,
  { currency, least, most }: ParsedInputOf<Vault['setLimit']>,
): AnswerOf<Vault['setLimit']> {
  return parts.store.write((write): AnswerOf<Vault['setLimit']> => {
    if (!currenciesOf(write).some(({ code }) => code === currency)) return refuse({ code: 'drawer.noSuchCurrency', facts: { currency } });
    const limit: DrawerLimit = { least, most };
    if (!isLimitSound(limit)) return refuse({ code: 'limit.unfit' });
    if (countsBlind(write, session.username)) return refuse({ code: 'limit.countFirst' });
    // Where nothing can be sent anywhere, a stop would be for good.
    const isStop = [least, most].some((side) => side !== null && side.does !== 'warn');
    if (isStop && !write.vaultSums().some((sum) => sum.currency === currency)) return refuse({ code: 'vault.notOpened' });
    const kept = readSetting(write, 'drawerLimits')?.limits ?? {};
    saveSetting(write, 'drawerLimits', { limits: { ...kept, [currency]: limit } });
    appendEntry(write, parts.digest, {
      what: 'drawer.limitSet',
      by: session.username,
      businessDate: currentBusinessDate(write, parts.clock),
      at: parts.clock.now(),
      body: { currency, limit: limit as unknown as Json },
    });
    return ok({});
  });
}
