// One branch PC under test: the program as it is served, in a folder of its own, asked through the calls of its contract and nothing else.
// People sit at it on channels of their own, as at two browsers of one PC.

import { mkdirSync } from 'node:fs';
import type { Tawi } from '../../../electron/composition/openTawi.ts';
import { openTawi } from '../../../electron/composition/openTawi.ts';
import { keyFileWrap } from '../../../electron/host/ports/keyFileWrap.ts';
import type { BranchContract } from '../../../shared/contract/branchContract.ts';
import type { InputOf, OutputOf, RefusalFacts } from '../../../shared/contract/define.ts';
import type { ReceiptLine, SyncItem } from '../../../shared/contract/shapes.ts';
import type { SyncStatus } from '../../../shared/contract/sync.ts';
import { agreeToOffice } from '../../world/agreeToOffice.ts';
import type { ApiPerson } from '../headOffice/api.ts';
import type { Line } from '../headOffice/line.ts';

type Noun = keyof BranchContract;
export type MethodName = { [N in Noun]: `${N}.${keyof BranchContract[N] & string}` }[Noun];
export type MethodOf<Name extends MethodName> = Name extends `${infer N}.${infer V}`
  ? N extends Noun
    ? V extends keyof BranchContract[N]
      ? BranchContract[N][V]
      : never
    : never
  : never;

/** The branch said no to something that a chapter needed. */
export class BranchRefusal extends Error {
  readonly code: string;

  constructor(method: string, code: string, facts: unknown) {
    super(`${method} was refused: ${code}${facts === undefined ? '' : ` ${JSON.stringify(facts)}`}`);
    this.name = 'BranchRefusal';
    this.code = code;
  }
}

export type Told<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: string; readonly facts: unknown };

