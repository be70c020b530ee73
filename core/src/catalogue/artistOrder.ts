/** The order of an artist's releases: in parts, each by year as stores keep it, or sorted here. */
import type { ArtistReleaseRow, Sort } from './catalogueStore.ts';

/** The artist's own records, appearances, credits, unofficial ones. */
export const ARTIST_PARTS = 4;
/** Beyond these, another order than that of years is asked of Discogs: each row has to be read. */
export const MAX_SORTED_ROWS = 2000;
const APPEARANCES = new Set(['Appearance', 'TrackAppearance']);

/** The part of a role, from 0. */
export function artistPart(role: string): number {
  if (role === 'Main') return 0;
  if (APPEARANCES.has(role)) return 1;
  return role === 'UnofficialRelease' ? 3 : 2;
}

function sortValue(row: ArtistReleaseRow, by: string): string {
  const { title } = row.kind === 'release' ? row.release : row.master;
  if (by === 'title') return title.toLowerCase();
  return row.kind === 'release' ? row.release.format.toLowerCase() : '';
}

const compare = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);

/** Rows of one part, which are by year, in the order of `sort`. */
export function sortArtistPart(
  rows: readonly ArtistReleaseRow[],
  { by, order }: Sort,
): readonly ArtistReleaseRow[] {
  if (by === 'year') return order === 'asc' ? rows : rows.toReversed();
  const sign = order === 'desc' ? -1 : 1;
  return rows
    .map((row) => ({ row, value: sortValue(row, by) }))
    .sort((one, other) => sign * compare(one.value, other.value))
    .map(({ row }) => row);
}
