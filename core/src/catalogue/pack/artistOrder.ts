/** Orders of an artist's releases. The stored one is by year. */
import type { ArtistReleaseRow, Sort } from '../catalogueStore.ts';

/** In which lists are stored. */
export const STORED_SORT: Sort = { by: 'year', order: 'asc' };

/** True where no other order is wanted. */
export const isStoredSort = ({ by, order }: Sort): boolean => by === STORED_SORT.by && order === 'asc';

function sortValue(row: ArtistReleaseRow, by: string): string | number {
  const { title, year } = row.kind === 'release' ? row.release : row.master;
  if (by === 'title') return title.toLowerCase();
  if (by === 'format') return row.kind === 'release' ? row.release.format.toLowerCase() : '';
  return year;
}

/** Rows of equal value stay in the stored order. */
export function sortArtistRows(rows: readonly ArtistReleaseRow[], { by, order }: Sort): ArtistReleaseRow[] {
  const sign = order === 'desc' ? -1 : 1;
  return rows
    .map((row) => ({ row, value: sortValue(row, by) }))
    .sort((a, b) => (a.value === b.value ? 0 : a.value < b.value ? -sign : sign))
    .map(({ row }) => row);
}
