// Head office's day (contract 2.3). It fills every new form with it, whether it keeps a business date of its own or goes by the calendar of
// its zone, which nothing else tells. Who may not see that form asks for the business date: null where head office keeps none, and a date that
// was left behind when the feature was switched off is not its day.

import type { BusinessDate } from '../../shared/kernel/businessDate.ts';
import type { Answer, Credential } from '../ports/headOffice.ts';
import { decoding, isGone } from './line.ts';
import type { Line } from './line.ts';
import { Members, needed } from './members.ts';
import { withHyphens } from './shelves/reference.ts';

const FEATURE = 'enable-business-date';

export async function readToday(line: Line, credential: Credential): Promise<Answer<BusinessDate | null>> {
  const answer = await line.ask({ method: 'GET', url: '/clients/template?fields=activationDate' }, credential);
  if (!answer.ok) return answer.trouble.kind === 'refused' ? readBusinessDate(line, credential) : answer;
  return decoding(() => {
    const form = new Members(answer.value, 'new client');
    return needed(form.date('activationDate'), form, 'activationDate');
  });
}

export async function readBusinessDate(line: Line, credential: Credential): Promise<Answer<BusinessDate | null>> {
  const answer = await line.ask({ method: 'GET', url: '/businessdate/BUSINESS_DATE' }, credential);
  if (!answer.ok) return isGone(answer.trouble) ? { ok: true, value: null } : answer;
  const date = decoding(() => {
    const day = new Members(answer.value, 'business date');
    return needed(day.date('date'), day, 'date');
  });
  if (!date.ok) return date;
  const off = await isSwitchedOff(line, credential);
  if (!off.ok) return off;
  return off.value ? { ok: true, value: null } : date;
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
