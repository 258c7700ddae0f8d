// The naive ledger: written apart from the program, from receipts alone. Each line of a receipt is one sum on one account on one day; most
// receipts are one line. Head office's
// books must hold it once, or a closed case must say where it went. It knows nothing of states, keys, effects or cursors.

import type { Database } from 'better-sqlite3';
import type { Receipt } from '../../../shared/domain/records.ts';
import { isCommandKind, type CommandKindName } from '../../../shared/domain/commands/kinds/allKinds.ts';
import { KINDS_IN_THE_WORLD, kindsWhere, PAPERS_OUT } from '../../world/kindsInTheWorld.ts';
import type { Paper } from '../../world/branchWorld.ts';
import { BrokenPromise, holds } from './brokenPromise.ts';
import { NUMBER_LEARNED_LAST, NUMBERS_LEARNED, count, MARK, row, rows } from './rows.ts';
import { movedBySlips } from './slipChecker.ts';

export interface Posted {
  readonly number: string;
  readonly id: number;
  readonly account: 'loan' | 'savings';
  readonly accountNo: string;
  /** The number that an account had here before head office gave it one: the paper may name that. */
  readonly ownNo: string | null;
  readonly what: 'repayment' | 'disbursement' | 'deposit' | 'withdrawal' | 'other';
  readonly date: string;
  readonly amount: number;
}

const WHAT: Readonly<Record<string, Posted['what']>> = {
  loanRepayment: 'repayment',
  savingsDeposit: 'deposit',
  savingsWithdrawal: 'withdrawal',
  loanDisbursal: 'disbursement',
};

/** Everything that stands at head office under a receipt number; a later submission of it (`...~2`) is that receipt's. */
export function standingPostings(books: Database): readonly Posted[] {
  return rows<Posted>(
    books,
    `SELECT d.receipt_number AS number, t.id, 'savings' AS account, a.account_no AS accountNo, a.external_id AS ownNo,
       CASE t.type WHEN 1 THEN 'deposit' WHEN 2 THEN 'withdrawal' ELSE 'other' END AS what, t.date, t.amount
     FROM savings_transaction t JOIN payment_detail d ON d.id = t.payment_detail_id JOIN savings_account a ON a.id = t.account_id
     WHERE d.receipt_number IS NOT NULL AND t.reversed = 0
     UNION ALL
     SELECT d.receipt_number, t.id, 'loan', l.account_no, l.external_id, CASE t.type WHEN 1 THEN 'disbursement' WHEN 2 THEN 'repayment' ELSE 'other' END, t.date, t.amount
     FROM loan_transaction t JOIN payment_detail d ON d.id = t.payment_detail_id JOIN loan l ON l.id = t.loan_id
     WHERE d.receipt_number IS NOT NULL AND t.reversed = 0`,
  ).map((posted) => ({ ...posted, number: posted.number.replace(/~\d+$/, '') }));
}

export function receiptsIn(journal: Database): readonly Receipt[] {
  return rows<{ body: string }>(journal, 'SELECT body FROM journal_receipts ORDER BY position').map(
    ({ body }) => JSON.parse(body) as Receipt,
  );
}

/** One promise on paper, under the mark by which it is known at head office. */
interface Promised {
  readonly mark: string;
  readonly commandId: string | null;
  readonly kind: string;
  readonly account: string | null;
  readonly accountNo: string;
  readonly accountId: string | null;
  readonly amount: number;
  readonly date: string;
}

function promisesOf(receipt: Receipt): readonly Promised[] {
  const { lines } = receipt;
  return (lines ?? [receipt]).map((line, index) => ({
    mark: lines === undefined ? receipt.number : `${receipt.number}/${index + 1}`,
    commandId: line.commandId,
    kind: line.kind,
    account: line.accountKind,
    accountNo: line.accountNo,
    accountId: line.accountId,
    amount: line.amountMinor,
    date: receipt.businessDate,
  }));
}

/** `ownNo`: the number that its account has here for ever, where it was applied for here: a restore may give it another one there than stands on paper. */
function agree(promised: Promised, ownNo: string | undefined, posted: Posted): boolean {
  return (
    posted.account === promised.account &&
    (posted.accountNo === promised.accountNo || posted.ownNo === promised.accountNo || (ownNo !== undefined && posted.ownNo === ownNo)) &&
    posted.what === WHAT[promised.kind] &&
    posted.amount === promised.amount &&
    posted.date === promised.date
  );
}

/** What was recorded is nowhere found again as a form that is still to be posted. */
function checkDrafts(journal: Database): void {
  const used = new Set(
    rows<{ id: string }>(journal, 'SELECT form_id AS id FROM journal_commands WHERE form_id IS NOT NULL').map(({ id }) => id),
  );
  for (const { body } of rows<{ body: string }>(journal, 'SELECT body FROM local_drafts')) {
    const { formId } = JSON.parse(body) as { readonly formId?: string };
    holds(formId === undefined || !used.has(formId), 'ledger: a draft ends with its form', body);
  }
}

/** At any moment: nothing doubled, nothing invented, nothing altered, and every paper in somebody's hand is in the journal as it is. */
export function checkLedger(journals: readonly Database[], paper: readonly Paper[], books: Database): void {
  const receiptByNumber = new Map<string, Receipt>();
  for (const journal of journals) {
    for (const receipt of receiptsIn(journal)) {
      // A folder that was copied holds the very same receipts; another one under their number is what must not be.
      const known = receiptByNumber.get(receipt.number);
      holds(known === undefined || known.receiptId === receipt.receiptId, 'ledger: one number, one receipt', receipt.number);
      receiptByNumber.set(receipt.number, receipt);
    }
  }
  const formByNumber = new Map<string, string>();
  for (const journal of journals) checkDrafts(journal);
  const newPaper = new Set<string>();
  const pageByNumber = new Map<string, string>();
  const numberByForm = new Map<string, string>();
  for (const { formId, page, isNew, line } of paper) {
    const kept = receiptByNumber.get(line.receipt.number);
    if (kept === undefined)
      throw new BrokenPromise('ledger: no receipt is lost', `${line.receipt.number} was handed out and is not in the journal`);
    holds(
      kept.hash === line.receipt.hash && kept.amountMinor === line.receipt.amountMinor,
      'ledger: no receipt is altered',
      line.receipt.number,
    );
    const number = numberByForm.get(formId);
    holds(
      number === undefined || number === line.receipt.number,
      'ledger: one form, one receipt',
      `${number ?? ''} and ${line.receipt.number} came of the same form`,
    );
    numberByForm.set(formId, line.receipt.number);
    holds((formByNumber.get(line.receipt.number) ?? formId) === formId, 'ledger: one form, one receipt', line.receipt.number);
    formByNumber.set(line.receipt.number, formId);
    holds(
      !isNew || !newPaper.has(line.receipt.number),
      'ledger: a receipt is new once',
      `${line.receipt.number} was handed out as new a second time: what the client paid then is in no book`,
    );
    if (isNew) newPaper.add(line.receipt.number);
    holds(
      (pageByNumber.get(line.receipt.number) ?? page) === page,
      'ledger: a receipt is given again only to the page that waits for it',
      line.receipt.number,
    );
    pageByNumber.set(line.receipt.number, page);
  }
  // A manager may have let one be posted on a day that head office's books take.
  const postedOn = new Map(
    journals.flatMap((journal) =>
      rows<{ id: string; date: string }>(
        journal,
        `SELECT command_id AS id, json_extract(anew, '$.postedOn') AS date FROM journal_commands WHERE json_extract(anew, '$.postedOn') IS NOT NULL`,
      ).map(({ id, date }): [string, string] => [id, date]),
    ),
  );
  const promiseByMark = new Map(
    [...receiptByNumber.values()]
      .flatMap(promisesOf)
      .map((promised): [string, Promised] => [
        promised.mark,
        { ...promised, date: postedOn.get(promised.commandId ?? '') ?? promised.date },
      ]),
  );
  const ownNumbers = new Map(
    journals.flatMap((journal) =>
      rows<{ id: string; number: string }>(
        journal,
        `SELECT coalesce(json_extract(payload, '$.loanId'), json_extract(payload, '$.savingsId')) AS id, json_extract(payload, '$.localNumber') AS number
         FROM journal_commands WHERE kind IN ${APPLICATIONS}`,
      ).map(({ id, number }): [string, string] => [id, number]),
    ),
  );
  const seen = new Set<string>();
  for (const posted of standingPostings(books)) {
    const promised = promiseByMark.get(posted.number);
    if (promised === undefined)
      throw new BrokenPromise('ledger: nothing is invented', `head office holds ${posted.number}, which nobody wrote`);
    holds(
      agree(promised, ownNumbers.get(promised.accountId ?? ''), posted),
      'ledger: nothing is altered on the way',
      `${posted.number} stands there as ${posted.what} ${posted.amount} of ${posted.date} on ${posted.account} ${posted.accountNo}`,
    );
    holds(!seen.has(posted.number), 'ledger: nothing is doubled', `${posted.number} stands twice at head office`);
    seen.add(posted.number);
  }
  const twice = row<{ reference: string }>(
    books,
    `SELECT reference_number AS reference FROM journal_line WHERE reference_number IS NOT NULL AND reversed = 0
     GROUP BY reference_number HAVING count(DISTINCT transaction_ref) > 1`,
  );
  holds(twice === null, 'ledger: nothing is doubled', `suspense entry ${twice?.reference ?? ''} stands twice`);
  checkNotes(journals, books);
  checkDecisions(journals, books);
  checkEdits(journals, books);
  checkRegistrations(journals, books);
  checkFoundings(journals, books);
  checkApplications(journals, books);
  checkPapers(journals, books);
  checkTransfers(journals, books);
  checkHolds(journals, books);
}

