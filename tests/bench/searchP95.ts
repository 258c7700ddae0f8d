// The contract's search while somebody types, key by key, against the bare full-text question on the same index, in turn. The clients are
// invented and put straight into the store, each with a loan and savings, because a found row shows what is due and what is there.
import { createPracticeHeadOffice } from '../../electron/practice/createPracticeHeadOffice.ts';
import { personName, phoneNumber } from '../../electron/practice/seed/names.ts';
import type { LoanPeriod, PulledClient, PulledLoan, PulledSavings } from '../../electron/ports/headOffice.ts';
import { median, openBenchBranch, quantile, until, type BenchBranch } from './benchBranch.ts';
import { besideLimit, stated, type Figure } from './figure.ts';
import { cutLine } from './pulledOffice.ts';

/** In a small office the bare question takes a tenth of a millisecond, and a ratio to it says nothing. */
const AIMED_AT = 100_000;
const FIRST_SERVER_ID = 1_000_000;
const AT_ONCE = 1_000;
const MOST = 9;
const TYPISTS = 40;
/** The middle one of these counts, so that a machine which others share does not decide the figure. */
const TIMES = 3;
const INSTALMENTS = 6;
const SHORT_WORD = 3;
const KES = { code: 'KES', decimals: 2 } as const;

function nameOf(place: number): string {
  const { firstname, middlename, lastname } = personName(place);
  return `${firstname} ${middlename} ${lastname}`;
}

function clientAt(place: number): PulledClient {
  const { firstname, lastname } = personName(place);
  return {
    serverId: FIRST_SERVER_ID + place,
    externalId: null,
    accountNo: String(FIRST_SERVER_ID + place).padStart(9, '0'),
    displayName: nameOf(place),
    firstname,
    lastname,
    mobileNo: phoneNumber(place),
    status: 'active',
    dateOfBirth: null,
    gender: null,
    activationDate: null,
    staffName: null,
    officeServerId: 2,
  };
}

function periodAt(index: number): LoanPeriod {
  const paid = index < 2;
  return {
    period: index + 1,
    dueDate: `2026-${String(7 + index).padStart(2, '0')}-10`,
    principalDueMinor: 200_000,
    principalOutstandingMinor: paid ? 0 : 200_000,
    interestDueMinor: 20_000,
    interestOutstandingMinor: paid ? 0 : 20_000,
    feeDueMinor: 0,
    feeOutstandingMinor: 0,
    penaltyDueMinor: 0,
    penaltyOutstandingMinor: 0,
    paidMinor: paid ? 220_000 : 0,
  };
}

const PERIODS = Array.from({ length: INSTALMENTS }, (_, index) => periodAt(index));

function loanAt(place: number): PulledLoan {
  return {
    serverId: FIRST_SERVER_ID + place,
    externalId: null,
    accountNo: `L${String(place).padStart(8, '0')}`,
    clientServerId: FIRST_SERVER_ID + place,
    groupServerId: null,
    productName: 'Business loan',
    currency: KES,
    status: 'active',
    principalMinor: 1_200_000,
    outstandingMinor: 880_000,
    overpaidMinor: 0,
    strategy: 'mifos-standard-strategy',
    needsServerReckoning: false,
    periods: PERIODS,
    beforePayout: null,
    transactions: [],
  };
}

function savingsAt(place: number): PulledSavings {
  return {
    serverId: FIRST_SERVER_ID + place,
    externalId: null,
    accountNo: `S${String(place).padStart(8, '0')}`,
    clientServerId: FIRST_SERVER_ID + place,
    groupServerId: null,
    productName: 'Savings',
    currency: KES,
    status: 'active',
    ledgerMinor: 150_000,
    onHoldMinor: 0,
    guaranteeHeldMinor: 0,
    minimumMinor: 0,
    overdraftMinor: 0,
    lockedInUntil: null,
    withdrawalCharges: [],
    transactions: [],
  };
}

function fill(bench: BenchBranch, clients: number): void {
  const newId = () => bench.parts.ids.newId();
  for (let start = 0; start < clients; start += AT_ONCE) {
    const places = Array.from({ length: Math.min(AT_ONCE, clients - start) }, (_, index) => start + index);
    bench.store.write((write) => {
      write.saveClients(places.map(clientAt), 1, newId);
      write.saveLoans(places.map(loanAt), 1, newId);
      write.saveSavings(places.map(savingsAt), 1, newId);
    });
  }
}

