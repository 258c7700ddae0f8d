// Whether a command, its receipt, its cash and its effect still say what their entry in the chain says (I13). Whoever changes a row has to
// change the entry too, and with it every hash that follows, up to the one that stands on paper.

import { amountOf, effectsOf, kindOf, type CommandPayload } from '../commands/kinds/allKinds.ts';
import { placedPostings } from '../receipts/lines.ts';
import type { Receipt } from '../records.ts';
import type { Json } from '../../kernel/canonicalJson.ts';
import { entryHash, payloadHash, receiptHash, type ChainedEntry, type Sha256 } from './entryWords.ts';

export interface RecordedFact {
  readonly command: {
    readonly commandId: string;
    readonly recordedBy: string;
    readonly businessDate: string;
    readonly recordedAt: number;
    readonly receiptId: string | null;
    /** In today's shape. */
    readonly payload: CommandPayload;
  };
  /** As it was written, in the shape of its time. */
  readonly written: Json;
  /** The entry that the command points at. */
  readonly entry: ChainedEntry | null;
  readonly receipt: Receipt | null;
  readonly movement: { readonly drawerId: string; readonly kind: string; readonly amountMinor: number } | null;
  /** One per account that it touches, in the order in which its kind names them. */
  readonly effects: readonly { readonly accountKind: string; readonly accountId: string; readonly deltaMinor: number }[];
}

/** What does not fit; the word is for diagnostics and for the screen. */
export type Misfit = 'entry' | 'maker' | 'payload' | 'amount' | 'receipt' | 'movement' | 'effect';

type Body = Readonly<Record<string, Json | undefined>>;

function bodyOf(entry: ChainedEntry): Body {
  return typeof entry.body === 'object' && entry.body !== null && !Array.isArray(entry.body) ? (entry.body as Body) : {};
}

/** Commands that took another one's place, and postings of a case, were once named by these members alone. */
export function namesCommand(entry: ChainedEntry, commandId: string): boolean {
  const { commandId: own, by, suspenseCommand } = bodyOf(entry);
  return own === commandId || by === commandId || suspenseCommand === commandId;
}

export function misfitOf(fact: RecordedFact, sha256: Sha256): Misfit | null {
  const { command, entry, written } = fact;
  if (entry === null || !namesCommand(entry, command.commandId) || entryHash(entry, sha256) !== entry.hash) return 'entry';
  const body = bodyOf(entry);
  const hashed = body['payloadHash'];
  if (hashed !== undefined) {
    // An update reads a payload in another shape; what was hashed is what was written.
    const hashes = [payloadHash(written, sha256), payloadHash(command.payload as unknown as Json, sha256)];
    if (typeof hashed !== 'string' || !hashes.includes(hashed)) return 'payload';
    if (entry.by !== command.recordedBy || entry.businessDate !== command.businessDate || entry.at !== command.recordedAt) return 'maker';
  }
  const amountMinor = amountOf(command.payload)?.amountMinor ?? null;
  if (body['amountMinor'] !== undefined && body['amountMinor'] !== amountMinor) return 'amount';
  return receiptMisfit(fact, body, amountMinor, sha256) ?? movementMisfit(fact, body, amountMinor) ?? effectMisfit(fact);
}

function receiptMisfit({ command, receipt }: RecordedFact, body: Body, amountMinor: number | null, sha256: Sha256): Misfit | null {
  if (receipt === null) return command.receiptId !== null || body['receiptHash'] !== undefined ? 'receipt' : null;
  if (receiptHash(receipt, sha256) !== receipt.hash) return 'receipt';
  if (body['receiptHash'] !== undefined && body['receiptHash'] !== receipt.hash) return 'receipt';
  const posting = placedPostings(receipt).find((each) => each.posting.commandId === command.commandId)?.posting;
  return posting?.amountMinor === amountMinor ? null : 'receipt';
}

function movementMisfit({ command, movement }: RecordedFact, body: Body, amountMinor: number | null): Misfit | null {
  const drawer = body['drawer'];
  if (drawer === undefined) return null;
  if (drawer === null) return movement === null ? null : 'movement';
  const fits =
    movement?.drawerId === drawer && movement.amountMinor === amountMinor && movement.kind === kindOf(command.payload.kind).money?.cash;
  return fits ? null : 'movement';
}

function effectMisfit({ command, effects }: RecordedFact): Misfit | null {
  const expected = effectsOf(command.payload);
  const fits =
    effects.length === expected.length &&
    expected.every(({ accountKind, accountId, deltaMinor }, place) => {
      const effect = effects[place];
      return effect?.accountKind === accountKind && effect.accountId === accountId && effect.deltaMinor === deltaMinor;
    });
  return fits ? null : 'effect';
}
