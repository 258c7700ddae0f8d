// Joins one branch from its pieces: books, head office, sync, use cases. A branch that is there is opened; one that is not is founded first.
// Whatever fails on the way, everything that was opened is closed again, so that trying once more starts clean.

import { mkdirSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Branch } from '../branch/branch.ts';
import { createBranch } from '../branch/createBranch.ts';
import type { FoundingRefusal, FoundingRequest } from '../branch/foundBranch.ts';
import { foundBranch } from '../branch/foundBranch.ts';
import type { MovingRefusal } from '../branch/moveHeadOffice.ts';
import { moveHeadOffice } from '../branch/moveHeadOffice.ts';
import type { Events } from '../branch/parts.ts';
import { createFineractGateway } from '../fineract/fineractGateway.ts';
import { nodeTransport } from '../fineract/http.ts';
import { argonPasswords } from '../host/ports/argonPasswords.ts';
import { deviceSigner } from '../host/ports/deviceSigner.ts';
import { keyFileOf } from '../host/ports/keyFileWrap.ts';
import type { KeyWrap } from '../host/ports/keyWrap.ts';
import { nodeCalls } from '../host/ports/nodeCalls.ts';
import { nodeChance, nodeDigest, nodeIds } from '../host/ports/nodeChance.ts';
import { nodeTimers } from '../host/ports/nodeTimers.ts';
import { derivedKey, sealedSecrets } from '../host/ports/sealedSecrets.ts';
import { wallClock } from '../host/ports/wallClock.ts';
import { recordBooksBehind } from '../journal/recordBooksBehind.ts';
import { recordAudit, recordMemoryFinding } from '../journal/recordChecked.ts';
import { isAddressOfBooks } from '../journal/addressInBooks.ts';
import { noteBeginning, noteEnd } from '../journal/lastEnd.ts';
import { identityOf, readSetting } from '../journal/settings.ts';
import type { Identity } from '../journal/settings.ts';
import type { Diagnostics } from '../ports/clock.ts';
import type { Credential } from '../ports/headOffice.ts';
import type { WindowedHeadOffice } from '../ports/window.ts';
import type { Store } from '../ports/store.ts';
import type { HeadOfficeAddress } from '../ports/sync.ts';
import { auditWhole, backUp } from '../store/backup.ts';
import type { BooksAudit } from '../ports/store.ts';
import { openStore } from '../store/openStore.ts';
import { createSync } from '../sync/createSync.ts';
import { openVault } from '../vault/openVault.ts';
import type { Refusal } from '../../shared/contract/define.ts';
import { Redacted, reveal } from '../../shared/kernel/redacted.ts';
import { ok, refuse } from '../../shared/kernel/result.ts';
import type { Result } from '../../shared/kernel/result.ts';
import { branchKeys, dropUnusedKeyFile } from './branchKey.ts';
import { isSameHeadOffice, readChoice } from './choice.ts';
import type { DataFolder } from './dataFolder.ts';
import { receiptPrinters } from '../devices/receiptPrinters.ts';
import { paperWords } from './paperWords.ts';
import { keepBackups } from './keepBackups.ts';
import type { EmbeddedPractice, PracticeSeed } from './practiceHeadOffice.ts';
import { embedPractice, PRACTICE_STAFF } from './practiceHeadOffice.ts';

export interface OpeningParts {
  readonly folder: DataFolder;
  readonly keyWraps: readonly [KeyWrap, ...KeyWrap[]];
  readonly machineMark: (folder: string) => string;
  readonly practice: PracticeSeed;
  readonly events: Events;
  readonly diagnostics: Diagnostics;
  /** Epoch milliseconds by this PC's clock. */
  readonly now: () => number;
  /** For a branch that has no zone of its own yet. */
  readonly zone: string;
}

/** What a person gave on the first run; the practice branch needs nothing. */
export interface FirstSignIn {
  readonly username: string;
  readonly password: Redacted<string>;
  readonly deviceCode: string | null;
  /** The server id of the office that was agreed to. */
  readonly office: number | null;
}

