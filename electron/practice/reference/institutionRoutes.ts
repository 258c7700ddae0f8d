// What an administrator makes before anybody is served: currencies, offices, staff, ledger accounts, code values, payment
// types, charges, products, roles and users. A new tenant becomes an institution through these alone.
import { type Call, reply, requireRead } from '../call.ts';
import { minorOfText } from '../amounts.ts';
import type { Book } from '../book.ts';
import { passwordDigest } from '../authentication.ts';
import { type CommandBody, given, type JsonObject, parseObject, readBody } from '../commandBody.ts';
import { type Command, type CommandResult, runCommand } from '../commandLayer.ts';
import { domainRule, integrityIssue, notFound, validationError } from '../errors.ts';
import { GL } from '../accounting/ledger.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import { annualRateOf, type LoanTerms } from '../loans/schedule.ts';
import { type Route, route } from '../router.ts';
import type { SavingsTerms } from '../savings/savingsAccount.ts';

type Written = Pick<Command, 'action' | 'entity'> & Partial<Command>;

/** A creation without rules of its own beyond what the book refuses. */
function create(call: Call, command: Written, perform: (asked: JsonObject) => CommandResult): HeadOfficeReply {
  const asked = parseObject(call.body);
  return runCommand(call, { ...command, perform: () => perform(asked) });
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('UNIQUE constraint failed');
}

function orRefuse<Value>(
  work: () => Value,
  code: string,
  message: string,
  parameter: string | null = null,
  args: (string | number)[] = [],
): Value {
  try {
    return work();
  } catch (error) {
    if (isTaken(error)) throw integrityIssue(code, message, parameter, args);
    throw error;
  }
}

function createOffice(call: Call): HeadOfficeReply {
  return create(call, { action: 'CREATE', entity: 'OFFICE' }, (asked) => {
    const body = readBody(asked, 'office', ['name', 'parentId', 'openingDate', 'externalId']);
    const name = body.text('name', 100);
    const opened = body.date('openingDate');
    const parent = body.integer('parentId');
    const externalId = body.optionalText('externalId', 100);
    body.check();
    const { book } = call.office;
    const above = book.get('SELECT hierarchy FROM office WHERE id = ?', given(parent)) as { hierarchy: string } | undefined;
    if (above === undefined)
      throw notFound('error.msg.office.id.invalid', `Office with identifier ${String(parent)} does not exist`, [given(parent)]);
    const taken = 'Unknown data integrity issue with resource.';
    if (book.get('SELECT id FROM office WHERE name = ?', given(name)) !== undefined)
      throw integrityIssue('error.msg.office.unknown.data.integrity.issue', taken, null);
    const id = orRefuse(
      () =>
        book.run(
          'INSERT INTO office (name, external_id, hierarchy, parent_id, opened_on) VALUES (?,?,?,?,?)',
          given(name),
          externalId ?? null,
          '',
          given(parent),
          given(opened),
        ),
      'error.msg.office.unknown.data.integrity.issue',
      taken,
    );
    book.run('UPDATE office SET hierarchy = ? WHERE id = ?', `${above.hierarchy}${String(id)}.`, id);
    return { officeId: id, resourceId: id, resourceExternalId: undefined };
  });
}

function createStaff(call: Call): HeadOfficeReply {
  return create(call, { action: 'CREATE', entity: 'STAFF' }, (asked) => {
    const body = readBody(asked, 'staff', [
      'officeId',
      'firstname',
      'lastname',
      'isLoanOfficer',
      'externalId',
      'joiningDate',
      'isActive',
      'mobileNo',
    ]);
    const officeId = body.integer('officeId');
    const first = body.text('firstname', 50);
    const last = body.text('lastname', 50);
    const joined = body.optionalDate('joiningDate');
    const externalId = body.optionalText('externalId', 100);
    const mobile = body.optionalText('mobileNo', 50);
    const isOfficer = body.flag('isLoanOfficer') === true;
    const isActive = body.flag('isActive') !== false;
    body.check();
    const id = call.office.book.run(
      'INSERT INTO staff (office_id, firstname, lastname, mobile_no, external_id, is_loan_officer, is_active, joined_on) VALUES (?,?,?,?,?,?,?,?)',
      given(officeId),
      given(first),
      given(last),
      mobile ?? null,
      externalId ?? null,
      isOfficer ? 1 : 0,
      isActive ? 1 : 0,
      joined ?? '',
    );
    return { officeId: given(officeId), resourceId: id };
  });
}

