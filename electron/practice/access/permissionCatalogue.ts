// The permissions that the practice head office knows, and what each seeded role may do. Names are head office's own
// (ACTION_ENTITY); a role gets no more than its work needs, so that tests meet real refusals.

const WRITES: Readonly<Record<string, string>> = {
  CLIENT: 'CREATE UPDATE DELETE ACTIVATE CLOSE REACTIVATE',
  CLIENTIDENTIFIER: 'CREATE UPDATE DELETE',
  CLIENTNOTE: 'CREATE UPDATE DELETE',
  CLIENTIMAGE: 'CREATE DELETE',
  GROUP: 'CREATE UPDATE ACTIVATE CLOSE ASSOCIATECLIENTS DISASSOCIATECLIENTS',
  LOAN: 'CREATE UPDATE DELETE APPROVE APPROVALUNDO REJECT WITHDRAW DISBURSE REPAYMENT ADJUST WRITEOFF CREDITBALANCEREFUND',
  LOANCHARGE: 'CREATE',
  SAVINGSACCOUNT:
    'CREATE UPDATE DELETE REJECT WITHDRAW APPROVE APPROVALUNDO ACTIVATE CLOSE DEPOSIT WITHDRAWAL UNDOTRANSACTION HOLDAMOUNT RELEASEAMOUNT BLOCK UNBLOCK BLOCKDEBIT UNBLOCKDEBIT BLOCKCREDIT UNBLOCKCREDIT POSTINTEREST',
  JOURNALENTRY: 'CREATE REVERSE',
  GLCLOSURE: 'CREATE DELETE',
  DATATABLE: 'CREATE DELETE',
  USER: 'CREATE UPDATE',
  ROLE: 'PERMISSIONS',
  PERMISSION: 'UPDATE',
  CONFIGURATION: 'UPDATE',
  BUSINESS_DATE: 'UPDATE',
};

const READS =
  'CLIENT CLIENTIMAGE CLIENTIDENTIFIER CLIENTNOTE DOCUMENT GROUP LOAN SAVINGSACCOUNT OFFICE STAFF CODE CODEVALUE CURRENCY PAYMENTTYPE FUND HOLIDAY WORKINGDAYS CONFIGURATION BUSINESS_DATE CHARGE LOANPRODUCT SAVINGSPRODUCT GLACCOUNT GLCLOSURE JOURNALENTRY AUDIT DATATABLE ROLE PERMISSION USER MAKERCHECKER';

const SPECIALS = ['ALL_FUNCTIONS', 'ALL_FUNCTIONS_READ', 'CHECKER_SUPER_USER', 'REPORTING_SUPER_USER', 'BYPASS_LOAN_WRITE_PROTECTION'];

export interface PermissionEntry {
  code: string;
  grouping: string;
  action: string;
  entity: string;
}

export function permissionCatalogue(): PermissionEntry[] {
  const entries: PermissionEntry[] = SPECIALS.map((code) => ({ code, grouping: 'special', action: code, entity: '' }));
  for (const entity of READS.split(' ')) entries.push({ code: `READ_${entity}`, grouping: 'portfolio', action: 'READ', entity });
  for (const [entity, actions] of Object.entries(WRITES)) {
    for (const action of actions.split(' ')) {
      entries.push({ code: `${action}_${entity}`, grouping: 'portfolio', action, entity });
      entries.push({ code: `${action}_${entity}_CHECKER`, grouping: 'portfolio', action: `${action}_CHECKER`, entity });
    }
  }
  return entries;
}

const COUNTER_READS =
  'CLIENT CLIENTIMAGE CLIENTIDENTIFIER CLIENTNOTE DOCUMENT GROUP LOAN SAVINGSACCOUNT OFFICE STAFF CODE CODEVALUE CURRENCY PAYMENTTYPE FUND HOLIDAY WORKINGDAYS CONFIGURATION BUSINESS_DATE CHARGE LOANPRODUCT SAVINGSPRODUCT GLACCOUNT GLCLOSURE JOURNALENTRY AUDIT DATATABLE USER'
    .split(' ')
    .map((entity) => `READ_${entity}`);

const CASHIER = [
  ...COUNTER_READS,
  'REPAYMENT_LOAN',
  'DEPOSIT_SAVINGSACCOUNT',
  'WITHDRAWAL_SAVINGSACCOUNT',
  'HOLDAMOUNT_SAVINGSACCOUNT',
  'RELEASEAMOUNT_SAVINGSACCOUNT',
  'CREATE_CLIENT',
  'UPDATE_CLIENT',
  'CREATE_CLIENTIDENTIFIER',
  'CREATE_CLIENTNOTE',
  'CREATE_CLIENTIMAGE',
];

const LOAN_OFFICER = [
  ...COUNTER_READS,
  'CREATE_CLIENT',
  'UPDATE_CLIENT',
  'CREATE_CLIENTIDENTIFIER',
  'CREATE_CLIENTNOTE',
  'CREATE_CLIENTIMAGE',
  'CREATE_GROUP',
  'UPDATE_GROUP',
  'ASSOCIATECLIENTS_GROUP',
  'CREATE_LOAN',
  'UPDATE_LOAN',
  'REPAYMENT_LOAN',
  'CREATE_SAVINGSACCOUNT',
];

const MANAGER_WRITES = [
  'ACTIVATE_CLIENT',
  'CLOSE_CLIENT',
  'DELETE_CLIENT',
  'ACTIVATE_GROUP',
  'APPROVE_LOAN',
  'APPROVALUNDO_LOAN',
  'REJECT_LOAN',
  'WITHDRAW_LOAN',
  'DISBURSE_LOAN',
  'ADJUST_LOAN',
  'WRITEOFF_LOAN',
  'CREDITBALANCEREFUND_LOAN',
  'CREATE_LOANCHARGE',
  'CREATE_JOURNALENTRY',
  'REVERSE_JOURNALENTRY',
  'UNDOTRANSACTION_SAVINGSACCOUNT',
  'APPROVE_SAVINGSACCOUNT',
  'ACTIVATE_SAVINGSACCOUNT',
  'REJECT_SAVINGSACCOUNT',
  'CLOSE_SAVINGSACCOUNT',
  'BLOCK_SAVINGSACCOUNT',
  'UNBLOCK_SAVINGSACCOUNT',
  'BLOCKDEBIT_SAVINGSACCOUNT',
  'UNBLOCKDEBIT_SAVINGSACCOUNT',
  'BLOCKCREDIT_SAVINGSACCOUNT',
  'UNBLOCKCREDIT_SAVINGSACCOUNT',
  'READ_MAKERCHECKER',
  'READ_ROLE',
  'READ_PERMISSION',
];

function managerPermissions(): string[] {
  const own = [...new Set([...CASHIER, ...LOAN_OFFICER, ...MANAGER_WRITES])];
  const checkers = own.filter((code) => !code.startsWith('READ_')).map((code) => `${code}_CHECKER`);
  return [...own, ...checkers];
}

export const ROLES: readonly { id: number; name: string; description: string; permissions: readonly string[] }[] = [
  { id: 1, name: 'Super user', description: 'Every function', permissions: ['ALL_FUNCTIONS'] },
  { id: 2, name: 'Cashier', description: 'Takes and pays money at the counter', permissions: CASHIER },
  { id: 3, name: 'Loan officer', description: 'Serves clients and groups in the field', permissions: LOAN_OFFICER },
  { id: 4, name: 'Branch manager', description: 'Approves and corrects', permissions: managerPermissions() },
];