export interface OpenedBranch {
  readonly branch: Branch;
  /** True when ending now would disturb nobody: no drawer open, nothing being sent. */
  isQuiet(): boolean;
  close(): Promise<void>;
}

export type OpeningRefusal = FoundingRefusal | 'store.keyLost' | 'branch.notFounded' | 'choice.differs' | 'books.addressChanged';

/** Small ones, of some kilobytes each, every half minute. */
const PICTURES_PER_ROUND = 12;
const ANSWER_WITHIN_MS = 60_000;
const ANSWER_BYTES_MOST = 64 * 1_048_576;

function connect(address: string, tenant: string): WindowedHeadOffice {
  const transport = nodeTransport({ address, timeoutMs: ANSWER_WITHIN_MS, maxBodyBytes: ANSWER_BYTES_MOST });
  return createFineractGateway({ transport, tenant, monotonicMs: () => performance.now(), breathe: () => nodeTimers.breathe() });
}

function isQuiet(store: Store): boolean {
  return store.read((read) => {
    const drawersShut = read.allStaff().every((staff) => read.openDrawerOf(staff.username) === null);
    return drawersShut && read.commandsIn('sending', 1).length === 0;
  });
}

function machineName(): string {
  return hostname().slice(0, 60);
}

function foundingOf(
  address: HeadOfficeAddress,
  firstSignIn: FirstSignIn | null,
  practicePassword: string | null,
  zone: string,
): FoundingRequest | null {
  const deviceName = machineName();
  if (practicePassword !== null) {
    const administrator: Credential = { username: PRACTICE_STAFF.administrator, password: new Redacted(practicePassword) };
    return {
      address,
      username: PRACTICE_STAFF.founder,
      password: new Redacted(practicePassword),
      zone,
      deviceCode: null,
      deviceName,
      office: 'any',
      prepareAs: administrator,
    };
  }
  return firstSignIn === null ? null : { address, ...firstSignIn, zone, deviceName, prepareAs: null };
}

/** Everybody of the practice office signs in once, so that the sign-in page knows them all and the line may be cut from the first minute. */
async function introducePracticeStaff(branch: Branch, password: string): Promise<void> {
  for (const username of PRACTICE_STAFF.others) {
    const caller = { channel: `founding:${username}` };
    await branch.handlers.session.signIn({ username, password }, caller);
    await branch.handlers.session.signOut({}, caller);
  }
}

/** Letters of another writing look like ours, and some turn what follows about: then it is said as the line would call it. */
function called(address: string): string {
  return /^[!-~]*$/.test(address) ? address : (URL.parse(address)?.href ?? JSON.stringify(address));
}

/** Said in the words of a technician: with the tenant, where a head office has one. */
function spoken(address: HeadOfficeAddress): string {
  return address.kind === 'practice' ? 'practice' : `${called(address.address)} (${address.tenant})`;
}

function differingAddress(store: Store, identity: Identity, chosen: HeadOfficeAddress): Refusal<OpeningRefusal> | null {
  if (!store.read((read) => isAddressOfBooks(read, nodeDigest, identity))) return { code: 'books.addressChanged' };
  if (isSameHeadOffice(identity.address, chosen)) return null;
  return { code: 'choice.differs', facts: { books: spoken(identity.address), chosen: spoken(chosen) } };
}

/** The real branch's books, and nothing else of it; null where they are not there or their key is lost. */
async function booksAlone(parts: OpeningParts) {
  const folder = parts.folder.of('branch');
  if (!holdsBooks(folder.store)) return null;
  const keys = await branchKeys(folder, parts.keyWraps);
  if (keys === null) return null;
  const ownerName = `tawi ${String(process.pid)}`;
  const store = openStore({ file: folder.store, key: reveal(keys.books), sealKey: reveal(keys.seal), now: parts.now, ownerName });
  return { store, key: keys.books };
}