function createGlAccount(call: Call): HeadOfficeReply {
  return create(call, { action: 'CREATE', entity: 'GLACCOUNT' }, (asked) => {
    const body = readBody(withLocale(asked), 'GLAccount', [
      'name',
      'glCode',
      'type',
      'usage',
      'manualEntriesAllowed',
      'description',
      'parentId',
      'tagId',
    ]);
    const name = body.text('name', 200);
    const code = body.text('glCode', 45);
    const type = body.integer('type');
    const usage = body.integer('usage');
    const isManual = body.flag('manualEntriesAllowed');
    body.check();
    const id = orRefuse(
      () =>
        call.office.book.run(
          'INSERT INTO gl_account (name, gl_code, type, usage_kind, manual_entries) VALUES (?,?,?,?,?)',
          given(name),
          given(code),
          given(type),
          given(usage),
          isManual === true ? 1 : 0,
        ),
      'error.msg.glAccount.unknown.data.integrity.issue',
      `Unknown data integrity issue with resource GL Account: Duplicate entry '${given(code)}' for key 'gl_code'`,
    );
    return { resourceId: id };
  });
}

/** Whole numbers of these resources are read without a locale. */
function withLocale(asked: JsonObject): JsonObject {
  return { locale: 'en', ...asked };
}

function createCodeValue(call: Call, codeId: number): HeadOfficeReply {
  return create(call, { action: 'CREATE', entity: 'CODEVALUE' }, (asked) => {
    const body = readBody(withLocale(asked), 'code.value', ['name', 'isActive', 'position', 'description', 'isMandatory']);
    const name = body.text('name', 100);
    const position = body.optionalInteger('position');
    body.check();
    const id = call.office.book.run(
      'INSERT INTO code_value (code_id, name, position, description) VALUES (?,?,?,?)',
      codeId,
      given(name),
      position ?? 0,
      body.optionalText('description', 500) ?? '',
    );
    return { resourceId: codeId, subResourceId: id };
  });
}

function createCode(call: Call): HeadOfficeReply {
  return create(call, { action: 'CREATE', entity: 'CODE' }, (asked) => {
    const body = readBody(asked, 'code', ['name']);
    const name = body.text('name', 100);
    body.check();
    return { resourceId: call.office.book.run('INSERT INTO code (name, system_defined) VALUES (?, 0)', given(name)) };
  });
}

function createPaymentType(call: Call): HeadOfficeReply {
  return create(call, { action: 'CREATE', entity: 'PAYMENTTYPE' }, (asked) => {
    const body = readBody(withLocale(asked), 'paymenttype', [
      'name',
      'description',
      'isCashPayment',
      'position',
      'codeName',
      'isSystemDefined',
    ]);
    const name = body.text('name', 100);
    const description = body.optionalText('description', 500);
    const isCash = body.flag('isCashPayment') === true;
    const position = body.optionalInteger('position');
    body.check();
    const { book } = call.office;
    const id = book.run(
      'INSERT INTO payment_type (name, description, is_cash, position, gl_account_id) VALUES (?,?,?,?,?)',
      given(name),
      description ?? '',
      isCash ? 1 : 0,
      position ?? 0,
      GL.cash,
    );
    return { resourceId: id };
  });
}

