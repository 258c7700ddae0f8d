// Reference lists that a branch pulls at its first sync: offices, staff, codes, money, products, ledger accounts,
// configuration and the business date. Reading them changes nothing.
import { type Call, reply, requireRead } from '../call.ts';
import { CURRENCIES } from '../amounts.ts';
import { chosenCurrencies } from './chosenCurrencies.ts';
import { dateArray } from '../dates.ts';
import { glAccountType } from '../enumerations.ts';
import { notFound, unsupportedValue } from '../errors.ts';
import { scopePattern } from '../lists.ts';
import { STAFF, staffReply, type StaffRow } from './staff.ts';
import { type Route, route } from '../router.ts';
import { allCharges, chargeReply, findCharge } from './chargeReplies.ts';
import { loanProductReply, type ProductRow, savingsProductReply } from './productReplies.ts';

export interface OfficeRow {
  id: number;
  name: string;
  external_id: string | null;
  hierarchy: string;
  parent_id: number | null;
  parent_name: string | null;
  opened_on: string;
}

export function officeReply(row: OfficeRow): object {
  return {
    id: row.id,
    name: row.name,
    nameDecorated: '....'.repeat(row.hierarchy.split('.').length - 2) + row.name,
    externalId: row.external_id ?? undefined,
    openingDate: dateArray(row.opened_on),
    hierarchy: row.hierarchy,
    parentId: row.parent_id ?? undefined,
    parentName: row.parent_name ?? undefined,
  };
}

export const OFFICES = 'SELECT o.*, p.name AS parent_name FROM office o LEFT JOIN office p ON p.id = o.parent_id';

interface PaymentTypeRow {
  id: number;
  name: string;
  description: string;
  is_cash: number;
  position: number;
  code_name: string | null;
  is_system: number;
}

function paymentTypeReply(row: PaymentTypeRow): object {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    isCashPayment: row.is_cash === 1,
    position: row.position,
    codeName: row.code_name ?? undefined,
    isSystemDefined: row.is_system === 1,
  };
}

interface GlAccountRow {
  id: number;
  name: string;
  gl_code: string;
  type: number;
  usage_kind: number;
  manual_entries: number;
}

function glAccountReply(row: GlAccountRow): object {
  return {
    id: row.id,
    name: row.name,
    glCode: row.gl_code,
    disabled: false,
    manualEntriesAllowed: row.manual_entries === 1,
    type: glAccountType(row.type),
    usage:
      row.usage_kind === 1
        ? { id: 1, code: 'accountUsage.detail', value: 'DETAIL' }
        : { id: 2, code: 'accountUsage.header', value: 'HEADER' },
    description: '',
    nameDecorated: row.name,
    tagId: { id: 0, active: false, mandatory: false },
  };
}

/** Features that practice leaves off. */
const EMPTY_LISTS = ['hooks', 'delinquency/ranges', 'accountnumberformats'] as const;

function productRows(call: Call, table: 'loan_product' | 'savings_product'): ProductRow[] {
  return call.office.book.all(`SELECT * FROM ${table} ORDER BY id`) as ProductRow[];
}