interface Transferred {
  readonly from: number | null;
  readonly to: number | null;
  readonly amount: number;
  readonly date: string;
}

/** Every transfer under our mark at head office is one of ours: between its own two accounts, of its own sum and day, and there once. */
function checkTransfers(journals: readonly Database[], books: Database): void {
  // A folder that was copied has the command too, and not what was decided of it since.
  const written = new Map<string, Transferred[]>();
  for (const journal of journals)
    for (const { id, ...transferred } of rows<Transferred & { readonly id: string }>(
      journal,
      `SELECT c.command_id AS id, f.server_id AS "from", t.server_id AS "to", c.amount_minor AS amount,
         coalesce(json_extract(c.anew, '$.postedOn'), c.business_date) AS date
       FROM journal_commands c
       LEFT JOIN ${NUMBER_LEARNED_LAST} f ON f.kind = 'savings' AND f.local_id = json_extract(c.payload, '$.fromSavingsId')
       LEFT JOIN ${NUMBER_LEARNED_LAST} t ON t.kind = 'savings' AND t.local_id = json_extract(c.payload, '$.toSavingsId')
       WHERE c.kind IN ${kindsWhere(({ isTransfer }) => isTransfer)}`,
    ))
      written.set(id, [...(written.get(id) ?? []), transferred]);
  const seen = new Set<string>();
  for (const there of rows<Transferred & { readonly description: string }>(
    books,
    `SELECT from_id AS "from", to_id AS "to", amount, date, description FROM account_transfer WHERE description LIKE '%[Tawi %' AND reversed = 0`,
  )) {
    const id = /, ([\da-f-]{36})(?:~\d+)?\]$/.exec(there.description)?.[1] ?? '';
    const own = written.get(id);
    if (own === undefined)
      throw new BrokenPromise('ledger: nothing is invented', `head office moved what nobody asked for: ${there.description}`);
    holds(
      own.some(({ from, to, amount, date }) => from === there.from && to === there.to && amount === there.amount && date === there.date),
      'ledger: nothing is altered on the way',
      `the transfer ${id} stands there as ${there.amount} of ${there.date} from ${String(there.from)} to ${String(there.to)}`,
    );
    holds(!seen.has(id), 'ledger: nothing is doubled', `the transfer ${id} stands twice at head office`);
    seen.add(id);
  }
}

interface HeldThere {
  readonly account: number | null;
  readonly amount: number;
  readonly date: string;
}

/** Every hold under our mark at head office is one of ours, on its own account, of its own sum and day, and stands there once. */
function checkHolds(journals: readonly Database[], books: Database): void {
  // As with transfers, a copied folder has it too, as it was.
  const written = new Map<string, HeldThere[]>();
  for (const journal of journals)
    for (const { id, ...held } of rows<HeldThere & { readonly id: string }>(
      journal,
      `SELECT c.command_id AS id, s.server_id AS account, json_extract(c.payload, '$.amountMinor') AS amount,
         coalesce(json_extract(c.anew, '$.postedOn'), json_extract(c.payload, '$.heldOn')) AS date
       FROM journal_commands c LEFT JOIN ${NUMBER_LEARNED_LAST} s ON s.kind = 'savings' AND s.local_id = json_extract(c.payload, '$.savingsId')
       WHERE c.kind IN ${HOLDS_MADE}`,
    ))
      written.set(id, [...(written.get(id) ?? []), held]);
  for (const { reason, ...there } of rows<HeldThere & { readonly reason: string }>(
    books,
    `SELECT account_id AS account, amount, date, reason_for_block AS reason FROM savings_transaction
     WHERE type = 20 AND reversed = 0 AND reason_for_block LIKE '%[Tawi %'`,
  )) {
    const id = /\[Tawi ([\da-f-]{36})(?:~\d+)?\]$/.exec(reason)?.[1] ?? '';
    const own = written.get(id);
    if (own === undefined) throw new BrokenPromise('ledger: nothing is invented', `head office holds what nobody asked for: ${reason}`);
    holds(
      own.some(({ account, amount, date }) => account === there.account && amount === there.amount && date === there.date),
      'ledger: nothing is altered on the way',
      `the hold ${id} stands there as ${there.amount} of ${there.date} on ${String(there.account)}`,
    );
  }
  // Let go, it says nothing any more; what it was asked in stays longer.
  for (const id of written.keys()) {
    const times = count(books, HOLDS_OF, id);
    holds(times <= 1, 'ledger: nothing is doubled', `the hold ${id} stands ${String(times)} times at head office`);
  }
}

const HOLDS_MADE = kindsWhere(({ holds: what }) => what === 'made');
const HOLDS_LET_GO = kindsWhere(({ holds: what }) => what === 'letGo');

const HOLDS_OF = `SELECT count(*) FROM savings_transaction t WHERE t.type = 20 AND t.reversed = 0
  AND EXISTS (SELECT 1 FROM command_row r WHERE r.action = 'HOLDAMOUNT' AND r.resource_id = t.id AND instr(r.json, ?) > 0)`;

