// What a handler is given: the office it serves, who calls, and the request in pieces. A call is made once
// per HTTP request and once per batch item; a handler must keep nothing of it.
import type { Book } from './book.ts';
import { dateInZone } from './dates.ts';
import { notAuthorized } from './errors.ts';
import type { HeadOfficeReply, HeadOfficeRequest } from './headOfficeHttp.ts';
import type { Manners } from './manners.ts';

export interface Faults {
  refusal: { remaining: number; status: number; code: string } | null;
  crash: 'beforeBusiness' | 'afterBusiness' | null;
  readonly lockedLoans: Set<number>;
  readonly answerByKey: Map<string, 409 | 425>;
}

export interface HeadOffice {
  readonly book: Book;
  readonly now: () => number;
  readonly zone: string;
  readonly faults: Faults;
  /** As they are now; they may be changed while the office is open. */
  readonly manners: () => Manners;
}

export interface Caller {
  id: number;
  username: string;
  officeId: number;
  /** Office hierarchy at and below which the caller sees accounts. */
  scope: string;
  staffId: number | null;
  permissions: ReadonlySet<string>;
}

export interface ApprovedCommand {
  id: number;
  madeBy: number;
}

export interface Call {
  readonly office: HeadOffice;
  readonly caller: Caller;
  readonly method: HeadOfficeRequest['method'];
  /** Path below the base, without a leading slash. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string | null;
  readonly contentType: string;
  readonly key: string | null;
  /** True inside a batch whose items live and die together: the batch holds the transaction. */
  readonly enclosing: boolean;
  readonly approving: ApprovedCommand | null;
}

export function reply(body: unknown, status = 200, headers: Record<string, string> = {}): HeadOfficeReply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

export function has(caller: Caller, permission: string): boolean {
  return caller.permissions.has(permission) || caller.permissions.has('ALL_FUNCTIONS');
}

export function requireRead(call: Call, entity: string): void {
  const permission = `READ_${entity}`;
  if (has(call.caller, permission) || call.caller.permissions.has('ALL_FUNCTIONS_READ')) return;
  throw notAuthorized(permission);
}

export function setting(office: HeadOffice, name: string): string {
  const row = office.book.get('SELECT value FROM setting WHERE name = ?', name) as { value: string } | undefined;
  if (row === undefined) throw new Error(`setting ${name} is missing`);
  return row.value;
}

/** The name has another spelling in later versions. */
export function isBusinessDateOn(office: HeadOffice): boolean {
  return isConfigured(office, 'enable_business_date') || isConfigured(office, 'enable-business-date');
}

/** With the feature on and a date set that date, else the calendar's. */
export function businessDate(office: HeadOffice): string {
  const row = isBusinessDateOn(office)
    ? (office.book.get(`SELECT value FROM setting WHERE name = 'business_date'`) as { value: string } | undefined)
    : undefined;
  return row?.value ?? dateInZone(office.now(), office.zone);
}

export function isConfigured(office: HeadOffice, name: string): boolean {
  const row = office.book.get('SELECT enabled FROM configuration WHERE name = ?', name) as { enabled: number } | undefined;
  return row?.enabled === 1;
}

export function hierarchyOf(office: HeadOffice, officeId: number): string | null {
  const row = office.book.get('SELECT hierarchy FROM office WHERE id = ?', officeId) as { hierarchy: string } | undefined;
  return row?.hierarchy ?? null;
}

export function isInScope(call: Call, officeId: number): boolean {
  return call.caller.scope === '.' || (hierarchyOf(call.office, officeId) ?? '').startsWith(call.caller.scope);
}
