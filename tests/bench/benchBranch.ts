// A whole branch for measuring: the real store, encrypted, on a real disk; the real sync, adapter and use cases; a practice head office in
// the same process, reached through a transport that counts and, where asked, waits like a slow line.
import { randomBytes } from 'node:crypto';
import { closeSync, copyFileSync, fsyncSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { Branch, Caller } from '../../electron/branch/branch.ts';
import { createBranch } from '../../electron/branch/createBranch.ts';
import { createEvents } from '../../electron/branch/createEvents.ts';
import { foundBranch } from '../../electron/branch/foundBranch.ts';
import { createFineractGateway } from '../../electron/fineract/fineractGateway.ts';
import type { HttpReply, HttpRequest, HttpTransport } from '../../electron/fineract/http.ts';
import { createDispatcher } from '../../electron/host/dispatcher.ts';
import { deviceSigner } from '../../electron/host/ports/deviceSigner.ts';
import { nodeChance, nodeDigest, nodeIds } from '../../electron/host/ports/nodeChance.ts';
import { openStore } from '../../electron/store/openStore.ts';
import { createSync } from '../../electron/sync/createSync.ts';
import type { SyncControl } from '../../electron/ports/sync.ts';
import type { JournalParts } from '../../electron/journal/parts.ts';
import { Redacted, reveal } from '../../shared/kernel/redacted.ts';
import { vaultInMemory } from '../world/vaultInMemory.ts';

export interface Traffic {
  requests: number;
  bytes: number;
}

/** Whatever answers as head office: in this thread, in another one, or from a record. */
export type Answering = (
  request: HttpRequest,
) => Omit<HttpReply & { kind: 'answered' }, 'kind'> | Promise<Omit<HttpReply & { kind: 'answered' }, 'kind'>>;

/** Books of a branch that was closed; a measure works on a copy. */
export interface KeptBooks {
  readonly file: string;
  readonly key: Uint8Array;
}

export interface BenchBranch {
  readonly branch: Branch;
  readonly sync: SyncControl;
  readonly store: ReturnType<typeof openStore>;
  readonly folder: string;
  readonly file: string;
  readonly key: Uint8Array;
  readonly traffic: Traffic;
  /** What copying kept books took, for measures that are not about it. */
  readonly copiedMs: number;
  readonly parts: JournalParts;
  ask(method: string, input: unknown, caller?: Caller): Promise<unknown>;
  setLatency(ms: number): void;
  setLine(up: boolean): void;
  end(): Promise<void>;
}

export const CASHIER: Caller = { channel: 'cashier' };

export function scratchFolder(): string {
  return mkdtempSync(join(tmpdir(), 'tawi-bench-'));
}

export function nodeParts(): JournalParts & { readonly clock: JournalParts['clock'] } {
  const now = () => Date.now();
  return {
    clock: {
      now,
      monotonicMs: () => performance.now(),
      zone: () => 'Africa/Nairobi',
      changeZone: () => false,
      localDate: (at) => new Date(at + 3 * 3_600_000).toISOString().slice(0, 10),
      localText: (at) => `${new Date(at + 3 * 3_600_000).toISOString().slice(0, 19)}+03:00`,
    },
    chance: nodeChance,
    ids: nodeIds(now),
    digest: nodeDigest,
    signer: deviceSigner(new Redacted(new Uint8Array(32).fill(5))),
  };
}

/** Flushed, so that the first commit of the branch does not wait for the copy to reach the disk. */
function copyToDisk(from: string, to: string): void {
  copyFileSync(from, to);
  const copy = openSync(to, 'r+');
  fsyncSync(copy);
  closeSync(copy);
}

/** Founds a branch, or opens a copy of kept books. Does not start syncing: the measure says when. */
export async function openBenchBranch(answer: Answering, kept: KeptBooks | null = null): Promise<BenchBranch> {
  const folder = scratchFolder();
  const key = kept?.key ?? randomBytes(32);
  const file = join(folder, 'branch.sqlite');
  const began = performance.now();
  if (kept !== null) copyToDisk(kept.file, file);
  const copiedMs = performance.now() - began;
  const parts = nodeParts();
  const traffic: Traffic = { requests: 0, bytes: 0 };
  let latencyMs = 0;
  let lineUp = true;
  const transport: HttpTransport = async (request) => {
    if (!lineUp) return { kind: 'neverSent', detail: 'cut' };
    traffic.requests += 1;
    traffic.bytes += request.body?.length ?? 0;
    if (latencyMs > 0) await pause(latencyMs);
    const reply = await answer(request);
    traffic.bytes += reply.body.length;
    return { kind: 'answered', ...reply };
  };
  const timers = {
    sleep(ms: number) {
      const ending = new AbortController();
      return {
        done: pause(ms, undefined, { signal: ending.signal }).catch(() => undefined),
        wake: () => {
          ending.abort();
        },
      };
    },
    breathe: () => nextTurn(),
  };
  const gateway = createFineractGateway({
    transport,
    tenant: 'default',
    monotonicMs: () => performance.now(),
    breathe: () => timers.breathe(),
  });
  const store = openStore({ file, key, now: parts.clock.now, ownerName: 'bench', sealKey: new Uint8Array(32).fill(5) });
  const passwords = {
    hash: (secret: Redacted<string>) => Promise.resolve(reveal(secret)),
    verify: (secret: Redacted<string>, hash: string) => Promise.resolve(reveal(secret) === hash),
  };
  const seals = { seal: (secret: Redacted<string>) => reveal(secret), open: (sealed: string) => new Redacted(sealed) };
  const diagnostics = {
    record: () => undefined,
    incident: (error: unknown, where: string): string => {
      throw new Error(`the measured branch broke in ${where}`, { cause: error });
    },
  };
  if (kept === null) {
    const admin = { username: 'admin', password: new Redacted('practice') };
    const founded = await foundBranch(
      { ...parts, store, headOffice: gateway, passwords, seals, machineMark: null },
      {
        address: { kind: 'practice' },
        username: 'grace',
        password: new Redacted('practice'),
        zone: 'Africa/Nairobi',
        deviceCode: null,
        deviceName: 'bench',
        office: 'any',
        prepareAs: admin,
      },
    );
    if (!founded.ok) throw new Error(`not founded: ${founded.refusal.code}`);
  }
  const events = createEvents(() => undefined);
  const vault = vaultInMemory();
  const sync = createSync({ ...parts, store, vault, headOffice: gateway, timers, seals, diagnostics, tell: events.tell });
  const branch = createBranch({
    ...parts,
    store,
    vault,
    headOffice: gateway,
    sync,
    timers,
    diagnostics,
    passwords,
    seals,
    practice: null,
    machineMark: null,
    events,
  });
  const frontDoor = branch.handlers.session;
  const dispatch = createDispatcher({
    branch: () => branch,
    frontDoor,
    diagnostics,
    monotonicMs: () => performance.now(),
    answers: 'lenient',
  });
  return {
    branch,
    sync,
    store,
    folder,
    file,
    key,
    traffic,
    copiedMs,
    parts,
    async ask(method, input, caller = CASHIER) {
      const answer = await dispatch(method, input, caller);
      if (!answer.ok) throw new Error(`${method}: ${answer.refusal.code}`);
      return answer.value;
    },
    setLatency(ms) {
      latencyMs = ms;
    },
    setLine(up) {
      lineUp = up;
    },
    async end() {
      await branch.stop();
      store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function until(condition: () => boolean, everyMs = 2): Promise<void> {
  while (!condition()) await pause(everyMs);
}

export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

/** The value below which that share of the samples lies. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
