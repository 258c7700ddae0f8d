// What head office's own form for a transfer is filled with: each side as far as the question names it.
import { currencyReply } from '../amounts.ts';
import { businessDate, type Call } from '../call.ts';
import { visibleClient } from '../clients/clientBook.ts';
import { clientDetailReply } from '../clients/clientReplies.ts';
import { officeOptions } from '../clients/clientTemplates.ts';
import { dateArray } from '../dates.ts';
import { type OfficeRow, OFFICES, officeReply } from '../reference/referenceRoutes.ts';
import { KIND_LOAN, KIND_SAVINGS } from './transferBook.ts';
import { accountType } from './transferReplies.ts';

interface AccountLine {
  id: number;
  account_no: string;
  external_id: string | null;
  client_id: number;
  client_name: string;
  product_id: number;
  product_name: string;
}

function accountsOf(call: Call, clientId: number): object[] {
  const rows = call.office.book.all(
    `SELECT a.id, a.account_no, a.external_id, a.client_id, c.display_name AS client_name, a.product_id, p.name AS product_name FROM savings_account a
     JOIN client c ON c.id = a.client_id JOIN savings_product p ON p.id = a.product_id WHERE a.client_id = ? AND a.status = 300 ORDER BY a.id`,
    clientId,
  ) as AccountLine[];
  return rows.map((row) => ({
    id: row.id,
    accountNo: row.account_no,
    externalId: row.external_id ?? undefined,
    clientId: row.client_id,
    clientName: row.client_name,
    productId: row.product_id,
    productName: row.product_name,
    fieldOfficerId: 0,
    currency: currencyReply,
  }));
}

function clientsOf(call: Call, officeId: number): object[] {
  return call.office.book
    .all(
      `SELECT c.id, c.display_name AS displayName, c.office_id AS officeId, o.name AS officeName FROM client c JOIN office o ON o.id = c.office_id
       WHERE c.office_id = ? AND c.status <> 600 ORDER BY c.id`,
      officeId,
    )
    .map((row) => ({ ...(row as object), isStaff: false }));
}

/** The office, clients and accounts of a side, by what is asked of it. */
function side(call: Call, name: 'from' | 'to'): object {
  const asked = (member: string): number | null => {
    const value = call.query.get(`${name}${member}`);
    return value === null || value === '' ? null : Number(value);
  };
  const clientId = asked('ClientId');
  const kind = asked('AccountType');
  const accountId = asked('AccountId');
  const client = clientId === null ? null : visibleClient(call, clientId);
  const officeId = client?.office_id ?? asked('OfficeId');
  const office = officeId === null ? undefined : (call.office.book.get(`${OFFICES} WHERE o.id = ?`, officeId) as OfficeRow | undefined);
  const accounts = client === null ? undefined : accountsOf(call, client.id);
  return {
    [`${name}Office`]: office === undefined ? undefined : officeReply(office),
    [`${name}Client`]: client === null ? undefined : clientDetailReply(call, client),
    [`${name}AccountType`]: kind === null ? undefined : accountType(kind),
    [`${name}Account`]: accounts?.find((each) => (each as { id: number }).id === accountId),
    [`${name}OfficeOptions`]: officeOptions(call),
    [`${name}ClientOptions`]: officeId === null ? undefined : clientsOf(call, officeId),
    [`${name}AccountTypeOptions`]: (name === 'from' ? [KIND_SAVINGS, KIND_LOAN] : [KIND_LOAN, KIND_SAVINGS]).map(accountType),
    [`${name}AccountOptions`]: accounts,
  };
}

export function transferTemplate(call: Call): object {
  return {
    currency: currencyReply,
    transferAmount: 0,
    transferDate: dateArray(businessDate(call.office)),
    ...side(call, 'from'),
    ...side(call, 'to'),
  };
}
