// A client's picture, their identity papers, and documents: recorded here with or without a line, the file in the vault first, and told to head
// office like every other fact, after everything that moves money.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import type { CommandPayload, CommandRecord } from '../../../shared/domain/commands/command.ts';
import type { ClientDocumentPayload } from '../../../shared/domain/commands/kinds/clientDocument.ts';
import type { ClientIdentifierPayload } from '../../../shared/domain/commands/kinds/clientIdentifier.ts';
import { DOCUMENT_BYTES_MOST, PORTRAIT_BYTES_MOST } from '../../../shared/domain/files/fileRef.ts';
import { canonicalJson, type Json } from '../../../shared/kernel/canonicalJson.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { currentBusinessDate } from '../../journal/currentBusinessDate.ts';
import { recordCommand } from '../../journal/recordCommand.ts';
import type { ReadStore, WriteStore } from '../../ports/store.ts';
import { formDraft } from '../counter/formDraft.ts';
import { isAwaited, recordedFacts, type UsedFormRefusal } from '../counter/usedForm.ts';
import type { BranchParts } from '../parts.ts';
import type { ClockWatch } from '../session/clockWatch.ts';
import type { Session } from '../session/sessions.ts';
import { keepFile, lookAtFile } from './keepFile.ts';

type Methods = BranchContract['clients'];
const PAPERS_MOST = 1_000;

interface Asking {
  readonly formId: LocalId;
  readonly pageId?: LocalId | undefined;
  readonly clientId: LocalId;
}

/** `replayed`: by an earlier call of the same page. */
type Recorded = CommandRecord & { readonly replayed: boolean };
type Refused = UsedFormRefusal | { readonly code: 'client.unknown' | 'clock.answerFirst' };

/**
 * In one transaction. `payloadOf` says what is to be recorded, or why it is not; `own` is the id of a thing of its own that an earlier press of
 * the same form made, so that the second press asks for the same thing.
 */
function record<Code extends string>(
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  input: Asking,
  payloadOf: (read: ReadStore, before: CommandPayload | null) => Result<CommandPayload, { readonly code: Code }>,
): Result<Recorded, Refused | { readonly code: Code }> {
  return parts.store.write((write: WriteStore): Result<Recorded, Refused | { readonly code: Code }> => {
    const used = write.commandOfForm(input.formId);
    if (used !== null) {
      const again = payloadOf(write, used.payload);
      const same = again.ok && canonicalJson(again.value as unknown as Json) === canonicalJson(used.payload as unknown as Json);
      const isWaitedFor = isAwaited(write, parts.clock, used, { ...input, username: session.username });
      return same && isWaitedFor
        ? ok({ ...used, replayed: true })
        : refuse({ code: 'form.alreadyUsed', facts: recordedFacts(write, used) });
    }
    if (clockWatch.unanswered(write) !== null) return refuse({ code: 'clock.answerFirst' });
    const client = write.client(input.clientId);
    if (client === null || client.gone) return refuse({ code: 'client.unknown' });
    const payload = payloadOf(write, null);
    if (!payload.ok) return payload;
    return ok({
      ...recordCommand(
        write,
        parts,
        formDraft(
          write,
          parts,
          clockWatch,
          { ...input, username: session.username },
          payload.value,
          currentBusinessDate(write, parts.clock),
        ),
        { body: { client: input.clientId } },
      ),
      replayed: false,
    });
  });
}

export function takePicture(
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  input: ParsedInputOf<Methods['takePicture']>,
): AnswerOf<Methods['takePicture']> {
  const looked = lookAtFile(input.content, { bytesMost: PORTRAIT_BYTES_MOST, picturesOnly: true });
  if (!looked.ok) return looked;
  const file = keepFile(parts.vault, looked.value);
  const recorded = record<never>(parts, clockWatch, session, input, () => ok({ kind: 'clientPicture', clientId: input.clientId, file }));
  return recorded.ok ? ok({ commandId: recorded.value.commandId, replayed: recorded.value.replayed }) : recorded;
}

