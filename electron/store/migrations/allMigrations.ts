// The path from an empty file to the newest schema, in order. A new migration is added at the end and only adds: tables, columns with
// a default, indexes; a rule is only ever loosened. Old code must be able to keep working on what it knows.

import * as journal from './0001_journal.ts';
import * as replica from './0002_replica.ts';
import * as fees from './0003_withdrawal_fees.ts';
import * as counts from './0004_drawer_counts.ts';
import * as postedAfterAll from './0005_posted_after_all.ts';
import * as payOff from './0006_pay_off.ts';
import * as factsWithoutMoney from './0007_facts_without_money.ts';
import * as leftOut from './0008_left_out.ts';
import * as groupAccounts from './0009_group_accounts.ts';
import * as anew from './0010_anew.ts';
import * as searchIndex from './0011_search_index.ts';
import * as formAndPage from './0012_form_and_page.ts';
import * as boundToEntry from './0013_bound_to_entry.ts';
import * as olderTransactions from './0014_older_transactions.ts';
import * as daysInError from './0015_days_in_error.ts';
import * as severalEffects from './0016_several_effects.ts';
import * as narrowedLists from './0017_narrowed_lists.ts';
import * as currencies from './0018_currencies.ts';
import * as printLog from './0019_print_log.ts';
import * as printJobs from './0020_print_jobs.ts';
import * as loanDecisions from './0021_loan_decisions.ts';
import * as people from './0022_people.ts';
import * as piecesAndReports from './0023_pieces_and_reports.ts';
import * as rowSums from './0024_row_sums.ts';
import * as loanDisbursals from './0025_loan_disbursals.ts';
import * as skippedReports from './0026_skipped_reports.ts';
import * as files from './0027_files.ts';
import * as clientEdits from './0028_client_edits.ts';
import * as recovered from './0029_recovered.ts';
import * as vault from './0030_vault.ts';
import * as groupChanges from './0031_group_changes.ts';
import * as bankAndPettyCash from './0032_bank_and_petty_cash.ts';
import * as givenAgain from './0033_given_again.ts';
import * as loanApplications from './0034_loan_applications.ts';
import * as dayReopenings from './0035_day_reopenings.ts';
import * as groupRegistrations from './0036_group_registrations.ts';
import * as clientTurns from './0037_client_turns.ts';
import * as savingsApplications from './0038_savings_applications.ts';
import * as savingsWaiting from './0039_savings_waiting.ts';
import * as groupStates from './0040_group_states.ts';
import * as approvedDays from './0041_approved_days.ts';
import * as signedReceipts from './0042_signed_receipts.ts';
import * as payoutsBroughtBack from './0043_payouts_brought_back.ts';
import * as savingsClosed from './0044_savings_closed.ts';
import * as groupNames from './0045_group_names.ts';
import * as groupRoles from './0046_group_roles.ts';
import * as disbursalUndos from './0047_disbursal_undos.ts';
import * as cashChanged from './0048_cash_changed.ts';
import * as groupNumbers from './0049_group_numbers.ts';
import * as savingsHolds from './0050_savings_holds.ts';
import * as toldNotes from './0051_told_notes.ts';
import * as centerRegistrations from './0052_center_registrations.ts';
import * as papersThere from './0053_papers_there.ts';
import * as oneOrderOfMerged from './0054_one_order_of_merged.ts';

export interface Migration {
  readonly version: number;
  readonly sql: string;
}

export const allMigrations: readonly Migration[] = [journal, replica, fees, counts, postedAfterAll, payOff, factsWithoutMoney, leftOut, groupAccounts, anew, searchIndex, formAndPage, boundToEntry, olderTransactions, daysInError, severalEffects, narrowedLists, currencies, printLog, printJobs, loanDecisions, people, piecesAndReports, rowSums, loanDisbursals, skippedReports, files, clientEdits, recovered, vault, groupChanges, bankAndPettyCash, givenAgain, loanApplications, dayReopenings, groupRegistrations, clientTurns, savingsApplications, savingsWaiting, groupStates, approvedDays, signedReceipts, payoutsBroughtBack, savingsClosed, groupNames, groupRoles, disbursalUndos, cashChanged, groupNumbers, savingsHolds, toldNotes, centerRegistrations, papersThere, oneOrderOfMerged];
