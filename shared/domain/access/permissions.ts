// Tawi's rights, each granted by rights that head office already knows (contract 1.5), so nobody keeps two lists. The snapshot taken at the
// last online sign-in decides offline; head office decides again when a command arrives there.

export const PERMISSION_GRANTS = {
  'client.read': ['READ_CLIENT', 'ALL_FUNCTIONS_READ'],
  'loan.read': ['READ_LOAN', 'ALL_FUNCTIONS_READ'],
  'savings.read': ['READ_SAVINGSACCOUNT', 'ALL_FUNCTIONS_READ'],
  'client.note.add': ['CREATE_CLIENTNOTE'],
  'client.register': ['CREATE_CLIENT'],
  'client.edit': ['UPDATE_CLIENT'],
  'group.register': ['CREATE_GROUP'],
  'group.member.add': ['ASSOCIATECLIENTS_GROUP'],
  'group.member.remove': ['DISASSOCIATECLIENTS_GROUP'],
  'group.role.give': ['ASSIGNROLE_GROUP'],
  'group.role.take': ['UNASSIGNROLE_GROUP'],
  'group.activate': ['ACTIVATE_GROUP'],
  'group.edit': ['UPDATE_GROUP'],
  'group.assignStaff': ['ASSIGNSTAFF_GROUP'],
  'group.close': ['CLOSE_GROUP'],
  'center.register': ['CREATE_CENTER'],
  'center.activate': ['ACTIVATE_CENTER'],
  'client.close': ['CLOSE_CLIENT'],
  'client.reject': ['REJECT_CLIENT'],
  'client.withdrawRegistration': ['WITHDRAW_CLIENT'],
  'client.reopen': ['REACTIVATE_CLIENT'],
  'client.assignStaff': ['ASSIGNSTAFF_CLIENT'],
  'client.activate': ['ACTIVATE_CLIENT'],
  'client.picture.take': ['CREATE_CLIENTIMAGE'],
  'client.identifier.add': ['CREATE_CLIENTIDENTIFIER'],
  'client.document.add': ['CREATE_DOCUMENT'],
  'loan.repayment.take': ['REPAYMENT_LOAN'],
  'loan.apply': ['CREATE_LOAN'],
  'loan.approve': ['APPROVE_LOAN'],
  'loan.reject': ['REJECT_LOAN'],
  'loan.withdraw': ['WITHDRAW_LOAN'],
  'loan.approval.undo': ['APPROVALUNDO_LOAN'],
  'loan.disburse': ['DISBURSE_LOAN'],
  'loan.disbursal.undo': ['DISBURSALUNDO_LOAN'],
  'savings.deposit.take': ['DEPOSIT_SAVINGSACCOUNT'],
  'savings.withdrawal.pay': ['WITHDRAWAL_SAVINGSACCOUNT'],
  'savings.transfer': ['CREATE_ACCOUNTTRANSFER'],
  'savings.apply': ['CREATE_SAVINGSACCOUNT'],
  'savings.approve': ['APPROVE_SAVINGSACCOUNT'],
  'savings.activate': ['ACTIVATE_SAVINGSACCOUNT'],
  'savings.reject': ['REJECT_SAVINGSACCOUNT'],
  'savings.withdraw': ['WITHDRAW_SAVINGSACCOUNT'],
  'savings.approval.undo': ['APPROVALUNDO_SAVINGSACCOUNT'],
  'savings.close': ['CLOSE_SAVINGSACCOUNT'],
  'savings.hold': ['HOLDAMOUNT_SAVINGSACCOUNT'],
  'savings.release': ['RELEASEAMOUNT_SAVINGSACCOUNT'],
  'withdrawal.approve': ['WITHDRAWAL_SAVINGSACCOUNT_CHECKER', 'CHECKER_SUPER_USER'],
  'drawer.open': ['REPAYMENT_LOAN', 'DEPOSIT_SAVINGSACCOUNT', 'WITHDRAWAL_SAVINGSACCOUNT'],
  'day.close': ['WITHDRAWAL_SAVINGSACCOUNT_CHECKER', 'CHECKER_SUPER_USER'],
  'vault.keep': ['WITHDRAWAL_SAVINGSACCOUNT_CHECKER', 'CHECKER_SUPER_USER'],
  'offline.declare': ['WITHDRAWAL_SAVINGSACCOUNT_CHECKER', 'CHECKER_SUPER_USER'],
  'offline.end': ['WITHDRAWAL_SAVINGSACCOUNT_CHECKER', 'CHECKER_SUPER_USER'],
  'exception.resolve': ['WITHDRAWAL_SAVINGSACCOUNT_CHECKER', 'CHECKER_SUPER_USER'],
  'command.decide': ['WITHDRAWAL_SAVINGSACCOUNT_CHECKER', 'CHECKER_SUPER_USER'],
  'command.release': ['WITHDRAWAL_SAVINGSACCOUNT_CHECKER', 'CHECKER_SUPER_USER'],
  'signatureKey.bring': ['WITHDRAWAL_SAVINGSACCOUNT_CHECKER', 'CHECKER_SUPER_USER'],
  'printer.set': ['WITHDRAWAL_SAVINGSACCOUNT_CHECKER', 'CHECKER_SUPER_USER'],
  'headOffice.prepare': ['CREATE_DATATABLE'],
  'staff.unlock': ['WITHDRAWAL_SAVINGSACCOUNT_CHECKER', 'CHECKER_SUPER_USER'],
} as const;

export type Permission = keyof typeof PERMISSION_GRANTS;

export const PERMISSIONS = Object.keys(PERMISSION_GRANTS) as readonly Permission[];

/**
 * What is left to somebody whose password head office no longer takes, until they sign in with the line: money in is never turned away, and
 * this is what it takes to receive it. Nothing is paid out, agreed to or decided on a right that nobody can vouch for. That head office is to be
 * asked again they may say: where nobody may, a branch that was declared offline would stay so.
 */
export const MONEY_IN_PERMISSIONS: ReadonlySet<Permission> = new Set<Permission>([
  'client.read',
  'loan.read',
  'savings.read',
  'loan.repayment.take',
  'savings.deposit.take',
  'drawer.open',
  'offline.end',
]);

/** `granted` are head office's permission codes of one person. ALL_FUNCTIONS grants everything, as it does there. */
export function isPermitted(permission: Permission, granted: ReadonlySet<string>): boolean {
  return granted.has('ALL_FUNCTIONS') || PERMISSION_GRANTS[permission].some((code) => granted.has(code));
}