/** Held there under the number that head office answered; or let go, by that number, be it the hold's or what ended it. */
function heldThere(journal: Database, books: Database, id: string): number {
  const number =
    row<{ number: number }>(journal, 'SELECT server_resource_id AS number FROM journal_commands WHERE command_id = ?', id)?.number ?? 0;
  const isLetGo = count(journal, `SELECT count(*) FROM journal_commands WHERE command_id = ? AND kind IN ${HOLDS_LET_GO}`, id) > 0;
  const rule = isLetGo ? '(type = 21 OR release_id IS NOT NULL)' : 'type = 20';
  return count(books, `SELECT count(*) FROM savings_transaction WHERE id = ? AND ${rule}`, number);
}

/** Every decision under our mark at head office is one of ours, in its own words, on its own loan, and stands there once. */
function checkDecisions(journals: readonly Database[], books: Database): void {
  const written = new Map<string, { readonly text: string; readonly loan: number | null }>();
  for (const journal of journals)
    for (const { id, text, loan } of rows<{ id: string; text: string; loan: number | null }>(
      journal,
      `SELECT c.command_id AS id, json_extract(c.payload, '$.note') AS text, s.server_id AS loan FROM journal_commands c
       LEFT JOIN ${NUMBER_LEARNED_LAST} s ON s.kind = 'loan' AND c.subject = 'loan:' || s.local_id
       WHERE c.kind IN ${kindsWhere(({ isDecision }) => isDecision)}`,
    ))
      written.set(id, { text, loan });
  const seen = new Set<string>();
  for (const { note, loan } of rows<{ note: string; loan: number }>(
    books,
    `SELECT note, entity_id AS loan FROM note WHERE entity = 'loans' AND note LIKE '%[Tawi %'`,
  )) {
    const id = /, ([\da-f-]{36})\]$/.exec(note)?.[1];
    // The words beside a repayment stand there too, without a mark of this kind.
    const own = id === undefined ? undefined : written.get(id);
    if (id === undefined) continue;
    if (own === undefined) throw new BrokenPromise('ledger: nothing is invented', `head office holds a decision that nobody took: ${note}`);
    holds(note.startsWith(own.text) && loan === own.loan, 'ledger: nothing is altered on the way', `the decision ${id} reads ${note}`);
    holds(!seen.has(id), 'ledger: nothing is doubled', `the decision ${id} stands twice at head office`);
    seen.add(id);
  }
}

/** Every note under our mark at head office is one of ours, in its own words, on its own client, and stands there once. */
function checkNotes(journals: readonly Database[], books: Database): void {
  const written = new Map<string, { readonly text: string; readonly client: number | null }>();
  for (const journal of journals)
    for (const { id, text, client } of rows<{ id: string; text: string; client: number | null }>(
      journal,
      `SELECT c.command_id AS id, json_extract(c.payload, '$.text') AS text, k.server_id AS client FROM journal_commands c
       LEFT JOIN ${NUMBER_LEARNED_LAST} k ON k.kind = 'client' AND k.local_id = coalesce(
         (SELECT into_local_id FROM journal_merges WHERE kind = 'client' AND c.subject = 'client:' || local_id), substr(c.subject, 8))
       WHERE c.kind IN ${kindsWhere(({ isNote }) => isNote)}`,
    ))
      written.set(id, { text, client });
  const seen = new Set<string>();
  for (const { note, client } of rows<{ note: string; client: number }>(
    books,
    `SELECT note, entity_id AS client FROM note WHERE entity = 'clients' AND note LIKE '%[Tawi %'`,
  )) {
    const id = /, ([\da-f-]{36})\]$/.exec(note)?.[1] ?? '';
    const own = written.get(id);
    if (own === undefined) throw new BrokenPromise('ledger: nothing is invented', `head office holds a note that nobody wrote: ${note}`);
    holds(note.startsWith(own.text) && client === own.client, 'ledger: nothing is altered on the way', `the note ${id} reads ${note}`);
    holds(!seen.has(id), 'ledger: nothing is doubled', `the note ${id} stands twice at head office`);
    seen.add(id);
  }
}

interface Edited {
  readonly id: string;
  readonly state: string;
  readonly record: number;
  readonly sequence: number;
  readonly name: 'mobileNo' | 'lastname' | 'name' | 'externalId';
  readonly after: string | null;
  /** Refused once: where a manager sends it again, it comes after what was recorded later. */
  readonly anew: 0 | 1;
}

type EditedRecord = 'client' | 'group';
const EDITED_RECORDS: readonly EditedRecord[] = ['client', 'group'];

const editsOf = (
  of: EditedRecord,
): string => `SELECT c.command_id AS id, c.state, s.server_id AS record, c.sequence, f.key AS name, json_extract(f.value, '$.after') AS after,
    EXISTS (SELECT 1 FROM journal_command_events e WHERE e.command_id = c.command_id AND e.to_state = 'rejected') AS anew
  FROM journal_commands c JOIN json_each(c.payload, '$.fields') f JOIN ${NUMBERS_LEARNED} s ON s.kind = '${of}' AND s.local_id = coalesce(
    (SELECT into_local_id FROM journal_merges WHERE kind = '${of}' AND c.subject = '${of}:' || local_id), substr(c.subject, length('${of}:') + 1))
  WHERE c.kind IN ${kindsWhere(({ edits }) => edits === of)}`;

/** As head office's books hold it. */
const FIELD_THERE = {
  mobileNo: 'SELECT mobile_no AS said FROM client WHERE id = ?',
  lastname: 'SELECT lastname AS said FROM client WHERE id = ?',
  name: 'SELECT name AS said FROM client_group WHERE id = ?',
  // A branch's own number stands there where the institution has none.
  externalId: "SELECT CASE WHEN external_id GLOB 'G-*' THEN NULL ELSE external_id END AS said FROM client_group WHERE id = ?",
} as const;

function fieldThere(books: Database, name: Edited['name'], record: number): string | null | undefined {
  return row<{ said: string | null }>(books, FIELD_THERE[name], record)?.said;
}

/** What stands there under words that only this branch writes was written here, of that client or group. */
function checkEdits(journals: readonly Database[], books: Database): void {
  const written = new Set(
    journals.flatMap((journal) =>
      EDITED_RECORDS.flatMap((of) =>
        rows<Edited>(journal, editsOf(of)).map(({ record, after }) => `${of} ${String(record)} ${after ?? ''}`),
      ),
    ),
  );
  // Somebody is registered with the number of somebody else, who had it by a change: refused there, until that one is gone.
  const registeredWith = new Set(
    journals.flatMap((journal) =>
      rows<{ said: string | null }>(
        journal,
        `SELECT json_extract(payload, '$.mobileNo') AS said FROM journal_commands WHERE kind IN ${kindsWhere(({ isRegistration }) => isRegistration)}`,
      ).map(({ said }) => said),
    ),
  );
  for (const { of, id, said } of rows<{ of: EditedRecord; id: number; said: string }>(
    books,
    `SELECT 'client' AS "of", id, mobile_no AS said FROM client WHERE mobile_no LIKE '0688%' AND length(mobile_no) = 10
     UNION ALL SELECT 'client', id, lastname FROM client WHERE lastname LIKE 'Edited %'
     UNION ALL SELECT 'group', id, name FROM client_group WHERE name LIKE '% Kikundi______'
     UNION ALL SELECT 'group', id, external_id FROM client_group WHERE external_id LIKE 'kijiji-%'`,
  ))
    holds(
      written.has(`${of} ${String(id)} ${said}`) || registeredWith.has(said),
      'ledger: nothing is invented',
      `head office says ${said} of ${of} ${String(id)}, and nobody wrote it`,
    );
}

