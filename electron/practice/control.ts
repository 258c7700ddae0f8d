// The levers behind the practice head office, for trainers and tests: its date, its refusals, its crashes, and what
// other people and jobs do meanwhile. Nothing here is random, and staff of other offices act through handle() like
// anybody, so that their deeds stand in the audit trail; jobs act without a row, as real ones do.
import { setPassword } from './access/accessRoutes.ts';
import { assertBalanced } from './accounting/ledger.ts';
import { inCurrency, jsonAmount } from './amounts.ts';
import { savingsCurrency } from './savings/savingsAccount.ts';
import { callerOf, findUser, passwordDigest } from './authentication.ts';
import { businessDate, type Call, type HeadOffice, setting } from './call.ts';
import { COMMAND_UNDER_PROCESSING } from './commandLayer.ts';
import { addDays } from './dates.ts';
import type { HeadOfficeReply, HeadOfficeRequest } from './headOfficeHttp.ts';
import { applyPenalties, type LoanRow } from './loans/loanAccount.ts';
import { type Manners, setManners } from './manners.ts';
import { postInterestOn } from './savings/plainInterest.ts';
import type { SavingsRow } from './savings/savingsAccount.ts';

export type ForeignAct = {
  username: string;
  kind: 'deposit' | 'withdrawal' | 'repayment' | 'block' | 'unblock' | 'close' | 'hold' | 'release';
  /** Loan for a repayment, savings account for the rest. */
  accountId: number;
  /** Minor units; for deposit, withdrawal, repayment and hold. */
  amountMinor?: number;
  /** The hold to release. */
  transactionId?: number;
  /** Without it the business date of the head office. */
  date?: string;
};

export interface PracticeControl {
  businessDate(): string;
  setBusinessDate(date: string): void;
  advanceBusinessDate(days: number): string;
  /** The next N writes are refused so. A lone command remembers the refusal under its key. */
  refuseNextWrites(count: number, status: number, code: string): void;
  /** The next lone command gets no reply (status 0) and its key answers 425 from then on. */
  crashNextCommand(when: 'beforeBusiness' | 'afterBusiness' | null): void;
  /** A key that is still unknown answers so until cleared with null; a stored one keeps its own answer. */
  answerKey(key: string, status: 409 | 425 | null): void;
  lockLoan(loanId: number, isLocked?: boolean): void;
  expireSignIn(username: string): void;
  outdatePassword(username: string): void;
  setPassword(username: string, password: string): void;
  setUserDisabled(username: string, isDisabled: boolean): void;
  /** For one user, whatever the roles say. */
  takePermission(username: string, code: string): void;
  givePermission(username: string, code: string): void;
  /** For every user of a role. */
  grantToRole(roleName: string, code: string): void;
  setMakerChecker(permission: string, isOn: boolean): void;
  setConfiguration(name: string, isEnabled: boolean): void;
  setManners(manners: Partial<Manners>): void;
  /** The command of this key looks as if it were still being done, for ever; what it did stands. */
  leaveUnderProcessing(key: string): void;
  actAs(act: ForeignAct): HeadOfficeReply;
  /** Any request in the name of a user, who needs no password here. */
  requestAs(username: string, request: Pick<HeadOfficeRequest, 'method' | 'url' | 'body'>): HeadOfficeReply;
  /** Server jobs; they leave no audit row. Each gives how many accounts it touched. */
  postInterest(): number;
  applyPenalties(): number;
  /** Removes processed command rows with lower ids than the one given, or all. */
  purgeProcessedCommands(beforeId?: number): number;
  deleteClient(clientId: number): HeadOfficeReply;
  deleteAccount(kind: 'loan' | 'savings', accountId: number): HeadOfficeReply;
  closePeriod(officeId: number, closingDate: string): HeadOfficeReply;
  /** An entry that somebody there books by hand. `amount` in minor units. */
  bookEntry(entry: BookedEntry): HeadOfficeReply;
}

export interface BookedEntry {
  readonly officeId: number;
  readonly date: string;
  readonly debitGlAccountId: number;
  readonly creditGlAccountId: number;
  readonly amountMinor: number;
  readonly referenceNumber: string;
}

const DATED = { dateFormat: 'yyyy-MM-dd', locale: 'en' };
const PENALTY = { chargeId: 1, name: 'Late penalty', amount: 15_000, waitDays: 2 };

