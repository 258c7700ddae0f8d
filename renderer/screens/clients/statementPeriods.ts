// Which days a statement covers, by a name that a person chooses; both ends belong to it.

export const PERIODS = ['thisMonth', 'lastMonth', 'threeMonths', 'thisYear', 'own'] as const;
export type Period = (typeof PERIODS)[number];

/** `monthsBack` months before the month of `date`, its first day. */
function firstOfMonth(date: string, monthsBack: number): string {
  const [year = 0, month = 1] = date.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 - monthsBack, 1)).toISOString().slice(0, 10);
}

function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** Up to today, or of the month before. */
export function periodOf(period: Exclude<Period, 'own'>, today: string): { readonly from: string; readonly to: string } {
  switch (period) {
    case 'thisMonth':
      return { from: firstOfMonth(today, 0), to: today };
    case 'lastMonth':
      return { from: firstOfMonth(today, 1), to: dayBefore(firstOfMonth(today, 0)) };
    case 'threeMonths':
      return { from: firstOfMonth(today, 2), to: today };
    case 'thisYear':
      return { from: `${today.slice(0, 4)}-01-01`, to: today };
  }
}
