// Outbox to head office: in order per subject, subjects side by side (I4). Before each call the command is marked `sending` on disk, so
// that a process which dies during the call finds it in doubt and reads before it sends again. A sender never decides what an answer
// means: classifyOutcome and applyOutcome do.

import { isFinished, type CommandRecord, type Outcome } from '../../shared/domain/commands/command.ts';
import type { Transition } from '../../shared/domain/commands/applyOutcome.ts';
import { markAnew } from '../../shared/domain/commands/anew.ts';
import { accountOf, fileOf, kindOf, payloadThere } from '../../shared/domain/commands/kinds/allKinds.ts';
import { isUploadSubject, type RecordKind } from '../../shared/domain/commands/kinds/kind.ts';
import { BrokenInvariant } from '../../shared/kernel/assert.ts';
import type { LocalId } from '../../shared/kernel/ids.ts';
import { moveCommand } from '../journal/moveCommand.ts';
import { zoneAtEntry } from '../journal/settings.ts';
import { mayBeUndone } from '../journal/undonePayout.ts';
import type { CommandToSend, Credential, Trouble } from '../ports/headOffice.ts';
import type { Vault } from '../ports/vault.ts';
import type { ShelfTargets, StoppedCommand } from '../ports/sync.ts';
import type { AccountKind, ReadStore } from '../ports/store.ts';
import { credentialOf, markSignInNeeded, readerOf, waitingForSignIn } from './credentials.ts';
import { earlierSubmissions } from './earlierSubmissions.ts';
import { isRecognised, recognisedAs } from './includeEffects.ts';
import type { SyncParts } from './parts.ts';
import { windowReaderOf } from './window/keptWindow.ts';

/** Subjects under way at once. Ten keep a slow line full and a head office's ten database connections free for others (contract 11.3). */
export const SUBJECTS_AT_ONCE = 10;

/** A file that waited so long goes on any line: one that is always slow carries it some night. */
const UPLOAD_INSISTS_MS = 12 * 3_600_000;

const INTERRUPTED_MOST = 1_000;
const LOST = 'headOffice.lostTransaction';
const ACCOUNT_GONE = 'headOffice.accountGone';
const RECORD_GONE = 'headOffice.recordGone';
const SHELF_OF = { client: 'clients', group: 'groups', loan: 'loans', savings: 'savings' } as const;
const NEVER_SENT: Outcome = { kind: 'retryLater', why: 'neverSent', keyBurnt: false };

type Asked = 'held' | 'unknown' | { readonly code: string };

export interface DrainReport {
  /** Accounts whose truth at head office changed or is disputed: reload them. Local ids. */
  readonly touched: ReadonlySet<string>;
  readonly finished: number;
  /** The line broke while sending, or a fault of ours did: the loop rests before it goes on. */
  readonly lineBroke: boolean;
}

export interface Sender {
  drain(shouldStop: () => boolean): Promise<DrainReport>;
  /** Something was recorded: a file that is under way does not keep it waiting. */
  nudge(): void;
  /** When nothing of a round is on the wire any more. */
  ended(): Promise<void>;
  /** Whether a drain would send something now. */
  isAnyDue(): boolean;
  /**
   * Asks head office whether it still holds what the branch believes it does; what is lost becomes a case. False when no answer came, and it
   * has to be asked again.
   */
  verifyHeld(commandId: LocalId): Promise<boolean>;
  /** Looks these up now, whenever they are due: something became of them. Answers their subjects that changed. */
  lookUpNow(commandIds: readonly LocalId[]): Promise<readonly string[]>;
  /** Asks whether head office has posted, after all, a command whose case is open; then the case closes. */
  lookAgain(commandId: LocalId, credential: Credential): Promise<void>;
}

