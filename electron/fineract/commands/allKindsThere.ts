// Every kind of command as head office takes it, one line each. A kind that is missing here does not compile.

import type { CommandKindName, CommandPayload, PayloadOfKind } from '../../../shared/domain/commands/kinds/allKinds.ts';
import { centerRegistrationThere } from './centerRegistration.ts';
import { clientDocumentThere } from './clientDocument.ts';
import { clientIdentifierThere } from './clientIdentifier.ts';
import { clientEditThere } from './clientEdit.ts';
import { clientNoteThere } from './clientNote.ts';
import { clientPictureThere } from './clientPicture.ts';
import { clientRegistrationThere } from './clientRegistration.ts';
import { clientTurnThere } from './clientTurn.ts';
import { disbursalUndoThere } from './disbursalUndo.ts';
import { groupChangeThere } from './groupChange.ts';
import { groupEditThere } from './groupEdit.ts';
import { groupRegistrationThere } from './groupRegistration.ts';
import type { KindThere } from './kindThere.ts';
import { loanApplicationThere } from './loanApplication.ts';
import { loanDecisionThere } from './loanDecision.ts';
import { loanDisbursalThere } from './loanDisbursal.ts';
import { loanRepaymentThere } from './loanRepayment.ts';
import { savingsApplicationThere } from './savingsApplication.ts';
import { savingsDecisionThere } from './savingsDecision.ts';
import { savingsDepositThere, savingsWithdrawalThere } from './savingsTransaction.ts';
import { savingsHoldThere } from './savingsHold.ts';
import { savingsReleaseThere } from './savingsRelease.ts';
import { savingsTransferThere } from './savingsTransfer.ts';
import { suspensePostingThere } from './suspensePosting.ts';

const KINDS_THERE: { readonly [Name in CommandKindName]: KindThere<PayloadOfKind[Name]> } = {
  loanRepayment: loanRepaymentThere,
  savingsDeposit: savingsDepositThere,
  savingsWithdrawal: savingsWithdrawalThere,
  suspensePosting: suspensePostingThere,
  clientNote: clientNoteThere,
  clientEdit: clientEditThere,
  groupChange: groupChangeThere,
  groupEdit: groupEditThere,
  groupRegistration: groupRegistrationThere,
  clientTurn: clientTurnThere,
  savingsTransfer: savingsTransferThere,
  loanDecision: loanDecisionThere,
  clientRegistration: clientRegistrationThere,
  loanDisbursal: loanDisbursalThere,
  clientPicture: clientPictureThere,
  clientIdentifier: clientIdentifierThere,
  clientDocument: clientDocumentThere,
  loanApplication: loanApplicationThere,
  savingsApplication: savingsApplicationThere,
  savingsDecision: savingsDecisionThere,
  disbursalUndo: disbursalUndoThere,
  savingsHold: savingsHoldThere,
  savingsRelease: savingsReleaseThere,
  centerRegistration: centerRegistrationThere,
};

/** To be asked about payloads of that kind alone. */
export function kindThere(name: CommandKindName): KindThere<CommandPayload> {
  return KINDS_THERE[name];
}
