// What the institution charges a client outside every account: added, paid, waived, and the transactions of it.
import { businessDate, type Call, reply, requireRead } from '../call.ts';
import { currencyAlone, jsonAmount } from '../amounts.ts';
import type { CommandResult } from '../commandLayer.ts';
import { given, parseObject, readBody } from '../commandBody.ts';
import { dateArray } from '../dates.ts';
import { chargeCalculationType, chargeTimeType } from '../enumerations.ts';
import { domainRule, notFound, unsupportedCommand } from '../errors.ts';
import { fundAccount, GL, postMovement, requireOpenPeriod } from '../accounting/ledger.ts';
import { type Route, route } from '../router.ts';
import { clientCommand, findClient } from './clientBook.ts';

const PAY = 1;
const WAIVE = 2;

interface ClientChargeRow {
  id: number;
  client_id: number;
  charge_id: number;
  name: string;
  time_type: number;
  calculation: number;
  penalty: number;
  amount: number;
  due_date: string | null;
  paid: number;
  waived: number;
}

const SELECT =
  'SELECT l.*, c.name, c.time_type, c.calculation, c.penalty FROM client_charge l JOIN charge c ON c.id = l.charge_id WHERE l.client_id = ?';

function findCharge(call: Call, clientId: number, id: number): ClientChargeRow {
  const row = call.office.book.get(`${SELECT} AND l.id = ?`, clientId, id) as ClientChargeRow | undefined;
  if (row === undefined)
    throw notFound('error.msg.client.charge.id.invalid', `Client charge with identifier ${String(id)} does not exist`, [id, clientId]);
  return row;
}

function chargeReplyOf(row: ClientChargeRow): object {
  const left = row.amount - row.paid - row.waived;
  return {
    id: row.id,
    clientId: row.client_id,
    chargeId: row.charge_id,
    name: row.name,
    chargeTimeType: chargeTimeType(row.time_type),
    dueDate: dateArray(row.due_date),
    chargeCalculationType: chargeCalculationType(row.calculation),
    currency: currencyAlone,
    amount: jsonAmount(row.amount),
    amountPaid: jsonAmount(row.paid),
    amountWaived: jsonAmount(row.waived),
    amountWrittenOff: 0,
    amountOutstanding: jsonAmount(left),
    penalty: row.penalty === 1,
    isActive: true,
    isPaid: left === 0 && row.waived === 0,
    isWaived: row.waived > 0 && left === 0,
  };
}

function add(call: Call, clientId: number): CommandResult {
  const body = readBody(parseObject(call.body), 'clientCharge', ['chargeId', 'amount', 'dueDate']);
  const chargeId = body.identifier('chargeId');
  const amount = body.amount('amount');
  const due = body.date('dueDate');
  body.check();
  const { book } = call.office;
  const client = findClient(call, clientId);
  if (book.get('SELECT id FROM charge WHERE id = ?', given(chargeId)) === undefined)
    throw notFound('error.msg.charge.id.invalid', `Charge with identifier ${String(chargeId)} does not exist`, [given(chargeId)]);
  const id = book.run(
    'INSERT INTO client_charge (client_id, charge_id, amount, due_date) VALUES (?,?,?,?)',
    clientId,
    given(chargeId),
    given(amount),
    given(due),
  );
  return { officeId: client.office_id, clientId, resourceId: id };
}