/** Also where they cannot be read: whoever cannot tell takes nothing for a first run. */
export async function hasFoundedBooks(parts: OpeningParts): Promise<boolean> {
  if (!holdsBooks(parts.folder.of('branch').store)) return false;
  try {
    const books = await booksAlone(parts);
    if (books === null) return true;
    try {
      return books.store.read((read) => readSetting(read, 'identity')) !== null;
    } finally {
      books.store.close();
    }
  } catch {
    return true;
  }
}

/** An administrator's fresh sign-in at the chosen address makes it the books' own. Nothing else of the branch runs meanwhile. */
export async function moveBranch(
  parts: OpeningParts,
  chosen: Extract<HeadOfficeAddress, { kind: 'fineract' }>,
  signIn: { readonly username: string; readonly password: Redacted<string> },
): Promise<Result<object, Refusal<MovingRefusal | 'store.keyLost'>>> {
  const opened = await booksAlone(parts);
  if (opened === null) return refuse({ code: 'store.keyLost' });
  const { store, key } = opened;
  try {
    const clock = wallClock(store.read(identityOf).zone);
    const journal = { clock, chance: nodeChance, ids: nodeIds(() => clock.now()), digest: nodeDigest, signer: null };
    const headOffice = connect(chosen.address, chosen.tenant);
    const seals = sealedSecrets(key);
    return await moveHeadOffice({ ...journal, store, headOffice, passwords: argonPasswords, seals }, { address: chosen, ...signIn });
  } finally {
    store.close();
  }
}

