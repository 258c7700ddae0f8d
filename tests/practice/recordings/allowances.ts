// Where practice may differ from the recorded server, each with its reason. Paths are those of the comparison; a star
// stands for any index or any rest. What is not named here must be equal.

/** Exchanges that cannot be played one after the other, by the start of their name. */
const NOT_COMPARED: readonly { exchange: RegExp; why: string }[] = [
  {
    exchange: /^03\/concurrent\..*\.\d$|^17\/marker\.(burst|batch\.same\.marker\.concurrent)\./,
    why: 'sent at one moment; which of them lost is chance, and practice does one thing after the other',
  },
  {
    exchange: /^06\/loanproduct\.template$/,
    why: 'a form of the server for its own screens, of which no branch asks: practice has products, not the form to make them',
  },
];

export function isCompared(exchange: string): boolean {
  return !NOT_COMPARED.some((each) => each.exchange.test(exchange));
}

interface Allowance {
  /** Start of the exchange's name, such as '06/' or '06/loanproduct'. */
  exchange: string;
  path: RegExp;
  why: string;
}

const ALLOWANCES: readonly Allowance[] = [
  { exchange: '03/loan.after', path: /^\$\.transactions\[\d+\]/, why: 'of those sent at one moment the order is chance' },
  {
    exchange: '10/list.accountNo',
    path: /^\$/,
    why: 'a number of an account in a query is not made alike: practice, which burns no ids, has another loan under it',
  },
  {
    exchange: '14/list.',
    path: /totalFilteredRecords$/,
    why: 'what lost at one moment, and interest that practice does not recalculate, left other lines in the books',
  },
  {
    exchange: '17/marker.batch.other.key.same.marker',
    path: /\.args\[1\]\.value$/,
    why: 'the id of a transaction that was taken back is known nowhere else',
  },
  {
    exchange: '17/client.create.with.bad.table',
    path: /\.args\[1\]\.value$/,
    why: 'the id of a client that was taken back is known nowhere else',
  },
  {
    exchange: '17/client.template.with.tables',
    path: /^\$\.(staffOptions|genderOptions|familyMemberOptions\.genderIdOptions)/,
    why: 'a form of the server for its own screens: practice names its staff there and no more, and two of one position have no order',
  },
  ...['loans.limit', 'savingsaccounts.limit', 'savingsaccounts.nolimit'].map((list) => ({
    exchange: `19/${list}`,
    path: /^\$\.pageItems\[\d+\]\./,
    why: 'members that come unasked beside fields=id, of rows in the order of the database; with an order and whole they are equal',
  })),
  {
    exchange: '19/groups.offset2',
    path: /\.hierarchy$/,
    why: 'a slip of the server: a group made with its clients is filed under ".null."',
  },
  {
    exchange: '19/journalentries.',
    path: /(totalFilteredRecords|\.length)$/,
    why: 'what lost at one moment, and interest that practice does not recalculate, left other lines in the books',
  },
  {
    exchange: '23/conflict.loan.after',
    path: /^\$\.delinquent\.last/,
    why: 'of those sent at one moment the last is chance',
  },
  {
    exchange: '23/audit.collectionsheet',
    path: /\.group(LevelName|Name)$/,
    why: 'practice tells the center of a sheet by the id of its row, not by its name',
  },
  {
    exchange: '03/account.after',
    path: /^\$\.transactions\[\d+\]\.id$/,
    why: 'of those sent at one moment the one that came through first is chance',
  },
  {
    exchange: '06/businessdate.unknown',
    path: /^\$\.errors\[0\]\.args\[1\]/,
    why: 'the server gives the stack of its own program as an argument',
  },
  {
    exchange: '15/permissions.makercheckerable',
    path: /^\$/,
    why: 'of some 900 permissions practice keeps those of what it plays, so lists of them begin elsewhere',
  },
  {
    exchange: '16/role.permissions',
    path: /^\$\.permissionUsageData/,
    why: 'of some 900 permissions practice keeps those of what it plays',
  },
  { exchange: '16/permissions', path: /^\$/, why: 'of some 900 permissions practice keeps those of what it plays' },
  {
    exchange: '18/reports',
    path: /^\$\.length$/,
    why: 'practice keeps the reports that were made in it and none of the 128 of the server',
  },
  {
    exchange: '18/report.csv',
    path: /^(\$|headers\.content-disposition)$/,
    why: 'one text with numbers of accounts in it, under the time of the day',
  },
  ...['clients', 'loans', 'savingsaccounts', 'groups'].map((list) => ({
    exchange: `19/${list}.limit`,
    path: /^\$\.pageItems\[\d+\]\.(id|clientAccountNo|clientName|clientExternalId|clientOfficeId|inArrears)$/,
    why: 'without an order rows come as the database pleases; the lists with one are compared whole',
  })),
  {
    exchange: '19/audits',
    path: /(totalFilteredRecords|\.length)$/,
    why: 'the trail also counts what lost at one moment and what the server did by itself between the recordings',
  },
  {
    exchange: '20/',
    path: /totalFilteredRecords$/,
    why: 'the trail also counts what lost at one moment and what the server did by itself between the recordings',
  },
  { exchange: '20/template', path: /^\$\.(actionNames|entityNames)/, why: 'of some 900 permissions practice keeps those of what it plays' },
  {
    exchange: '23/conflict.loan.after',
    path: /^\$\.transactions\[\d+\]/,
    why: 'of those sent at one moment the order in which they came through is chance',
  },
  { exchange: '23/conflict.savings.after', path: /^\$\.transactions\[\d+\]/, why: 'of those sent at one moment the order is chance' },
  {
    exchange: '23/lock.read.batch',
    path: /^\$\[0\]\.body\.transactions\[\d+\]/,
    why: 'of those sent at one moment the order in which they came through is chance',
  },
  {
    exchange: '05/account.after',
    path: /^\$\.transactions\[[0-2]\]\.(runningBalance|reasonForBlock)$/,
    why: 'within one batch head office reckons a hold and its release twice, and loses the reason; practice does neither',
  },
  {
    exchange: '08/document',
    path: /^\$(\[\d+\])?\.size$|^\$\.errors\[0\]\.args\[\d\]\.value$/,
    why: 'a size is that of the whole request, and where the file lay at the server was taken out: neither was kept',
  },
  {
    exchange: '17/client.template.with.tables',
    path: /^\$\.datatables$/,
    why: "practice has no tables of an institution's own on clients; where one is asked for, a registration is refused by its name",
  },
  { exchange: '08/image.get.octet', path: /^\$$/, why: 'bytes were kept as their number' },
  { exchange: '08/document.attachment', path: /^\$$/, why: 'bytes were kept as their number' },
  {
    exchange: '10/flat.audit',
    path: /totalFilteredRecords$/,
    why: 'the trail also counts what lost at one moment and what the server did by itself between the recordings',
  },
  {
    exchange: '10/flat.audit',
    path: /\.url$/,
    why: 'the trail keeps an address of its own for a repayment; practice runs an approved command by the address it was sent to',
  },
  {
    exchange: '10/recalc.',
    path: /^\$\.(summary|repaymentSchedule|delinquent|interestRecalculationData|transactions)\b/,
    why: 'practice does not recalculate interest: what is paid late or early changes no later instalment',
  },
  {
    exchange: '10/list',
    path: /^\$\.pageItems\[0\]\.summary\./,
    why: 'practice does not recalculate interest, and the newest loan does',
  },
  { exchange: '10/list.status', path: /^\$\.pageItems\[1\]/, why: 'unordered rows come as the database pleases' },
  { exchange: '10/list.clientId', path: /^\$\.pageItems\[1\]/, why: 'unordered rows come as the database pleases' },
  {
    exchange: '11/read.after.undo',
    path: /^\$\.transactions/,
    why: 'a row that crosses zero in a recalculation is written anew by head office; practice keeps the row',
  },
];

/** The reason why this difference is allowed, or null. */
export function allowanceOf(exchange: string, path: string): string | null {
  return ALLOWANCES.find((each) => exchange.startsWith(each.exchange) && each.path.test(path))?.why ?? null;
}
