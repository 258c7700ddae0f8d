// The practice head office: a Fineract-shaped server without sockets, kept in one SQLite file. It is where staff
// train and what every test plays against, so the same requests always give the same replies and the same book.
// It must never throw at a caller and never leave debits and credits apart.
import Database from 'better-sqlite3';
import { type LedgerProof, ledgerProof } from './accounting/ledger.ts';
import { accountingRoutes } from './accounting/accountingRoutes.ts';
import { closureRoutes } from './accounting/closureRoutes.ts';
import { accessRoutes } from './access/accessRoutes.ts';
import { auditRoutes } from './access/auditRoutes.ts';
import { makerCheckerRoutes } from './access/makerCheckerRoutes.ts';
import { authenticate, callerOf, requireTenant, signIn } from './authentication.ts';
import { runBatch } from './batches.ts';
import { type Book, openBook } from './book.ts';
import type { Call, Faults, HeadOffice } from './call.ts';
import { clientRoutes } from './clients/clientRoutes.ts';
import { clientChargeRoutes } from './clients/clientChargeRoutes.ts';
import { clientPaperRoutes } from './clients/clientPaperRoutes.ts';
import { familyRoutes } from './clients/familyRoutes.ts';
import { centerRoutes } from './groups/centerRoutes.ts';
import { groupRoutes } from './groups/groupRoutes.ts';
import { calendarRoutes } from './calendars/calendarRoutes.ts';
import { identifierRoutes } from './clients/identifierRoutes.ts';
import { createControl, type PracticeControl } from './control.ts';
import { datatableRoutes } from './datatables/datatableRoutes.ts';
import { entityCheckRoutes } from './datatables/entityCheckRoutes.ts';
import { dateInZone } from './dates.ts';
import { containerRefusal, passwordOutdated, Refusal, UnreadableParameter } from './errors.ts';
import type { HeadOfficeReply, HeadOfficeRequest } from './headOfficeHttp.ts';
import { type Manners, readManners, setManners } from './manners.ts';
import { jobRoutes } from './jobs/jobRoutes.ts';
import { loanRoutes } from './loans/loanRoutes.ts';
import { institutionRoutes } from './reference/institutionRoutes.ts';
import { noteRoutes } from './notes.ts';
import { referenceRoutes } from './reference/referenceRoutes.ts';
import { stampChanges } from './reports/changeStamps.ts';
import { keepReports, reportRoutes } from './reports/reportRoutes.ts';
import { searchRoutes } from './reference/searchRoutes.ts';
import { settingsRoutes } from './reference/settingsRoutes.ts';
import { onlyFields } from './onlyFields.ts';
import { dispatch as dispatchTo, type Route } from './router.ts';
import { savingsRoutes } from './savings/savingsRoutes.ts';
import { tellerRoutes } from './tellers/tellerRoutes.ts';
import { transferRoutes } from './transfers/transferRoutes.ts';
import { UPGRADES } from './schema.ts';
import { seedEmptyTenant } from './seed/seedEmptyTenant.ts';
import { seedHeadOffice } from './seed/seedHeadOffice.ts';

export interface PracticeOptions {
  /** ':memory:' allowed. */
  file: string;
  now: () => number;
  seed?: number;
  clients?: number;
  /** Some savings are kept in dollars, in a currency without minor units, and in one with three decimals. */
  currencies?: boolean;
  /** 'empty' is what a server makes on its first start: no institution, one administrator. Without it the seeded practice institution. */
  tenant?: 'empty';
  /** Of the server and its database; without it those that the tenant was made with. */
  manners?: Partial<Manners>;
  /** Initial; without it the date of now() in the zone. */
  businessDate?: string;
  zone?: string;
  /** Already open handle, used instead of file; closed with the head office. */
  database?: Database.Database;
}

export interface PracticeHeadOffice {
  handle(request: HeadOfficeRequest): HeadOfficeReply;
  control: PracticeControl;
  ledger(): LedgerProof;
  close(): void;
  snapshot(): Buffer;
}

const DEFAULT_SEED = 20261120;
const DEFAULT_CLIENTS = 420;

const ROUTES: readonly Route[] = [
  ...clientRoutes,
  ...groupRoutes,
  ...centerRoutes,
  ...calendarRoutes,
  ...identifierRoutes,
  ...familyRoutes,
  ...clientChargeRoutes,
  ...clientPaperRoutes,
  ...loanRoutes,
  ...savingsRoutes,
  ...transferRoutes,
  ...tellerRoutes,
  ...accountingRoutes,
  ...noteRoutes,
  ...closureRoutes,
  ...datatableRoutes,
  ...entityCheckRoutes,
  ...auditRoutes,
  ...makerCheckerRoutes((call) => dispatchTo(ROUTES, call)),
  ...accessRoutes,
  ...jobRoutes,
  ...referenceRoutes,
  ...institutionRoutes,
  ...reportRoutes,
  ...settingsRoutes,
  ...searchRoutes,
];

