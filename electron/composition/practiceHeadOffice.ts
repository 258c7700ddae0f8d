// The head office of the practice branch, embedded: its own books in the data folder, its own line, and the few levers that a trainer has.
// The branch meets it as it meets a real one, and knows only these levers besides.

import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../ports/clock.ts';
import type { PracticeControlPort } from '../ports/sync.ts';
import { PRACTICE_PASSWORD } from '../practice/authentication.ts';
import { createPracticeHeadOffice } from '../practice/createPracticeHeadOffice.ts';
import type { HeadOfficeReply } from '../practice/headOfficeHttp.ts';
import { servePractice } from '../practice/servePractice.ts';
import type { DataFolder } from './dataFolder.ts';
import { openPracticeLine } from './practiceLine.ts';

/** How a new practice head office is made up; one that is there already stays as it is. */
export interface PracticeSeed {
  readonly clients: number;
  readonly seed: number;
}

export interface EmbeddedPractice {
  readonly address: string;
  readonly control: PracticeControlPort;
  close(): Promise<void>;
}

/** The people of the practice branch's own office; the manager founds it, the administrator prepares head office. */
export const PRACTICE_STAFF = { founder: 'grace', administrator: 'admin', others: ['achieng', 'daniel', 'peter'] } as const;

/** Staff of another office, who may act on any account. */
const SOMEBODY_ELSEWHERE = 'bungoma';

export function hasPracticeHeadOffice(folder: DataFolder): boolean {
  return existsSync(folder.practiceHeadOffice);
}

function refusalCodeOf(reply: HeadOfficeReply): string {
  try {
    const body = JSON.parse(reply.body) as {
      errors?: { userMessageGlobalisationCode?: unknown }[];
      userMessageGlobalisationCode?: unknown;
    };
    const code = body.errors?.[0]?.userMessageGlobalisationCode ?? body.userMessageGlobalisationCode;
    return typeof code === 'string' ? code : `status.${String(reply.status)}`;
  } catch {
    return `status.${String(reply.status)}`;
  }
}

export async function embedPractice(folder: DataFolder, seed: PracticeSeed, clock: Clock): Promise<EmbeddedPractice> {
  mkdirSync(dirname(folder.practiceHeadOffice), { recursive: true, mode: 0o700 });
  const headOffice = createPracticeHeadOffice({ file: folder.practiceHeadOffice, now: () => clock.now(), zone: clock.zone(), ...seed });
  try {
    // Nobody is told this token: the levers are pulled from inside, never over the line.
    const controlToken = randomBytes(32).toString('hex');
    const line = await openPracticeLine({
      serve: (port) => servePractice(headOffice, { port, host: '127.0.0.1', controlToken }),
      cutMark: folder.practiceLineCut,
    });
    return {
      address: line.address,
      control: {
        password: PRACTICE_PASSWORD,
        lineCut: () => line.isCut(),
        setLine: (cut) => line.setCut(cut),
        async otherBranchPays(savingsServerId, amountMinor) {
          const reply = headOffice.control.actAs({
            username: SOMEBODY_ELSEWHERE,
            kind: 'withdrawal',
            accountId: savingsServerId,
            amountMinor,
          });
          return reply.status === 200 ? null : refusalCodeOf(reply);
        },
      },
      async close() {
        await line.close();
        headOffice.close();
      },
    };
  } catch (error) {
    headOffice.close();
    throw error;
  }
}
