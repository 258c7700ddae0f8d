// Head office's day (contract 2.3). It fills every new form with it, whether it keeps a business date of its own or goes by the calendar of
// its zone, which nothing else tells. Who may not see that form asks for the business date: null where head office keeps none, and a date that
// was left behind when the feature was switched off is not its day.

import type { BusinessDate } from '../../shared/kernel/businessDate.ts';
import type { Answer, Credential } from '../ports/headOffice.ts';
import { decoding, isGone, wanted } from './line.ts';
import type { Line } from './line.ts';
import { Members, needed } from './members.ts';
import { withHyphens } from './shelves/reference.ts';

const FEATURE = 'enable-business-date';

export async function readToday(line: Line, credential: Credential): Promise<Answer<BusinessDate | null>> {
  const day = await dayIn(line, credential, '/clients/template?fields=activationDate', 'activationDate');
  return !day.ok && day.trouble.kind === 'refused' ? readBusinessDate(line, credential) : day;
}

export async function readBusinessDate(line: Line, credential: Credential): Promise<Answer<BusinessDate | null>> {
  const date = await dayIn(line, credential, '/businessdate/BUSINESS_DATE', 'date');
  if (!date.ok) return isGone(date.trouble) ? { ok: true, value: null } : date;
  const off = await isSwitchedOff(line, credential);
  if (!off.ok) return off;
  return off.value ? { ok: true, value: null } : date;
}

/** Nobody else answers with a day under its name: whoever does is heard as head office, with the clock that it tells. */
async function dayIn(line: Line, credential: Credential, url: string, name: 'activationDate' | 'date'): Promise<Answer<BusinessDate>> {
  const reply = await line.send({ method: 'GET', url }, credential);
  const answer = wanted(reply);
  if (!answer.ok) return answer;
  const day = decoding(() => {
    const members = new Members(answer.value, 'day');
    return needed(members.date(name), members, name);
  });
  if (day.ok) line.heard(reply);
  return day;
}

/** By the whole list, because asking for one by a name of another version is answered with a server error. Who may not see it sees a date. */
async function isSwitchedOff(line: Line, credential: Credential): Promise<Answer<boolean>> {
  const answer = await line.ask({ method: 'GET', url: '/configurations' }, credential);
  if (!answer.ok) return answer.trouble.kind === 'refused' ? { ok: true, value: false } : answer;
  return decoding(() =>
    new Members(answer.value, 'configurations')
      .children('globalConfiguration')
      .some((each) => withHyphens(each.text('name') ?? '') === FEATURE && each.raw['enabled'] === false),
  );
}