function createCharge(call: Call): HeadOfficeReply {
  return create(call, { action: 'CREATE', entity: 'CHARGE' }, (asked) => {
    const body = readBody(asked, 'charge', [
      'currencyCode',
      'active',
      'name',
      'amount',
      'penalty',
      'chargeAppliesTo',
      'chargeTimeType',
      'chargeCalculationType',
      'chargePaymentMode',
      'enableFreeWithdrawalCharge',
      'freeWithdrawalFrequency',
      'restartCountFrequency',
      'countFrequencyType',
      'enablePaymentType',
      'paymentTypeId',
    ]);
    const appliesTo = body.integer('chargeAppliesTo');
    const calculation = body.integer('chargeCalculationType');
    const name = body.text('name', 100);
    const currency = body.text('currencyCode', 3);
    const amount = body.amount('amount');
    // Only with what it applies to can be said what a time is.
    const timeType = appliesTo === undefined ? undefined : body.integer('chargeTimeType');
    const mode = body.optionalInteger('chargePaymentMode');
    const isPenalty = body.flag('penalty') === true;
    const isFree = body.flag('enableFreeWithdrawalCharge') === true;
    const only = body.flag('enablePaymentType') === true ? body.integer('paymentTypeId') : undefined;
    const [free, every, unit] = ['freeWithdrawalFrequency', 'restartCountFrequency', 'countFrequencyType'].map((name) =>
      isFree ? body.integer(name) : undefined,
    );
    body.check();
    const id = call.office.book.run(
      `INSERT INTO charge (name, amount, penalty, applies_to, time_type, calculation, payment_mode, currency, free_withdrawals, restart_every, restart_unit, payment_type_id)
       VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`,
      given(name),
      given(amount),
      isPenalty ? 1 : 0,
      given(appliesTo),
      given(timeType),
      given(calculation),
      mode ?? 0,
      given(currency),
      free ?? 0,
      every ?? 0,
      unit ?? 0,
      only ?? null,
    );
    return { resourceId: id };
  });
}

function numberOf(asked: JsonObject, name: string): number {
  const value = asked[name];
  return typeof value === 'number' ? value : Number(typeof value === 'string' ? value : 0);
}

/** Minor units; zero where nothing was said. */
function minorOf(asked: JsonObject, name: string): number {
  const value = asked[name];
  return typeof value === 'number' || typeof value === 'string' ? (minorOfText(String(value)) ?? 0) : 0;
}

const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/** Every channel of a product pays into the ledger account named for it; practice keeps that with the payment type. */
function mapChannels(call: Call, asked: JsonObject): void {
  const mappings = asked['paymentChannelToFundSourceMappings'];
  if (!Array.isArray(mappings)) return;
  for (const each of mappings as { paymentTypeId?: number; fundSourceAccountId?: number }[]) {
    if (each.paymentTypeId === undefined || each.fundSourceAccountId === undefined) continue;
    call.office.book.run('UPDATE payment_type SET gl_account_id = ? WHERE id = ?', each.fundSourceAccountId, each.paymentTypeId);
  }
}

function productName(body: CommandBody): { name: string; shortName: string } {
  const name = body.text('name', 100);
  const shortName = body.text('shortName', 4);
  body.check();
  return { name: given(name), shortName: given(shortName) };
}

function createLoanProduct(call: Call): HeadOfficeReply {
  return create(call, { action: 'CREATE', entity: 'LOANPRODUCT' }, (asked) => {
    const { name, shortName } = productName(readBody(asked, 'loanproduct', Object.keys(asked)));
    const { book } = call.office;
    // A name twice is answered so by 1.10.1, whatever the product's charges are.
    if (book.get('SELECT id FROM loan_product WHERE name = ? OR short_name = ?', name, shortName) !== undefined)
      throw integrityIssue('error.msg.product.loan.duplicate.charge', 'Loan product may only have one charge of each type.`', 'charges');
    const rate = String(numberOf(asked, 'interestRatePerPeriod'));
    const terms: LoanTerms & { principal: number; principalLeast: number; principalMost: number; asked: JsonObject } = {
      annualRate: annualRateOf(rate, numberOf(asked, 'interestRateFrequencyType')),
      ratePerPeriod: rate,
      interestRateFrequency: numberOf(asked, 'interestRateFrequencyType'),
      interestType: numberOf(asked, 'interestType') === 1 ? 'flat' : 'declining',
      interestCalculation: numberOf(asked, 'interestCalculationPeriodType') === 0 ? 'daily' : 'sameAsRepayment',
      amortization: numberOf(asked, 'amortizationType') === 0 ? 'equalPrincipal' : 'equalInstallments',
      numberOfRepayments: numberOf(asked, 'numberOfRepayments'),
      repaymentEvery: numberOf(asked, 'repaymentEvery'),
      repaymentFrequency: (['days', 'weeks', 'months'] as const)[numberOf(asked, 'repaymentFrequencyType')] ?? 'months',
      graceOnPrincipal: numberOf(asked, 'graceOnPrincipalPayment'),
      graceOnInterestPayment: numberOf(asked, 'graceOnInterestPayment'),
      interestFreePeriods: numberOf(asked, 'graceOnInterestCharged'),
      installmentMultiple: minorOf(asked, 'installmentAmountInMultiplesOf'),
      fixedPrincipalPercentage: null,
      principal: minorOf(asked, 'principal'),
      principalLeast: minorOf(asked, 'minPrincipal'),
      principalMost: asked['maxPrincipal'] === undefined ? NO_LIMIT : minorOf(asked, 'maxPrincipal'),
      asked,
    };
    mapChannels(call, asked);
    return {
      resourceId: book.run('INSERT INTO loan_product (name, short_name, terms) VALUES (?,?,?)', name, shortName, JSON.stringify(terms)),
    };
  });
}

