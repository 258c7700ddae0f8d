// Who is calling: tenant header and Basic credentials on every request, and the sign-in itself. There are no
// sessions. Passwords are kept as salted digests; the practice password is public, so nothing stronger is needed.
import { createHash } from 'node:crypto';
import type { Book } from './book.ts';
import { type Caller, type HeadOffice, reply } from './call.ts';
import { containerRefusal, filterRefusal, malformedJson, notAuthenticated, type Refusal } from './errors.ts';
import type { HeadOfficeReply } from './headOfficeHttp.ts';

/** The password of every seeded member of staff. Public on purpose: it opens practice figures only. */
export const PRACTICE_PASSWORD = 'practice';

export interface UserRow {
  id: number;
  username: string;
  password_hash: string;
  office_id: number;
  scope: string;
  staff_id: number | null;
  firstname: string;
  lastname: string;
  email: string;
  disabled: number;
  sign_in_expired: number;
  password_outdated: number;
}

export function passwordDigest(username: string, password: string): string {
  return createHash('sha256').update(`${username}\n${password}`).digest('hex');
}

export function permissionsOf(office: HeadOffice, userId: number): string[] {
  const rows = office.book.all(
    `SELECT DISTINCT rp.code AS code FROM user_role ur JOIN role r ON r.id = ur.role_id AND r.disabled = 0
     JOIN role_permission rp ON rp.role_id = r.id WHERE ur.user_id = ?
     AND NOT EXISTS (SELECT 1 FROM user_denied d WHERE d.user_id = ur.user_id AND d.code = rp.code) ORDER BY rp.code`,
    userId,
  ) as { code: string }[];
  return rows.map((row) => row.code);
}

/** What each user may, until anything at all changes: nearly every request only reads. */
const granted = new WeakMap<Book, { readonly changes: unknown; readonly byUser: Map<number, ReadonlySet<string>> }>();

function grantedTo(office: HeadOffice, userId: number): ReadonlySet<string> {
  const { book } = office;
  // What is rolled back counts as changed before it and not after.
  if (book.database.inTransaction) return new Set(permissionsOf(office, userId));
  const { changes } = book.get('SELECT total_changes() AS changes') as { changes: number };
  let known = granted.get(book);
  if (known?.changes !== changes) {
    known = { changes, byUser: new Map() };
    granted.set(book, known);
  }
  const before = known.byUser.get(userId);
  if (before !== undefined) return before;
  const names = new Set(permissionsOf(office, userId));
  known.byUser.set(userId, names);
  return names;
}

export function callerOf(office: HeadOffice, user: UserRow): Caller {
  return {
    id: user.id,
    username: user.username,
    officeId: user.office_id,
    scope: user.scope,
    staffId: user.staff_id,
    permissions: grantedTo(office, user.id),
  };
}

export function findUser(office: HeadOffice, username: string): UserRow | undefined {
  return office.book.get('SELECT * FROM user_account WHERE username = ?', username) as UserRow | undefined;
}

function matching(office: HeadOffice, username: string, password: string): UserRow | null {
  const user = findUser(office, username);
  if (user?.disabled !== 0 || user.sign_in_expired === 1) return null;
  return user.password_hash === passwordDigest(username, password) ? user : null;
}

export function requireTenant(office: HeadOffice, headers: Record<string, string>, query: URLSearchParams, path: string): void {
  const tenant = headers['fineract-platform-tenantid'] ?? query.get('tenantIdentifier');
  if (tenant !== 'default') throw filterRefusal(400, 'Bad Request', `/fineract-provider/api/v1/${path}`, office.now());
}

export function authenticate(office: HeadOffice, headers: Record<string, string>, path: string): UserRow {
  const refuse = (): Refusal => filterRefusal(401, 'Unauthorized', `/fineract-provider/api/v1/${path}`, office.now());
  const found = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(headers['authorization'] ?? '');
  const credentials = Buffer.from(found?.[1] ?? '', 'base64').toString('utf8');
  const colon = credentials.indexOf(':');
  if (colon < 1) throw refuse();
  const user = matching(office, credentials.slice(0, colon), credentials.slice(colon + 1));
  if (user === null) throw refuse();
  return user;
}

/** POST /authentication: public, answers 401 in the global shape. */
export function signIn(office: HeadOffice, body: string | null, query: URLSearchParams): HeadOfficeReply {
  let asked: { username?: unknown; password?: unknown };
  try {
    asked = body === null || body === '' ? {} : (JSON.parse(body) as typeof asked);
  } catch {
    throw malformedJson();
  }
  if (typeof asked.username !== 'string' || typeof asked.password !== 'string')
    throw containerRefusal(500, 'Internal Server Error', 'authentication', office.now());
  const user = matching(office, asked.username, asked.password);
  if (user === null) throw notAuthenticated();
  const start = {
    username: user.username,
    userId: user.id,
    base64EncodedAuthenticationKey: Buffer.from(`${asked.username}:${asked.password}`).toString('base64'),
    authenticated: true,
  };
  if (user.password_outdated === 1) return reply({ ...start, shouldRenewPassword: true, isTwoFactorAuthenticationRequired: false });
  const place = office.book.get('SELECT name FROM office WHERE id = ?', user.office_id) as { name: string };
  return reply({
    ...start,
    officeId: user.office_id,
    officeName: place.name,
    ...(user.staff_id === null ? {} : { staffId: user.staff_id, staffDisplayName: `${user.lastname}, ${user.firstname}` }),
    roles: rolesOf(office, user.id),
    permissions: permissionsOf(office, user.id),
    shouldRenewPassword: false,
    ...(query.get('returnClientList') === 'true' ? { clients: [] } : {}),
    isTwoFactorAuthenticationRequired: false,
  });
}

export function rolesOf(office: HeadOffice, userId: number): object[] {
  const rows = office.book.all(
    'SELECT r.id, r.name, r.description, r.disabled FROM user_role ur JOIN role r ON r.id = ur.role_id WHERE ur.user_id = ? ORDER BY r.id',
    userId,
  ) as { id: number; name: string; description: string; disabled: number }[];
  return rows.map((row) => ({ ...row, disabled: row.disabled === 1 }));
}
