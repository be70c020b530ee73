/** Records that exist only so that workloads can ask for thousands of ids or for a body of a given size. */
import type { Artist, Release, Track } from './model.ts';

/** Release and artist ids that answer with a composed body: this many from {@link COMPOSED_RECORDS_FROM}. */
export const COMPOSED_RECORDS = 100_000;
export const COMPOSED_RECORDS_FROM = 500_000_000;

/**
 * Releases for benchmarks whose JSON bodies are about 2, 12 and 60 KB; their tracks and credits are filler.
 *
 * @example `fetch(`${sandbox.url}/releases/${BENCH_RELEASE_IDS.medium}`)`
 */
export const BENCH_RELEASE_IDS = { small: 950_000_002, medium: 950_000_012, large: 950_000_060 };

const FILLER_TRACKS = new Map([
  [BENCH_RELEASE_IDS.small, 1],
  [BENCH_RELEASE_IDS.medium, 38],
  [BENCH_RELEASE_IDS.large, 227],
]);
const TRACKS_PER_RECORD = 4;
const FIRST_YEAR = 1950;
const YEARS = 75;

export const isComposedRecord = (id: number): boolean =>
  id >= COMPOSED_RECORDS_FROM && id < COMPOSED_RECORDS_FROM + COMPOSED_RECORDS;

const fillerTrack = (_: unknown, index: number): Track => ({
  position: String(index + 1),
  type_: 'track',
  title: `Composed track ${index + 1}`,
  duration: `${(index % 8) + 1}:${String((index * 7) % 60).padStart(2, '0')}`,
});

const recordName = (id: number): string => `Composed record ${id - COMPOSED_RECORDS_FROM}`;

function record(id: number, title: string, trackCount: number): Release {
  const year = FIRST_YEAR + (id % YEARS);
  const artistId = isComposedRecord(id) ? id : COMPOSED_RECORDS_FROM;
  const artist = { id: artistId, name: recordName(artistId) };
  const tracklist = Array.from({ length: trackCount }, fillerTrack);
  return {
    id,
    artists: [{ ...artist, anv: '', join: '', role: '' }],
    title,
    year,
    released: String(year),
    country: 'Europe',
    labels: [],
    companies: [],
    format: { name: 'Vinyl', qty: '1', descriptions: ['LP', 'Album'] },
    genres: ['Electronic'],
    styles: ['Ambient'],
    tracklist,
    extraartists: tracklist.map(({ title: trackTitle }) => ({
      ...artist,
      anv: '',
      join: '',
      role: `Written-By [${trackTitle}]`,
    })),
    identifiers: [],
    videos: [],
  };
}

export function composedRelease(id: number): Release | undefined {
  if (isComposedRecord(id)) {
    return record(id, recordName(id), TRACKS_PER_RECORD);
  }
  const trackCount = FILLER_TRACKS.get(id);
  return trackCount === undefined
    ? undefined
    : record(id, `Composed record of ${trackCount} tracks`, trackCount);
}

export function composedArtist(id: number): Artist | undefined {
  if (!isComposedRecord(id)) return undefined;
  const none = { urls: [], namevariations: [], aliases: [], members: [], groups: [] };
  return { id, name: recordName(id), profile: '', ...none };
}