export function createSender(
  parts: SyncParts,
  onProgress: (done: number, total: number) => void,
  onStopped: (stopped: readonly StoppedCommand[]) => void,
  readAgain: (targets: ShelfTargets, credential: Credential) => Promise<Trouble | null>,
  isLineGood: () => boolean = () => true,
): Sender {
  const { store } = parts;
  /** Sending these would break a promise: they stay where they are, aloud, and hold up nothing but what waits for them. */
  const stopped = new Map<LocalId, StoppedCommand>();
  let nudge: () => void = () => undefined;
  /** What broke during this round; an object, because the answers that set it come later. */
  const round = { fault: false, lineBroke: false };

  async function attempt(
    picked: CommandRecord,
  ): Promise<{ outcomeKind: Transition['kind'] | 'skipped'; command: CommandRecord; unreachable: boolean }> {
    const looksUp = picked.state === 'inDoubt';
    const credential = store.read(
      (read) => credentialOf(read, parts.seals, picked.sentAs) ?? (looksUp ? readerOf(read, parts.seals) : null),
    );
    if (credential === null) {
      markSignInNeeded(parts, picked.sentAs);
      return { outcomeKind: 'skipped', command: picked, unreachable: false };
    }
    const sending = store.write((write) => moveCommand(write, parts, picked.commandId, { kind: 'send' }, credential.username));
    const unknownThere = await readMissing(sending, credential);
    const toSend = store.read((read) => commandToSend(read, sending, parts));
    const transition = looksUp
      ? await lookUp(toSend, credential)
      : (unknownThere ??
        (await underEarlierMarks(sending, credential)) ?? {
          kind: 'answer' as const,
          outcome: await parts.headOffice.send({ ...toSend, mayLeave: () => isOnItsWay(sending) && isNumberedSo(toSend) }, credential),
        });
    const moved = store.write((write) => moveCommand(write, parts, picked.commandId, transition, credential.username));
    if (transition.kind === 'answer' && transition.outcome.kind === 'signInNeeded') {
      // Somebody in head office's place knows nobody's password, and nobody must sign in anew for it: the line is broken.
      if (!(await parts.headOffice.reach()).ok) return { outcomeKind: transition.kind, command: moved, unreachable: true };
      // Whoever's sign-in it was: one that is refused and stays 'good' would be tried again at once, for ever.
      markSignInNeeded(parts, credential.username);
    }
    return { outcomeKind: transition.kind, command: moved, unreachable: transition.kind === 'answer' && isBrokenLine(transition.outcome) };
  }

  /** As this round marked it. A process that lost the books to another one learns of it by writing, and until then by this. */
  function isOnItsWay({ commandId, attempts }: CommandRecord): boolean {
    const now = store.read((read) => read.command(commandId));
    return now?.state === 'sending' && now.attempts === attempts;
  }

  /** Whether each record still has the number under which it leaves: head office, put back, may have given it to another one of ours just now. */
  function isNumberedSo({ payload, serverIds }: CommandToSend): boolean {
    return store.read((read) =>
      kindOf(payload.kind)
        .refersTo(payload)
        .every(({ kind, localId }) => (read.serverIdOf(kind, localId) ?? undefined) === serverIds[localId]),
    );
  }

  function windowReader(): Credential | null {
    return store.read((read) => windowReaderOf(read, parts.seals));
  }

  async function lookUp(command: CommandToSend, credential: Credential): Promise<Transition> {
    const found = await parts.headOffice.lookUp(command, credential, windowReader());
    if (found.kind === 'absent') return { kind: 'absent' };
    // Asked for ever, an account that is gone would hold up whatever comes after: a person decides what becomes of the money.
    const isGone = found.kind === 'inDoubt' && found.recordGone === true && (await isRecordGone(command, credential));
    return { kind: 'answer', outcome: isGone ? { kind: 'rejected', code: goneCode(command), message: null, status: 404 } : found };
  }

  /**
   * A number under which head office had nothing when it was last read may be somebody else's by now, for one that was put back gives its numbers
   * again: who has it is read before anything goes under it. Null where everybody it concerns is there; else what answers the sending in its place.
   */
  async function readMissing(command: CommandRecord, credential: Credential): Promise<Transition | null> {
    const missing = store.read((read) => missingThere(read, command));
    if (missing === null) return null;
    const trouble = await readAgain(missing, credential);
    if (trouble !== null) return { kind: 'answer', outcome: notTold(trouble) };
    const isMissing = store.read((read) => missingThere(read, command) !== null);
    return isMissing ? { kind: 'answer', outcome: { kind: 'rejected', code: goneCode(command), message: null, status: 404 } } : null;
  }

  /** What answers the sending of a command in its place: it stands there already as it went before, or that could not be learned. */
  async function underEarlierMarks(command: CommandRecord, credential: Credential): Promise<Transition | null> {
    const before = store.read((read) => earlierSubmissions(read, command).map((anew) => ({ ...command, anew, lastOutcome: null })));
    for (const each of before) {
      const toSend = store.read((read) => commandToSend(read, each, parts));
      const found = await parts.headOffice.lookUp(toSend, credential, null);
      switch (found.kind) {
        case 'accepted':
          return { kind: 'stands', anew: each.anew, serverTransactionId: found.serverTransactionId };
        case 'signInNeeded':
          return { kind: 'answer', outcome: found };
        // Head office was put back to before a checker's verdict.
        case 'waitingForChecker':
          return { kind: 'answer', outcome: { kind: 'retryLater', why: 'busy', keyBurnt: false } };
        case 'inDoubt':
          if (found.recordGone !== true) return { kind: 'answer', outcome: NEVER_SENT };
          break;
        default:
      }
    }
    return null;
  }

  /** One round after the other: what a round finds `sending` when it begins must not be on the wire of another. */
  let last: Promise<unknown> = Promise.resolve();
  function drain(shouldStop: () => boolean): Promise<DrainReport> {
    const next = last.then(
      () => drainOnce(shouldStop),
      () => drainOnce(shouldStop),
    );
    last = next.catch(() => undefined);
    return next;
  }

  function lookUpNow(commandIds: readonly LocalId[]): Promise<readonly string[]> {
    const next = last.then(async () => {
      const changed: string[] = [];
      for (const commandId of commandIds) {
        const command = store.read((read) => read.command(commandId));
        if (command?.state !== 'inDoubt' || !isItsTurn(command)) continue;
        const { command: moved } = await attempt(command);
        if (moved.state === 'accepted' || moved.state === 'rejected') changed.push(moved.subject);
        parts.tell({ what: moved.state === 'rejected' ? 'exceptions.changed' : 'sync.changed' });
      }
      return changed;
    });
    last = next.catch(() => undefined);
    return next;
  }

  /** One that head office lost since, and that goes once more, comes before it again (I4): it is asked for when it is due. */
  function isItsTurn(command: CommandRecord): boolean {
    return store.read(
      (read) => read.earlierOf(command).length === 0 && read.needsOf(command.commandId).every(({ state }) => isFinished(state)),
    );
  }

  async function drainOnce(shouldStop: () => boolean): Promise<DrainReport> {
    const touched = new Set<string>();
    const underWay = new Map<string, Promise<void>>();
    let uploading: LocalId | null = null;
    let finished = 0;
    recoverInterrupted();
    const total = store.read((read) => read.countUnfinished());
    if (total > 0) onProgress(0, total);
    for (;;) {
      if (!round.lineBroke && !round.fault && !shouldStop()) {
        for (const command of store.read((read) => due(read, SUBJECTS_AT_ONCE))) {
          if (underWay.size >= SUBJECTS_AT_ONCE || underWay.has(command.commandId)) continue;
          if (isUpload(command)) {
            // Alone, after everything else: a file takes as long as hundreds of receipts.
            if (underWay.size > 0) continue;
            uploading = command.commandId;
          }
          const work = attempt(command).then((result) => {
            if (result.unreachable) round.lineBroke = true;
            if (result.command.state === 'accepted' || result.command.state === 'rejected') {
              finished += 1;
              for (const subject of [command.subject, ...kindOf(command.kind).subjects(command.payload)]) touched.add(subject);
              onProgress(finished, total);
            }
            parts.tell({ what: 'sync.changed' });
            if (result.command.state === 'rejected') parts.tell({ what: 'exceptions.changed' });
          });
          underWay.set(
            command.commandId,
            work.catch((error: unknown) => stopOrGiveUp(command.commandId, error)).finally(() => underWay.delete(command.commandId)),
          );
        }
      }
      if (underWay.size === 0) return { touched, finished, lineBroke: round.lineBroke || round.fault };
      const onlyUpload = uploading !== null && underWay.has(uploading);
      await Promise.race([...underWay.values(), ...(onlyUpload ? [nudged()] : [])]);
    }
  }

  function nudged(): Promise<void> {
    return new Promise((resolve) => {
      nudge = resolve;
    });
  }

  /** While the line is bad no file goes, but for one that has waited too long. The smallest first: a picture before a paper. */
  function inTheirOrder(ready: readonly CommandRecord[]): readonly CommandRecord[] {
    const isGood = isLineGood();
    const insists = parts.clock.now() - UPLOAD_INSISTS_MS;
    const files = ready
      .filter((command) => isUpload(command) && (isGood || command.recordedAt < insists))
      .sort((one, other) => (fileOf(one.payload)?.bytes ?? 0) - (fileOf(other.payload)?.bytes ?? 0));
    return [...ready.filter((command) => !isUpload(command)), ...files];
  }

  function due(read: ReadStore, most: number): readonly CommandRecord[] {
    const all = read.commandsToSend(parts.clock.now(), most + stopped.size, waitingForSignIn(read), readerOf(read, parts.seals) !== null);
    return inTheirOrder(all.filter(({ commandId }) => !stopped.has(commandId)).slice(0, most));
  }

  /** A promise that would break concerns one command; the others are sent as if nothing were. */
  function stopOrGiveUp(commandId: LocalId, error: unknown): void {
    if (!(error instanceof BrokenInvariant)) {
      giveUpRound(error);
      return;
    }
    const incidentId = parts.diagnostics.incident(error, 'sender');
    stopped.set(commandId, { commandId, invariant: error.invariant, incidentId, at: parts.clock.now() });
    onStopped([...stopped.values()]);
  }

  /** A fault of ours (a full disk, a bug) ends the round, not the promise: the command stays on disk and is in doubt when the next round begins. */
  function giveUpRound(error: unknown): void {
    parts.diagnostics.incident(error, 'sender');
    round.fault = true;
  }

  /** Between rounds nothing is on the wire, so whatever still says `sending` lost its answer to a fault. */
  function recoverInterrupted(): void {
    round.fault = false;
    round.lineBroke = false;
    const interrupted = store.read((read) => read.commandsIn('sending', INTERRUPTED_MOST));
    if (interrupted.length === 0) return;
    store.write((write) => {
      for (const command of interrupted) moveCommand(write, parts, command.commandId, { kind: 'restarted' }, command.sentAs);
    });
  }

  async function verifyHeld(commandId: LocalId): Promise<boolean> {
    const credential = store.read((read) => readerOf(read, parts.seals));
    const before = store.read((read) => believedOf(read, commandId));
    if (before === null) return true;
    if (credential === null) return false;
    const answer = before.recognised ? await askRecognised(before.command, credential) : await askHeld(before.command, credential);
    if (answer === 'unknown') return false;
    if (answer === 'held') return true;
    // A list that lacks a few rows cannot be told from a shorter one: a loss is believed when it is told twice.
    const again = before.recognised ? await askRecognised(before.command, credential) : await askHeld(before.command, credential);
    if (again === 'unknown') return false;
    if (again === 'held') return true;
    const vanished = store.write((write) => {
      // Meanwhile somebody may have opened its case and closed it: then it is not believed any more, and nothing vanishes a second time.
      if (believedOf(write, commandId)?.recognised !== before.recognised) return false;
      moveCommand(write, parts, commandId, { kind: 'vanish', code: answer.code }, credential.username);
      return true;
    });
    if (vanished) parts.tell({ what: 'exceptions.changed' });
    return true;
  }

  /** The command, while the branch believes that head office holds its transaction. */
  function believedOf(read: ReadStore, commandId: LocalId): { readonly command: CommandRecord; readonly recognised: boolean } | null {
    const command = read.command(commandId);
    const effects = read.effectsOfCommand(commandId);
    if (command === null) return null;
    // Asked for by name because its loan is not read just now, a payout that was taken back would be called lost.
    if (command.state === 'accepted') return mayBeUndone(read, command) ? null : { command, recognised: false };
    if (!effects.some((effect) => isRecognised(command, effect))) return null;
    // On several accounts it was recognised by our mark, so it is looked up by that.
    return { command, recognised: effects.length === 1 };
  }

  /** Gone, undone by somebody there, or another one in its place: in each case the books no longer hold what the receipt promises. */
  async function askHeld(command: CommandRecord, credential: Credential): Promise<Asked> {
    const toSend = store.read((read) => commandToSend(read, command, parts));
    const found = await parts.headOffice.lookUp(toSend, credential, windowReader());
    if (found.kind === 'absent') return { code: LOST };
    if (found.kind === 'rejected') return { code: found.code };
    if (found.kind === 'accepted') return 'held';
    if (lostItsNumber(found)) return { code: accountOf(command.payload) === null ? LOST : ACCOUNT_GONE };
    return (await isRecordGone(toSend, credential)) ? { code: goneCode(command) } : 'unknown';
  }

  /**
   * Whether head office says that it has no such record as this is about, while it shows this person other records of the office: whoever was
   * moved to another office sees none of them, and that tells nothing.
   */
  async function isRecordGone({ payload, serverIds }: CommandToSend, credential: Credential): Promise<boolean> {
    for (const { kind, localId } of kindOf(payload.kind).refersTo(payload)) {
      const serverId = serverIds[localId];
      if (!isOnShelf(kind) || serverId === undefined) continue;
      const answer = await parts.headOffice.readShelf(SHELF_OF[kind], [serverId], credential);
      if (!answer.ok || !answer.value.gone.includes(serverId)) continue;
      const others = await parts.headOffice.listShelf('clients', { offset: 0, after: 0, most: 1 }, credential);
      return others.ok && others.value.listed.length > 0;
    }
    return false;
  }

  function pullAccount(kind: AccountKind, serverId: number, credential: Credential) {
    const { headOffice } = parts;
    return kind === 'loan'
      ? headOffice.readShelf('loans', [serverId], credential)
      : headOffice.readShelf('savings', [serverId], credential);
  }

  /** A recognised transaction carries no mark to look up by: its whole account is read once more. */
  async function askRecognised(command: CommandRecord, credential: Credential): Promise<Asked> {
    const toSend = store.read((read) => commandToSend(read, command, parts));
    const account = accountOf(toSend.payload);
    const serverId = account === null ? undefined : toSend.serverIds[account.accountId];
    if (account === null) return 'unknown';
    if (serverId === undefined) return { code: ACCOUNT_GONE };
    const answer = await pullAccount(account.accountKind, serverId, credential);
    const pulled = answer.ok ? answer.value.rows[0] : undefined;
    if (pulled === undefined) return answer.ok && (await isRecordGone(toSend, credential)) ? { code: ACCOUNT_GONE } : 'unknown';
    const stands = store.read((read) => {
      const effects = read.effectsOf(account.accountKind, account.accountId);
      const effect = effects.find(({ commandId }) => commandId === command.commandId);
      return effect === undefined || recognisedAs(command, effect, effects, pulled.transactions) !== null;
    });
    return stands ? 'held' : { code: LOST };
  }

  async function lookAgain(commandId: LocalId, credential: Credential): Promise<void> {
    const command = store.read((read) => read.command(commandId));
    if (command?.state !== 'rejected') return;
    const toSend = store.read((read) => commandToSend(read, command, parts));
    const found = await parts.headOffice.lookUp(toSend, credential, windowReader());
    if (found.kind !== 'accepted') return;
    store.write((write) => {
      if (write.command(commandId)?.state !== 'rejected') return;
      moveCommand(write, parts, commandId, { kind: 'found', serverTransactionId: found.serverTransactionId }, credential.username);
    });
    parts.tell({ what: 'exceptions.changed' });
  }

  return {
    drain,
    nudge: () => nudge(),
    ended: () => last.then(() => undefined),
    isAnyDue: () => store.read((read) => due(read, 1).length > 0),
    lookUpNow,
    verifyHeld,
    lookAgain,
  };
}