/** At the end: whoever last came to a group or went, as head office accepted it, belongs to it there or not. Several PCs may have said both. */
export function checkMembers(journals: readonly Database[], books: Database, touchedThere: ReadonlySet<string>): void {
  const last = new Map<string, Set<string>>();
  for (const journal of journals) {
    const ofThis = new Map<string, string>();
    for (const { group, client, what } of rows<{ group: number; client: number; what: string }>(
      journal,
      `SELECT g.server_id AS "group", k.server_id AS client, json_extract(c.payload, '$.change.what') AS what FROM journal_commands c
       JOIN ${NUMBER_LEARNED_LAST} g ON g.kind = 'group' AND g.local_id = coalesce(
         (SELECT into_local_id FROM journal_merges WHERE kind = 'group' AND c.subject = 'group:' || local_id), substr(c.subject, 7))
       JOIN ${NUMBER_LEARNED_LAST} k ON k.kind = 'client' AND k.local_id = coalesce(
         (SELECT into_local_id FROM journal_merges WHERE kind = 'client' AND local_id = json_extract(c.payload, '$.change.clientId')),
         json_extract(c.payload, '$.change.clientId'))
       WHERE c.state = 'accepted' AND c.kind IN ${kindsWhere(({ isGroupChange }) => isGroupChange === true)}
         AND what IN ('join', 'leave') ORDER BY c.sequence`,
    ))
      ofThis.set(`${String(group)} ${String(client)}`, what);
    for (const [pair, what] of ofThis) if (!touchedThere.has(pair)) last.set(pair, new Set([...(last.get(pair) ?? []), what]));
  }
  for (const [pair, whats] of last) {
    const [group = '', client = ''] = pair.split(' ');
    const isIn = count(books, 'SELECT count(*) FROM group_member WHERE group_id = ? AND client_id = ?', Number(group), Number(client)) > 0;
    holds(
      whats.has(isIn ? 'join' : 'leave'),
      'ledger: every change is accounted for',
      `group ${group}: ${[...whats].join(' or ')} of client ${client}`,
    );
  }
}

/**
 * At the end: whoever was last given a role, as head office accepted it, has it there once, and whoever gave it back has it not; nobody has one that
 * neither a branch nor head office gave. What head office did with a member's roles itself is in `touchedThere`.
 */
export function checkRoles(journals: readonly Database[], books: Database, touchedThere: ReadonlySet<string>): void {
  const last = new Map<string, Set<string>>();
  for (const journal of journals) {
    const ofThis = new Map<string, string>();
    for (const { group, client, what, role } of rows<{ group: number; client: number; what: string; role: string }>(
      journal,
      `SELECT g.server_id AS "group", k.server_id AS client, json_extract(c.payload, '$.change.what') AS what,
         coalesce(json_extract(c.payload, '$.change.role.name'), json_extract(c.payload, '$.change.role')) AS role FROM journal_commands c
       JOIN ${NUMBER_LEARNED_LAST} g ON g.kind = 'group' AND g.local_id = coalesce(
         (SELECT into_local_id FROM journal_merges WHERE kind = 'group' AND c.subject = 'group:' || local_id), substr(c.subject, 7))
       JOIN ${NUMBER_LEARNED_LAST} k ON k.kind = 'client' AND k.local_id = coalesce(
         (SELECT into_local_id FROM journal_merges WHERE kind = 'client' AND local_id = json_extract(c.payload, '$.change.clientId')),
         json_extract(c.payload, '$.change.clientId'))
       WHERE c.state = 'accepted' AND c.kind IN ${kindsWhere(({ isGroupChange }) => isGroupChange === true)}
         AND what IN ('giveRole', 'takeRole') ORDER BY c.sequence`,
    ))
      ofThis.set(`${String(group)} ${String(client)} ${role}`, what);
    for (const [held, what] of ofThis) last.set(held, new Set([...(last.get(held) ?? []), what]));
  }
  const there = rows<{ held: string; pair: string; times: number }>(
    books,
    `SELECT r.group_id || ' ' || r.client_id || ' ' || v.name AS held, r.group_id || ' ' || r.client_id AS pair, count(*) AS times
     FROM group_role r JOIN code_value v ON v.id = r.role_id GROUP BY held`,
  ).filter(({ pair }) => !touchedThere.has(pair));
  const stands = new Set(there.map(({ held }) => held));
  for (const { held, times } of there) {
    holds(times === 1, 'ledger: nothing is doubled', `the role ${held} stands ${String(times)} times at head office`);
    holds(last.get(held)?.has('giveRole') === true, 'ledger: nothing is invented', `head office has the role ${held}, and nobody gave it`);
  }
  for (const [held, whats] of last) {
    const [group = '', client = ''] = held.split(' ');
    if (touchedThere.has(`${group} ${client}`)) continue;
    holds(
      whats.has(stands.has(held) ? 'giveRole' : 'takeRole'),
      'ledger: every change is accounted for',
      `group, client and role ${held}: ${[...whats].join(' or ')}`,
    );
  }
}

/** At the end: a group is in the state, and served by whom, as the last accepted word of a branch said. Several PCs may have said one each. */
export function checkGroupTurns(journals: readonly Database[], books: Database): void {
  const last = new Map<string, Set<string>>();
  for (const journal of journals) {
    const ofThis = new Map<string, string>();
    for (const { group, what, staff } of rows<{ group: number; what: string; staff: number | null }>(
      journal,
      `SELECT g.server_id AS "group", json_extract(c.payload, '$.change.what') AS what,
         json_extract(c.payload, '$.change.staff.serverId') AS staff FROM journal_commands c
       JOIN ${NUMBER_LEARNED_LAST} g ON g.kind = 'group' AND g.local_id = coalesce(
         (SELECT into_local_id FROM journal_merges WHERE kind = 'group' AND c.subject = 'group:' || local_id), substr(c.subject, 7))
       WHERE c.state = 'accepted' AND c.kind IN ${kindsWhere(({ isGroupChange }) => isGroupChange === true)}
         AND what IN ('activate', 'close', 'serve') ORDER BY c.sequence`,
    ))
      ofThis.set(`${String(group)} ${what === 'serve' ? 'staff_id' : 'status'}`, String(what === 'serve' ? staff : GROUP_STATE[what]));
    for (const [field, value] of ofThis) last.set(field, new Set([...(last.get(field) ?? []), value]));
  }
  for (const [key, values] of last) {
    const [group = '', column = ''] = key.split(' ');
    const stands = row<{ value: number | null }>(books, `SELECT ${column} AS value FROM client_group WHERE id = ?`, Number(group))?.value;
    holds(
      values.has(String(stands)),
      'ledger: every change is accounted for',
      `group ${group}: ${column} ${String(stands)}, and a branch said ${[...values].join(' or ')}`,
    );
  }
}

const GROUP_STATE: Readonly<Record<string, number>> = { activate: 300, close: 600 };

const STATE_AFTER: Readonly<Record<string, number>> = { activate: 300, close: 600, reject: 700, withdraw: 800, reopen: 100 };

