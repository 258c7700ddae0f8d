// Pictures of clients come down from head office: small ones of everybody, a few in each round and only on a good line, the longest unasked
// first. They are no facts of this branch: what is lost of them is asked for again.

import { isFinished } from '../../shared/domain/commands/command.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';
import type { Credential } from '../ports/headOffice.ts';
import type { SyncParts } from './parts.ts';

/** Longest side, in dots: enough for a face in a list and on the client's page. */
const SMALL_SIDE = 160;
const ASKED_AGAIN_AFTER_MS = 7 * 24 * 3_600_000;
/** Whoever may not see pictures is not asked with for so long. */
const REFUSED_FOR_MS = 3_600_000;
/** What is larger is no portrait, and stays there. */
const BYTES_MOST = 2 * 1_048_576;

export interface Pictures {
  /** Stops at the first sign of a bad line, and when there is something better to do. */
  pullSome(most: number, credential: Credential, mayGoOn: () => boolean): Promise<void>;
  /** Those of these clients, now: somebody looks at them. */
  pullThese(clientServerIds: readonly number[], credential: Credential): Promise<void>;
}

export function createPictures(parts: SyncParts): Pictures {
  const { store, clock, headOffice, vault } = parts;
  let refusedAt: number | null = null;

  /** False where nothing more should be asked now. */
  async function pull(clientId: LocalId, serverId: number, credential: Credential): Promise<boolean> {
    const answer = await headOffice.readPicture(serverId, SMALL_SIDE, credential);
    const before = store.read((read) => read.pulledPicture(clientId));
    if (!answer.ok && answer.trouble.kind === 'refused') refusedAt = clock.monotonicMs();
    if (!answer.ok && answer.trouble.kind !== 'nonsense') return false;
    // A picture that head office itself cannot make small is left as it is.
    const content = answer.ok ? answer.value : null;
    const small = content === null || content.length > BYTES_MOST ? null : vault.keep(content);
    const kept = answer.ok ? small : (before?.small ?? null);
    store.write((write) => {
      write.savePulledPicture({
        clientId,
        askedAt: clock.now(),
        small: kept,
        whole: kept !== null && kept === before?.small ? before.whole : null,
      });
    });
    if (kept !== (before?.small ?? null)) parts.tell({ what: 'account.changed', clientIds: [clientId] });
    return true;
  }

  async function pullEach(
    wanted: readonly { readonly clientId: LocalId; readonly serverId: number }[],
    credential: Credential,
    mayGoOn: () => boolean,
  ): Promise<void> {
    for (const { clientId, serverId } of wanted) {
      if (!mayGoOn()) return;
      // What was taken here and is not there yet would only be hidden by what is there.
      const taken = store.read((read) => read.newestPictureOf(clientId));
      if (taken !== null && !isFinished(taken.state)) continue;
      if (!(await pull(clientId, serverId, credential))) return;
    }
  }

  return {
    async pullSome(most, credential, mayGoOn) {
      if (refusedAt !== null && clock.monotonicMs() - refusedAt < REFUSED_FOR_MS) return;
      const wanted = store.read((read) => read.clientsWithoutPicture(clock.now() - ASKED_AGAIN_AFTER_MS, most));
      await pullEach(wanted, credential, mayGoOn);
    },
    async pullThese(clientServerIds, credential) {
      const these = store.read((read) =>
        clientServerIds.flatMap((serverId) => {
          const clientId = read.localIdOf('client', serverId);
          return clientId === null ? [] : [{ clientId, serverId }];
        }),
      );
      await pullEach(these, credential, () => true);
    },
  };
}
