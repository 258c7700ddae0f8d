// The table of capabilities: what an acceptance run walks, in this order. A new kind of deed adds one file and one line.

import type { Stage } from './stage.ts';
import { applications } from './chapters/applications.ts';
import { baskets } from './chapters/baskets.ts';
import { closedBooks } from './chapters/closedBooks.ts';
import { dayBehind } from './chapters/dayBehind.ts';
import { decisions } from './chapters/decisions.ts';
import { deposits } from './chapters/deposits.ts';
import { edits } from './chapters/edits.ts';
import { firstPull } from './chapters/firstPull.ts';
import { disbursals } from './chapters/disbursals.ts';
import { payoutsUndone } from './chapters/payoutsUndone.ts';
import { founding } from './chapters/founding.ts';
import { foundings } from './chapters/foundings.ts';
import { fourWaysOut } from './chapters/fourWaysOut.ts';
import { groupMembers } from './chapters/groupMembers.ts';
import { centers } from './chapters/centers.ts';
import { groupNames } from './chapters/groupNames.ts';
import { groupNumbers } from './chapters/groupNumbers.ts';
import { groupRoles } from './chapters/groupRoles.ts';
import { groups } from './chapters/groups.ts';
import { makerChecker } from './chapters/makerChecker.ts';
import { registrations } from './chapters/registrations.ts';
import { notes } from './chapters/notes.ts';
import { papers } from './chapters/papers.ts';
import { openings } from './chapters/openings.ts';
import { othersWork } from './chapters/othersWork.ts';
import { passwordChanged } from './chapters/passwordChanged.ts';
import { payOff } from './chapters/payOff.ts';
import { preparation } from './chapters/preparation.ts';
import { refusedThere } from './chapters/refusedThere.ts';
import { repayments } from './chapters/repayments.ts';
import { restarted } from './chapters/restarted.ts';
import { threeBooks } from './chapters/threeBooks.ts';
import { holds } from './chapters/holds.ts';
import { transfers } from './chapters/transfers.ts';
import { turns } from './chapters/turns.ts';
import { troubledLine } from './chapters/troubledLine.ts';
import { twoCounters } from './chapters/twoCounters.ts';
import { undoneThere } from './chapters/undoneThere.ts';
import { window } from './chapters/window.ts';
import { withdrawals } from './chapters/withdrawals.ts';
import { withoutLine } from './chapters/withoutLine.ts';

export interface Chapter {
  readonly name: string;
  readonly what: string;
  readonly walk: (stage: Stage) => Promise<void>;
  /** Without it nothing later can be walked. */
  readonly needed?: true;
}