export interface BranchPc {
  readonly name: string;
  readonly line: Line;
  /** The answer as it is. */
  ask<Name extends MethodName>(person: ApiPerson, method: Name, input: InputOf<MethodOf<Name>>): Promise<Told<OutputOf<MethodOf<Name>>>>;
  /** The value; signs in again when the session ended, and throws a BranchRefusal otherwise. */
  get<Name extends MethodName>(person: ApiPerson, method: Name, input: InputOf<MethodOf<Name>>): Promise<OutputOf<MethodOf<Name>>>;
  /** The code of a refusal; null when there was none. */
  refusal<Name extends MethodName>(person: ApiPerson, method: Name, input: InputOf<MethodOf<Name>>): Promise<string | null>;
  signIn(person: ApiPerson): Promise<void>;
  /** The first run: names the office, is asked whether it is that one, and agrees. */
  connect(person: ApiPerson, to: Pick<InputOf<MethodOf<'session.connectHeadOffice'>>, 'tenant' | 'zone'>): Promise<Told<unknown>>;
  /** Wakes the sync now and again until `done` says so; false when `mostMs` went by first. */
  until(person: ApiPerson, done: () => Promise<boolean>, mostMs?: number): Promise<boolean>;
  /** Waits until a receipt stands so, and gives it as it stands in the end, whatever that is. */
  untilStanding(person: ApiPerson, line: ReceiptLine, standing: ReceiptLine['standing'], mostMs?: number): Promise<ReceiptLine>;
  /** Waits until one whole round of sending and reading went by. */
  untilRound(person: ApiPerson, mostMs?: number): Promise<boolean>;
  receipt(person: ApiPerson, line: ReceiptLine): Promise<ReceiptLine>;
  item(person: ApiPerson, line: ReceiptLine): Promise<SyncItem | null>;
  status(person: ApiPerson): Promise<SyncStatus>;
  /** Ends the program and starts it on the same books. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export const PATIENCE_MS = 60_000;
const A_CASE_STANDS_MS = 6_000;
const LOOK_EVERY_MS = 120;
const WAKE_EVERY_MS = 600;

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

export async function openPc(name: string, folder: string, line: Line): Promise<BranchPc> {
  mkdirSync(folder, { recursive: true });
  const open = (): Promise<Tawi> =>
    openTawi({ dataFolder: folder, keyWraps: [keyFileWrap(folder)], practice: { clients: 1, seed: 1 }, answers: 'strict' });
  let tawi = await open();

  async function ask<Name extends MethodName>(
    person: ApiPerson,
    method: Name,
    input: InputOf<MethodOf<Name>>,
  ): Promise<Told<OutputOf<MethodOf<Name>>>> {
    const reply = await tawi.doorway.call(method, input, { channel: `${person.username}@${name}` });
    return reply.ok
      ? { ok: true, value: reply.value as OutputOf<MethodOf<Name>> }
      : { ok: false, code: reply.refusal.code, facts: reply.refusal.facts };
  }

  async function get<Name extends MethodName>(
    person: ApiPerson,
    method: Name,
    input: InputOf<MethodOf<Name>>,
  ): Promise<OutputOf<MethodOf<Name>>> {
    let answer = await ask(person, method, input);
    if (!answer.ok && (answer.code === 'session.signedOut' || answer.code === 'session.locked')) {
      await pc.signIn(person);
      answer = await ask(person, method, input);
    }
    if (!answer.ok) throw new BranchRefusal(method, answer.code, answer.facts);
    return answer.value;
  }

  const pc: BranchPc = {
    name,
    line,
    ask,
    get,
    async refusal(person, method, input) {
      const answer = await ask(person, method, input);
      return answer.ok ? null : answer.code;
    },
    async signIn(person) {
      const answer = await ask(person, 'session.signIn', { username: person.username, password: person.password });
      if (!answer.ok) throw new BranchRefusal('session.signIn', answer.code, answer.facts);
    },
    connect: (person, to) =>
      agreeToOffice(
        (agreed) => {
          const { username, password } = person;
          return ask(person, 'session.connectHeadOffice', { address: line.address, ...to, username, password, ...agreed });
        },
        (answer) => (answer.ok ? null : { code: answer.code, facts: answer.facts as RefusalFacts }),
      ),
    async until(person, done, mostMs = PATIENCE_MS) {
      const end = performance.now() + mostMs;
      let wakeAt = 0;
      for (;;) {
        if (await done()) return true;
        const now = performance.now();
        if (now > end) return false;
        if (now > wakeAt) {
          await get(person, 'sync.wake', {});
          wakeAt = now + WAKE_EVERY_MS;
        }
        await pause(LOOK_EVERY_MS);
      }
    },
    async untilStanding(person, line, standing, mostMs) {
      let last = line;
      let caseSince: number | null = null;
      await pc.until(
        person,
        async () => {
          last = await pc.receipt(person, line);
          // Head office may post after all what looked refused; a case that stands for a while will not go away by itself.
          caseSince = last.standing === 'needsYou' ? (caseSince ?? performance.now()) : null;
          return last.standing === standing || (caseSince !== null && performance.now() - caseSince > A_CASE_STANDS_MS);
        },
        mostMs,
      );
      return last;
    },
    async untilRound(person, mostMs) {
      const before = (await pc.status(person)).lastFinishedAt;
      return pc.until(
        person,
        async () => {
          const { lastFinishedAt } = await pc.status(person);
          return lastFinishedAt !== null && lastFinishedAt !== before;
        },
        mostMs,
      );
    },
    receipt: (person, line) => get(person, 'receipts.show', { receiptId: line.receipt.receiptId }),
    async item(person, line) {
      if (line.receipt.commandId === null) return null;
      return (await get(person, 'sync.showItem', { commandId: line.receipt.commandId })).item;
    },
    status: (person) => get(person, 'sync.showStatus', {}),
    async restart() {
      await tawi.close();
      tawi = await open();
    },
    close: () => tawi.close(),
  };
  return pc;
}
