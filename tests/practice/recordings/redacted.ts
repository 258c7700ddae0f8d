// What was taken out of the recordings before they were kept, put back by name: passwords in bodies, and credentials that
// were not those of the user whom the exchange names. The passwords are ours; only which equals which is the server's.

export const FIRST_PASSWORD = 'practice';
const SECOND_PASSWORD = 'practice2';

/** Exchange to the password of its body. */
const PASSWORDS: Readonly<Record<string, string>> = {
  '01/login.bad.password': 'wrong',
  '01/password.change.own.good': SECOND_PASSWORD,
  '01/password.change.own.norepeat': SECOND_PASSWORD,
  '01/password.change.own.differs': SECOND_PASSWORD,
  '01/password.practice2.after.empty': SECOND_PASSWORD,
  '01/password.change.other.forbidden': SECOND_PASSWORD,
  '01/password.change.own.and.name': SECOND_PASSWORD,
  '23/outdated.change.new': SECOND_PASSWORD,
};

/** Where the repeat differs from the password beside it. */
const REPEATED: Readonly<Record<string, string>> = { '01/password.change.own.differs': 'practice3' };

/** Exchange to its Authorization header; null is none. */
const CREDENTIALS: Readonly<Record<string, string | null>> = {
  '01/get.no.credentials': null,
  '01/get.bad.credentials': basic('achieng', 'wrong'),
  '01/get.malformed.credentials': 'Basic %%%',
  '01/get.bearer.credentials': 'Bearer abc',
  '01/get.no.tenant.no.credentials': null,
  '01/get.unknown.tenant.no.credentials': null,
  '01/get.unknown.path.no.credentials': null,
  '01/password.empty.basic': basic('daniel', ''),
  '03/failed.unauthenticated': basic('achieng', 'wrong'),
};

/** Names that the recordings give to users whose name at the server is another. */
const USERNAMES: Readonly<Record<string, string>> = { checker: 'checker1' };

export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

export function passwordsPutBack(exchange: string, body: unknown): unknown {
  if (Array.isArray(body)) return body;
  if (typeof body !== 'object' || body === null) return body;
  const password = PASSWORDS[exchange] ?? FIRST_PASSWORD;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      if (value !== '<redacted>') return [name, value];
      return [name, name === 'repeatPassword' ? (REPEATED[exchange] ?? password) : password];
    }),
  );
}

/** The header, or null for a request without credentials. */
export function authorizationOf(exchange: string, user: string | undefined): string | null {
  const given = CREDENTIALS[exchange];
  if (given !== undefined) return given;
  const username = USERNAMES[user ?? ''] ?? user ?? 'mifos';
  return basic(username, FIRST_PASSWORD);
}
