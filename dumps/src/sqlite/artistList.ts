/**
 * The releases of an artist: the artist's own records, then appearances, then credits, then unofficial ones, each part by
 * year as it is stored, or sorted here.
 */
import {
  type ArtistReleaseRow,
  MAX_SORTED_ROWS,
  type Rows,
  type Slice,
  type Sort,
  sortArtistPart,
} from '@discogs-agent/core/catalogue';
import type { ListEntry } from './listEntries.ts';
import type { ListReader } from './listReader.ts';

type ReadRow = (entry: ListEntry) => ArtistReleaseRow;

interface Part {
  readonly part: number;
  readonly total: number;
}

/** Which entries of each part a slice of the whole list has. */
function slicesOf(
  parts: readonly Part[],
  { offset, limit }: Slice,
): readonly (Part & { readonly slice: Slice })[] {
  let start = 0;
  return parts.flatMap((part) => {
    const from = Math.max(0, offset - start);
    const to = Math.min(part.total, offset + limit - start);
    start += part.total;
    return from < to ? [{ ...part, slice: { offset: from, limit: to - from } }] : [];
  });
}

const backwards = (total: number, { offset, limit }: Slice): Slice => ({
  offset: total - offset - limit,
  limit,
});

/** Undefined where only Discogs can sort it. */
export function artistRows(
  list: ListReader,
  artistId: number,
  sort: Sort,
  slice: Slice,
  readRow: ReadRow,
): Rows<ArtistReleaseRow> | undefined {
  const parts = list.parts(artistId);
  const total = parts.reduce((sum, part) => sum + part.total, 0);
  if (sort.by === 'year') {
    const rows = slicesOf(parts, slice).flatMap((wanted) => {
      if (sort.order === 'asc') return list.slice(artistId, wanted.part, wanted.slice);
      return list.slice(artistId, wanted.part, backwards(wanted.total, wanted.slice)).toReversed();
    });
    return { total, rows: rows.map(readRow) };
  }
  if (total > MAX_SORTED_ROWS) return undefined;
  const rows = parts.flatMap(({ part, total: limit }) =>
    sortArtistPart(list.slice(artistId, part, { offset: 0, limit }).map(readRow), sort),
  );
  return { total, rows: rows.slice(slice.offset, slice.offset + slice.limit) };
}
