// Short lists that change rarely and are replaced whole, in head office's order.

import type { WholeShelf } from './shelf.ts';

export const references: readonly WholeShelf[] = [
  { name: 'offices', audited: ['OFFICE'] },
  { name: 'staff', audited: ['STAFF'] },
  { name: 'paymentTypes', audited: ['PAYMENTTYPE', 'CODEVALUE'] },
  { name: 'currencies', audited: ['CURRENCY'] },
  { name: 'loanProducts', audited: ['LOANPRODUCT*'] },
  { name: 'savingsProducts', audited: ['SAVINGSPRODUCT*'] },
  { name: 'charges', audited: ['CHARGE'] },
  { name: 'glAccounts', audited: ['GLACCOUNT'] },
  { name: 'financialActivities', audited: ['FINANCIALACTIVITYACCOUNT'], mayBeEmptied: true },
  { name: 'clientOptions', audited: ['CODE', 'CODEVALUE'] },
  { name: 'holidays', audited: ['HOLIDAY'], mayBeEmptied: true, afterFirstPull: true },
  { name: 'workingDays', audited: ['WORKINGDAYS'], afterFirstPull: true },
  { name: 'configuration', audited: ['CONFIGURATION'], mayBeEmptied: true, afterFirstPull: true },
  { name: 'identifierTypes', audited: ['CODEVALUE'], afterFirstPull: true },
  { name: 'loanProductCharges', audited: ['LOANPRODUCT*', 'CHARGE'], mayBeEmptied: true, afterFirstPull: true },
  { name: 'savingsProductCharges', audited: ['SAVINGSPRODUCT*', 'CHARGE'], mayBeEmptied: true, afterFirstPull: true },
  { name: 'loanPurposes', audited: ['CODEVALUE'], mayBeEmptied: true, afterFirstPull: true },
  { name: 'clientReasons', audited: ['CODEVALUE'], mayBeEmptied: true, afterFirstPull: true },
  { name: 'groupReasons', audited: ['CODEVALUE'], mayBeEmptied: true, afterFirstPull: true },
  { name: 'groupRoles', audited: ['CODEVALUE'], mayBeEmptied: true, afterFirstPull: true },
  { name: 'funds', audited: ['FUND'], mayBeEmptied: true, afterFirstPull: true },
  { name: 'centers', audited: ['CENTER'], mayBeEmptied: true, afterFirstPull: true },
];
