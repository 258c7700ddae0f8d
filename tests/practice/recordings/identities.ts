// Ids are made alike by first appearance: what the recorded server called 8 and practice calls 5 is one thing from then
// on, of one kind. A second meeting that says otherwise is a difference.

type Id = string | number;

const NOUNS: Readonly<Record<string, string>> = {
  clients: 'client',
  groups: 'group',
  centers: 'group',
  loans: 'loan',
  savingsaccounts: 'savings',
  offices: 'office',
  staff: 'staff',
  users: 'user',
  roles: 'role',
  paymenttypes: 'paymentType',
  charges: 'charge',
  loanproducts: 'loanProduct',
  savingsproducts: 'savingsProduct',
  glaccounts: 'glAccount',
  makercheckers: 'command',
  audits: 'command',
  journalentries: 'journalEntry',
  accounttransfers: 'accountTransfer',
};

const MEMBERS: Readonly<Record<string, string>> = {
  clientId: 'client',
  groupId: 'group',
  centerId: 'group',
  loanId: 'loan',
  savingsId: 'savings',
  savingsAccountId: 'savings',
  officeId: 'office',
  staffId: 'staff',
  commandId: 'command',
  linkAccountId: 'savings',
  fromLoanTransaction: 'loan.transactions',
  toLoanTransaction: 'loan.transactions',
  toClientId: 'client',
  fromClientId: 'client',
  client_id: 'client',
  office_id: 'office',
  savings_transaction_id: 'savings.transactions',
};

/** What the tables of the recordings hang on. */
const OWNERS: Readonly<Record<string, string>> = {
  tawi_marker: 'savings.transactions',
  tawi_device: 'office',
  dt_client_extra: 'client',
};

/** Numbers of the wire that look like ids and are codes; they must be the same. */
const CODES = new Set(['chargeTimeTypeId', 'statusId', 'legalFormId']);

/** Ids that only questions name. */
const QUESTIONS: Readonly<Record<string, string>> = { loanid: 'loan', resourceId: 'loan' };

/** A reference of the books is text, wherever it comes. */
const LEDGER_REF = 'ledger reference';

/** The ends of a transfer say beside them what they are. */
function accountKind(name: string, holder: Readonly<Record<string, unknown>>): string | undefined {
  const end = /^(from|to)AccountId$/.exec(name)?.[1];
  if (end === undefined) return undefined;
  return Number(holder[`${end}AccountType`]) === 1 ? 'loan' : 'savings';
}

interface PathWalk {
  /** Kind of the last noun, such as 'loan' or 'loan.transactions'. */
  kind: string;
  /** Kind of each segment that is an id, by position. */
  ids: Map<number, string>;
  endsInId: boolean;
}

function walkPath(path: string): PathWalk {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== 'v1');
  const ids = new Map<number, string>();
  let kind = '';
  let endsInId = false;
  if (segments[0] === 'datatables' && /^\d+$/.test(segments[2] ?? '')) {
    const [, table = ''] = segments;
    const owner = OWNERS[table] ?? table;
    const isMany = table === 'tawi_device';
    return {
      kind: isMany ? `${table} row` : owner,
      ids: new Map([
        [2, owner],
        [3, `${table} row`],
      ]),
      endsInId: true,
    };
  }
  for (const [index, segment] of segments.entries()) {
    const isId =
      /^\d+$/.test(segment) || (segments[index - 1] === 'journalentries' && segment !== 'template' && segment !== 'openingbalance');
    endsInId = isId;
    if (isId) ids.set(index, /^\d+$/.test(segment) ? kind : LEDGER_REF);
    else kind = kind === '' ? (NOUNS[segment] ?? segment) : `${kind}.${segment}`;
  }
  return { kind, ids, endsInId };
}

/** A number may be written as text. */
function plain(id: Id): Id {
  return typeof id === 'string' && /^[1-9]\d*$/.test(id) ? Number(id) : id;
}

export interface Identities {
  /** True when the two may be one thing of the kind; with isLearning remembers it. */
  areOne(kind: string, recorded: Id, practice: Id, isLearning: boolean): boolean;
  /** Whether the two are one thing of any kind: an error names ids without saying of what. */
  mayBeOne(recorded: Id, practice: Id): boolean;
  toPractice(kind: string, recorded: Id): Id;
  pathToPractice(path: string): string;
  bodyToPractice(body: unknown): unknown;
  /** The kind of an id in an answer, or null when the value is no id. */
  kindOf(request: { method: string; path: string }, memberPath: string, holder: Readonly<Record<string, unknown>>): string | null;
}

