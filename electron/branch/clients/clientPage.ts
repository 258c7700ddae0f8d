// Everything the branch knows of one client, from the replica and the journal.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { isLocalNumber } from '../../../shared/domain/clients/localNumber.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { changedHere } from '../../journal/changedHere.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { receiptLine } from '../counter/receiptLine.ts';
import { closedDayOf, loanView } from '../loans/loanView.ts';
import type { ClientRecord, ReadStore } from '../../ports/store.ts';
import type { BranchParts } from '../parts.ts';
import { savingsView } from '../savings/savingsView.ts';
import { payoutMoment } from '../savings/payoutMoment.ts';
import { clientRow } from './clientRow.ts';
import { changesOf, entriesOf } from './recordFacts.ts';
import { confirmedAtOf } from '../../journal/settings.ts';

type Method = BranchContract['clients']['show'];
const RECEIPTS_SHOWN = 20;

export function clientPage(parts: BranchParts, input: ParsedInputOf<Method>): AnswerOf<Method> {
  return parts.store.read((read) => {
    const row = read.client(input.clientId);
    if (row === null) return refuse({ code: 'client.unknown' });
    const client = changedHere(read, row);
    const businessDate = currentBusinessDate(read, parts.clock);
    const closedDay = closedDayOf(read, businessDate);
    const moment = payoutMoment(read, parts);
    const receipts = read.receipts({ clientId: client.clientId, offset: 0, most: RECEIPTS_SHOWN });
    return ok({
      client: clientRow(read, row, businessDate, moment),
      numbers: numbersOf(read, client),
      externalId: client.externalId !== null && isLocalNumber(client.externalId) ? null : client.externalId,
      firstname: client.firstname,
      lastname: client.lastname,
      dateOfBirth: client.dateOfBirth,
      gender: client.gender,
      activationDate: client.activationDate,
      staffName: client.staffName,
      groups: read.groupsOf(client.clientId).map((group) => ({ groupId: group.groupId, name: group.name, members: group.members })),
      loans: read.loansOf(client.clientId).map((loan) => ({ ...loanView(read, loan, businessDate), ...closedDay })),
      savings: read.savingsOf(client.clientId).map((account) => savingsView(read, account, moment)),
      receipts: receipts.rows.map((receipt) => receiptLine(read, receipt)),
      notes: entriesOf(read, { kind: 'client', localId: client.clientId }),
      changes: changesOf(read, { kind: 'client', localId: client.clientId }),
      confirmedAt: client.serverId === null ? null : confirmedAtOf(read, 'clients', client),
      gone: client.gone,
    });
  });
}

/** A number of another PC of the institution stands at head office as the client's external id. */
function numbersOf(read: ReadStore, client: ClientRecord): { readonly local: string | null; readonly headOffice: string | null } {
  const given = read.localNumberOf('client', client.clientId);
  const { externalId } = client;
  return {
    local: given ?? (externalId !== null && isLocalNumber(externalId) ? externalId : null),
    headOffice: client.serverId === null ? null : client.accountNo,
  };
}
