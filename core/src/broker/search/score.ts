/** Which of several equally close records to show: rather the single than the album, rather the early pressing. Pure. */
import type { SearchHit } from './searchAnswer.ts';

const COMPILATIONS = new Set(['compilation', 'comp', 'sampler', 'mixed']);
const SINGLES = new Set(['single', 'ep', 'maxi-single', '7"', '10"', '12"']);
const COMPILATION_POINTS = -20;
const VARIOUS_POINTS = -15;
const SINGLE_POINTS = 10;
const YEARS_PER_POINT = 8;
/** Where points cross zero. Only differences count and points may be negative, so its choice changes nothing. */
const ZERO_YEAR = 2030;
/** The phonograph is of 1877; a year outside is a slip of the pen, or Discogs' 0 for "unknown". */
const YEARS = { first: 1877, last: 2199 } as const;

function yearPoints(year: string): number | undefined {
  const known = /^\d{4}$/u.test(year) && Number(year) >= YEARS.first && Number(year) <= YEARS.last;
  return known ? Math.round((ZERO_YEAR - Number(year)) / YEARS_PER_POINT) : undefined;
}

function formatPoints({ title, format }: SearchHit): number {
  const formats = format.map((name) => name.toLowerCase());
  return (
    (formats.some((name) => COMPILATIONS.has(name)) ? COMPILATION_POINTS : 0) +
    (/^various/iu.test(title) ? VARIOUS_POINTS : 0) +
    (formats.some((name) => SINGLES.has(name)) ? SINGLE_POINTS : 0)
  );
}

/** The scores of the hits, in their order. A hit without a year counts as old as the newest that has one. */
export function scores(hits: readonly SearchHit[]): number[] {
  const years = hits.map(({ year }) => yearPoints(year));
  const newest = Math.min(...years.filter((points) => points !== undefined));
  const undated = Number.isFinite(newest) ? newest : 0;
  return hits.map((hit, index) => formatPoints(hit) + (years[index] ?? undated));
}
