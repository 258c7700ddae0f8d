// What the line to head office does while people work: cut, slow, a request or a reply lost; and what head office answers: no, or what nobody
// can read. All of it through the control door of the practice head office, all of it drawn from one seed.

import type { Seeded } from '../world/seed.ts';
import { pause } from './counterPeople.ts';
import type { HeadOfficeSide } from './headOfficeSide.ts';

export interface Weather {
  /** Blows until `until` says so, then leaves the line good. */
  blow(until: () => boolean): Promise<void>;
  seen(): Readonly<Record<string, number>>;
}

export interface WeatherOptions {
  readonly headOffice: HeadOfficeSide;
  readonly chance: Seeded;
  readonly killsHeadOffice: boolean;
  readonly savingsServerIds: readonly number[];
}

export const REFUSAL = 'error.msg.savingsaccount.transaction.insufficient.account.balance';

export function createWeather({ headOffice, chance, killsHeadOffice, savingsServerIds }: WeatherOptions): Weather {
  const seen: Record<string, number> = {};

  async function calm(): Promise<void> {
    await headOffice.pull('cutLine', false);
    await headOffice.pull('slowDown', 0);
    await headOffice.pull('refuseNextWrites', 0, 403, REFUSAL);
    await headOffice.pull('spoilNextReads', 0);
  }

  async function gust(): Promise<void> {
    const kinds = [
      'cut',
      'requestLost',
      'replyLost',
      'slow',
      'refused',
      'unreadable',
      'actedElsewhere',
      ...(killsHeadOffice ? (['headOfficeKilled', 'headOfficeKilled'] as const) : []),
    ] as const;
    const kind = kinds[chance.below(kinds.length)] ?? 'cut';
    seen[kind] = (seen[kind] ?? 0) + 1;
    switch (kind) {
      case 'cut':
        await headOffice.pull('cutLine', true);
        await pause(100 + chance.below(900));
        await headOffice.pull('cutLine', false);
        return;
      case 'requestLost':
        await headOffice.pull('loseNextRequest', 1 + chance.below(2));
        return;
      case 'replyLost':
        await headOffice.pull('loseNextReply', 1 + chance.below(2));
        return;
      case 'slow':
        await headOffice.pull('slowDown', 50 + chance.below(200));
        await pause(300 + chance.below(500));
        await headOffice.pull('slowDown', 0);
        return;
      case 'refused':
        await headOffice.pull('refuseNextWrites', 1, 403, REFUSAL);
        return;
      case 'unreadable':
        await headOffice.pull('spoilNextReads', 1);
        return;
      case 'actedElsewhere':
        await headOffice.act(
          chance.chance(0.5) ? 'deposit' : 'withdrawal',
          savingsServerIds[chance.below(savingsServerIds.length)] ?? 1,
          1_000 + chance.below(9_000),
        );
        return;
      case 'headOfficeKilled':
        await headOffice.kill();
        await pause(chance.below(500));
        await headOffice.startAgain();
    }
  }

  return {
    async blow(until) {
      while (!until()) {
        await gust();
        await pause(150 + chance.below(500));
      }
      await calm();
    },
    seen: () => seen,
  };
}
