// A client's picture and papers as a screen shows them, from the vault: what was taken here first, else what head office gave out.

import type { AnswerOf, ParsedInputOf } from '../../../shared/contract/define.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import type { CommandRecord } from '../../../shared/domain/commands/command.ts';
import { fileOf } from '../../../shared/domain/commands/kinds/allKinds.ts';
import type { LocalId } from '../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import type { ReadStore } from '../../ports/store.ts';
import { standingOf } from '../counter/receiptLine.ts';
import type { BranchParts } from '../parts.ts';
import { documentsOf, identifiersOf } from './addPapers.ts';
import { shownFile } from './keepFile.ts';

type Methods = BranchContract['clients'];

interface CurrentPicture {
  readonly small: string | null;
  readonly whole: string | null;
  /** Where it was taken here: the command that tells head office. */
  readonly command: CommandRecord | null;
}

/** What was taken here stands until head office was asked again after it took it. */
export function currentPicture(read: ReadStore, clientId: LocalId): CurrentPicture | null {
  const taken = read.newestPictureOf(clientId);
  const pulled = read.pulledPicture(clientId);
  const isOlder = taken?.state === 'accepted' && pulled !== null && pulled.askedAt > (taken.sentAt ?? taken.recordedAt);
  if (taken !== null && !(isOlder && pulled.small !== null)) {
    const sha256 = fileOf(taken.payload)?.sha256 ?? null;
    return { small: sha256, whole: sha256, command: taken };
  }
  if (pulled === null || pulled.small === null) return null;
  return { small: pulled.small, whole: pulled.whole, command: null };
}

/** Changes with the picture, so that a screen asks for a picture once; null where there is none. */
export function pictureMark(read: ReadStore, clientId: LocalId): string | null {
  return currentPicture(read, clientId)?.small?.slice(0, 16) ?? null;
}

export function showPicture(parts: BranchParts, input: ParsedInputOf<Methods['showPicture']>): AnswerOf<Methods['showPicture']> {
  const found = parts.store.read((read) => {
    const client = read.client(input.clientId);
    return client === null ? null : { current: currentPicture(read, client.clientId) };
  });
  if (found === null) return refuse({ code: 'client.unknown' });
  const { current } = found;
  if (current === null) return ok({ picture: null });
  const wanted = input.size === 'whole' ? (current.whole ?? current.small) : current.small;
  const file = wanted === null ? null : shownFile(parts.vault, wanted);
  if (file === null) return ok({ picture: null });
  return ok({ picture: { ...file, standing: current.command === null ? 'confirmed' : standingOf(current.command.state) } });
}

export function listPapers(parts: BranchParts, input: ParsedInputOf<Methods['listPapers']>): AnswerOf<Methods['listPapers']> {
  return parts.store.read((read): AnswerOf<Methods['listPapers']> => {
    const client = read.client(input.clientId);
    if (client === null) return refuse({ code: 'client.unknown' });
    const { clientId } = client;
    const where = (command: CommandRecord) => ({
      commandId: command.commandId,
      standing: standingOf(command.state),
      recordedBy: read.staff(command.recordedBy)?.displayName ?? command.recordedBy,
      recordedAt: command.recordedAt,
      exceptionId: command.state === 'rejected' ? (read.openExceptionOf(command.commandId)?.exceptionId ?? null) : null,
    });
    const recorded = identifiersOf(read, clientId);
    const pulled = read.pulledIdentifiers(clientId);
    return ok({
      types: read.reference('identifierTypes').map(({ serverId, name }) => ({ typeId: serverId, name })),
      identifiers: recorded.map(({ command, payload }) => ({
        ...where(command),
        identifierId: payload.identifierId,
        type: payload.documentType,
        documentKey: payload.documentKey,
        description: payload.description,
      })),
      // What was told from here stands above, in the words of this branch.
      there:
        pulled === null
          ? null
          : {
              askedAt: pulled.askedAt,
              identifiers: pulled.identifiers
                .filter(
                  ({ serverId, typeId, documentKey }) =>
                    !recorded.some(
                      ({ command, payload }) =>
                        command.serverResourceId === serverId || (payload.documentTypeId === typeId && payload.documentKey === documentKey),
                    ),
                )
                .map(({ typeId, type, documentKey }) => ({ typeId, type, documentKey })),
            },
      documents: documentsOf(read, clientId).map(({ command, payload }) => ({
        ...where(command),
        identifierId: payload.owner.kind === 'identifier' ? payload.owner.localId : null,
        name: payload.name,
        type: payload.file.type,
        bytes: payload.file.bytes,
      })),
    });
  });
}

/** Only of that client: who may read one may not read another's by guessing. */
export function showDocument(parts: BranchParts, input: ParsedInputOf<Methods['showDocument']>): AnswerOf<Methods['showDocument']> {
  const found = parts.store.read((read) => documentsOf(read, input.clientId).find(({ command }) => command.commandId === input.commandId));
  if (found === undefined) return refuse({ code: 'file.unknown' });
  const file = shownFile(parts.vault, found.payload.file.sha256);
  return file === null ? refuse({ code: 'file.lost' }) : ok({ name: found.payload.name, ...file });
}