/** What a branch may see changed of a product: its bounds, the days on which it is sold, its charges. */
function updateLoanProduct(call: Call, productId: number): HeadOfficeReply {
  return create(call, { action: 'UPDATE', entity: 'LOANPRODUCT' }, (said) => {
    const { book } = call.office;
    const row = book.get('SELECT terms FROM loan_product WHERE id = ?', productId) as { terms: string } | undefined;
    if (row === undefined)
      throw notFound('error.msg.loanproduct.id.invalid', `Loan product with identifier ${String(productId)} does not exist`, [productId]);
    const terms = JSON.parse(row.terms) as { principal: number; principalLeast: number; principalMost: number; asked?: JsonObject };
    const most = said['maxPrincipal'] === undefined ? terms.principalMost : minorOf(said, 'maxPrincipal');
    if (terms.principal > most)
      throw validationError(
        'validation.msg.loanproduct.principal.amount.is.not.within.min.max.range',
        'The parameter `principal` amount must be between the minimum and the maximum.',
        'principal',
      );
    const next = {
      ...terms,
      principalLeast: said['minPrincipal'] === undefined ? terms.principalLeast : minorOf(said, 'minPrincipal'),
      principalMost: most,
      asked: { ...terms.asked, ...said },
    };
    book.run('UPDATE loan_product SET terms = ? WHERE id = ?', JSON.stringify(next), productId);
    return { resourceId: productId };
  });
}

function createSavingsProduct(call: Call): HeadOfficeReply {
  return create(call, { action: 'CREATE', entity: 'SAVINGSPRODUCT' }, (asked) => {
    const { name, shortName } = productName(readBody(asked, 'savingsproduct', Object.keys(asked)));
    const { book } = call.office;
    if (book.get('SELECT id FROM savings_product WHERE name = ? OR short_name = ?', name, shortName) !== undefined)
      throw integrityIssue('error.msg.product.savings.duplicate.name', `Savings product with name ${name} already exists`, 'name', [name]);
    const terms: SavingsTerms & { asked: JsonObject } = {
      annualRate: String(numberOf(asked, 'nominalAnnualInterestRate')),
      minRequiredBalance: minorOf(asked, 'minRequiredBalance'),
      enforceMinRequiredBalance: asked['enforceMinRequiredBalance'] === true,
      allowOverdraft: asked['allowOverdraft'] === true,
      overdraftLimit: minorOf(asked, 'overdraftLimit'),
      lienAllowed: asked['lienAllowed'] === true,
      maxAllowedLienLimit: minorOf(asked, 'maxAllowedLienLimit'),
      lockedUntil: null,
      withdrawalFee: 0,
      asked,
    };
    mapChannels(call, asked);
    return {
      resourceId: book.run('INSERT INTO savings_product (name, short_name, terms) VALUES (?,?,?)', name, shortName, JSON.stringify(terms)),
    };
  });
}

/** What a branch may see changed of a product: its rate. What was opened before keeps its own. */
function updateSavingsProduct(call: Call, productId: number): HeadOfficeReply {
  return create(call, { action: 'UPDATE', entity: 'SAVINGSPRODUCT' }, (said) => {
    const { book } = call.office;
    const terms = savingsTermsOf(book, productId);
    const next = {
      ...terms,
      annualRate: said['nominalAnnualInterestRate'] === undefined ? terms.annualRate : String(numberOf(said, 'nominalAnnualInterestRate')),
      ...(terms.asked === undefined ? {} : { asked: { ...terms.asked, ...said } }),
    };
    book.run('UPDATE savings_product SET terms = ? WHERE id = ?', JSON.stringify(next), productId);
    return { resourceId: productId };
  });
}

