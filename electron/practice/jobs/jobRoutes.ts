// The jobs of head office's own clock. They are told, and may be asked to run; when they do is their own affair, and in
// practice whoever holds the control runs them.
import { type Call, has, reply } from '../call.ts';
import { notAuthorized, notFound, unsupportedCommand } from '../errors.ts';
import { type Route, route } from '../router.ts';

/** Number, name, hour and minute of the day. */
const JOBS: readonly (readonly [number, string, number, number])[] = [
  [2, 'Update Loan Arrears Ageing', 0, 1],
  [4, 'Apply Annual Fee For Savings', 22, 20],
  [5, 'Apply Holidays To Loans', 12, 0],
  [6, 'Post Interest For Savings', 0, 0],
  [7, 'Transfer Fee For Loans From Savings', 0, 1],
  [8, 'Pay Due Savings Charges', 12, 0],
  [9, 'Update Accounting Running Balances', 0, 1],
  [10, 'Execute Standing Instruction', 0, 0],
  [11, 'Add Accrual Transactions', 0, 1],
  [12, 'Apply penalty to overdue loans', 0, 0],
  [13, 'Update Non Performing Assets', 0, 0],
  [14, 'Transfer Interest To Savings', 0, 2],
  [15, 'Update Deposit Accounts Maturity details', 0, 0],
  [16, 'Add Periodic Accrual Transactions', 0, 2],
  [17, 'Recalculate Interest For Loans', 0, 1],
  [18, 'Generate Mandatory Savings Schedule', 0, 5],
  [19, 'Generate Loan Loss Provisioning', 0, 0],
  [20, 'Post Dividends For Shares', 0, 0],
  [21, 'Update Savings Dormant Accounts', 0, 0],
  [22, 'Add Accrual Transactions For Loans With Income Posted As Transactions', 0, 1],
  [23, 'Execute Report Mailing Jobs', 0, 0],
  [24, 'Update SMS Outbound with Campaign Message', 0, 0],
  [25, 'Send Messages to SMS Gateway', 0, 0],
  [26, 'Get Delivery Reports from SMS Gateway', 0, 0],
  [27, 'Generate AdhocClient Schedule', 0, 0],
  [28, 'Update Email Outbound with campaign message', 0, 0],
  [29, 'Execute Email', 0, 0],
  [30, 'Update Trial Balance Details', 0, 1],
  [31, 'Execute All Dirty Jobs', 0, 0],
  [32, 'Increase Business Date by 1 day', 0, 0],
  [33, 'Increase COB Date by 1 day', 0, 0],
  [34, 'Loan COB', 0, 0],
  [35, 'Loan Delinquency Classification', 0, 1],
  [36, 'Send Asynchronous Events', 0, 0],
  [37, 'Purge External Events', 0, 0],
  [38, 'Purge Processed Commands', 0, 0],
];
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** In Nairobi, where head office keeps its time. */
const AHEAD_MS = 3 * HOUR_MS;

function nextRun(nowMs: number, hour: number, minute: number): string {
  const midnight = Math.floor((nowMs + AHEAD_MS) / DAY_MS) * DAY_MS - AHEAD_MS;
  const at = midnight + hour * HOUR_MS + minute * MINUTE_MS;
  return new Date(at > nowMs ? at : at + DAY_MS).toISOString().replace('.000Z', 'Z');
}

function jobReply(call: Call, [jobId, displayName, hour, minute]: (typeof JOBS)[number]): object {
  return {
    jobId,
    displayName,
    nextRunTime: nextRun(call.office.now(), hour, minute),
    cronExpression: `0 ${String(minute)} ${String(hour)} ${hour === 12 ? '* * ?' : '1/1 * ? *'}`,
    active: true,
    currentlyRunning: false,
  };
}

/** Jobs have a right of their own to be read, and one to be run. */
function requireRight(call: Call, right: string): void {
  if (!has(call.caller, right)) throw notAuthorized(right);
}

export const jobRoutes: readonly Route[] = [
  route('GET', 'jobs', (call) => {
    requireRight(call, 'READ_SCHEDULER');
    return reply(JOBS.map((job) => jobReply(call, job)));
  }),
  route('POST', 'jobs/:n', (call, parts) => {
    const command = call.query.get('command');
    if (command !== 'executeJob') throw unsupportedCommand(command, ['executeJob']);
    requireRight(call, 'EXECUTEJOB_SCHEDULER');
    const id = parts.number(0);
    if (!JOBS.some(([job]) => job === id))
      throw notFound('error.msg.sheduler.job.id.invalid', `Job detail with identifier ${String(id)} does not exist`, [id]);
    return { status: 202, headers: {}, body: '' };
  }),
];
