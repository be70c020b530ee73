/**
 * How the original broker chose, in its first published form (R1) and its later one (R2), written from the description
 * of its behaviour. Only for comparison: nothing in the product uses it.
 */
import type { SearchQuery } from '../../../src/broker/search/query.ts';

/** What the original looked at in a row. */
export interface OriginalRow {
  readonly title: string;
  readonly format: readonly string[];
  readonly year: string;
}

export interface OriginalVerdict {
  readonly quality: 'exact' | 'fuzzy' | 'none';
  /** Index of the chosen row, -1 without one. */
  readonly picks: number;
}

/** Letters, digits and spaces of the basic plane; everything else is dropped without a trace. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .split('')
    .filter((unit) => /^[\p{L}\p{N} ]$/u.test(unit))
    .join('')
    .trim();

function score({ title, format, year }: OriginalRow): number {
  const formats = format.map((name) => name.toLowerCase());
  const has = (...names: string[]): boolean => names.some((name) => formats.includes(name));
  let points = 0;
  if (has('compilation', 'comp', 'sampler', 'mixed')) points -= 20;
  if (title.toLowerCase().startsWith('various')) points -= 15;
  if (has('single', 'ep', 'maxi-single', '7"', '10"', '12"')) points += 10;
  if (Number(year) > 0) points += Math.max(0, Math.round((2030 - Number(year)) / 8));
  return points;
}

/** R1: the first row whose lower-cased title contains the artist. */
export function originalR1({ artist }: SearchQuery, rows: readonly OriginalRow[]): OriginalVerdict {
  if (rows.length === 0) return { quality: 'none', picks: -1 };
  const wanted = plain(artist);
  const found = wanted === '' ? -1 : rows.findIndex(({ title }) => title.toLowerCase().includes(wanted));
  return found === -1 ? { quality: 'fuzzy', picks: 0 } : { quality: 'exact', picks: found };
}

/** R2: rows that contain artist and title, else one of them, else all; the best score wins. */
export function originalR2({ artist, title }: SearchQuery, rows: readonly OriginalRow[]): OriginalVerdict {
  const [a, t] = [plain(artist), plain(title)];
  const withText = (from: readonly OriginalRow[], text: string): OriginalRow[] =>
    from.filter((row) => plain(row.title).includes(text));
  const choose = (from: readonly OriginalRow[], quality: 'exact' | 'fuzzy'): OriginalVerdict => {
    const highest = Math.max(...from.map(score));
    const row = from.find((one) => score(one) === highest);
    return row === undefined ? { quality: 'none', picks: -1 } : { quality, picks: rows.indexOf(row) };
  };
  if (a === '') return choose(rows, 'fuzzy');
  const byArtist = withText(rows, a);
  const byBoth = t === '' ? [] : withText(byArtist, t);
  if (byBoth.length > 0) return choose(byBoth, 'exact');
  if (byArtist.length > 0) return choose(byArtist, 'fuzzy');
  const byTitle = t === '' ? [] : withText(rows, t);
  return choose(byTitle.length > 0 ? byTitle : rows, 'fuzzy');
}