/** One that no account is of. */
function deleteSavingsProduct(call: Call, productId: number): HeadOfficeReply {
  return create(call, { action: 'DELETE', entity: 'SAVINGSPRODUCT' }, () => {
    const { book } = call.office;
    savingsTermsOf(book, productId);
    if (book.get('SELECT id FROM savings_account WHERE product_id = ?', productId) !== undefined)
      throw integrityIssue('error.msg.product.savings.unknown.data.integrity.issue', 'Unknown data integrity issue with resource.', null);
    book.run('DELETE FROM savings_product WHERE id = ?', productId);
    return { resourceId: productId };
  });
}

function savingsTermsOf(book: Book, productId: number): SavingsTerms & { asked?: JsonObject } {
  const row = book.get('SELECT terms FROM savings_product WHERE id = ?', productId) as { terms: string } | undefined;
  if (row === undefined)
    throw notFound('error.msg.savingproduct.id.invalid', `Saving product with identifier ${String(productId)} does not exist`, [productId]);
  return JSON.parse(row.terms) as SavingsTerms & { asked?: JsonObject };
}

function mapFinancialActivity(call: Call): HeadOfficeReply {
  return create(call, { action: 'CREATE', entity: 'FINANCIALACTIVITYACCOUNT' }, (asked) => {
    const body = readBody(withLocale(asked), 'financialactivityaccount', ['financialActivityId', 'glAccountId']);
    const activity = body.integer('financialActivityId');
    const account = body.integer('glAccountId');
    body.check();
    const [name, wanted] = ACTIVITIES[given(activity)] ?? ['', ''];
    const ledger = call.office.book.get('SELECT name, gl_code, type FROM gl_account WHERE id = ?', given(account)) as
      { name: string; gl_code: string; type: number } | undefined;
    if (ledger === undefined)
      throw notFound('error.msg.glaccount.id.invalid', `General Ledger account with identifier ${String(given(account))} does not exist`);
    if (ACCOUNT_TYPES[ledger.type] !== wanted)
      throw domainRule('error.msg.financialActivityAccount.invalid', 'The ledger account is not of the type that this activity needs', [
        name,
        given(activity),
        `accountType.${wanted.toLowerCase()}`,
        ledger.name,
        ledger.gl_code,
      ]);
    return {
      resourceId: call.office.book.run(
        'INSERT INTO financial_activity (activity, gl_account_id) VALUES (?,?)',
        given(activity),
        given(account),
      ),
    };
  });
}

function createRole(call: Call): HeadOfficeReply {
  return create(call, { action: 'CREATE', entity: 'ROLE' }, (asked) => {
    const body = readBody(asked, 'role', ['name', 'description']);
    const name = body.text('name', 100);
    const description = body.text('description', 500);
    body.check();
    return { resourceId: call.office.book.run('INSERT INTO role (name, description) VALUES (?,?)', given(name), given(description)) };
  });
}

const USER_FIELDS = [
  'username',
  'firstname',
  'lastname',
  'email',
  'officeId',
  'staffId',
  'roles',
  'sendPasswordToEmail',
  'password',
  'repeatPassword',
  'isSelfServiceUser',
  'passwordNeverExpires',
];

