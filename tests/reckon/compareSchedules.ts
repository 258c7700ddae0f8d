// One recorded schedule beside the one Tawi reckons: equal to the last minor unit, refused by name, or different, and where.

import { reckonSchedule } from '../../shared/domain/schedule/reckonSchedule.ts';
import { termsOfRecording, toMinor, type RecordedSchedule } from './termsOfRecording.ts';

export type Compared =
  { readonly kind: 'equal' } | { readonly kind: 'refused'; readonly why: string } | { readonly kind: 'differs'; readonly where: string };

type Fields = Readonly<Record<string, unknown>>;

export function compareSchedule(recorded: RecordedSchedule): Compared {
  const { response } = recorded;
  if (response === undefined) return { kind: 'refused', why: 'head office refused it' };
  const reckoned = reckonSchedule(termsOfRecording(recorded));
  if (!reckoned.ok) return { kind: 'refused', why: reckoned.refusal.facts.why };
  const schedule = reckoned.value;
  const minor = (value: unknown): number => toMinor(typeof value === 'string' ? value : '0', recorded.currency.decimals);
  const lines = response.periods.filter((period) => period['period'] !== undefined);
  const payouts = response.periods.filter((period) => period['period'] === undefined);
  const differs = (where: string, theirs: unknown, ours: unknown): Compared => ({
    kind: 'differs',
    where: `${where}: head office ${String(theirs)}, Tawi ${String(ours)}`,
  });
  for (const [index, line] of lines.entries()) {
    const row = schedule.installments[index];
    const at = `row ${String(line['period'])}`;
    if (row === undefined) return differs('rows', lines.length, schedule.installments.length);
    if (row.dueOn !== line['dueDate']) return differs(`${at} due`, line['dueDate'], row.dueOn);
    const pairs: readonly (readonly [string, string, number])[] = [
      ['principal', 'principalDue', row.principalMinor],
      ['interest', 'interestDue', row.interestMinor],
      ['fees', 'feeChargesDue', row.feesMinor],
      ['penalties', 'penaltyChargesDue', row.penaltiesMinor],
      ['balance', 'principalLoanBalanceOutstanding', row.balanceMinor],
    ];
    for (const [what, member, ours] of pairs) if (minor(line[member]) !== ours) return differs(`${at} ${what}`, line[member] ?? '0', ours);
  }
  if (lines.length !== schedule.installments.length) return differs('rows', lines.length, schedule.installments.length);
  if (payouts.length !== schedule.payouts.length) return differs('payouts', payouts.length, schedule.payouts.length);
  for (const [index, payout] of (payouts as readonly Fields[]).entries()) {
    const ours = schedule.payouts[index];
    if (ours?.on !== payout['dueDate']) return differs(`payout ${String(index + 1)}`, payout['dueDate'], ours?.on);
    if (ours?.amountMinor !== minor(payout['principalDisbursed']))
      return differs('paid out', payout['principalDisbursed'], ours?.amountMinor);
    if (ours.feesMinor !== minor(payout['feeChargesDue'])) return differs('fees at payout', payout['feeChargesDue'], ours.feesMinor);
  }
  const totals = response as Fields;
  if (minor(totals['totalInterestCharged']) !== schedule.interestMinor)
    return differs('total interest', totals['totalInterestCharged'], schedule.interestMinor);
  if (minor(totals['totalRepaymentExpected']) !== schedule.totalMinor)
    return differs('total', totals['totalRepaymentExpected'], schedule.totalMinor);
  return { kind: 'equal' };
}
