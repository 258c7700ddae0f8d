// A decision on a savings account at head office: sent alone. A state that it leads to, or one behind that, was told already.

import type { Outcome } from '../../../shared/domain/commands/command.ts';
import type { SavingsDecisionPayload } from '../../../shared/domain/commands/kinds/savingsDecision.ts';
import type { SavingsDeed } from '../../../shared/domain/savings/opening.ts';
import type { Answer, CommandToSend, Credential } from '../../ports/headOffice.ts';
import { DATE_FORMAT } from '../dates.ts';
import type { JsonValue } from '../jsonText.ts';
import { decoding } from '../line.ts';
import type { Line } from '../line.ts';
import { Members, needed, Unreadable } from '../members.ts';
import { withNumberOf, type KindThere } from './kindThere.ts';
import type { Found } from './lookUp.ts';
import { lookUpWanted, pendingOn, tellWanted, type Wanted } from './wantedState.ts';
import { markedNote } from './wording.ts';

interface DeedThere {
  readonly command: string;
  readonly action: string;
  /** Head office's states in which it was told: its own, and those that only it leads to (contract 6.9). */
  readonly told: ReadonlySet<number>;
}

/** Active, under transfer, on hold, closed, and matured before its day or on it. */
const ACTIVE_ONCE = [300, 303, 304, 600, 700, 800];

const THERE: Readonly<Record<SavingsDeed, DeedThere>> = {
  approve: { command: 'approve', action: 'APPROVE', told: new Set([200, ...ACTIVE_ONCE]) },
  activate: { command: 'activate', action: 'ACTIVATE', told: new Set(ACTIVE_ONCE) },
  reject: { command: 'reject', action: 'REJECT', told: new Set([500]) },
  withdraw: { command: 'withdrawnByApplicant', action: 'WITHDRAW', told: new Set([400]) },
  undoApproval: { command: 'undoapproval', action: 'APPROVALUNDO', told: new Set([100]) },
  close: { command: 'close', action: 'CLOSE', told: new Set([600]) },
};

export const savingsDecisionThere: KindThere<SavingsDecisionPayload> = {
  send: (line, command, payload, credential) =>
    withNumberOf<Outcome>(command, payload.savingsId, (account) =>
      tellWanted(line, command, wanted(account, command, payload), credential),
    ),
  lookUp: (line, command, payload, credential, reader) =>
    withNumberOf<Found>(command, payload.savingsId, (account) =>
      lookUpWanted(line, command, wanted(account, command, payload), credential, reader),
    ),
  // The body of an activation says nothing of the account; its row says which it is about.
  pending: (command, payload) => pendingOn(command, payload.savingsId, deedThere(payload)),
};

function wanted(account: number, command: CommandToSend, payload: SavingsDecisionPayload): Wanted {
  const deed = THERE[payload.deed];
  return {
    serverId: account,
    stands: (line, credential) => isTold(line, account, deed, credential),
    request: {
      url: `/savingsaccounts/${String(account)}?command=${deed.command}`,
      body: bodyOf(command, payload),
      ours: { savingsId: account },
    },
    deed: deedThere(payload),
    isOnTrail: true,
    // An activation takes no words.
    ...(payload.deed === 'activate' ? {} : { notesUrl: `/savings/${String(account)}/notes` }),
  };
}

function deedThere({ deed }: SavingsDecisionPayload): Wanted['deed'] {
  return { entity: 'SAVINGSACCOUNT', action: THERE[deed].action };
}

function bodyOf(command: CommandToSend, { deed, onDate, note }: SavingsDecisionPayload): JsonValue {
  const said = { note: markedNote(command, note) };
  switch (deed) {
    case 'approve':
      return { approvedOnDate: onDate, ...said, ...DATE_FORMAT };
    // It takes no words.
    case 'activate':
      return { activatedOnDate: onDate, ...DATE_FORMAT };
    case 'reject':
      return { rejectedOnDate: onDate, ...said, ...DATE_FORMAT };
    case 'withdraw':
      return { withdrawnOnDate: onDate, ...said, ...DATE_FORMAT };
    // It takes no date, and refuses one.
    case 'undoApproval':
      return said;
    // Without `withdrawBalance`: what lies on it there and not here is nothing that was paid out.
    case 'close':
      return { closedOnDate: onDate, ...said, ...DATE_FORMAT };
  }
}

async function isTold(line: Line, account: number, { told }: DeedThere, credential: Credential): Promise<Answer<boolean>> {
  const answer = await line.ask({ method: 'GET', url: `/savingsaccounts/${String(account)}` }, credential);
  if (!answer.ok) return answer;
  return decoding(() => {
    const row = new Members(answer.value, `savings account ${String(account)}`);
    if (row.id('id') !== account) throw new Unreadable(`savings account ${String(account)}: id`);
    return told.has(needed(row.enumeration('status'), row, 'status'));
  });
}
