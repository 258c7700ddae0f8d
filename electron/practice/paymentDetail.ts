// How money was paid: type, receipt number and its siblings, kept once beside the transaction. The receipt number
// is what reconciliation looks for, so it is stored exactly as sent.
import type { Book } from './book.ts';
import type { CommandBody } from './commandBody.ts';
import type { HeadOffice } from './call.ts';
import { notFound } from './errors.ts';

export const PAYMENT_FIELDS = ['paymentTypeId', 'accountNumber', 'checkNumber', 'routingCode', 'receiptNumber', 'bankNumber'] as const;
const TEXT_MOST = 50;

export interface PaymentDetail {
  paymentTypeId: number;
  accountNumber: string | null;
  checkNumber: string | null;
  routingCode: string | null;
  receiptNumber: string | null;
  bankNumber: string | null;
}

export function readPaymentDetail(body: CommandBody, isTypeRequired: boolean): PaymentDetail | null {
  const paymentTypeId = isTypeRequired ? body.integer('paymentTypeId') : body.optionalInteger('paymentTypeId');
  const detail = {
    accountNumber: body.optionalText('accountNumber', TEXT_MOST) ?? null,
    checkNumber: body.optionalText('checkNumber', TEXT_MOST) ?? null,
    routingCode: body.optionalText('routingCode', TEXT_MOST) ?? null,
    receiptNumber: body.optionalText('receiptNumber', TEXT_MOST) ?? null,
    bankNumber: body.optionalText('bankNumber', TEXT_MOST) ?? null,
  };
  return paymentTypeId === undefined ? null : { paymentTypeId, ...detail };
}

export function unknownPaymentType(id: number): Error {
  return notFound('error.msg.payment.type.invalid', `PaymentType with ${String(id)} does not exist`, [id]);
}

/** What a command says back of how money was paid, in head office's order. */
export function paymentChanges(asked: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const said = ['accountNumber', 'checkNumber', 'routingCode', 'receiptNumber', 'bankNumber', 'paymentTypeId'].filter(
    (name) => asked[name] !== undefined && asked[name] !== null && asked[name] !== '',
  );
  return Object.fromEntries(said.map((name) => [name, name === 'paymentTypeId' ? Number(asked[name]) : asked[name]]));
}

export function keepPaymentDetail(office: HeadOffice, detail: PaymentDetail | null): number | null {
  if (detail === null) return null;
  const { book } = office;
  if (book.get('SELECT id FROM payment_type WHERE id = ?', detail.paymentTypeId) === undefined) {
    throw unknownPaymentType(detail.paymentTypeId);
  }
  return book.run(
    'INSERT INTO payment_detail (payment_type_id, account_number, check_number, routing_code, receipt_number, bank_number) VALUES (?,?,?,?,?,?)',
    detail.paymentTypeId,
    detail.accountNumber,
    detail.checkNumber,
    detail.routingCode,
    detail.receiptNumber,
    detail.bankNumber,
  );
}

/** Head office shows the transaction's own id as the detail's. */
export function paymentDetailReply(book: Book, id: number | null, transactionId: number): object | undefined {
  if (id === null) return undefined;
  const row = book.get(
    `SELECT t.is_system, p.account_number, p.check_number, p.routing_code, p.receipt_number, p.bank_number, t.id AS type_id, t.name AS type_name
     FROM payment_detail p JOIN payment_type t ON t.id = p.payment_type_id WHERE p.id = ?`,
    id,
  ) as
    | {
        account_number: string | null;
        check_number: string | null;
        routing_code: string | null;
        receipt_number: string | null;
        bank_number: string | null;
        type_id: number;
        type_name: string;
        is_system: number;
      }
    | undefined;
  if (row === undefined) return undefined;
  return {
    id: transactionId,
    paymentType: { id: row.type_id, name: row.type_name, isSystemDefined: row.is_system === 1 },
    accountNumber: row.account_number ?? '',
    checkNumber: row.check_number ?? '',
    routingCode: row.routing_code ?? '',
    receiptNumber: row.receipt_number ?? '',
    bankNumber: row.bank_number ?? '',
  };
}