function holdsBooks(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/**
 * `chosen` is what stands in a plain file or was typed at the door. It says which books are meant and no more: where they send anything, and
 * any sign-in, is what the books themselves say. Where the two differ, nothing is opened and nobody is called.
 */
export async function openBranch(
  parts: OpeningParts,
  chosen: HeadOfficeAddress,
  firstSignIn: FirstSignIn | null,
): Promise<Result<OpenedBranch, Refusal<OpeningRefusal>>> {
  const { events, diagnostics } = parts;
  const folder = parts.folder.of(chosen.kind === 'practice' ? 'practice' : 'branch');
  // A branch that was chosen has books. Where they are gone, new ones would hide that they ever were.
  const wasChosen = readChoice(parts.folder.choice) !== 'firstRun';
  if (wasChosen && !holdsBooks(folder.store)) return refuse({ code: 'branch.notFounded' });
  const keys = await branchKeys(folder, parts.keyWraps);
  if (keys === null) return refuse({ code: 'store.keyLost' });
  dropUnusedKeyFile(keyFileOf(parts.folder.root), [parts.folder.of('branch'), parts.folder.of('practice')]);
  const key = keys.books;

  mkdirSync(folder.folder, { recursive: true, mode: 0o700 });
  const at = { file: folder.store, key: reveal(key), sealKey: reveal(keys.seal) };
  const store = openStore({ ...at, now: parts.now, ownerName: `tawi ${String(process.pid)}` });
  let practice: EmbeddedPractice | null = null;
  const letGo = async (): Promise<void> => {
    await practice?.close();
    store.close();
  };
  let endedBadly = false;
  /** Nothing was opened, so nothing ended. */
  const turnBack = async (): Promise<void> => {
    store.write((write) => noteEnd(write, parts.now(), !endedBadly));
    await letGo();
  };

  try {
    endedBadly = store.write((write) => noteBeginning(write, parts.now()));
    const known = store.read((read) => readSetting(read, 'identity'));
    if (wasChosen && known === null) {
      await turnBack();
      return refuse({ code: 'branch.notFounded' });
    }
    const differing = known === null ? null : differingAddress(store, known, chosen);
    if (differing !== null) {
      await turnBack();
      return refuse(differing);
    }
    const address = known?.address ?? chosen;
    const clock = wallClock(known?.zone ?? parts.zone);
    if (address.kind === 'practice') practice = await embedPractice(parts.folder, parts.practice, clock);
    const headOffice = address.kind === 'practice' ? connect(practice?.address ?? '', 'default') : connect(address.address, address.tenant);
    const seals = sealedSecrets(key);
    const machineMark = parts.machineMark(folder.folder);
    const signer = deviceSigner(keys.seal);
    const journal = { clock, chance: nodeChance, ids: nodeIds(() => clock.now()), digest: nodeDigest, signer };

    if (known === null) {
      const founding = foundingOf(address, firstSignIn, practice?.control.password ?? null, clock.zone());
      const founded =
        founding === null
          ? refuse({ code: 'branch.notFounded' as const })
          : await foundBranch({ ...journal, store, headOffice, passwords: argonPasswords, seals, machineMark }, founding);
      if (!founded.ok) {
        await turnBack();
        return founded;
      }
    }

    if (store.behind !== null) {
      const { behind } = store;
      store.write((write) => recordBooksBehind(write, journal, behind, known === null));
      diagnostics.record('warning', 'books.behind', { lastEntry: behind.lastEntry, rememberedEntry: behind.rememberedEntry });
    }
    if (store.memoryFinding !== null) {
      const { memoryFinding } = store;
      store.write((write) => recordMemoryFinding(write, journal, memoryFinding));
      diagnostics.record('warning', 'books.memory', { finding: memoryFinding });
    }
    const vault = openVault({ folder: folder.vault, backups: folder.vaultBackups, key: derivedKey(key, 'vault') });
    const filesNamed = (): readonly string[] => store.read((read) => [...read.filesOfFacts(), ...read.filesPulled()]);
    // Books that lost something may come back, and look for what they name.
    if (store.behind === null && store.memoryFinding === null) {
      const swept = vault.sweep(filesNamed(), parts.now());
      if (swept > 0) diagnostics.record('info', 'vault.swept', { files: swept });
    }
    // A founding is too much to have in the log alone.
    if (known === null) store.settle();

    const sync = createSync({
      ...journal,
      store,
      vault,
      headOffice,
      picturesPerRound: PICTURES_PER_ROUND,
      timers: nodeTimers,
      seals,
      diagnostics,
      tell: (event) => events.tell(event),
    });
    const branch = createBranch({
      ...journal,
      store,
      vault,
      headOffice,
      sync,
      timers: nodeTimers,
      diagnostics,
      passwords: argonPasswords,
      seals,
      practice: practice?.control ?? null,
      machineMark,
      machineName: machineName(),
      calls: nodeCalls(),
      paper: {
        printers: receiptPrinters({ folder: practice === null ? null : folder.papers, newName: () => journal.ids.newId() }),
        words: paperWords,
      },
      endedBadly,
      keyGuard: keys.guard,
      events,
    });
    branch.start();
    const noteAudit = (audit: BooksAudit): void => {
      if (audit.finding !== null) diagnostics.record('fault', 'books.differ', audit.finding);
      if (store.write((write) => recordAudit(write, journal, audit))) events.tell({ what: 'start.changed' });
    };
    if (known === null && practice !== null) await introducePracticeStaff(branch, practice.control.password);
    const backups = keepBackups({
      timers: nodeTimers,
      diagnostics,
      monotonicMs: () => clock.monotonicMs(),
      read: (work) => store.read(work),
      settle: () => store.settle(),
      copy: async () => {
        // Files first: a copy of the books names none that is not beside it.
        const files = await vault.backUp(
          store.read((read) => read.filesOfFacts()),
          () => nodeTimers.breathe(),
        );
        if (files.lost > 0) diagnostics.record('fault', 'vault.lost', { files: files.lost });
        noteAudit((await backUp({ ...at, folder: folder.backups, at: parts.now() })).audit);
      },
      check: async () => noteAudit(await auditWhole(at)),
    });

    return ok({
      branch,
      isQuiet: () => isQuiet(store),
      async close() {
        try {
          await backups.stop();
          await branch.stop();
        } catch (error) {
          // The next start will call this end unclean, which is what it was.
          diagnostics.incident(error, 'branch.stop');
        } finally {
          await letGo();
        }
      },
    });
  } catch (error) {
    await letGo();
    throw error;
  }
}