/** At the end: a client is in the state into which the last accepted turn brought it. Several PCs may have said one each. */
export function checkTurns(journals: readonly Database[], books: Database): void {
  const last = new Map<number, Set<number>>();
  for (const journal of journals) {
    const ofThis = new Map<number, number>();
    for (const { client, what } of rows<{ client: number; what: string }>(
      journal,
      `SELECT k.server_id AS client, json_extract(c.payload, '$.turn.what') AS what FROM journal_commands c
       JOIN ${NUMBER_LEARNED_LAST} k ON k.kind = 'client' AND k.local_id = coalesce(
         (SELECT into_local_id FROM journal_merges WHERE kind = 'client' AND local_id = json_extract(c.payload, '$.clientId')),
         json_extract(c.payload, '$.clientId'))
       WHERE c.state = 'accepted' AND c.kind IN ${kindsWhere(({ isTurn }) => isTurn === true)} ORDER BY c.sequence`,
    )) {
      const state = STATE_AFTER[what];
      if (state !== undefined) ofThis.set(client, state);
    }
    for (const [client, state] of ofThis) last.set(client, new Set([...(last.get(client) ?? []), state]));
  }
  for (const [client, states] of last) {
    const now = row<{ status: number }>(books, 'SELECT status FROM client WHERE id = ?', client)?.status ?? 0;
    holds(
      states.has(now),
      'ledger: every change is accounted for',
      `client ${String(client)} is ${String(now)} at head office, and ${[...states].join(' or ')} was accepted`,
    );
  }
}

/** Head office's states in which an account may be after a step, where nobody else decided on it. */
const STATES_AFTER: Readonly<Record<string, readonly number[]>> = {
  approve: [200],
  activate: [300, 600],
  reject: [500],
  withdraw: [400],
  undoApproval: [100],
  close: [600],
};

/** At the end: a savings account is in the state into which the last accepted step of a branch brought it, unless head office itself decided too. */
export function checkOpenings(journals: readonly Database[], books: Database, decidedThere: ReadonlySet<number>): void {
  const last = new Map<number, Set<string>>();
  for (const journal of journals) {
    const ofThis = new Map<number, string>();
    for (const { account, deed } of rows<{ account: number; deed: string }>(
      journal,
      `SELECT s.server_id AS account, json_extract(c.payload, '$.deed') AS deed FROM journal_commands c
       JOIN ${NUMBER_LEARNED_LAST} s ON s.kind = 'savings' AND s.local_id = json_extract(c.payload, '$.savingsId')
       WHERE c.state = 'accepted' AND c.kind IN ${kindsWhere(({ isOpeningStep }) => isOpeningStep === true)} ORDER BY c.sequence`,
    ))
      ofThis.set(account, deed);
    for (const [account, deed] of ofThis) last.set(account, new Set([...(last.get(account) ?? []), deed]));
  }
  for (const [account, deeds] of last) {
    const now = row<{ status: number }>(books, 'SELECT status FROM savings_account WHERE id = ?', account)?.status ?? 0;
    holds(
      decidedThere.has(account) || [...deeds].some((deed) => STATES_AFTER[deed]?.includes(now) === true),
      'ledger: every step of an account is accounted for',
      `savings account ${String(account)} is ${String(now)} at head office, and ${[...deeds].join(' or ')} was accepted`,
    );
  }
}

/** At the end: what the last accepted change of a field made of it stands there, unless somebody at head office wrote over it. */
export function checkEditsStand(journals: readonly Database[], books: Database): void {
  const last = new Map<string, Set<string | null>>();
  for (const journal of journals) {
    const ofThis = new Map<string, string | null>();
    const add = (field: string, after: string | null): unknown => last.set(field, new Set([...(last.get(field) ?? []), after]));
    const edits = EDITED_RECORDS.flatMap((of) => rows<Edited>(journal, `${editsOf(of)} ORDER BY c.sequence`));
    for (const edit of edits.filter(({ state }) => state === 'accepted')) {
      const field = `${String(edit.record)} ${edit.name}`;
      ofThis.set(field, edit.after);
      if (edit.anew === 1) add(field, edit.after);
    }
    for (const [field, after] of ofThis) add(field, after);
  }
  for (const [field, wanted] of last) {
    const [record, name] = field.split(' ') as [string, Edited['name']];
    const now = fieldThere(books, name, Number(record));
    const isTheirs = now != null && THEIRS[name].test(now);
    holds(
      now !== undefined && (wanted.has(now) || isTheirs),
      'ledger: every change is accounted for',
      `${name === 'name' || name === 'externalId' ? 'group' : 'client'} ${field} reads ${String(now)}, and ${[...wanted].join(' or ')} was accepted`,
    );
  }
}

/** What head office writes itself. */
const THEIRS: Readonly<Record<Edited['name'], RegExp>> = {
  mobileNo: /^07(?!88\d{6}$)/,
  lastname: /^Elsewhere /,
  name: / Jina\d{6}$/,
  externalId: /^jina-\d{6}$/,
};

/** Since it was made, here or there: who wrote that is looked at by itself. */
function isRenamed(name: string): boolean {
  return / (?:Edited |Elsewhere |Jina)\d{6}$/.test(name);
}

/** Every client that head office has under a number of ours was registered here, with these names, and stands there once. */
function checkRegistrations(journals: readonly Database[], books: Database): void {
  const registered = new Map<string, string[]>();
  for (const journal of journals)
    for (const { mark, name } of rows<{ mark: string; name: string }>(
      journal,
      `SELECT ${CLIENT_MARK} AS mark, trim(replace(json_extract(payload, '$.fullname') || ' ' || json_extract(payload, '$.firstname') || ' ' ||
         json_extract(payload, '$.middlename') || ' ' || json_extract(payload, '$.lastname'), '  ', ' ')) AS name
       FROM journal_commands WHERE kind IN ${kindsWhere(({ isRegistration }) => isRegistration)}`,
    ))
      registered.set(mark, [...(registered.get(mark) ?? []), name]);
  const seen = new Set<string>();
  for (const { mark, name } of rows<{ mark: string; name: string }>(
    books,
    `SELECT external_id AS mark, display_name AS name FROM client WHERE external_id LIKE 'P-%' OR external_id LIKE 'own-%'`,
  )) {
    const own = registered.get(mark);
    if (own === undefined)
      throw new BrokenPromise('ledger: nothing is invented', `head office has a client that nobody registered: ${mark}`);
    holds(own.includes(name) || isRenamed(name), 'ledger: nothing is altered on the way', `the client ${mark} is called ${name}`);
    holds(!seen.has(mark), 'ledger: nothing is doubled', `the client ${mark} stands twice at head office`);
    seen.add(mark);
  }
}

/** Every loan and savings account that head office has under a number of ours was applied for here on these terms, and stands there once. */
function checkApplications(journals: readonly Database[], books: Database): void {
  const applied = new Set(
    journals.flatMap((journal) =>
      rows<{ said: string }>(
        journal,
        `SELECT json_extract(payload, '$.localNumber') || ' ' ||
           coalesce(json_extract(payload, '$.principalMinor'), json_extract(payload, '$.terms.ratePercent') + 0) || ' ' ||
           json_extract(payload, '$.product.serverId') AS said
         FROM journal_commands WHERE kind IN ${APPLICATIONS}`,
      ).map(({ said }) => said),
    ),
  );
  const seen = new Set<string>();
  for (const { mark, said } of rows<{ mark: string; said: string }>(
    books,
    `SELECT external_id AS mark, external_id || ' ' || proposed_principal || ' ' || product_id AS said FROM loan WHERE external_id LIKE 'L-%'
     UNION ALL SELECT external_id, external_id || ' ' || (json_extract(terms, '$.annualRate') + 0) || ' ' || product_id FROM savings_account
     WHERE external_id LIKE 'S-%'`,
  )) {
    holds(applied.has(said), 'ledger: nothing is invented', `head office has an account that nobody applied for so: ${said}`);
    holds(!seen.has(mark), 'ledger: nothing is doubled', `the account ${mark} stands twice at head office`);
    seen.add(mark);
  }
}