function createUser(call: Call): HeadOfficeReply {
  return create(call, { action: 'CREATE', entity: 'USER' }, (asked) => {
    const body = readBody(withLocale(asked), 'user', USER_FIELDS);
    const username = body.text('username', 100);
    const first = body.text('firstname', 100);
    const last = body.text('lastname', 100);
    const email = body.optionalText('email', 100);
    const officeId = body.integer('officeId');
    const staffId = body.optionalInteger('staffId');
    const password = body.text('password', 50);
    const roles = body.raw('roles');
    if (!Array.isArray(roles) || roles.length === 0) body.reject('roles', 'cannot.be.empty', 'The parameter `roles` cannot be empty.');
    if (password !== body.optionalText('repeatPassword', 50))
      body.reject('repeatPassword', 'not.equal.to.password', 'The parameter `repeatPassword` is not equal to password.');
    body.check();
    const { book } = call.office;
    const place = book.get('SELECT hierarchy FROM office WHERE id = ?', given(officeId)) as { hierarchy: string } | undefined;
    if (place === undefined)
      throw notFound('error.msg.office.id.invalid', `Office with identifier ${String(officeId)} does not exist`, [given(officeId)]);
    const id = orRefuse(
      () =>
        book.run(
          'INSERT INTO user_account (username, password_hash, office_id, scope, staff_id, firstname, lastname, email) VALUES (?,?,?,?,?,?,?,?)',
          given(username),
          passwordDigest(given(username), given(password)),
          given(officeId),
          place.hierarchy,
          staffId ?? null,
          given(first),
          given(last),
          email ?? '',
        ),
      'error.msg.user.duplicate.username',
      `User with username ${given(username)} already exists.`,
      'username',
      [given(username)],
    );
    for (const role of roles as unknown[]) book.run('INSERT INTO user_role (user_id, role_id) VALUES (?, ?)', id, Number(role));
    return { officeId: given(officeId), resourceId: id };
  });
}

function chooseCurrencies(call: Call): HeadOfficeReply {
  return create(call, { action: 'UPDATE', entity: 'CURRENCY' }, (asked) => {
    const body = readBody(asked, 'currencies', ['currencies']);
    const codes = body.raw('currencies');
    if (!Array.isArray(codes) || codes.length === 0)
      body.reject('currencies', 'cannot.be.empty', 'The parameter `currencies` cannot be empty.');
    body.check();
    call.office.book.run(
      'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      'currencies',
      JSON.stringify(codes),
    );
    return { changes: { currencies: codes as unknown[] } };
  });
}

/** By head office's numbers. */
const ACCOUNT_TYPES: Readonly<Record<number, string>> = { 1: 'ASSET', 2: 'LIABILITY', 3: 'EQUITY', 4: 'INCOME', 5: 'EXPENSE' };

const ACTIVITIES: Readonly<Record<number, readonly [string, string]>> = {
  100: ['assetTransfer', 'ASSET'],
  101: ['cashAtMainVault', 'ASSET'],
  102: ['cashAtTeller', 'ASSET'],
  103: ['fundSource', 'ASSET'],
  200: ['liabilityTransfer', 'LIABILITY'],
};

export const institutionRoutes: readonly Route[] = [
  route('PUT', 'currencies', chooseCurrencies),
  route('POST', 'offices', createOffice),
  route('POST', 'staff', createStaff),
  route('POST', 'glaccounts', createGlAccount),
  route('POST', 'codes', createCode),
  route('POST', 'codes/:n/codevalues', (call, parts) => createCodeValue(call, parts.number(0))),
  route('POST', 'paymenttypes', createPaymentType),
  route('POST', 'charges', createCharge),
  route('POST', 'loanproducts', createLoanProduct),
  route('PUT', 'loanproducts/:n', (call, parts) => updateLoanProduct(call, parts.number(0))),
  route('POST', 'savingsproducts', createSavingsProduct),
  route('PUT', 'savingsproducts/:n', (call, parts) => updateSavingsProduct(call, parts.number(0))),
  route('DELETE', 'savingsproducts/:n', (call, parts) => deleteSavingsProduct(call, parts.number(0))),
  route('POST', 'financialactivityaccounts', mapFinancialActivity),
  route('GET', 'financialactivityaccounts', (call) => {
    requireRead(call, 'FINANCIALACTIVITYACCOUNT');
    const rows = call.office.book.all(
      'SELECT f.id, f.activity, g.id AS gl_id, g.name, g.gl_code FROM financial_activity f JOIN gl_account g ON g.id = f.gl_account_id ORDER BY f.id',
    ) as { id: number; activity: number; gl_id: number; name: string; gl_code: string }[];
    return reply(
      rows.map((row) => {
        const [name, type] = ACTIVITIES[row.activity] ?? ['', ''];
        return {
          id: row.id,
          financialActivityData: { id: row.activity, name, mappedGLAccountType: type },
          glAccountData: { id: row.gl_id, name: row.name, glCode: row.gl_code },
        };
      }),
    );
  }),
  route('POST', 'roles', createRole),
  route('POST', 'users', createUser),
];