/** What stands in the box after each key: a last name, then the beginning of a first name. */
function keysOf(place: number): readonly string[] {
  const { firstname, lastname } = personName(place);
  const whole = `${lastname} ${firstname.slice(0, 3)}`.toLowerCase();
  return Array.from({ length: whole.length }, (_, index) => whole.slice(0, index + 1)).filter((text) => !text.endsWith(' '));
}

/** Also asked at a counter: a slip of two letters, a phone, an account number. */
function oddTextsOf(place: number): readonly string[] {
  const { firstname, lastname } = personName(place);
  const slipped = `${lastname.slice(0, 2)}${lastname.slice(3, 4)}${lastname.slice(2, 3)}${lastname.slice(4)}`;
  return [`${firstname} ${slipped}`.toLowerCase(), phoneNumber(place), phoneNumber(place).slice(0, 7), String(FIRST_SERVER_ID + place)];
}

export async function searchP95(clients: number): Promise<readonly Figure[]> {
  const headOffice = createPracticeHeadOffice({ file: ':memory:', now: () => Date.now(), clients: 1 });
  const bench = await openBenchBranch((request) => headOffice.handle(request));
  bench.branch.start();
  await until(() => bench.sync.state().firstPullDone);
  await bench.ask('session.signIn', { username: 'achieng', password: 'practice' });
  await cutLine(bench);
  fill(bench, clients);

  const ranked = bench.store.database
    .prepare('SELECT rowid FROM replica_client_names WHERE replica_client_names MATCH ? ORDER BY rank LIMIT ?')
    .pluck();
  // Nobody would rank the thousands that one short beginning fits, so the limit does not either.
  const unranked = bench.store.database
    .prepare('SELECT rowid FROM replica_client_names WHERE replica_client_names MATCH ? LIMIT ?')
    .pluck();
  const through: number[] = [];
  const bare: number[] = [];
  const odd: number[] = [];
  const places = Array.from({ length: TYPISTS }, (_, index) => Math.floor(((index + 0.5) * clients) / TYPISTS));
  for (const [turn, place] of places.entries()) {
    for (const text of keysOf(place)) {
      const words = text.split(' ').map((word) => `"${word}"*`);
      const question = words.length > 1 || text.length > SHORT_WORD ? ranked : unranked;
      const asked: number[] = [];
      const answered: number[] = [];
      for (let time = 0; time < TIMES; time += 1) {
        const began = performance.now();
        await bench.ask('clients.find', { text, most: MOST });
        const between = performance.now();
        question.all(words.join(' '), MOST);
        const ended = performance.now();
        asked.push(between - began);
        answered.push(ended - between);
      }
      // The first typist warms both up.
      if (turn === 0) continue;
      through.push(median(asked));
      bare.push(median(answered));
    }
    for (const text of oddTextsOf(place)) {
      const asked: number[] = [];
      for (let time = 0; time < TIMES; time += 1) {
        const began = performance.now();
        await bench.ask('clients.find', { text, most: MOST });
        asked.push(performance.now() - began);
      }
      if (turn > 0) odd.push(median(asked));
    }
  }
  await bench.end();
  headOffice.close();
  return [
    besideLimit({
      name: 'searchP95',
      scale: `${clients} clients, ${through.length} keys`,
      value: quantile(through, 0.95),
      unit: 'ms',
      limit: quantile(bare, 0.95),
      aim: clients >= AIMED_AT ? { ratio: 2, value: 10 } : { value: 10 },
    }),
    besideLimit({
      name: 'searchP95, p50 of the same',
      scale: `${clients} clients`,
      value: quantile(through, 0.5),
      unit: 'ms',
      limit: quantile(bare, 0.5),
      aim: null,
    }),
    stated({
      name: 'searchP95, misspelt and numbers',
      scale: `${clients} clients, ${odd.length} questions`,
      value: quantile(odd, 0.95),
      unit: 'ms',
      aim: { value: 10 },
    }),
  ];
}