/** Every group and center that head office has under a number of ours was founded here under that name, and stands there once, with who founded it. */
function checkFoundings(journals: readonly Database[], books: Database): void {
  const founded = new Map<string, string[]>();
  for (const journal of journals)
    for (const { mark, name } of rows<{ mark: string; name: string }>(
      journal,
      // Where the institution's own number is taken away, the branch's stands there.
      `SELECT ${CLIENT_MARK} AS mark, json_extract(payload, '$.name') AS name FROM journal_commands WHERE kind IN ${FOUNDINGS}
       UNION SELECT json_extract(payload, '$.localNumber'), json_extract(payload, '$.name') FROM journal_commands WHERE kind IN ${FOUNDINGS}`,
    ))
      founded.set(mark, [...(founded.get(mark) ?? []), name]);
  // Of which group, and whether it was this one, is looked at by itself.
  const named = new Set(journals.flatMap((journal) => rows<Edited>(journal, editsOf('group')).map(({ after }) => after)));
  const seen = new Set<string>();
  for (const { mark, name } of rows<{ mark: string; name: string }>(
    books,
    `SELECT external_id AS mark, name FROM client_group WHERE external_id GLOB '[GC]-*' OR external_id LIKE 'own-%'`,
  )) {
    holds(founded.has(mark), 'ledger: nothing is invented', `head office has a group that nobody founded: ${mark}`);
    holds(
      founded.get(mark)?.includes(name) === true || named.has(name) || isRenamed(name),
      'ledger: nothing is altered on the way',
      `the group ${mark} is called ${name}`,
    );
    holds(!seen.has(mark), 'ledger: nothing is doubled', `the group ${mark} stands twice at head office`);
    seen.add(mark);
  }
}

const FOUNDINGS = kindsWhere(({ isFounding }) => isFounding === true);

/** So many groups stand there that were founded under that mark: under it, or under the number that people gave it since. */
function groupsOf(journal: Database, books: Database, mark: string): number {
  const numbers = rows<{ id: number }>(
    journal,
    `SELECT DISTINCT s.server_id AS id FROM journal_commands c JOIN ${NUMBER_LEARNED_LAST} s ON s.kind IN ('group', 'center') AND s.local_id = coalesce(
       (SELECT into_local_id FROM journal_merges
        WHERE kind = s.kind AND local_id = coalesce(json_extract(c.payload, '$.groupId'), json_extract(c.payload, '$.centerId'))),
       json_extract(c.payload, '$.groupId'), json_extract(c.payload, '$.centerId'))
     WHERE c.kind IN ${FOUNDINGS} AND ${CLIENT_MARK} = ?`,
    mark,
  );
  const renumbered = `SELECT count(*) FROM client_group WHERE id = ? AND external_id IS NOT ?
    AND (external_id IS NULL OR external_id GLOB 'kijiji-*' OR external_id GLOB 'jina-*' OR external_id GLOB 'G-*')`;
  return numbers.reduce(
    (sum, { id }) => sum + count(books, renumbered, id, mark),
    count(books, 'SELECT count(*) FROM client_group WHERE external_id = ?', mark),
  );
}

const APPLICATIONS = kindsWhere(({ appliesFor }) => appliesFor !== undefined);
const ACCOUNTS_OF = `SELECT count(*) FROM (
  SELECT external_id FROM loan UNION ALL SELECT external_id FROM savings_account
) WHERE external_id = ?`;
const CLIENT_MARK = `coalesce(json_extract(payload, '$.externalId'), json_extract(payload, '$.localNumber'))`;
const CLIENTS_OF = 'SELECT count(*) FROM client WHERE external_id = ?';

/** Every identity paper and document under our mark at head office is one of ours, and stands there once. */
function checkPapers(journals: readonly Database[], books: Database): void {
  const written = new Set(
    journals.flatMap((journal) =>
      rows<{ id: string }>(journal, `SELECT command_id AS id FROM journal_commands WHERE kind IN ${PAPERS}`).map(({ id }) => id),
    ),
  );
  const seen = new Set<string>();
  for (const { words } of rows<{ words: string }>(
    books,
    `SELECT name AS words FROM document WHERE name LIKE '%[Tawi %'
     UNION ALL SELECT description FROM client_identifier WHERE description LIKE '%[Tawi %'`,
  )) {
    const id = /([\da-f-]{36})\]$/.exec(words)?.[1] ?? '';
    holds(written.has(id), 'ledger: nothing is invented', `head office holds a paper that nobody laid there: ${words}`);
    holds(!seen.has(id), 'ledger: nothing is doubled', `the paper ${id} stands twice at head office`);
    seen.add(id);
  }
}

const PAPERS = kindsWhere(({ paper }) => paper !== undefined);

/** How often it stands there, or what it was to tell. */
function papersThere(journal: Database, books: Database, id: string, paper: 'picture' | 'identifier' | 'document'): number {
  if (paper === 'document') return count(books, 'SELECT count(*) FROM document WHERE instr(name, ?) > 0', id);
  // A client that head office lost and has once more stands there under another number, and only under that.
  const told = row<{ key: string | null; client: string }>(
    journal,
    `SELECT json_extract(c.payload, '$.documentKey') AS key, coalesce(
       (SELECT into_local_id FROM journal_merges WHERE kind = 'client' AND local_id = json_extract(c.payload, '$.clientId')),
       json_extract(c.payload, '$.clientId')) AS client
     FROM journal_commands c WHERE c.command_id = ?`,
    id,
  );
  const client =
    told === null
      ? 0
      : count(
          journal,
          `SELECT coalesce(max(server_id), 0) FROM ${NUMBER_LEARNED_LAST} WHERE kind = 'client' AND local_id = ?`,
          told.client,
        );
  return paper === 'picture'
    ? count(books, `SELECT count(*) FROM image WHERE entity = 'clients' AND entity_id = ?`, client)
    : count(books, 'SELECT count(*) FROM client_identifier WHERE client_id = ? AND document_key = ?', client, told?.key ?? '');
}

/**
 * What the journal calls accepted since the last look stands, or stood, in head office's books under its number. `judgeable`: head office was
 * not put back to an earlier day in between.
 */
export function checkAccepted(name: string, journal: Database, books: Database, seen: Set<string>, judgeable: boolean): void {
  const accepted = rows<{ id: string; number: string | null; kind: CommandKindName; client: string }>(
    journal,
    `SELECT c.command_id AS id, c.kind, ${CLIENT_MARK} AS client, ${MARK} AS number FROM journal_commands c LEFT JOIN journal_receipts r ON r.receipt_id = c.receipt_id WHERE c.state = 'accepted'`,
  );
  for (const { id, number, kind, client } of accepted) {
    if (seen.has(id)) continue;
    seen.add(id);
    if (!judgeable) continue;
    const { paper } = KINDS_IN_THE_WORLD[kind];
    const there =
      paper !== undefined
        ? papersThere(journal, books, id, paper)
        : KINDS_IN_THE_WORLD[kind].isGroupChange === true ||
            KINDS_IN_THE_WORLD[kind].isTurn === true ||
            KINDS_IN_THE_WORLD[kind].isOpeningStep === true
          ? // Who belongs to it, and in which state a client or an account is, is looked at in the end: it may have been changed again.
            1
          : KINDS_IN_THE_WORLD[kind].edits !== undefined
            ? editsThere(journal, books, id)
            : KINDS_IN_THE_WORLD[kind].isTransfer
              ? count(books, TRANSFERS_OF, id)
              : KINDS_IN_THE_WORLD[kind].holds !== undefined
                ? heldThere(journal, books, id)
                : KINDS_IN_THE_WORLD[kind].isRegistration || KINDS_IN_THE_WORLD[kind].isFounding === true
                  ? KINDS_IN_THE_WORLD[kind].isRegistration
                    ? count(books, CLIENTS_OF, client)
                    : groupsOf(journal, books, client)
                  : KINDS_IN_THE_WORLD[kind].appliesFor !== undefined
                    ? count(books, ACCOUNTS_OF, client)
                    : KINDS_IN_THE_WORLD[kind].isNote || KINDS_IN_THE_WORLD[kind].isDecision
                      ? count(books, 'SELECT count(*) FROM note WHERE instr(note, ?) > 0', id)
                      : number === null
                        ? count(books, 'SELECT count(*) FROM journal_line WHERE reference_number = ?', id)
                        : count(
                            books,
                            "SELECT count(*) FROM payment_detail WHERE receipt_number = ? OR receipt_number GLOB ? || '~*'",
                            number,
                            number,
                          );
    holds(there > 0, 'I2 accepted is there', `${name}: ${number ?? id} is called accepted, and head office holds nothing of it`);
  }
}

