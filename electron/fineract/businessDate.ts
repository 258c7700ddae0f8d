// Head office's day (contract 2.3). Null where it keeps none of its own: then its day is the calendar day of the tenant's zone. A date that
// was left behind when the feature was switched off is not head office's day.

import type { BusinessDate } from '../../shared/kernel/businessDate.ts';
import type { Answer, Credential } from '../ports/headOffice.ts';
import { decoding, isGone } from './line.ts';
import type { Line } from './line.ts';
import { Members, needed } from './members.ts';

export async function readBusinessDate(line: Line, credential: Credential): Promise<Answer<BusinessDate | null>> {
  const answer = await line.ask({ method: 'GET', url: '/businessdate/BUSINESS_DATE' }, credential);
  if (!answer.ok) return isGone(answer.trouble) ? { ok: true, value: null } : answer;
  const date = decoding(() => {
    const day = new Members(answer.value, 'business date');
    return needed(day.date('date'), day, 'date');
  });
  if (!date.ok) return date;
  const feature = await line.ask({ method: 'GET', url: '/configurations/name/enable-business-date' }, credential);
  const off = feature.ok && !Array.isArray(feature.value) && (feature.value as { readonly enabled?: unknown }).enabled === false;
  return off ? { ok: true, value: null } : date;
}