export const referenceRoutes: readonly Route[] = [
  route('GET', 'offices', (call) => {
    requireRead(call, 'OFFICE');
    const isAll = call.query.get('includeAllOffices') === 'true';
    const rows = call.office.book.all(
      `${OFFICES} WHERE o.hierarchy LIKE ? ORDER BY o.id`,
      scopePattern(isAll ? '.' : call.caller.scope),
    ) as OfficeRow[];
    return reply(rows.map(officeReply));
  }),
  route('GET', 'offices/:n', (call, parts) => {
    requireRead(call, 'OFFICE');
    const row = call.office.book.get(`${OFFICES} WHERE o.id = ?`, parts.number(0)) as OfficeRow | undefined;
    // Every office is told to everybody who may read offices; only the list keeps to the caller's own.
    if (row === undefined)
      throw notFound('error.msg.office.id.invalid', `Office with identifier ${String(parts.number(0))} does not exist`, [parts.number(0)]);
    return reply(officeReply(row));
  }),
  route('GET', 'offices/external-id/:x', (call, parts) => {
    requireRead(call, 'OFFICE');
    const row = call.office.book.get(`${OFFICES} WHERE o.external_id = ?`, parts.text(0)) as OfficeRow | undefined;
    if (row === undefined) throw notFound('error.msg.office.external.id.invalid', 'Office does not exist', [parts.text(0)]);
    // An office that is there cannot be read so: 1.10.1 falls over it.
    throw new Error('an office by its external id');
  }),
  route('GET', 'staff', (call) => {
    requireRead(call, 'STAFF');
    const conditions = ['o.hierarchy LIKE ?'];
    const values: (string | number)[] = [scopePattern(call.caller.scope)];
    const officeId = call.query.get('officeId');
    if (officeId !== null && officeId !== '') {
      if (call.query.get('staffInOfficeHierarchy') === 'true') {
        conditions.push('(s.office_id = ? OR o.hierarchy LIKE (SELECT x.hierarchy FROM office x WHERE x.id = ?) || ?)');
        values.push(Number(officeId), Number(officeId), '%');
      } else {
        conditions.push('s.office_id = ?');
        values.push(Number(officeId));
      }
    }
    if (call.query.get('loanOfficersOnly') === 'true') conditions.push('s.is_loan_officer = 1');
    const status = call.query.get('status') ?? 'active';
    if (!['all', 'active', 'inactive'].includes(status)) throw unsupportedValue('status', status, ['all', 'active', 'inactive']);
    if (status !== 'all') conditions.push(status === 'inactive' ? 's.is_active = 0' : 's.is_active = 1');
    const rows = call.office.book.all(`${STAFF} WHERE ${conditions.join(' AND ')} ORDER BY s.lastname, s.id`, ...values) as StaffRow[];
    return reply(rows.map(staffReply));
  }),
  route('GET', 'staff/:n', (call, parts) => {
    requireRead(call, 'STAFF');
    const row = call.office.book.get(`${STAFF} WHERE s.id = ?`, parts.number(0)) as StaffRow | undefined;
    if (row === undefined)
      throw notFound('error.msg.staff.id.invalid', `Staff with identifier ${String(parts.number(0))} does not exist`, [parts.number(0)]);
    return reply(staffReply(row));
  }),
  route('GET', 'currencies', (call) => {
    requireRead(call, 'CURRENCY');
    const codes = chosenCurrencies(call.office);
    const selected = CURRENCIES.filter((currency) => codes.includes(currency.code));
    const all = { selectedCurrencyOptions: selected, currencyOptions: CURRENCIES };
    return reply(call.query.get('fields') === 'selectedCurrencyOptions' ? { selectedCurrencyOptions: all.selectedCurrencyOptions } : all);
  }),
  route('GET', 'paymenttypes', (call) => {
    requireRead(call, 'PAYMENTTYPE');
    const isCoded = call.query.get('onlyWithCode') === 'true';
    const rows = call.office.book.all('SELECT * FROM payment_type ORDER BY position, id') as PaymentTypeRow[];
    return reply(rows.filter((row) => !isCoded || row.code_name !== null).map(paymentTypeReply));
  }),
  route('GET', 'paymenttypes/:n', (call, parts) => {
    requireRead(call, 'PAYMENTTYPE');
    const row = call.office.book.get('SELECT * FROM payment_type WHERE id = ?', parts.number(0)) as PaymentTypeRow | undefined;
    if (row === undefined)
      throw notFound('error.msg.payment.type.invalid', `PaymentType with ${String(parts.number(0))} does not exist`, [parts.number(0)]);
    return reply(paymentTypeReply(row));
  }),
  route('GET', 'codes', (call) => {
    requireRead(call, 'CODE');
    const rows = call.office.book.all('SELECT id, name, system_defined FROM code ORDER BY name COLLATE NOCASE') as {
      id: number;
      name: string;
      system_defined: number;
    }[];
    return reply(rows.map((row) => ({ id: row.id, name: row.name, systemDefined: row.system_defined === 1 })));
  }),
  route('GET', 'codes/:n', (call, parts) => {
    requireRead(call, 'CODE');
    const row = call.office.book.get('SELECT id, name, system_defined FROM code WHERE id = ?', parts.number(0)) as
      { id: number; name: string; system_defined: number } | undefined;
    if (row === undefined)
      throw notFound('error.msg.code.identifier.not.found', `Code with identifier \`${String(parts.number(0))}\` does not exist`, [
        parts.number(0),
      ]);
    return reply({ id: row.id, name: row.name, systemDefined: row.system_defined === 1 });
  }),
  route('GET', 'codes/:n/codevalues', (call, parts) => {
    requireRead(call, 'CODEVALUE');
    const rows = call.office.book.all(
      'SELECT id, name, position, description FROM code_value WHERE code_id = ? ORDER BY position, id',
      parts.number(0),
    ) as { id: number; name: string; position: number; description: string | null }[];
    return reply(rows.map((row) => ({ ...row, description: row.description ?? undefined, active: true, mandatory: false })));
  }),
  route('GET', 'funds', (call) => {
    requireRead(call, 'FUND');
    return reply([]);
  }),
  route('GET', 'charges', (call) => {
    requireRead(call, 'CHARGE');
    return reply(allCharges(call.office.book).map(chargeReply));
  }),
  route('GET', 'charges/:n', (call, parts) => {
    requireRead(call, 'CHARGE');
    return reply(chargeReply(findCharge(call.office.book, parts.number(0))));
  }),
  route('GET', 'loanproducts', (call) => {
    requireRead(call, 'LOANPRODUCT');
    return reply(productRows(call, 'loan_product').map((row) => loanProductReply(call.office.book, row, false)));
  }),
  route('GET', 'loanproducts/:n', (call, parts) => {
    requireRead(call, 'LOANPRODUCT');
    const row = productRows(call, 'loan_product').find((each) => each.id === parts.number(0));
    if (row === undefined)
      throw notFound('error.msg.loanproduct.id.invalid', `Loan product with identifier ${String(parts.number(0))} does not exist`, [
        parts.number(0),
      ]);
    return reply(loanProductReply(call.office.book, row, true));
  }),
  route('GET', 'savingsproducts', (call) => {
    requireRead(call, 'SAVINGSPRODUCT');
    return reply(productRows(call, 'savings_product').map((row) => savingsProductReply(call.office.book, row, false)));
  }),
  route('GET', 'savingsproducts/:n', (call, parts) => {
    requireRead(call, 'SAVINGSPRODUCT');
    const row = productRows(call, 'savings_product').find((each) => each.id === parts.number(0));
    if (row === undefined)
      throw notFound('error.msg.savingproduct.id.invalid', `Saving product with identifier ${String(parts.number(0))} does not exist`, [
        parts.number(0),
      ]);
    return reply(savingsProductReply(call.office.book, row, true));
  }),
  route('GET', 'glaccounts', (call) => {
    requireRead(call, 'GLACCOUNT');
    const asked = (name: string): number | null => (call.query.has(name) ? Number(call.query.get(name)) : null);
    const isManual = call.query.get('manualEntriesAllowed');
    const rows = (call.office.book.all('SELECT * FROM gl_account ORDER BY gl_code') as GlAccountRow[]).filter(
      (row) =>
        (asked('type') ?? row.type) === row.type &&
        (asked('usage') ?? row.usage_kind) === row.usage_kind &&
        (isManual === null || (isManual === 'true') === (row.manual_entries === 1)),
    );
    return reply(rows.map(glAccountReply));
  }),
  route('GET', 'glaccounts/:n', (call, parts) => {
    requireRead(call, 'GLACCOUNT');
    const row = call.office.book.get('SELECT * FROM gl_account WHERE id = ?', parts.number(0)) as GlAccountRow | undefined;
    if (row === undefined)
      throw notFound('error.msg.glaccount.id.invalid', `General Ledger account with identifier ${String(parts.number(0))} does not exist`, [
        parts.number(0),
      ]);
    return reply(glAccountReply(row));
  }),
  ...EMPTY_LISTS.map((path) => route('GET', path, () => reply([]))),
  route('GET', 'externalservice/S3', () => reply(['s3_access_key', 's3_bucket_name', 's3_secret_key'].map((name) => ({ name })))),
  route('GET', 'passwordpreferences', () =>
    reply({
      id: 1,
      description: 'Password most be at least 1 character and not more that 50 characters long',
      active: true,
      key: 'simple',
    }),
  ),
  // Everybody may read the own notifications; the practice head office sends none.
  route('GET', 'notifications', () => reply({ totalFilteredRecords: 0, pageItems: [] })),
];
