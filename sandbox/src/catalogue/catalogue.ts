/** The public database: everything that is the same for all callers and never changes. */
import { ARTISTS } from '../data/artists.ts';
import { COMPOSED_ID_MIN } from '../data/facts.ts';
import { ALBUMS } from '../data/index.ts';
import { LABELS } from '../data/labels.ts';
import { composedArtist, composedRelease } from './composed.ts';
import { buildArtists, buildLabels } from './entities.ts';
import type { Artist, Label, Master, Release } from './model.ts';
import { createNames } from './names.ts';
import { readAlbum } from './readAlbum.ts';

const ARTIST_IDS_FROM = COMPOSED_ID_MIN + 10_000_000;
const LABEL_IDS_FROM = COMPOSED_ID_MIN + 20_000_000;
const RELEASE_IDS_FROM = COMPOSED_ID_MIN + 30_000_000;
const MASTER_IDS_FROM = COMPOSED_ID_MIN + 40_000_000;

const artistNames = createNames(ARTISTS, ARTIST_IDS_FROM);
const labelNames = createNames(LABELS, LABEL_IDS_FROM);

let nextReleaseId = RELEASE_IDS_FROM;
let nextMasterId = MASTER_IDS_FROM;
const ids = { release: () => nextReleaseId++, master: () => nextMasterId++ };

/** Every record written down in `data/`, in a stable order. */
export const RELEASES: readonly Release[] = ALBUMS.flatMap((album) =>
  readAlbum(album, artistNames, labelNames, ids),
);
export const ARTIST_LIST: readonly Artist[] = buildArtists(ARTISTS, artistNames);
export const LABEL_LIST: readonly Label[] = buildLabels(LABELS, labelNames);

const releases = new Map(RELEASES.map((release) => [release.id, release]));
const artists = new Map(ARTIST_LIST.map((artist) => [artist.id, artist]));
const labels = new Map(LABEL_LIST.map((label) => [label.id, label]));
const masters = new Map<number, Master>();
for (const release of RELEASES) {
  if (release.masterId === undefined) continue;
  const sofar = masters.get(release.masterId);
  masters.set(release.masterId, {
    id: release.masterId,
    versions: sofar === undefined ? [release] : [...sofar.versions, release],
  });
}

export const MASTER_LIST: readonly Master[] = [...masters.values()];
export const findRelease = (id: number): Release | undefined => releases.get(id) ?? composedRelease(id);
export const findArtist = (id: number): Artist | undefined => artists.get(id) ?? composedArtist(id);
export const findMaster = (id: number): Master | undefined => masters.get(id);
export const findLabel = (id: number): Label | undefined => labels.get(id);
