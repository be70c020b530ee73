/** Composed values that must look plausible and stay the same from run to run: counts, prices, dates, ratings. */
import { createHash } from 'node:crypto';

const DAY_MS = 86_400_000;
const FIRST_EDIT_MS = Date.UTC(2004, 0, 1);
const PACIFIC_OFFSET_MS = 7 * 3_600_000;

/** A whole number in `[min, max]`, decided by the id and the purpose. */
export function inventedInteger(purpose: string, id: number, min: number, max: number): number {
  const digest = createHash('sha1').update(`${purpose}:${id}`).digest();
  return min + (digest.readUInt32BE(0) % (max - min + 1));
}

export const inventedHave = (id: number): number => inventedInteger('have', id, 40, 9_000);
export const inventedWant = (id: number): number => inventedInteger('want', id, 20, 4_000);
export const inventedForSale = (id: number): number => inventedInteger('for sale', id, 1, 180);
/** US dollars. */
export const inventedPrice = (id: number): number => inventedInteger('price', id, 150, 6_000) / 100;
export const inventedRating = (id: number): { count: number; average: number } => ({
  count: inventedInteger('ratings', id, 5, 900),
  average: inventedInteger('rating', id, 340, 490) / 100,
});

/** Discogs writes times of the day with the Pacific offset. */
export const pacificTime = (epochMs: number): string =>
  `${new Date(epochMs - PACIFIC_OFFSET_MS).toISOString().slice(0, 19)}-07:00`;

export const inventedTime = (purpose: string, id: number): string =>
  pacificTime(
    FIRST_EDIT_MS + inventedInteger(purpose, id, 0, 7_000) * DAY_MS + inventedInteger('ms', id, 0, DAY_MS),
  );
