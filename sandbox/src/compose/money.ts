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

/** Discogs' share of a sale, in US dollars: a part of the price, inside two bounds. */
const FEE = { share: 0.08, least: 0.1, most: 150 };

/** The selling fee for a price in `currency`, rounded to cents. */
export function sellingFee(value: number, currency: string): { value: number; currency: string } {
  const rate = PER_US_DOLLAR[currency] ?? 1;
  const fee = Math.min(FEE.most * rate, Math.max(FEE.least * rate, value * FEE.share));
  return { value: Number(fee.toFixed(2)), currency };
}

export const CURRENCIES: readonly string[] = Object.keys(PER_US_DOLLAR);

export const originalPrice = (usDollars: number): object => ({
  curr_abbr: 'USD',
  curr_id: 1,
  formatted: `$${usDollars.toFixed(2)}`,
  value: usDollars,
});
