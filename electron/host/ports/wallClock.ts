// This PC's clock, read in the branch's zone. It may be wrong, and says so to nobody: noticing that is the branch's business.

import type { Clock } from '../../ports/clock.ts';

interface Parts {
  readonly date: string;
  readonly text: string;
}

/** The zone that this PC is set to, an IANA name. */
export function zoneOfThisPc(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export function isKnownZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function formatIn(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  });
}

export function wallClock(ofOffice: string): Clock {
  let zone = ofOffice;
  let format = formatIn(zone);

  function partsAt(at: number, reading = format): Parts {
    const parts = new Map(reading.formatToParts(at).map((part) => [part.type, part.value]));
    const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? '';
    const date = `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
    // 'GMT+03:00', and 'GMT' alone where the offset is nothing.
    const offset = part('timeZoneName').slice('GMT'.length);
    return { date, text: `${date}T${part('hour')}:${part('minute')}:${part('second')}${offset === '' ? '+00:00' : offset}` };
  }

  return {
    now: () => Date.now(),
    monotonicMs: () => performance.now(),
    zone: () => zone,
    changeZone(other) {
      if (!isKnownZone(other)) return false;
      zone = other;
      format = formatIn(zone);
      return true;
    },
    localDate: (at) => partsAt(at).date,
    localText: (at, other = zone) => partsAt(at, other === zone ? format : formatIn(other)).text,
  };
}