/** It says so there now, under one of the numbers that the client had, or a request of these words went through. */
function editsThere(journal: Database, books: Database, id: string): number {
  const byField = Map.groupBy(
    EDITED_RECORDS.flatMap((of) => rows<Edited>(journal, `${editsOf(of)} AND c.command_id = ?`, id)),
    ({ name }) => name,
  );
  const isThere = ({ record, name, after }: Edited): boolean =>
    fieldThere(books, name, record) === after ||
    count(
      books,
      `SELECT count(*) FROM command_row WHERE entity IN ('CLIENT', 'GROUP') AND action = 'UPDATE' AND instr(json, ?) > 0`,
      after ?? '',
    ) > 0;
  return [...byField.values()].every((numbers) => numbers.some(isThere)) ? 1 : 0;
}

const TRANSFERS_OF = 'SELECT count(*) FROM account_transfer WHERE instr(description, ?) > 0 AND reversed = 0';

interface Ended {
  readonly state: string;
  readonly serverId: number | null;
  readonly resolution: string | null;
  /** The day on which head office posted it, where a manager let it be another than stands on paper. */
  readonly postedOn: string | null;
}

/**
 * At the end: an accepted note stands at head office, and what was given up does not. `judgeable`: head office was never put back. `others`: the
 * journals of the other PCs, one of which may be a copy of this one whose people decided the same command otherwise.
 */
export function checkFacts(name: string, journal: Database, books: Database, judgeable: boolean, others: readonly Database[]): void {
  for (const { id } of rows<{ id: string }>(
    journal,
    `SELECT command_id AS id FROM journal_commands WHERE state = 'accepted' AND kind IN ${kindsWhere(({ isNote, isDecision }) => isNote || isDecision)}`,
  ))
    holds(
      !judgeable || count(books, 'SELECT count(*) FROM note WHERE instr(note, ?) > 0', id) === 1,
      'ledger: every note and decision is accounted for',
      `${name}: ${id} is accepted and not there`,
    );
  for (const { client } of rows<{ client: string }>(
    journal,
    `SELECT ${CLIENT_MARK} AS client FROM journal_commands WHERE state = 'accepted' AND kind IN ${kindsWhere(({ isRegistration }) => isRegistration)}`,
  ))
    holds(
      !judgeable || count(books, CLIENTS_OF, client) === 1,
      'ledger: every registration is accounted for',
      `${name}: the client ${client} is accepted and not there`,
    );
  for (const { mark } of rows<{ mark: string }>(
    journal,
    `SELECT ${CLIENT_MARK} AS mark FROM journal_commands WHERE state = 'accepted' AND kind IN ${FOUNDINGS}`,
  ))
    holds(
      !judgeable || groupsOf(journal, books, mark) === 1,
      'ledger: every founding is accounted for',
      `${name}: the group ${mark} is accepted and not there`,
    );
  for (const { mark } of rows<{ mark: string }>(
    journal,
    `SELECT json_extract(payload, '$.localNumber') AS mark FROM journal_commands WHERE state = 'accepted' AND kind IN ${APPLICATIONS}`,
  ))
    holds(
      !judgeable || count(books, ACCOUNTS_OF, mark) === 1,
      'ledger: every application is accounted for',
      `${name}: the account ${mark} is accepted and not there`,
    );
  for (const { id, state } of rows<{ id: string; state: string }>(
    journal,
    `SELECT command_id AS id, state FROM journal_commands WHERE kind IN ${kindsWhere(({ isTransfer }) => isTransfer)}`,
  )) {
    const wanted = state === 'withdrawn' ? 0 : 1;
    holds(
      (wanted === 1 && !judgeable) || count(books, TRANSFERS_OF, id) === wanted,
      'ledger: every transfer is accounted for',
      `${name}: the transfer ${id} ended as ${state}, and stands there ${String(count(books, TRANSFERS_OF, id))} times`,
    );
  }
  for (const { id } of rows<{ id: string }>(
    journal,
    `SELECT command_id AS id FROM journal_commands WHERE state = 'accepted' AND kind IN ${HOLDS_MADE}`,
  ))
    holds(
      !judgeable || heldThere(journal, books, id) === 1,
      'ledger: every hold is accounted for',
      `${name}: the hold ${id} is accepted and not there`,
    );
  for (const { id } of rows<{ id: string }>(
    journal,
    `SELECT command_id AS id FROM journal_commands WHERE state = 'withdrawn' AND kind IN ${HOLDS_MADE}`,
  ))
    holds(
      count(books, 'SELECT count(*) FROM savings_transaction WHERE type = 20 AND reversed = 0 AND instr(reason_for_block, ?) > 0', id) ===
        0,
      'ledger: what was given up is not there',
      `${name}: the hold ${id} was withdrawn here and stands at head office`,
    );
  for (const { id } of rows<{ id: string }>(journal, `SELECT command_id AS id FROM journal_commands WHERE state = 'withdrawn'`))
    holds(
      count(books, 'SELECT count(*) FROM note WHERE instr(note, ?) > 0', id) === 0 ||
        others.some((other) => count(other, `SELECT count(*) FROM journal_commands WHERE command_id = ? AND state = 'accepted'`, id) > 0),
      'ledger: what was given up is not there',
      `${name}: ${id} was withdrawn here and stands at head office`,
    );
}

/** A payout that a later paper undid, and head office took that. */
function isUndone(journal: Database, commandId: string): boolean {
  return (
    count(
      journal,
      `SELECT count(*) FROM journal_commands WHERE state = 'accepted' AND json_extract(payload, '$.disbursalId') = ?
       AND kind IN ${kindsWhere(({ payout }) => payout === 'undone')}`,
      commandId,
    ) > 0
  );
}

function undoesPayout(kind: string): boolean {
  return isCommandKind(kind) && KINDS_IN_THE_WORLD[kind].payout === 'undone';
}

const WAY_BACK: ReadonlySet<string> = new Set(['moneyReturned', 'withdrawalReturned', 'disbursalReturned']);

/** What had come in by undoing a payout goes back by paying it out again. */
function isWayBack(of: string, paper: string): boolean {
  return undoesPayout(of) ? paper === 'disbursalPaidAgain' : WAY_BACK.has(paper);
}

