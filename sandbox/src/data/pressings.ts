/** Composed pressings: one album has enough of them that its search and its versions fill more than one page. */
import type { AlbumFacts, VersionRow } from './facts.ts';

/** Explicit ids, so that adding a row shifts no other composed id. */
const PRESSING_IDS_FROM = 960_000_000;

const COUNTRIES = [
  'Argentina',
  'Australia',
  'Brazil',
  'Canada',
  'France',
  'Germany',
  'Greece',
  'Israel',
  'Italy',
  'Japan',
  'Mexico',
  'Poland',
  'South Korea',
  'Spain',
];
const FORMATS = ['CD: Album', 'Vinyl: LP, Album', 'Cassette: Album', 'CD: Album, Reissue'];
const FIRST_YEAR = 1991;

/** The album once more, with pressings in every country and format of the lists; they join its master. */
export function withComposedPressings(album: AlbumFacts, label: string): AlbumFacts {
  const versions = COUNTRIES.flatMap((country, row) =>
    FORMATS.map((format, column): VersionRow => {
      const number = row * FORMATS.length + column;
      const year = String(FIRST_YEAR + (number % 30));
      return [year, country, format, label, `COMPOSED ${number + 1}`, { id: PRESSING_IDS_FROM + number }];
    }),
  );
  return { ...album, versions };
}
