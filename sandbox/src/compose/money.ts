/** Prices in other currencies, at fixed composed rates. */

const PER_US_DOLLAR: Readonly<Record<string, number>> = {
  USD: 1,
  GBP: 0.7679804607882764,
  EUR: 0.9123,
  CAD: 1.37,
  AUD: 1.52,
  JPY: 150.2,
  CHF: 0.88,
  MXN: 18.4,
  BRL: 5.6,
  NZD: 1.66,
  SEK: 10.5,
  ZAR: 18.1,
};

/** Unknown currencies are ignored, as on Discogs: the price stays in US dollars. */
export function price(usDollars: number, currency: string | null): { value: number; currency: string } {
  const rate = PER_US_DOLLAR[currency ?? 'USD'];
  return rate === undefined || currency === null
    ? { value: usDollars, currency: 'USD' }
    : { value: usDollars * rate, currency };
}

export const originalPrice = (usDollars: number): object => ({
  curr_abbr: 'USD',
  curr_id: 1,
  formatted: `$${usDollars.toFixed(2)}`,
  value: usDollars,
});