/** At the end: every receipt is accounted for exactly once, at head office or by a closed case. */
export function checkAccounted(name: string, journal: Database, books: Database): void {
  const postings = Map.groupBy(standingPostings(books), (posted) => posted.number);
  const receipts = receiptsIn(journal);
  const recognised = new Set<string>();
  const papersOf = papersByPromise(receipts);
  for (const promised of receipts.flatMap(promisesOf)) {
    if (promised.commandId === null) continue;
    const there = postings.get(promised.mark)?.length ?? 0;
    const ended = row<Ended>(
      journal,
      `SELECT c.state, c.server_resource_id AS serverId, x.resolution, json_extract(c.anew, '$.postedOn') AS postedOn
       FROM journal_commands c LEFT JOIN journal_exceptions x ON x.command_id = c.command_id AND x.position =
         (SELECT max(position) FROM journal_exceptions d WHERE d.command_id = c.command_id AND d.closed_by <> ':headOffice')
       WHERE c.command_id = ?`,
      promised.commandId,
    );
    if (ended === null) throw new BrokenPromise('ledger: every receipt is accounted for', `${name}: ${promised.mark} has no command`);
    const way = ended.state === 'resolved' ? (ended.resolution ?? 'nothing') : ended.state;
    const wanted = way === 'accepted' && !undoesPayout(promised.kind) && !isUndone(journal, promised.commandId) ? 1 : 0;
    // What was given back and taken again, put into suspense and taken out of it: only what the last decision says may be left of it.
    const papers = papersOf(promised);
    const wayBack = papers.filter((other) => isWayBack(promised.kind, other.kind)).length;
    const papersLeft = 2 * wayBack - papers.length;
    holds(
      papersLeft === (way === 'reverse' || way === 'withdrawn' ? 1 : 0) && papers.every((other) => other.amount === promised.amount),
      'ledger: every receipt is accounted for',
      `${name}: ${promised.mark} ended as ${way}, with ${papers.map((other) => other.kind).join(', ')}`,
    );
    const inSuspense = suspenseOf(journal, books, promised.commandId);
    holds(
      inSuspense === (way === 'suspend' ? promised.amount : 0),
      'ledger: every receipt is accounted for',
      `${name}: ${promised.mark} ended as ${way}, and ${inSuspense} stands in suspense for it`,
    );
    if (way === 'recognise') {
      // A copy of the refused request came through after all: then it stands under its own number.
      if (there === 1) {
        const own = postings.get(promised.mark)?.[0]?.id;
        const beside = promised.account === 'savings' && own !== ended.serverId && standsInSavings(books, ended.serverId, promised) > 0;
        holds(
          !beside,
          'ledger: every receipt is accounted for',
          `${name}: ${promised.mark} stands, and so does what was recognised for it`,
        );
        continue;
      }
      // A loan that was reckoned anew gives its transactions new numbers, so there the sum and the day have to tell.
      const key = promised.account === 'loan' ? `loan ${promised.mark}` : `savings ${String(ended.serverId)}`;
      const stands =
        promised.account === 'loan'
          ? count(
              books,
              'SELECT count(*) FROM loan_transaction t JOIN loan l ON l.id = t.loan_id WHERE ? IN (l.account_no, l.external_id) AND t.amount = ? AND t.date = ? AND t.type = ? AND t.reversed = 0 AND t.external_id IS NULL',
              promised.accountNo,
              promised.amount,
              ended.postedOn ?? promised.date,
              WHAT[promised.kind] === 'disbursement' ? 1 : 2,
            )
          : standsInSavings(books, ended.serverId, promised);
      holds(
        stands >= 1 && !recognised.has(key),
        'ledger: every receipt is accounted for',
        `${name}: ${promised.mark} was recognised in ${key}, which stands ${stands} times or for another`,
      );
      recognised.add(key);
      continue;
    }
    holds(
      there === wanted,
      'ledger: every receipt is accounted for',
      `${name}: ${promised.mark} ended as ${way} and stands ${there} times at head office`,
    );
  }
}

/** The papers that only move cash, each under what it goes back on: alone by the mark, several together by the number and the account. */
function papersByPromise(receipts: readonly Receipt[]): (promised: Promised) => readonly Promised[] {
  const papers = receipts.flatMap((receipt) =>
    promisesOf(receipt).flatMap((paper) =>
      paper.commandId === null ? [{ note: receipt.note, together: receipt.lines !== undefined, paper }] : [],
    ),
  );
  return (promised) =>
    papers
      .filter(({ note, together, paper }) =>
        together
          ? note === promised.mark.split('/')[0] && paper.accountNo === promised.accountNo && paper.account === promised.account
          : note === promised.mark,
      )
      .map(({ paper }) => paper);
}

function standsInSavings(books: Database, serverId: number | null, promised: Promised): number {
  return count(books, 'SELECT count(*) FROM savings_transaction WHERE id = ? AND amount = ? AND reversed = 0', serverId, promised.amount);
}

/** What of one receipt's money stands in suspense at head office: each posting moves it there, or, the other way round, out of it. */
function suspenseOf(journal: Database, books: Database, commandId: string): number {
  const cases = rows<{ suspenseId: string }>(
    journal,
    `WITH RECURSIVE chain (command_id) AS (
       SELECT ? UNION SELECT x.suspense_command_id FROM chain c JOIN journal_exceptions x ON x.command_id = c.command_id
       WHERE x.suspense_command_id IS NOT NULL)
     SELECT command_id AS suspenseId FROM chain WHERE command_id <> ?`,
    commandId,
    commandId,
  );
  const first = row<{ kind: string }>(journal, 'SELECT kind FROM journal_commands WHERE command_id = ?', commandId);
  const suspense = row<{ id: number }>(
    journal,
    `SELECT json_extract(value, '$.suspenseGlAccountId') AS id FROM local_settings WHERE name = 'suspenseAccounts'`,
  );
  return cases.reduce((sum, { suspenseId }) => {
    const line = row<{ debit: number | null; credit: number | null }>(
      books,
      `SELECT sum(CASE WHEN type = 2 THEN amount END) AS debit, sum(CASE WHEN type = 1 THEN amount END) AS credit
       FROM journal_line WHERE reference_number = ? AND reversed = 0 AND gl_account_id = ?`,
      suspenseId,
      suspense?.id ?? 0,
    );
    const net = (line?.debit ?? 0) - (line?.credit ?? 0);
    return sum + (PAPERS_OUT.has(first?.kind ?? '') ? net : -net);
  }, 0);
}

/** Cash that must lie in each drawer, from its opening, the receipts of its holder and the slips that name it. */
export function checkCash(name: string, journal: Database, expectedOf: (drawerId: string) => number | null): void {
  const drawers = rows<{ id: string; opening: number }>(journal, 'SELECT drawer_id AS id, opening_minor AS opening FROM journal_drawers');
  for (const drawer of drawers) {
    const moved = rows<{ kind: string; amount: number }>(
      journal,
      `SELECT r.kind, r.amount_minor AS amount FROM journal_receipts r
       WHERE r.receipt_id IN (SELECT m.receipt_id FROM journal_movements m WHERE m.drawer_id = ?)`,
      drawer.id,
    );
    let cash = drawer.opening;
    for (const { kind, amount } of moved) cash += PAPERS_OUT.has(kind) ? -amount : amount;
    cash += movedBySlips(journal, drawer.id);
    const shown = expectedOf(drawer.id);
    holds(shown === null || shown === cash, 'I7 drawer identity', `${name}: a drawer says ${String(shown)}, its receipts say ${cash}`);
  }
}