export function createControl(office: HeadOffice, handle: (request: HeadOfficeRequest) => HeadOfficeReply): PracticeControl {
  const { book, faults } = office;

  const userId = (username: string): number => {
    const user = findUser(office, username);
    if (user === undefined) throw new Error(`practice head office knows no user ${username}`);
    return user.id;
  };

  /** In minor units of the currency that the savings account is kept in. */
  const amountOn = (savingsId: number | null, minor: number): number =>
    inCurrency(savingsId === null ? null : savingsCurrency(book, savingsId), () => jsonAmount(minor));

  const requestAs = (username: string, request: Pick<HeadOfficeRequest, 'method' | 'url' | 'body'>): HeadOfficeReply => {
    const user = findUser(office, username);
    if (user === undefined) throw new Error(`practice head office knows no user ${username}`);
    // A password of the moment lets the control pass the front door like anybody, and leaves the user's own in place.
    const passing = 'practice-control-pass';
    const state = [user.password_hash, user.disabled, user.sign_in_expired, user.password_outdated] as const;
    const planned = { refusal: faults.refusal, crash: faults.crash };
    faults.refusal = null;
    faults.crash = null;
    book.run(
      'UPDATE user_account SET password_hash = ?, disabled = 0, sign_in_expired = 0, password_outdated = 0 WHERE id = ?',
      passwordDigest(username, passing),
      user.id,
    );
    try {
      return handle({
        ...request,
        headers: {
          authorization: `Basic ${Buffer.from(`${username}:${passing}`).toString('base64')}`,
          'fineract-platform-tenantid': 'default',
          'content-type': 'application/json',
        },
      });
    } finally {
      faults.refusal = planned.refusal;
      faults.crash = planned.crash;
      book.run(
        'UPDATE user_account SET password_hash = ?, disabled = ?, sign_in_expired = ?, password_outdated = ? WHERE id = ?',
        ...state,
        user.id,
      );
    }
  };

  const jobCall = (): Call => {
    const user = findUser(office, 'system');
    if (user === undefined) throw new Error('the system user is missing');
    return {
      office,
      caller: callerOf(office, user),
      method: 'POST',
      path: '',
      query: new URLSearchParams(),
      body: null,
      contentType: 'application/json',
      key: null,
      enclosing: false,
      approving: null,
    };
  };

  const deletion = (url: string, free: () => void): HeadOfficeReply => {
    book.transaction(free);
    return requestAs('admin', { method: 'DELETE', url, body: '{}' });
  };

  return {
    businessDate: () => businessDate(office),
    setBusinessDate(date) {
      if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new Error('a business date is written YYYY-MM-DD');
      book.run('UPDATE setting SET value = ? WHERE name = ?', date, 'business_date');
      book.run('DELETE FROM setting WHERE name = ?', 'cob_date');
    },
    advanceBusinessDate(days) {
      book.run('UPDATE setting SET value = ? WHERE name = ?', addDays(setting(office, 'business_date'), days), 'business_date');
      return setting(office, 'business_date');
    },
    refuseNextWrites(count, status, code) {
      faults.refusal = count > 0 ? { remaining: count, status, code } : null;
    },
    crashNextCommand(when) {
      faults.crash = when;
    },
    answerKey(key, status) {
      if (status === null) faults.answerByKey.delete(key);
      else faults.answerByKey.set(key, status);
    },
    lockLoan(loanId, isLocked = true) {
      if (isLocked) faults.lockedLoans.add(loanId);
      else faults.lockedLoans.delete(loanId);
    },
    expireSignIn(username) {
      book.run('UPDATE user_account SET sign_in_expired = 1 WHERE id = ?', userId(username));
    },
    outdatePassword(username) {
      book.run('UPDATE user_account SET password_outdated = 1 WHERE id = ?', userId(username));
    },
    setPassword(username, password) {
      setPassword({ office }, username, password);
    },
    setUserDisabled(username, isDisabled) {
      book.run('UPDATE user_account SET disabled = ? WHERE id = ?', isDisabled ? 1 : 0, userId(username));
    },
    takePermission(username, code) {
      book.run('INSERT OR IGNORE INTO user_denied (user_id, code) VALUES (?, ?)', userId(username), code);
    },
    givePermission(username, code) {
      book.run('DELETE FROM user_denied WHERE user_id = ? AND code = ?', userId(username), code);
      const role = book.get('SELECT role_id FROM user_role WHERE user_id = ? ORDER BY role_id', userId(username)) as { role_id: number };
      book.run('INSERT OR IGNORE INTO role_permission (role_id, code) VALUES (?, ?)', role.role_id, code);
    },
    grantToRole(roleName, code) {
      const role = book.get('SELECT id FROM role WHERE name = ?', roleName) as { id: number } | undefined;
      if (role === undefined) throw new Error(`practice head office knows no role ${roleName}`);
      book.run('INSERT OR IGNORE INTO role_permission (role_id, code) VALUES (?, ?)', role.id, code);
    },
    setMakerChecker(permission, isOn) {
      if (book.change('UPDATE permission SET maker_checker = ? WHERE code = ?', isOn ? 1 : 0, permission) === 0) {
        throw new Error(`practice head office knows no permission ${permission}`);
      }
      if (isOn) book.run(`UPDATE configuration SET enabled = 1 WHERE name = 'maker-checker'`);
    },
    setConfiguration(name, isEnabled) {
      // Versions spell one name with either sign.
      const changed = book.change(
        "UPDATE configuration SET enabled = ? WHERE replace(name, '_', '-') = replace(?, '_', '-')",
        isEnabled ? 1 : 0,
        name,
      );
      if (changed === 0) {
        throw new Error(`practice head office knows no configuration ${name}`);
      }
    },
    setManners(manners) {
      setManners(book, manners);
    },
    leaveUnderProcessing(key) {
      book.run('UPDATE command_row SET status = ? WHERE key = ?', COMMAND_UNDER_PROCESSING, key);
    },
    actAs(act) {
      const date = act.date ?? businessDate(office);
      const post = (url: string, body: object): HeadOfficeReply =>
        requestAs(act.username, { method: 'POST', url, body: JSON.stringify(body) });
      const account = `/savingsaccounts/${String(act.accountId)}`;
      const amount = amountOn(act.kind === 'repayment' ? null : act.accountId, act.amountMinor ?? 0);
      switch (act.kind) {
        case 'deposit':
        case 'withdrawal':
          return post(`${account}/transactions?command=${act.kind}`, {
            ...DATED,
            transactionDate: date,
            transactionAmount: amount,
            paymentTypeId: 1,
          });
        case 'repayment':
          return post(`/loans/${String(act.accountId)}/transactions?command=repayment`, {
            ...DATED,
            transactionDate: date,
            transactionAmount: amount,
            paymentTypeId: 1,
          });
        case 'block':
          return post(`${account}?command=block`, { reasonForBlock: 'Blocked by another office' });
        case 'unblock':
          return post(`${account}?command=unblock`, {});
        case 'close':
          return post(`${account}?command=close`, { ...DATED, closedOnDate: date, withdrawBalance: true, paymentTypeId: 1 });
        case 'hold':
          return post(`${account}/transactions?command=holdAmount`, {
            ...DATED,
            transactionDate: date,
            transactionAmount: amount,
            reasonForBlock: 'Held by another office',
          });
        case 'release':
          return post(`${account}/transactions/${String(act.transactionId ?? 0)}?command=releaseAmount`, {});
      }
    },
    requestAs,
    postInterest() {
      return book.transaction(() => {
        const call = jobCall();
        const accounts = book.all('SELECT * FROM savings_account WHERE status = 300 ORDER BY id') as SavingsRow[];
        const touched = accounts.filter((account) => postInterestOn(call, account) > 0).length;
        assertBalanced(office);
        return touched;
      });
    },
    applyPenalties() {
      return book.transaction(() => {
        const call = jobCall();
        const loans = book.all('SELECT * FROM loan WHERE status = 300 ORDER BY id') as LoanRow[];
        const touched = loans.filter((loan) => applyPenalties(call, loan, PENALTY) > 0).length;
        assertBalanced(office);
        return touched;
      });
    },
    purgeProcessedCommands(beforeId = Number.MAX_SAFE_INTEGER) {
      return book.change('DELETE FROM command_row WHERE status = 1 AND id < ?', beforeId);
    },
    deleteClient(clientId) {
      return deletion(`/clients/${String(clientId)}`, () => {
        book.run('UPDATE client SET status = 100 WHERE id = ?', clientId);
      });
    },
    deleteAccount(kind, accountId) {
      return deletion(kind === 'loan' ? `/loans/${String(accountId)}` : `/savingsaccounts/${String(accountId)}`, () => {
        // Only a submitted account may be deleted, so it is made one first.
        book.run(
          kind === 'loan' ? 'UPDATE loan SET status = 100 WHERE id = ?' : 'UPDATE savings_account SET status = 100 WHERE id = ?',
          accountId,
        );
      });
    },
    closePeriod(officeId, closingDate) {
      return requestAs('admin', { method: 'POST', url: '/glclosures', body: JSON.stringify({ ...DATED, officeId, closingDate }) });
    },
    bookEntry({ officeId, date, debitGlAccountId, creditGlAccountId, amountMinor, referenceNumber }) {
      const amount = amountMinor / 100;
      const body = {
        ...DATED,
        officeId,
        currencyCode: 'KES',
        transactionDate: date,
        debits: [{ glAccountId: debitGlAccountId, amount }],
        credits: [{ glAccountId: creditGlAccountId, amount }],
        referenceNumber,
      };
      return requestAs('admin', { method: 'POST', url: '/journalentries', body: JSON.stringify(body) });
    },
  };
}
