/** Rows of lists as JSON arrays: names of members would be most of their bytes before compression. */
import * as z from 'zod/mini';
import type { ArtistReleaseRow, LabelReleaseRow, MasterSummary, ReleaseSummary } from '../catalogueStore.ts';
import type { RowFormat } from './chunks.ts';

const text = z.string();
const number = z.int();

const encodeRelease = (row: ReleaseSummary): readonly unknown[] => [
  row.id,
  row.title,
  row.artist,
  row.year,
  row.released,
  row.country,
  row.format,
  row.majorFormats,
  row.label,
  row.catno,
  row.masterId,
];

const release = z.pipe(
  z.tuple([number, text, text, number, text, text, text, z.array(text), text, text, number]),
  z.transform(
    ([
      id,
      title,
      artist,
      year,
      released,
      country,
      format,
      majorFormats,
      label,
      catno,
      masterId,
    ]): ReleaseSummary => ({
      id,
      title,
      artist,
      year,
      released,
      country,
      format,
      majorFormats,
      label,
      catno,
      masterId,
    }),
  ),
);

const master = z.pipe(
  z.tuple([number, text, text, number, number]),
  z.transform(
    ([id, title, artist, year, mainRelease]): MasterSummary => ({ id, title, artist, year, mainRelease }),
  ),
);

/** A release. */
export const RELEASE_ROWS: RowFormat<ReleaseSummary> = { encode: encodeRelease, schema: release };

/** A release, and the catalogue number on the label. */
export const LABEL_ROWS: RowFormat<LabelReleaseRow> = {
  encode: (row) => [row.catno, encodeRelease(row.release)],
  schema: z.pipe(
    z.tuple([text, release]),
    z.transform(([catno, found]): LabelReleaseRow => ({ catno, release: found })),
  ),
};

/** A credit; a release has eleven members, a master five. */
export const ARTIST_ROWS: RowFormat<ArtistReleaseRow> = {
  encode: (row) => [
    row.role,
    row.trackinfo,
    row.kind === 'release'
      ? encodeRelease(row.release)
      : [row.master.id, row.master.title, row.master.artist, row.master.year, row.master.mainRelease],
  ],
  schema: z.union([
    z.pipe(
      z.tuple([text, text, release]),
      z.transform(
        ([role, trackinfo, found]): ArtistReleaseRow => ({
          role,
          trackinfo,
          kind: 'release',
          release: found,
        }),
      ),
    ),
    z.pipe(
      z.tuple([text, text, master]),
      z.transform(
        ([role, trackinfo, found]): ArtistReleaseRow => ({ role, trackinfo, kind: 'master', master: found }),
      ),
    ),
  ]),
};
