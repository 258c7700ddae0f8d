// The country whose phone numbers are written without its code: as it was set, else the one of the institution's money, and where several
// countries share a money, the one of the office's zone.

import { getCountries, isSupportedCountry } from 'libphonenumber-js/min';

/** Money whose first two letters are no country's, or of which others live too. */
const SHARED = /^(?:X|EU|US)/;

export interface Whereabouts {
  readonly chosen: string | null;
  readonly currencyCode: string | null;
  readonly zone: string | null;
}

export function knownCountries(): readonly string[] {
  return getCountries().sort();
}

export function countryOf({ chosen, currencyCode, zone }: Whereabouts): string | null {
  if (chosen !== null && isSupportedCountry(chosen)) return chosen;
  const ofMoney = currencyCode === null || SHARED.test(currencyCode) ? '' : currencyCode.slice(0, 2);
  if (isSupportedCountry(ofMoney)) return ofMoney;
  return zone === null ? null : countryOfZone(zone);
}

const byZone = new Map<string, string | null>();

function countryOfZone(zone: string): string | null {
  let country = byZone.get(zone);
  if (country === undefined) {
    const sameName = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
    country = getCountries().find((code) => zonesOf(code).some((one) => one === zone || one === sameName)) ?? null;
    byZone.set(zone, country);
  }
  return country;
}

function zonesOf(country: string): readonly string[] {
  // The language's own description does not know the member yet.
  const locale = new Intl.Locale(`und-${country}`) as { getTimeZones?(): readonly string[] | undefined };
  return locale.getTimeZones?.() ?? [];
}
