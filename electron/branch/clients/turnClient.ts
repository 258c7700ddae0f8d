// A turn in a client's life, line or no line: what head office would refuse is refused here as far as it can be known, and shown with its reason
// before anybody presses.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import { ENDED, type ClientTurnPayload, type Ended, type Turn } from '../../../shared/domain/commands/kinds/clientTurn.ts';
import type { ChosenOption } from '../../../shared/domain/commands/kinds/clientRegistration.ts';
import type { BusinessDate } from '../../../shared/kernel/businessDate.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { changedHere } from '../../journal/changedHere.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { hasOpenAccounts } from '../../journal/openAccounts.ts';
import { recordCommand } from '../../journal/recordCommand.ts';
import type { ClientRecord, ReadStore } from '../../ports/store.ts';
import { formDraft } from '../counter/formDraft.ts';
import { usedFact } from '../counter/usedForm.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import type { Session } from '../session/sessions.ts';
import { staffHere } from './registrationOptions.ts';

type Clients = BranchContract['clients'];
type Method = Clients['activate' | 'close' | 'reject' | 'withdrawRegistration' | 'reopen' | 'assignStaff'];

type Wish =
  | { readonly what: 'activate' }
  | { readonly what: 'reopen'; readonly from: Ended }
  | { readonly what: 'close' | 'reject' | 'withdraw'; readonly reasonId: number }
  | { readonly what: 'serve'; readonly staffId: number; readonly before: string | null };

interface Asked {
  readonly formId: LocalId;
  readonly pageId?: LocalId | undefined;
  readonly clientId: LocalId;
  readonly wish: Wish;
}

export function turnClient(parts: BranchParts, clockWatch: ClockWatch, session: Session, input: Asked): AnswerOf<Method> {
  return parts.store.write((write): AnswerOf<Method> => {
    const businessDate = currentBusinessDate(write, parts.clock);
    const turn = turnIn(write, input.wish, businessDate);
    if (turn === null) return refuse({ code: 'client.optionUnknown' });
    const payload: ClientTurnPayload = { kind: 'clientTurn', clientId: input.clientId, turn };
    const form = { ...input, username: session.username };
    const used = usedFact(write, parts.clock, form, payload);
    if (used !== null) return used;
    if (clockWatch.unanswered(write) !== null) return refuse({ code: 'clock.answerFirst' });
    const row = write.client(input.clientId);
    if (row === null || row.gone) return refuse({ code: 'client.unknown' });
    const client = changedHere(write, row);
    const seen = turn.what === 'reopen' ? client.status === turn.from : turn.what !== 'serve' || client.staffName === turn.before;
    if (!seen) return refuse({ code: 'client.changedMeanwhile' });
    const whyNot = whyNotOf(write, client, turn.what);
    if (whyNot !== null) return refuse({ code: whyNot });
    const command = recordCommand(write, parts, formDraft(write, parts, clockWatch, form, payload, businessDate), {
      body: { client: input.clientId, turn: turn.what },
    });
    return ok({ commandId: command.commandId, replayed: false });
  });
}

/** What may be done with the client now, and why not, with head office's own choices. */
export function turnOptions(parts: BranchParts, input: ParsedInputOf<Clients['turnOptions']>): AnswerOf<Clients['turnOptions']> {
  return parts.store.read((read) => {
    const row = read.client(input.clientId);
    if (row === null) return refuse({ code: 'client.unknown' });
    const client = changedHere(read, row);
    return ok({
      turns: TURNS.map((what) => ({ what, whyNot: client.gone ? ('client.unknown' as const) : whyNotOf(read, client, what) })),
      reasons: { close: [...reasonsOf(read, 'close')], reject: [...reasonsOf(read, 'reject')], withdraw: [...reasonsOf(read, 'withdraw')] },
      staff: [...staffHere(read)],
      status: client.status,
      staffName: client.staffName,
    });
  });
}

const TURNS = ['activate', 'serve', 'close', 'reject', 'withdraw', 'reopen'] as const;

/** Null where head office does not have that choice. */
function turnIn(read: ReadStore, wish: Wish, on: BusinessDate): Turn | null {
  switch (wish.what) {
    case 'activate':
      return { what: 'activate', on };
    case 'reopen':
      return { what: 'reopen', from: wish.from, on };
    case 'serve': {
      const staff = staffHere(read).find(({ serverId }) => serverId === wish.staffId);
      return staff === undefined ? null : { what: 'serve', staff, before: wish.before };
    }
    default: {
      const reason = reasonsOf(read, wish.what).find(({ serverId }) => serverId === wish.reasonId);
      return reason === undefined ? null : { what: wish.what, on, reason };
    }
  }
}

function reasonsOf(read: ReadStore, list: 'close' | 'reject' | 'withdraw'): readonly ChosenOption[] {
  return read.reference('clientReasons').flatMap(({ serverId, name, body }) => (body['list'] === list ? [{ serverId, name }] : []));
}

type WhyNot = 'client.notInThatState' | 'client.accountsOpen' | 'client.noReasons' | 'client.servedByNobody';

/** Head office's own rules, as far as they can be known here. */
function whyNotOf(read: ReadStore, client: ClientRecord, what: Turn['what']): WhyNot | null {
  if (!mayTurn(client.status, what)) return 'client.notInThatState';
  if (what === 'serve') return staffHere(read).length === 0 ? 'client.servedByNobody' : null;
  if (what === 'close' && hasOpenAccounts(read, read.loansOf(client.clientId), read.savingsOf(client.clientId)))
    return 'client.accountsOpen';
  const needsReason = what === 'close' || what === 'reject' || what === 'withdraw';
  return needsReason && reasonsOf(read, what).length === 0 ? 'client.noReasons' : null;
}

function mayTurn(status: ClientRecord['status'], what: Turn['what']): boolean {
  switch (what) {
    case 'activate':
    case 'reject':
    case 'withdraw':
      return status === 'pending';
    case 'close':
      return status === 'active';
    case 'reopen':
      return ENDED.some((ended) => ended === status);
    case 'serve':
      return status === 'active' || status === 'pending';
  }
}