function isUpload({ subject }: CommandRecord): boolean {
  return isUploadSubject(subject);
}

/** Built only from what was fixed at recording, plus server ids learned since (I11). */
export function commandToSend(read: ReadStore, command: CommandRecord, parts: Pick<SyncParts, 'clock' | 'vault'>): CommandToSend {
  const payload = payloadThere(command);
  const serverIds: Record<LocalId, number> = {};
  for (const { kind, localId } of kindOf(payload.kind).refersTo(payload)) {
    const serverId = read.serverIdOf(kind, localId);
    if (serverId !== null) serverIds[localId] = serverId;
  }
  return {
    commandId: markAnew(command.commandId, command.anew),
    payload,
    idempotencyKey: command.idempotencyKey,
    postSingly: command.postSingly,
    serverIds,
    recordedBy: command.recordedBy,
    recordedAtText: parts.clock.localText(command.recordedAt, zoneAtEntry(read, command.entry ?? 0)),
    lastOutcome: command.lastOutcome,
    ...contentOf(parts.vault, payload),
  };
}

/** What the vault cannot give any more goes without it, and becomes a case. */
function contentOf(vault: Vault, payload: CommandRecord['payload']): Pick<CommandToSend, 'content'> {
  const file = fileOf(payload);
  const kept = file === null ? null : vault.read(file.sha256);
  return kept?.ok === true ? { content: kept.content } : {};
}