export function addIdentifier(
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  input: ParsedInputOf<Methods['addIdentifier']>,
): AnswerOf<Methods['addIdentifier']> {
  const { clientId } = input;
  const documentKey = input.documentKey.trim();
  const recorded = record(parts, clockWatch, session, input, (read, before) => {
    const type = read.reference('identifierTypes').find(({ serverId }) => serverId === input.typeId);
    if (type === undefined) return refuse({ code: 'identifier.typeUnknown' as const });
    if (documentKey === '') return refuse({ code: 'identifier.numberMissing' as const });
    const ofType = ({ typeId }: { readonly typeId: number }): boolean => typeId === input.typeId;
    const isThere = read.pulledIdentifiers(clientId)?.identifiers.some(ofType) ?? false;
    if (before === null && (isThere || identifiersOf(read, clientId).some(({ payload }) => payload.documentTypeId === input.typeId)))
      return refuse({ code: 'identifier.typeTaken' as const });
    const own = before !== null && 'identifierId' in before ? before.identifierId : parts.ids.newId();
    return ok({
      kind: 'clientIdentifier',
      identifierId: own,
      clientId,
      documentTypeId: input.typeId,
      documentType: type.name,
      documentKey,
      description: input.description.trim(),
    });
  });
  if (!recorded.ok) return recorded;
  const { commandId, payload, replayed } = recorded.value;
  return ok({ commandId, identifierId: 'identifierId' in payload ? payload.identifierId : commandId, replayed });
}

export function addDocument(
  parts: BranchParts,
  clockWatch: ClockWatch,
  session: Session,
  input: ParsedInputOf<Methods['addDocument']>,
): AnswerOf<Methods['addDocument']> {
  const { clientId, identifierId } = input;
  const name = input.name.trim();
  const looked = lookAtFile(input.content, { bytesMost: DOCUMENT_BYTES_MOST, picturesOnly: false });
  if (!looked.ok) return looked;
  if (name === '') return refuse({ code: 'file.nameMissing' });
  const file = keepFile(parts.vault, looked.value);
  const recorded = record(parts, clockWatch, session, input, (read, before) => {
    const owners = identifiersOf(read, clientId).map(({ payload }) => payload.identifierId);
    if (identifierId !== null && !owners.includes(identifierId)) return refuse({ code: 'identifier.unknown' as const });
    const owner =
      identifierId === null ? ({ kind: 'client', localId: clientId } as const) : ({ kind: 'identifier', localId: identifierId } as const);
    const own = before !== null && 'documentId' in before ? before.documentId : parts.ids.newId();
    return ok({ kind: 'clientDocument', documentId: own, clientId, owner, name, file });
  });
  return recorded.ok ? ok({ commandId: recorded.value.commandId, replayed: recorded.value.replayed }) : recorded;
}

export interface Paper<Payload> {
  readonly command: CommandRecord;
  readonly payload: Payload;
}

/** Papers recorded here and not given up, the oldest first; what was said anew stands there in its new words alone. */
export function papersOf(read: ReadStore, clientId: LocalId): readonly CommandRecord[] {
  const facts = read.factsOf({ kind: 'client', localId: clientId }, PAPERS_MOST);
  return facts.filter(({ state }) => state !== 'withdrawn').reverse();
}

export function identifiersOf(read: ReadStore, clientId: LocalId): readonly Paper<ClientIdentifierPayload>[] {
  return papersOf(read, clientId).flatMap((command) => ('identifierId' in command.payload ? [{ command, payload: command.payload }] : []));
}

export function documentsOf(read: ReadStore, clientId: LocalId): readonly Paper<ClientDocumentPayload>[] {
  return papersOf(read, clientId).flatMap((command) => ('documentId' in command.payload ? [{ command, payload: command.payload }] : []));
}
