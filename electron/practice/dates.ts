// Calendar dates of the practice head office: text 'YYYY-MM-DD' inside, arrays [y, m, d] in replies, and
// strings with a Java pattern in requests. Nothing here knows a time of day; head office drops it as well.

const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const DAY_MS = 86_400_000;

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

export function calendarDate(year: number, month: number, day: number): string {
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

export function dateParts(date: string): [number, number, number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
}

/** Calendar days since 1970-01-01. */
export function dayNumber(date: string): number {
  const [year, month, day] = dateParts(date);
  return Math.round(Date.UTC(year, month - 1, day) / DAY_MS);
}

export function dateOfDayNumber(days: number): string {
  const at = new Date(days * DAY_MS);
  return calendarDate(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate());
}

export function addDays(date: string, days: number): string {
  return dateOfDayNumber(dayNumber(date) + days);
}

export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

export function lengthOfMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The wished day is kept where the month has it, else the month's last day stands in. */
export function addMonths(date: string, months: number, wishedDay?: number): string {
  const [year, month, day] = dateParts(date);
  const index = year * 12 + (month - 1) + months;
  const newYear = Math.floor(index / 12);
  const newMonth = (index % 12) + 1;
  return calendarDate(newYear, newMonth, Math.min(wishedDay ?? day, lengthOfMonth(newYear, newMonth)));
}

/** Null members are left out of replies, so an absent date gives an absent array. */
export function dateArray(date: string | null | undefined): [number, number, number] | undefined {
  return date === null || date === undefined ? undefined : dateParts(date);
}

export function dateInZone(epochMs: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(
    epochMs,
  );
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

export function dateTimeArray(epochMs: number): number[] {
  const at = new Date(epochMs);
  return [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate(), at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()];
}

/** Strict, as head office is: 31 February and left-over text are refused with null. A trailing time of day is read and dropped. */
export function parseDate(text: string, pattern: string): string | null {
  let rest = text.trim();
  let format = pattern.trim();
  const clock = / HH:mm:ss$/;
  if (clock.test(format)) {
    if (!/ \d{2}:\d{2}:\d{2}$/.test(rest)) return null;
    format = format.replace(clock, '');
    rest = rest.replace(/ \d{2}:\d{2}:\d{2}$/, '');
  }
  let year = 0;
  let month = 0;
  let day = 0;
  for (const token of format.match(/[yu]+|M+|d+|[^yuMd]+/g) ?? []) {
    const digits = (least: number, most: number): number => {
      const found = new RegExp(`^\\d{${String(least)},${String(most)}}`).exec(rest);
      if (found === null) return -1;
      rest = rest.slice(found[0].length);
      return Number(found[0]);
    };
    if (token.startsWith('y') || token.startsWith('u')) year = token.length === 2 ? 2000 + digits(2, 2) : digits(4, 4);
    else if (token === 'M') month = digits(1, 2);
    else if (token === 'MM') month = digits(1, 2);
    else if (token.startsWith('M')) {
      const names = token.length >= 4 ? MONTHS : MONTHS.map((name) => name.slice(0, 3));
      const index = names.findIndex((name) => rest.toLowerCase().startsWith(name));
      if (index < 0) return null;
      rest = rest.slice(names[index]?.length ?? 0);
      month = index + 1;
    } else if (token === 'd') day = digits(1, 2);
    else if (token === 'dd') day = digits(1, 2);
    else {
      if (!rest.startsWith(token)) return null;
      rest = rest.slice(token.length);
    }
  }
  if (rest !== '' || year < 1 || month < 1 || month > 12 || day < 1 || day > lengthOfMonth(year, month)) return null;
  return calendarDate(year, month, day);
}