/** Paid money is income of the institution; what is waived moves no books. */
function settle(call: Call, clientId: number, id: number, kind: typeof PAY | typeof WAIVE): CommandResult {
  const body = readBody(parseObject(call.body), 'clientCharge', kind === PAY ? ['amount', 'transactionDate'] : []);
  const amount = kind === PAY ? body.amount('amount') : undefined;
  const on = kind === PAY ? body.date('transactionDate') : undefined;
  body.check();
  const { book } = call.office;
  const client = findClient(call, clientId);
  const charge = findCharge(call, clientId, id);
  const left = charge.amount - charge.paid - charge.waived;
  const minor = amount ?? left;
  if (minor > left)
    throw domainRule('error.msg.client.charge.paid.amount.exceeds.outstanding', 'More than is outstanding.', [jsonAmount(left)]);
  const date = on ?? businessDate(call.office);
  requireOpenPeriod(call.office, client.office_id, date);
  const transactionId = book.run(
    'INSERT INTO client_transaction (client_id, client_charge_id, office_id, kind, amount, date, submitted_on, created_by) VALUES (?,?,?,?,?,?,?,?)',
    clientId,
    id,
    client.office_id,
    kind,
    minor,
    date,
    businessDate(call.office),
    call.caller.id,
  );
  book.run(`UPDATE client_charge SET ${kind === PAY ? 'paid = paid' : 'waived = waived'} + ? WHERE id = ?`, minor, id);
  if (kind === PAY)
    postMovement(book, {
      ref: `C${String(transactionId)}`,
      officeId: client.office_id,
      date,
      submittedOn: businessDate(call.office),
      entityType: null,
      entityId: null,
      createdBy: call.caller.id,
      lines: [
        [fundAccount(call.office, undefined), minor],
        [GL.feeIncome, -minor],
      ],
    });
  return { officeId: client.office_id, clientId, resourceId: id, subResourceId: transactionId, transactionId: String(transactionId) };
}

interface ClientTransactionRow {
  id: number;
  office_id: number;
  office_name: string;
  kind: number;
  amount: number;
  date: string;
  submitted_on: string;
}

function transactionReply(row: ClientTransactionRow): object {
  return {
    id: row.id,
    officeId: row.office_id,
    officeName: row.office_name,
    type:
      row.kind === PAY
        ? { id: PAY, code: 'clientTransactionType.payCharge', value: 'PAY_CHARGE' }
        : { id: WAIVE, code: 'clientTransactionType.waiveCharge', value: 'WAIVE_CHARGE' },
    date: dateArray(row.date),
    currency: currencyAlone,
    amount: jsonAmount(row.amount),
    submittedOnDate: dateArray(row.submitted_on),
    reversed: false,
  };
}

const ENTITY = 'CLIENTCHARGE';

export const clientChargeRoutes: readonly Route[] = [
  route('GET', 'clients/:n/charges', (call, parts) => {
    requireRead(call, ENTITY);
    const rows = call.office.book.all(`${SELECT} ORDER BY l.id`, parts.number(0)) as ClientChargeRow[];
    return reply({ totalFilteredRecords: rows.length, pageItems: rows.map(chargeReplyOf) });
  }),
  route('GET', 'clients/:n/charges/:n', (call, parts) => {
    requireRead(call, ENTITY);
    return reply(chargeReplyOf(findCharge(call, parts.number(0), parts.number(1))));
  }),
  route('POST', 'clients/:n/charges', (call, parts) =>
    clientCommand(call, parts.number(0), 'CREATE', () => add(call, parts.number(0)), ENTITY),
  ),
  route('POST', 'clients/:n/charges/:n', (call, parts) => {
    const command = call.query.get('command');
    const [clientId, id] = [parts.number(0), parts.number(1)];
    if (command === 'paycharge') return clientCommand(call, clientId, 'PAY', () => settle(call, clientId, id, PAY), ENTITY);
    if (command === 'waive') return clientCommand(call, clientId, 'WAIVE', () => settle(call, clientId, id, WAIVE), ENTITY);
    throw unsupportedCommand(command, ['waive', 'paycharge', 'inactivate']);
  }),
  route('GET', 'clients/:n/transactions', (call, parts) => {
    requireRead(call, 'CLIENT');
    const rows = call.office.book.all(
      'SELECT t.*, o.name AS office_name FROM client_transaction t JOIN office o ON o.id = t.office_id WHERE t.client_id = ? ORDER BY t.id DESC',
      parts.number(0),
    ) as ClientTransactionRow[];
    return reply({ totalFilteredRecords: rows.length, pageItems: rows.map(transactionReply) });
  }),
];
