// What an administrator says of the institution: the house's own currency, and the country by which numbers are written and telephone numbers
// are read. Both were found; a person may know better. What is printed and what lies in a drawer stays in its own money.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { appendEntry } from '../../journal/appendEntry.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { changeOwnCurrency, currenciesKept } from '../../journal/ownCurrency.ts';
import { identityOf, readSetting, saveSetting } from '../../journal/settings.ts';
import type { BranchParts } from '../parts.ts';
import type { Session } from '../session/sessions.ts';

type HeadOffice = BranchContract['headOffice'];

export function showInstitution({ store }: BranchParts): AnswerOf<HeadOffice['showInstitution']> {
  return store.read((read) => {
    const own = identityOf(read).currency;
    const kept = currenciesKept(read).map(({ code, decimals, accounts, products }) => ({
      currency: { code, decimals },
      accounts,
      products,
    }));
    const isListed = kept.some(({ currency }) => currency.code === own.code);
    return ok({
      own,
      currencies: isListed ? kept : [{ currency: own, accounts: 0, products: 0 }, ...kept],
      country: read.institutionCountry(),
      countrySaid: readSetting(read, 'country') !== null,
      countries: [...read.knownCountries()],
    });
  });
}

export function changeCurrency(
  parts: BranchParts,
  session: Session,
  { code }: ParsedInputOf<HeadOffice['changeCurrency']>,
): AnswerOf<HeadOffice['changeCurrency']> {
  const answer = parts.store.write((write): AnswerOf<HeadOffice['changeCurrency']> => {
    const own = identityOf(write).currency;
    const chosen = currenciesKept(write).find((each) => each.code === code);
    if (chosen === undefined) return refuse({ code: 'currency.unknown', facts: { currency: code } });
    const currency = { code: chosen.code, decimals: chosen.decimals };
    if (own.code !== currency.code || own.decimals !== currency.decimals) changeOwnCurrency(write, parts, currency, session.username);
    return ok({ currency });
  });
  if (answer.ok) parts.events.tell({ what: 'start.changed' });
  return answer;
}

export function changeCountry(
  parts: BranchParts,
  session: Session,
  { code }: ParsedInputOf<HeadOffice['changeCountry']>,
): AnswerOf<HeadOffice['changeCountry']> {
  const answer = parts.store.write((write): AnswerOf<HeadOffice['changeCountry']> => {
    if (!write.knownCountries().includes(code)) return refuse({ code: 'country.unknown' });
    const before = write.institutionCountry();
    if (readSetting(write, 'country')?.code === code) return ok({ country: code });
    saveSetting(write, 'country', { code });
    appendEntry(write, parts.digest, {
      what: 'country.changed',
      by: session.username,
      businessDate: currentBusinessDate(write, parts.clock),
      at: parts.clock.now(),
      body: { from: before, to: code },
    });
    return ok({ country: code });
  });
  if (answer.ok) parts.events.tell({ what: 'start.changed' });
  return answer;
}
