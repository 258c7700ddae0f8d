// What Tawi needs at head office and what is there (contract 4.2, 12). Looking changes nothing. Where this person may not look, it says
// 'unknown' and works the weak way; it never guesses that a guard is there.

import type { Answer, Credential, PreparationItem } from '../../ports/headOffice.ts';
import { isGone } from '../line.ts';
import type { Line } from '../line.ts';
import { pullReference } from '../shelves/reference.ts';
import { signIn } from '../signIn.ts';
import { lackingRights, readMoneyRoles } from './roles.ts';
import { readTable } from './readTable.ts';
import { MARKER_TABLE, TABLES } from './tables.ts';
import type { TableKey } from './tables.ts';

export interface Preparation {
  readonly items: readonly PreparationItem[];
  readonly markers: 'strong' | 'weak';
}

function item(key: PreparationItem['key'], state: PreparationItem['state'], name: string, detail: string | null): PreparationItem {
  return { key, state, name, why: `preparation.${key}`, detail };
}

export async function checkPreparation(line: Line, credential: Credential): Promise<Answer<Preparation>> {
  const person = await signIn(line, credential);
  if (!person.ok) return person;
  const own = new Set(person.value.permissions);

  const items: PreparationItem[] = [];
  for (const key of ['markerTable', 'deviceTable'] as const satisfies readonly TableKey[]) {
    const table = await readTable(line, TABLES[key], credential);
    if (!table.ok) return table;
    items.push(item(key, table.value.state, TABLES[key].name, table.value.detail));
  }
  for (const check of [checkRights, checkLoanMarkers, checkCashPaymentType, checkSuspenseAccount, checkTransferAccount]) {
    const checked = await check(line, own, credential);
    if (!checked.ok) return checked;
    items.push(checked.value);
  }
  const audits = ['READ_AUDIT', 'ALL_FUNCTIONS', 'ALL_FUNCTIONS_READ'].some((code) => own.has(code));
  items.push(item('auditRights', audits ? 'present' : 'missing', 'READ_AUDIT', null));

  const stands = (key: PreparationItem['key']): boolean => items.some((each) => each.key === key && each.state === 'present');
  return { ok: true, value: { items, markers: stands('markerTable') && stands('markerRights') ? 'strong' : 'weak' } };
}

async function checkRights(line: Line, own: ReadonlySet<string>, credential: Credential): Promise<Answer<PreparationItem>> {
  const name = `CREATE_${MARKER_TABLE}, READ_${MARKER_TABLE}`;
  const roles = await readMoneyRoles(line, credential);
  if (roles.ok) {
    const lacking = roles.value.filter((role) => role.lacking.length > 0);
    const detail = lacking.map((role) => `${role.name}: ${role.lacking.join(', ')}`).join('; ');
    return { ok: true, value: item('markerRights', lacking.length === 0 ? 'present' : 'missing', name, detail === '' ? null : detail) };
  }
  if (roles.trouble.kind !== 'refused') return roles;
  // Not allowed to see roles: one's own rights are known all the same.
  const lacking = lackingRights(own);
  return { ok: true, value: item('markerRights', lacking.length === 0 ? 'present' : 'missing', name, lacking.join(', ') || null) };
}

/** Head offices before 1.9 do not know a transaction by our id; newer ones refuse an unknown one in their own words. */
async function checkLoanMarkers(line: Line, _own: ReadonlySet<string>, credential: Credential): Promise<Answer<PreparationItem>> {
  const probe = await line.ask({ method: 'GET', url: '/loans/external-id/tawi-probe/transactions/external-id/tawi-probe' }, credential);
  const found = (state: PreparationItem['state'], detail: string | null): Answer<PreparationItem> => ({
    ok: true,
    value: item('loanMarkers', state, 'externalId', detail),
  });
  if (probe.ok || isGone(probe.trouble)) return found('present', null);
  if (probe.trouble.kind === 'refused') return found('unknown', probe.trouble.code);
  if (probe.trouble.kind === 'nonsense' && probe.trouble.detail.startsWith('status 404')) return found('missing', null);
  return probe;
}

/** A fresh head office has no way of paying that it counts as cash, and then nothing can be taken or paid in cash. */
async function checkCashPaymentType(line: Line, _own: ReadonlySet<string>, credential: Credential): Promise<Answer<PreparationItem>> {
  const ways = await pullReference(line, 'paymentTypes', credential);
  if (!ways.ok) {
    if (ways.trouble.kind === 'refused') return { ok: true, value: item('cashPaymentType', 'unknown', '', ways.trouble.code) };
    return ways;
  }
  const cash = ways.value.filter(({ body }) => body['isCashPayment'] === true);
  const names = cash.map((way) => way.name).join(', ');
  return { ok: true, value: item('cashPaymentType', cash.length === 0 ? 'missing' : 'present', names, null) };
}

/** An asset or liability account for postings by hand, known by its name; every such account is listed for a person to choose from. */
async function checkSuspenseAccount(line: Line, _own: ReadonlySet<string>, credential: Credential): Promise<Answer<PreparationItem>> {
  const accounts = await pullReference(line, 'glAccounts', credential);
  if (!accounts.ok) {
    if (accounts.trouble.kind === 'refused') return { ok: true, value: item('suspenseAccount', 'unknown', '', accounts.trouble.code) };
    return accounts;
  }
  const usable = accounts.value.filter(
    ({ body }) =>
      (body['type'] === 'asset' || body['type'] === 'liability') &&
      body['takesPostings'] === true &&
      body['disabled'] !== true &&
      body['manualEntriesAllowed'] !== false,
  );
  const label = (row: (typeof usable)[number]): string => `${String(body(row))} ${row.name}`;
  const named = usable.filter((row) => /suspen[sc]|attente|transitori/i.test(`${row.name} ${String(body(row))}`));
  const chosen = named[0];
  const detail = (chosen === undefined ? usable : named).map(label).join('; ');
  return {
    ok: true,
    value: item('suspenseAccount', chosen === undefined ? 'missing' : 'present', chosen?.name ?? '', detail === '' ? null : detail),
  };
}

/**
 * Every transfer passes an account that head office has to know for it (the financial activity "liability transfer"); without one each is
 * refused. A person says which; the accounts that can be are listed.
 */
async function checkTransferAccount(line: Line, _own: ReadonlySet<string>, credential: Credential): Promise<Answer<PreparationItem>> {
  const activities = await pullReference(line, 'financialActivities', credential);
  if (!activities.ok) {
    if (activities.trouble.kind === 'refused') return { ok: true, value: item('transferAccount', 'unknown', '', activities.trouble.code) };
    return activities;
  }
  const account = activities.value.find((row) => row.body['carriesTransfers'] === true);
  return { ok: true, value: item('transferAccount', account === undefined ? 'missing' : 'present', account?.name ?? '', null) };
}

function body(row: { readonly body: Readonly<Record<string, string | number | boolean | null>> }): string | number | boolean | null {
  return row.body['glCode'] ?? '';
}
