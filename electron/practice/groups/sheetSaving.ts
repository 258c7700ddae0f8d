// Saves what was collected at a meeting: each line is an ordinary repayment, deposit or disbursal, and one that cannot be
// carried out takes all of them with it. Lines below one are left out without a word.
import type { Call } from '../call.ts';
import { given, type JsonObject, parseObject, readBody } from '../commandBody.ts';
import type { CommandResult } from '../commandLayer.ts';
import { keepAttendance, meetingOn } from '../calendars/calendarBook.ts';
import { containerRefusal, Refusal } from '../errors.ts';
import { disburseLoan } from '../loans/loanDisbursal.ts';
import { repay } from '../loans/loanRepayments.ts';
import { PAYMENT_FIELDS } from '../paymentDetail.ts';
import { findSavings } from '../savings/savingsAccount.ts';
import { postMove } from '../savings/savingsMoney.ts';
import { minorOfText } from '../amounts.ts';
import { readPaymentDetail } from '../paymentDetail.ts';

const FIELDS = [
  'calendarId',
  'transactionDate',
  'actualDisbursementDate',
  'bulkRepaymentTransactions',
  'bulkDisbursementTransactions',
  'bulkSavingsDueTransactions',
  'clientsAttendance',
  'note',
  'isTransactionDateOnNonMeetingDate',
  ...PAYMENT_FIELDS,
];
const LEAST = 1;

function linesOf(raw: unknown): JsonObject[] {
  return Array.isArray(raw) ? (raw as JsonObject[]).filter((line) => Number(line['transactionAmount']) >= LEAST) : [];
}

/** A savings account that takes nothing is a failure that head office did not foresee. */
function deposit(call: Call, line: JsonObject, date: string, payment: ReturnType<typeof readPaymentDetail>): number {
  try {
    const account = findSavings(call, Number(line['savingsId']));
    const minor = minorOfText(String(line['transactionAmount']));
    if (minor === null) throw new Error('no amount');
    return postMove(call, account, 'deposit', { date, minor, payment });
  } catch (error) {
    if (error instanceof Refusal) throw containerRefusal(500, 'Internal Server Error', call.path, call.office.now());
    throw error;
  }
}

export function saveSheet(call: Call, id: number): CommandResult {
  const asked = parseObject(call.body);
  const body = readBody(asked, 'collectionsheet', FIELDS);
  const calendarId = body.optionalIdentifier('calendarId');
  const on = body.date('transactionDate');
  const payment = readPaymentDetail(body, false);
  body.check();
  const date = given(on);
  const told = { locale: asked['locale'], dateFormat: asked['dateFormat'] };
  const paid = Object.fromEntries(PAYMENT_FIELDS.filter((name) => asked[name] !== undefined).map((name) => [name, asked[name]]));
  const asOne = (members: JsonObject): Call => ({ ...call, body: JSON.stringify({ ...members, ...paid, ...told }) });
  for (const line of linesOf(asked['bulkDisbursementTransactions'])) {
    const members = { actualDisbursementDate: asked['actualDisbursementDate'], transactionAmount: line['transactionAmount'] };
    disburseLoan(asOne(members), Number(line['loanId']));
  }
  const loanTransactions = linesOf(asked['bulkRepaymentTransactions']).map((line) => {
    const { loanId, transactionAmount, externalId } = line;
    const members = { transactionDate: asked['transactionDate'], transactionAmount, ...(externalId === undefined ? {} : { externalId }) };
    return repay(asOne(members), Number(loanId)).resourceId;
  });
  const savingsTransactions = linesOf(asked['bulkSavingsDueTransactions']).map((line) => deposit(call, line, date, payment));
  if (calendarId !== undefined) keepAttendance(call, meetingOn(call, calendarId, date), asked['clientsAttendance']);
  return {
    groupId: id,
    resourceId: id,
    changes: {
      loanTransactions,
      ...(payment === null ? {} : { paymentTypeId: payment.paymentTypeId }),
      dateFormat: asked['dateFormat'],
      SavingsTransactions: savingsTransactions,
      locale: asked['locale'],
      ...(asked['receiptNumber'] === undefined ? {} : { receiptNumber: asked['receiptNumber'] }),
    },
  };
}
