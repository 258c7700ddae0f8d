// The schedules of a recorded head office: how many this PC reckons, how many of those are equal, and how long a long one takes.
import { reckonSchedule } from '../../shared/domain/schedule/reckonSchedule.ts';
import { ownSchedules } from '../reckon/readCases.ts';
import { tallyOf } from '../reckon/tally.ts';
import { termsOfRecording } from '../reckon/termsOfRecording.ts';
import { quantile } from './benchBranch.ts';
import { stated, type Figure } from './figure.ts';

const TIMES = 400;
const WARM = 50;
const LONG = 60;

export function reckonSchedules(): Promise<readonly Figure[]> {
  const recorded = ownSchedules();
  const tally = tallyOf(recorded as unknown as Parameters<typeof tallyOf>[0]);
  const plain = recorded.find(({ name }) => name === 'core/decl-ei-daily-every1weeks-n12');
  if (plain === undefined) throw new Error('the recordings hold a plain loan');
  const terms = { ...termsOfRecording(plain), installments: LONG, term: LONG };
  const times: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const began = performance.now();
    reckonSchedule(terms);
    if (time >= WARM) times.push(performance.now() - began);
  }
  const scale = `${String(tally.cases)} recorded schedules`;
  return Promise.resolve([
    stated({
      name: 'schedules left to head office',
      scale,
      value: (100 * (tally.cases - tally.reckoned)) / tally.cases,
      unit: '%',
      aim: { value: 5 },
    }),
    stated({ name: 'schedules that differ', scale, value: tally.differences.length, unit: '', aim: { value: 0 } }),
    stated({
      name: 'reckonSchedule p95',
      scale: `${String(LONG)} instalments`,
      value: quantile(times, 0.95),
      unit: 'ms',
      aim: { value: 1 },
    }),
  ]);
}