export const CHAPTERS: readonly Chapter[] = [
  { name: 'founding', what: 'PCs connect to head office, the first of them before anything was prepared', walk: founding, needed: true },
  { name: 'preparation', what: 'an administrator prepares head office', walk: preparation, needed: true },
  { name: 'firstPull', what: 'the whole branch comes in, and equals head office account by account', walk: firstPull, needed: true },
  { name: 'repayments', what: 'repayments of every kind of loan, and where they went', walk: repayments },
  { name: 'payOff', what: 'a loan that only head office can reckon is paid off with its own figure of today', walk: payOff },
  { name: 'deposits', what: 'deposits by every way of paying', walk: deposits },
  { name: 'withdrawals', what: 'withdrawals with and without fees, and accounts that must not be paid from', walk: withdrawals },
  { name: 'baskets', what: 'several deeds of one client on one receipt, over a bad line, and one of them refused', walk: baskets },
  { name: 'groups', what: 'a group pays into its own loan and savings, and a member of it is named', walk: groups },
  { name: 'withoutLine', what: 'a morning without a line, sent when it returns', walk: withoutLine },
  { name: 'troubledLine', what: 'requests and answers lost, doubled, late, and answered by something else', walk: troubledLine },
  { name: 'fourWaysOut', what: 'a refused withdrawal resolved in each of the four ways', walk: fourWaysOut },
  { name: 'refusedThere', what: 'money taken for accounts that head office shut meanwhile', walk: refusedThere },
  { name: 'undoneThere', what: 'what was posted is undone at head office, and sent again', walk: undoneThere },
  { name: 'twoCounters', what: 'two PCs on one account and on one loan at one moment', walk: twoCounters },
  { name: 'notes', what: 'notes on a client, over lost requests and lost answers', walk: notes },
  {
    name: 'registrations',
    what: 'clients registered over lost requests and lost answers, many at once, and one that head office has already',
    walk: registrations,
  },
  {
    name: 'edits',
    what: 'what is known of a client changed over lost requests and lost answers, beside somebody else, and against them',
    walk: edits,
  },
  {
    name: 'papers',
    what: "a client's picture and identity paper with its sides, over lost requests and lost answers, and refused",
    walk: papers,
  },
  { name: 'holds', what: 'money held on an account and let go, over lost requests and lost answers, by others, and refused', walk: holds },
  { name: 'transfers', what: 'money moved between two accounts, over lost requests and lost answers, and refused', walk: transfers },
  {
    name: 'applications',
    what: 'loans applied for over lost requests and lost answers, of a client registered without a line to her first repayment, and refused',
    walk: applications,
  },
  {
    name: 'decisions',
    what: 'loans approved, rejected and decided again, over lost requests and lost answers, and overtaken',
    walk: decisions,
  },
  {
    name: 'disbursals',
    what: 'loans paid out at the counter, over lost requests and lost answers, and paid out by head office meanwhile',
    walk: disbursals,
  },
  {
    name: 'payoutsUndone',
    what: 'payouts taken back on their day, over lost requests and lost answers, paid out anew, and repaid at head office meanwhile',
    walk: payoutsUndone,
  },
  { name: 'othersWork', what: 'what other people do at head office comes in', walk: othersWork },
  { name: 'passwordChanged', what: 'a password changed at head office stops one person and nobody else', walk: passwordChanged },
  { name: 'window', what: 'reading through prepared reports: made, proved equal, and used', walk: window },
  // After the reading of a fresh PC is counted: it makes a group.
  {
    name: 'groupMembers',
    what: 'clients, one of them registered a minute ago, come to a group and go, over lost requests and lost answers',
    walk: groupMembers,
  },
  {
    name: 'groupNames',
    what: 'a group called something else, over lost requests and lost answers, against a name of head office’s and one that is taken',
    walk: groupNames,
  },
  {
    name: 'groupNumbers',
    what: 'the institution’s own number of a group, over lost requests and lost answers, against one of head office’s and one that is taken',
    walk: groupNumbers,
  },
  {
    name: 'centers',
    what: 'centers that head office makes, changes and closes come in with their groups, and those founded here stand there once',
    walk: centers,
  },
  {
    name: 'groupRoles',
    what: 'who of a group has which role, over lost requests and lost answers, and against what head office gave and took meanwhile',
    walk: groupRoles,
  },
  {
    name: 'foundings',
    what: 'groups founded over lost requests and lost answers, by clients registered a minute ago, and under a name that is taken',
    walk: foundings,
  },
  {
    name: 'turns',
    what: 'clients activated, rejected, withdrawn, closed and taken back over lost requests and lost answers',
    walk: turns,
  },
  {
    name: 'openings',
    what: 'savings accounts opened over lost requests and lost answers, of a client registered without a line to her first deposit, and overtaken',
    walk: openings,
  },
  { name: 'makerChecker', what: 'deeds that wait for a checker: approved, rejected, deleted', walk: makerChecker },
  { name: 'dayBehind', what: 'head office is a day behind', walk: dayBehind },
  { name: 'closedBooks', what: 'head office closed its books', walk: closedBooks },
  { name: 'restarted', what: 'the program ends and starts again', walk: restarted },
  { name: 'threeBooks', what: "head office's books, the branch's and the receipts, compared", walk: threeBooks },
];
