// One honest input for every method of the contract. The type leaves no method out: one that is added to the contract does not compile here
// until somebody says what is asked of it, and then it is tried like all others.

import type { BranchContract } from '../../shared/contract/branchContract.ts';
import type { InputOf } from '../../shared/contract/define.ts';
import { base64Of, jpegOf } from '../world/pictures.ts';
import { PASSWORD } from './openedOffice.ts';

export interface Known {
  readonly clientId: string;
  readonly groupId: string;
  readonly loanId: string;
  readonly savingsId: string;
  readonly receiptId: string;
  readonly commandId: string;
  readonly exceptionId: string;
  readonly freshId: () => string;
}

type HonestInputs = {
  readonly [Noun in keyof BranchContract]: {
    readonly [Verb in keyof BranchContract[Noun]]: (known: Known) => InputOf<BranchContract[Noun][Verb]>;
  };
};

export const HONEST_INPUTS: HonestInputs = {
  session: {
    showStart: () => ({}),
    openPractice: () => ({}),
    connectHeadOffice: () => ({
      address: 'https://head.example',
      tenant: 'default',
      username: 'peter',
      password: PASSWORD,
      zone: 'Africa/Nairobi',
      deviceCode: '07',
      office: 2,
    }),
    moveHeadOffice: () => ({ address: 'https://head.example', tenant: 'default', username: 'peter', password: PASSWORD }),
    signIn: () => ({ username: 'peter', password: PASSWORD }),
    answerClockDoubt: () => ({ answer: 'clockIsRight', username: 'peter', password: PASSWORD }),
    showMine: () => ({}),
    lock: () => ({}),
    unlock: () => ({ password: PASSWORD }),
    signOut: () => ({}),
    unlockStaff: () => ({ username: 'peter' }),
  },
  clients: {
    find: () => ({ text: 'mary 0712', most: 9 }),
    listNarrowings: () => ({}),
    scan: () => ({ codes: ['000000012', 'àààààààà&é'] }),
    list: () => ({ show: 'behind', offset: 0, most: 5 }),
    show: ({ clientId }) => ({ clientId }),
    listHistory: ({ clientId, savingsId }) => ({ clientId, accountId: savingsId, offset: 0, most: 5 }),
    addNote: ({ clientId, freshId }) => ({ formId: freshId(), clientId, text: 'moved to Lessos', askFirst: false }),
    registrationOptions: () => ({}),
    findAlike: () => ({
      legalForm: 'person',
      firstname: 'Merceline',
      lastname: 'Nekesa',
      mobileNo: '0700 513 902',
      dateOfBirth: '1997-04-12',
    }),
    register: ({ freshId }) => ({
      formId: freshId(),
      legalForm: 'person',
      firstname: 'Merceline',
      middlename: 'Nekesa',
      lastname: 'Wafula',
      fullname: '',
      mobileNo: '0700 513 902',
      externalId: 'KG-4471',
      dateOfBirth: '1997-04-12',
      submittedOn: '2026-11-20',
      activationDate: '2026-11-20',
      others: [],
    }),
    edit: ({ clientId, freshId }) => ({
      formId: freshId(),
      clientId,
      fields: { mobileNo: { before: '0700 513 902', after: '0700 513 903' } },
    }),
    takePicture: ({ clientId, freshId }) => ({ formId: freshId(), clientId, content: base64Of(jpegOf('honest')) }),
    addIdentifier: ({ clientId, freshId }) => ({ formId: freshId(), clientId, typeId: 1, documentKey: '2345 6789', description: '' }),
    addDocument: ({ clientId, freshId }) => ({
      formId: freshId(),
      clientId,
      identifierId: null,
      name: 'Letter of the chief',
      content: base64Of(jpegOf('letter')),
    }),
    showPicture: ({ clientId }) => ({ clientId, size: 'small' }),
    listPapers: ({ clientId }) => ({ clientId }),
    showDocument: ({ clientId, commandId }) => ({ clientId, commandId }),
    refresh: ({ clientId }) => ({ clientId }),
  },
  groups: {
    list: () => ({ offset: 0, most: 5 }),
    show: ({ groupId }) => ({ groupId }),
    listHistory: ({ groupId }) => ({ groupId, offset: 0, most: 5 }),
    addMember: ({ groupId, clientId, freshId }) => ({ formId: freshId(), groupId, clientId }),
    removeMember: ({ groupId, clientId, freshId }) => ({ formId: freshId(), groupId, clientId }),
    activate: ({ groupId, freshId }) => ({ formId: freshId(), groupId }),
  },
  loans: {
    list: () => ({ show: 'active', offset: 0, most: 5 }),
    show: ({ loanId }) => ({ loanId }),
    showStatement: ({ loanId }) => ({ loanId, from: '2026-01-01', to: '2026-12-31' }),
    showPaper: ({ loanId }) => ({ loanId }),
    previewRepayment: ({ loanId }) => ({ loanId, amountMinor: 12_300 }),
    approve: ({ loanId, freshId }) => ({ formId: freshId(), loanId, approvedMinor: 5_000_00, note: 'as the committee said' }),
    reject: ({ loanId, freshId }) => ({ formId: freshId(), loanId, note: 'too much for the stall' }),
    withdrawApplication: ({ loanId, freshId }) => ({ formId: freshId(), loanId, note: 'found another way' }),
    undoApproval: ({ loanId, freshId }) => ({ formId: freshId(), loanId, note: 'papers are missing' }),
    listProducts: () => ({}),
    calculate: () => ({ productId: 1, principalMinor: 1_200_000, installments: 12, ratePercent: '1.5', disbursedOn: '2026-11-20' }),
    applicationOptions: () => ({}),
    apply: ({ clientId, freshId }) => ({
      formId: freshId(),
      owner: { kind: 'client', localId: clientId },
      productId: 1,
      principalMinor: 1_200_000,
      installments: 12,
      ratePercent: '1.5',
      submittedOn: '2026-11-20',
      expectedOn: '2026-11-20',
    }),
    previewDisbursal: ({ loanId }) => ({ loanId }),
    disburse: ({ loanId, freshId }) => ({
      formId: freshId(),
      loanId,
      amountMinor: 5_000_00,
      paidWith: { paymentTypeId: 1 },
      identitySeen: 'national card 2210',
      note: '',
    }),
    askPayOff: ({ loanId }) => ({ loanId }),
    takeRepayment: ({ loanId, freshId }) => ({
      formId: freshId(),
      loanId,
      amountMinor: 3_00,
      additionalMinor: 1_00,
      feesMinor: 50,
      paidWith: { paymentTypeId: 1, givenMinor: 5_00, accountNumber: 'A-1', checkNumber: 'C-1', bankNumber: 'B-1' },
      note: 'paid at the counter',
      overpaymentSeen: true,
    }),
  },
  savings: {
    show: ({ savingsId }) => ({ savingsId }),
    showStatement: ({ savingsId }) => ({ savingsId, from: '2026-01-01', to: '2026-12-31' }),
    takeDeposit: ({ savingsId, freshId }) => ({
      formId: freshId(),
      savingsId,
      amountMinor: 2_50,
      paidWith: { paymentTypeId: 2, accountNumber: '0712' },
      note: 'school fees',
    }),
    previewWithdrawal: ({ savingsId }) => ({ savingsId, amountMinor: 100 }),
    payWithdrawal: ({ savingsId, freshId }) => ({
      formId: freshId(),
      savingsId,
      amountMinor: 1_00,
      paidWith: { paymentTypeId: 1 },
      note: '',
      approval: { username: 'grace', password: PASSWORD },
    }),
    transfer: ({ savingsId, freshId }) => ({
      formId: freshId(),
      fromSavingsId: savingsId,
      toSavingsId: freshId(),
      amountMinor: 1_00,
      note: 'as asked',
      approval: { username: 'grace', password: PASSWORD },
    }),
  },
  counter: {
    takeBasket: ({ clientId, loanId, savingsId, freshId }) => ({
      formId: freshId(),
      clientId,
      lines: [
        { kind: 'loanRepayment', loanId, amountMinor: 3_00, overpaymentSeen: true },
        { kind: 'savingsDeposit', savingsId, amountMinor: 2_50 },
      ],
      paidWith: { paymentTypeId: 1, givenMinor: 6_00 },
      note: 'both at once',
    }),
    previewPayBasket: ({ clientId, savingsId }) => ({ clientId, lines: [{ savingsId, amountMinor: 1_00 }], paymentTypeId: 1 }),
    payBasket: ({ clientId, savingsId, freshId }) => ({
      formId: freshId(),
      clientId,
      lines: [{ savingsId, amountMinor: 1_00 }],
      paidWith: { paymentTypeId: 1 },
      note: '',
      approval: { username: 'grace', password: PASSWORD },
    }),
  },
  cash: {
    showDrawer: () => ({}),
    listCurrencies: () => ({}),
    openDrawer: () => ({ openingMinor: 5_000_00 }),
    countDrawer: () => ({ countedMinor: 5_000_00 }),
    closeDrawer: () => ({ countedMinor: 5_000_00, reason: 'counted twice' }),
    showDay: () => ({}),
    showX: () => ({}),
    listReports: () => ({ businessDate: '2026-11-20' }),
    showReport: () => ({ number: 'KIS-07-Z0001' }),
    checkHead: () => ({ head: 'abcdef0123456789' }),
    closeDay: () => ({}),
    reopenDay: () => ({ businessDate: '2026-11-20', reason: 'a client was forgotten' }),
    closeDayInError: () => ({ businessDate: '2026-11-29', reason: 'the clock was a week ahead' }),
    sayDate: () => ({ businessDate: '2026-11-20', headOfficeDate: '2026-11-19', reason: 'head office is late' }),
    listPaymentTypes: () => ({}),
  },
  vault: {
    show: () => ({}),
    showSlip: () => ({ number: 'KIS-07-V0001' }),
    makeSlip: ({ freshId }) => ({
      formId: freshId(),
      kind: 'opening',
      currency: 'KES',
      amountMinor: 5_000_00,
      pieces: [{ as: 'note', faceMinor: 1_000_00, count: 5 }],
      drawerIds: [],
      reason: 'counted by two',
      approval: { username: 'grace', password: PASSWORD },
    }),
  },
  receipts: {
    list: () => ({ businessDate: '2026-11-20', mine: true, offset: 0, most: 5 }),
    show: ({ receiptId }) => ({ receiptId }),
    void: ({ receiptId }) => ({ receiptId, line: 1, reason: 'typed for another account' }),
    markPrinted: ({ receiptId }) => ({ receiptId }),
  },
  drafts: {
    keep: () => ({ draftKey: 'deposit', body: '{"amount":"12"}' }),
    show: () => ({ draftKey: 'deposit' }),
    list: () => ({}),
    discard: () => ({ draftKey: 'deposit' }),
  },
  sync: {
    showStatus: () => ({}),
    showDesk: () => ({ most: 20 }),
    showItem: ({ commandId }) => ({ commandId }),
    wake: () => ({}),
    declareOffline: () => ({ reason: 'the mast is down' }),
    endOffline: () => ({}),
    decideHeld: ({ commandId }) => ({ commandId, agrees: true, reason: 'seen with my own eyes' }),
    withdrawCommand: ({ commandId }) => ({ commandId, reason: 'not so after all', withChildren: false }),
    amendCommand: ({ commandId }) => ({ commandId, edits: { text: 'moved to Lessos' } }),
    releaseCommands: () => ({ username: 'peter', reason: 'left the branch' }),
  },
  exceptions: {
    list: () => ({ show: 'open' }),
    show: ({ exceptionId }) => ({ exceptionId }),
    askTransactions: ({ exceptionId }) => ({ exceptionId }),
    resolve: ({ exceptionId }) => ({
      exceptionId,
      resolution: 'recognise',
      reason: 'seen at head office',
      serverTransactionId: 5,
      whole: false,
    }),
    recover: ({ exceptionId }) => ({ exceptionId, resolution: 'reverse', reason: 'the client came back' }),
    listSuspense: () => ({}),
  },
  headOffice: {
    showPreparation: () => ({}),
    closeWindow: () => ({ removeReports: true }),
    prepare: () => ({ suspenseAccountId: 5 }),
    changeZone: () => ({ zone: 'Africa/Nairobi' }),
    showInstitution: () => ({}),
    changeCurrency: () => ({ code: 'KES' }),
    changeCountry: () => ({ code: 'KE' }),
    listAccounts: () => ({}),
  },
  printers: {
    show: () => ({}),
    set: () => ({ printers: null }),
    ask: () => ({ which: 'main' }),
    test: () => ({ which: 'main' }),
    print: ({ receiptId }) => ({ receiptId, line: 1, onlyOriginal: true }),
    drop: ({ receiptId }) => ({ receiptId }),
    printReport: () => ({ number: 'KIS-07-Z0001', window: true }),
    printSlip: () => ({ number: 'KIS-07-V0001', window: true }),
    openDrawer: () => ({ reason: 'change for the market' }),
  },
  practice: {
    show: () => ({}),
    setLine: () => ({ cut: false }),
    otherBranchPays: ({ savingsId }) => ({ savingsId, amountMinor: 1_00 }),
  },
};