export function createPracticeHeadOffice(options: PracticeOptions): PracticeHeadOffice {
  const zone = options.zone ?? 'Africa/Nairobi';
  const database = options.database ?? new Database(options.file);
  if (!database.memory) database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  const book = openBook(database);
  const isNew = database.prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'setting'`).get() === undefined;
  if (!isNew) upgradeSchema(book);
  else if (options.tenant === 'empty') seedEmptyTenant(book);
  else {
    seedHeadOffice(book, {
      seed: options.seed ?? DEFAULT_SEED,
      clients: options.clients ?? DEFAULT_CLIENTS,
      businessDate: options.businessDate ?? dateInZone(options.now(), zone),
      currencies: options.currencies ?? false,
    });
  }
  keepReports(book);
  stampChanges(book, options.now);
  const faults: Faults = { refusal: null, crash: null, lockedLoans: new Set(), answerByKey: new Map() };
  const office: HeadOffice = { book, now: options.now, zone, faults, manners: () => readManners(book) };
  if (options.manners !== undefined) setManners(book, options.manners);
  const handle = (request: HeadOfficeRequest): HeadOfficeReply => {
    try {
      return handleOrThrow(office, request);
    } catch (error) {
      if (error instanceof Refusal) return { status: error.status, headers: { ...error.headers }, body: error.body };
      const { path } = pathOf(request.url);
      const unforeseen =
        error instanceof UnreadableParameter
          ? containerRefusal(404, 'Not Found', path, office.now())
          : containerRefusal(500, 'Internal Server Error', path, office.now());
      return { status: unforeseen.status, headers: { ...unforeseen.headers }, body: unforeseen.body };
    }
  };
  return {
    handle,
    control: createControl(office, handle),
    ledger: () => ledgerProof(book),
    close: () => {
      book.close();
    },
    snapshot: () => asMemoryImage(database.serialize()),
  };
}

function upgradeSchema(book: Book): void {
  for (;;) {
    const row = book.database.prepare(`SELECT value FROM setting WHERE name = 'schema_version'`).get() as { value: string };
    const upgrade = UPGRADES[row.value];
    if (upgrade === undefined) return;
    book.database.exec(upgrade);
  }
}

/** Bytes 18 and 19 of a database say how it was journalled; a write-ahead log cannot be opened from memory. */
function asMemoryImage(image: Buffer): Buffer {
  image.writeUInt8(1, 18);
  image.writeUInt8(1, 19);
  return image;
}

function pathOf(url: string): { path: string; query: URLSearchParams } {
  const [path = '', query = ''] = url.split('?');
  return { path: path.replace(/^\/+|\/+$/g, ''), query: new URLSearchParams(query) };
}

/** Papers and pictures come as they are; everything else is JSON or is not looked at. */
function requireJson(office: HeadOffice, request: HeadOfficeRequest, path: string): void {
  if (request.method === 'GET' || request.method === 'DELETE' || /\/(images|documents)(\/\d+)?$/.test(path)) return;
  if ((request.headers['content-type'] ?? 'application/json').startsWith('application/json')) return;
  throw containerRefusal(415, 'Unsupported Media Type', path, office.now());
}

function handleOrThrow(office: HeadOffice, request: HeadOfficeRequest): HeadOfficeReply {
  const { path, query } = pathOf(request.url);
  requireTenant(office, request.headers, query, path);
  if (path === 'authentication' && request.method === 'POST') return signIn(office, request.body, query);
  const user = authenticate(office, request.headers, path);
  requireJson(office, request, path);
  // Not even the call that would change it passes: only an administrator can set a new one.
  if (user.password_outdated === 1) throw passwordOutdated(user.id);
  const call: Call = {
    office,
    caller: callerOf(office, user),
    method: request.method,
    path,
    query,
    body: request.body,
    contentType: request.headers['content-type'] ?? 'application/json',
    key: request.headers['idempotency-key'] === '' ? null : (request.headers['idempotency-key'] ?? null),
    enclosing: false,
    approving: null,
  };
  const isBatch = path === 'batches' && request.method === 'POST';
  const whole = isBatch ? runBatch(call, (item) => dispatchTo(ROUTES, item)) : dispatchTo(ROUTES, call);
  const answer = call.method === 'GET' && query.has('fields') ? onlyFields(whole, path, query) : whole;
  return answer.status === 0 ? answer : { ...answer, headers: { ...answer.headers, 'x-notification-refresh': 'false' } };
}