/** An identity paper goes with its client, a hold with its account, and a center stands in a list that is kept whole. */
function isOnShelf(kind: RecordKind): kind is keyof typeof SHELF_OF {
  return kind in SHELF_OF;
}

/** The records under whose numbers it goes, of which head office had none when they were last read; null where there are none. */
function missingThere(read: ReadStore, { payload }: CommandRecord): ShelfTargets | null {
  const missing: Record<(typeof SHELF_OF)[keyof typeof SHELF_OF], number[]> = { clients: [], groups: [], loans: [], savings: [] };
  for (const { kind, localId } of kindOf(payload.kind).refersTo(payload)) {
    const serverId = read.serverIdOf(kind, localId);
    if (serverId === null || !isOnShelf(kind)) continue;
    const row = read[kind](localId);
    if (row?.gone === true && row.serverId === serverId) missing[SHELF_OF[kind]].push(serverId);
  }
  return Object.values(missing).some((ids) => ids.length > 0) ? missing : null;
}

/** Of what moves money on an account, or decides on one, the account is gone. */
function goneCode({ payload }: Pick<CommandRecord, 'payload'>): string {
  const concerned = kindOf(payload.kind).concerns(payload)?.kind;
  return accountOf(payload) !== null || concerned === 'loan' || concerned === 'savings' ? ACCOUNT_GONE : RECORD_GONE;
}

function notTold(trouble: Trouble): Outcome {
  return trouble.kind === 'signInNeeded' ? { kind: 'signInNeeded', why: trouble.why } : NEVER_SENT;
}

/** It was known when this was sent: head office was put back since, and gave it to another record. */
function lostItsNumber(outcome: Outcome): boolean {
  return outcome.kind === 'incompatible' && outcome.why === 'account.serverIdUnknown';
}

function isBrokenLine(outcome: Outcome): boolean {
  return (
    (outcome.kind === 'retryLater' && outcome.why === 'neverSent') ||
    (outcome.kind === 'inDoubt' && (outcome.why === 'noReply' || outcome.why === 'lookUpFailed'))
  );
}
