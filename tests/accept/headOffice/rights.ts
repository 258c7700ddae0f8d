// The rights that an institution gives its people for Tawi, and no more: the same lists as docs/head-office.md. What a role lacks here, it
// lacks in the acceptance run, and Tawi has to live with it.

/** Whatever a branch reads, anybody of it may have to read. */
const READS = [
  'READ_OFFICE',
  'READ_STAFF',
  'READ_CURRENCY',
  'READ_PAYMENTTYPE',
  'READ_LOANPRODUCT',
  'READ_SAVINGSPRODUCT',
  'READ_CHARGE',
  'READ_GLACCOUNT',
  'READ_FINANCIALACTIVITYACCOUNT',
  'READ_CLIENT',
  'READ_GROUP',
  'READ_CENTER',
  'READ_LOAN',
  'READ_SAVINGSACCOUNT',
  'READ_AUDIT',
  'READ_CONFIGURATION',
  'READ_HOLIDAY',
  'READ_WORKINGDAYS',
  'READ_BUSINESS_DATE',
  'READ_DATATABLE',
  'READ_CODEVALUE',
  'READ_FUND',
  'READ_CLIENTIMAGE',
] as const;

const COUNTER = [
  'REPAYMENT_LOAN',
  'DISBURSE_LOAN',
  'DISBURSALUNDO_LOAN',
  'DEPOSIT_SAVINGSACCOUNT',
  'WITHDRAWAL_SAVINGSACCOUNT',
  'CREATE_ACCOUNTTRANSFER',
  'CREATE_CLIENTNOTE',
  'CREATE_CLIENT',
  'ACTIVATE_CLIENT',
  'UPDATE_CLIENT',
  'READ_CLIENTNOTE',
  'CREATE_CLIENTIMAGE',
  'CREATE_CLIENTIDENTIFIER',
  'READ_CLIENTIDENTIFIER',
  'CREATE_DOCUMENT',
  'READ_DOCUMENT',
  'CREATE_SAVINGSACCOUNT',
  'HOLDAMOUNT_SAVINGSACCOUNT',
] as const;

/** Takes applications for loans, and decides on those that are not paid out. */
const LENDS = ['CREATE_LOAN', 'APPROVE_LOAN', 'APPROVALUNDO_LOAN', 'REJECT_LOAN', 'WITHDRAW_LOAN'] as const;

/** Decides on savings accounts that are opened, closes them, and lets go what is held on them. */
const OPENS = [
  'APPROVE_SAVINGSACCOUNT',
  'ACTIVATE_SAVINGSACCOUNT',
  'REJECT_SAVINGSACCOUNT',
  'WITHDRAW_SAVINGSACCOUNT',
  'APPROVALUNDO_SAVINGSACCOUNT',
  'CLOSE_SAVINGSACCOUNT',
  'RELEASEAMOUNT_SAVINGSACCOUNT',
] as const;

/** Looks after groups. */
const GROUPS = [
  'CREATE_GROUP',
  'ASSOCIATECLIENTS_GROUP',
  'DISASSOCIATECLIENTS_GROUP',
  'ASSIGNROLE_GROUP',
  'UNASSIGNROLE_GROUP',
  'ACTIVATE_GROUP',
  'UPDATE_GROUP',
  'ASSIGNSTAFF_GROUP',
  'CLOSE_GROUP',
  'CREATE_CENTER',
  'ACTIVATE_CENTER',
] as const;

/** Decides what becomes of a client. */
const CLIENTS = [
  'CLOSE_CLIENT',
  'REJECT_CLIENT',
  'WITHDRAW_CLIENT',
  'REACTIVATE_CLIENT',
  'UNDOREJECT_CLIENT',
  'UNDOWITHDRAWAL_CLIENT',
  'ASSIGNSTAFF_CLIENT',
] as const;

/** Decides cases, agrees to withdrawals, closes the day, and carries refused money in suspense. */
const DECIDES = ['WITHDRAWAL_SAVINGSACCOUNT_CHECKER', 'CREATE_JOURNALENTRY', 'READ_JOURNALENTRY'] as const;

/** What a checker at head office needs; Tawi does not ask for these. */
const CHECKS = ['DEPOSIT_SAVINGSACCOUNT_CHECKER', 'REPAYMENT_LOAN_CHECKER', 'CREATE_JOURNALENTRY_CHECKER'] as const;

export const ROLE_RIGHTS = {
  cashier: [...READS, ...COUNTER],
  manager: [...READS, ...COUNTER, ...DECIDES, ...LENDS, ...GROUPS, ...CLIENTS, ...OPENS],
  checker: [...READS, ...COUNTER, ...DECIDES, ...LENDS, ...GROUPS, ...CLIENTS, ...OPENS, ...CHECKS],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type RoleName = keyof typeof ROLE_RIGHTS;