export function createIdentities(): Identities {
  const known = new Map<string, Map<Id, Id>>();
  const taken = new Map<string, Map<Id, Id>>();
  const of = (map: Map<string, Map<Id, Id>>, kind: string): Map<Id, Id> => {
    let found = map.get(kind);
    if (found === undefined) {
      found = new Map<Id, Id>();
      map.set(kind, found);
    }
    return found;
  };
  const toPractice = (kind: string, recorded: Id): Id => {
    const found = of(known, kind).get(recorded);
    if (found !== undefined) return found;
    const number = typeof recorded === 'string' && /^\d+$/.test(recorded) ? of(known, kind).get(Number(recorded)) : undefined;
    return number ?? recorded;
  };

  const pathToPractice = (whole: string): string => {
    const [path = '', query] = whole.split('?');
    const walked = walkPath(path);
    let index = -1;
    const mapped = path
      .split('/')
      .map((segment) => {
        if (segment === '' || segment === 'v1') return segment;
        index += 1;
        const kind = walked.ids.get(index);
        return kind === undefined ? segment : String(toPractice(kind, /^\d+$/.test(segment) ? Number(segment) : segment));
      })
      .join('/');
    if (query === undefined) return mapped;
    const pairs = query.split('&').map((pair) => {
      const [name = '', value = ''] = pair.split('=');
      if (name === 'accountNo') return `${name}=${String(toPractice(`${walked.kind} number`, value))}`;
      if (name === 'transactionId') return `${name}=${String(toPractice(LEDGER_REF, value))}`;
      const kind = accountKind(name, Object.fromEntries(new URLSearchParams(query))) ?? QUESTIONS[name] ?? MEMBERS[name];
      return kind === undefined || !/^\d+$/.test(value) ? pair : `${name}=${String(toPractice(kind, Number(value)))}`;
    });
    return `${mapped}?${pairs.join('&')}`;
  };

  const bodyToPractice = (body: unknown): unknown => {
    if (Array.isArray(body)) return body.map(bodyToPractice);
    if (typeof body !== 'object' || body === null) return body;
    return Object.fromEntries(
      Object.entries(body).map(([name, value]) => {
        if (name === 'relativeUrl' && typeof value === 'string') return [name, pathToPractice(value)];
        if (name === 'body' && typeof value === 'string') {
          try {
            return [name, JSON.stringify(bodyToPractice(JSON.parse(value)))];
          } catch {
            return [name, value];
          }
        }
        if (name === 'groupMembers' && Array.isArray(value)) return [name, value.map((each: unknown) => memberToPractice('group', each))];
        if (name === 'clientMembers' && Array.isArray(value)) return [name, value.map((each: unknown) => memberToPractice('client', each))];
        const kind = accountKind(name, body as Record<string, unknown>) ?? MEMBERS[name];
        return [name, kind === undefined ? bodyToPractice(value) : memberToPractice(kind, value)];
      }),
    );
  };
  const memberToPractice = (kind: string, value: unknown): unknown =>
    typeof value === 'number' || typeof value === 'string' ? toPractice(kind, value) : value;

  return {
    areOne(kind, one, other, isLearning) {
      const [recorded, practice] = [plain(one), plain(other)];
      const there = of(known, kind);
      const back = of(taken, kind);
      const mine = there.get(recorded);
      if (mine !== undefined) return mine === practice;
      if (back.has(practice)) return false;
      if (!isLearning) return true;
      there.set(recorded, practice);
      back.set(practice, recorded);
      return true;
    },
    mayBeOne: (recorded, practice) => [...known.values()].some((ids) => ids.get(recorded) === practice),
    toPractice,
    pathToPractice,
    bodyToPractice,
    kindOf(request, memberPath, holder) {
      const steps = memberPath
        .replace(/^\$\[\d+\]\.body/, '$')
        .replace(/\[\d+\]/g, '')
        .split('.')
        .filter((step) => step !== '$' && step !== 'pageItems');
      const name = steps.at(-1) ?? '';
      if (CODES.has(name)) return null;
      if (name === 'transactionId' && typeof holder[name] === 'string') return LEDGER_REF;
      if (MEMBERS[name] !== undefined) return MEMBERS[name];
      const [path = '', query = ''] = request.path.split('?');
      const walked = walkPath(path);
      if (name === 'chargeId' && steps.at(-2) === 'loanChargePaidByList') return 'loan.charges';
      // Undoing a savings transaction, or posting interest, answers with the account.
      if (name === 'resourceId' && walked.kind === 'savings.transactions' && /^command=(undo|postInterestAsOn)$/.test(query))
        return 'savings';
      if (steps.at(-2) === 'changes' && /^(loanT|SavingsT|t)ransactions$/.test(name))
        return name === 'SavingsTransactions' ? 'savings.transactions' : 'loan.transactions';
      if (name === 'accountNumber' && path.endsWith('v2/clients/search')) return 'client number';
      if (name === 'resourceId' || name === 'resourceIdentifier') return walked.kind;
      // The server's own slip: the id of the client stands where a name should.
      if (name === 'savingsProductName' && /^\d+$/.test(String(holder[name]))) return 'client';
      if (name === 'subResourceId') return walked.kind === 'loan' && query.includes('isburse') ? 'loan.transactions' : `sub ${walked.kind}`;
      if (name === 'id') {
        if (typeof holder['code'] === 'string' && typeof holder['value'] === 'string') return null;
        return [walked.kind, ...steps.slice(0, -1)].join('.');
      }
      if (name === 'accountNo') return `${walked.kind} number`;
      if (name.endsWith('AccountNo')) return `${name.replace('AccountNo', '')} number`;
      return name.endsWith('Id') ? name : null;
    },
  };
}
