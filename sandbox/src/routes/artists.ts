/** Artists and the mixed list of masters and releases they are on. */
import { findArtist, findMaster, RELEASES } from '../catalogue/catalogue.ts';
import type { Artist, Master, Release } from '../catalogue/model.ts';
import { artistBody } from '../compose/artist.ts';
import { formatText } from '../compose/parts.ts';
import { artistMasterRow, artistReleaseRow } from '../compose/rows.ts';
import { noArtist } from '../http/errors.ts';
import { rowsOf } from '../http/pagination.ts';
import { ok, type Reply } from '../http/reply.ts';
import { type Call, holdingsOf, idParam, paged, type Route } from './call.ts';
import { sortedBy } from './sorting.ts';

interface Discographic {
  readonly release: Release;
  readonly master: Master | undefined;
  readonly role: string;
  readonly trackinfo: string | undefined;
}

function artist(call: Call): Reply {
  const found = findArtist(idParam(call, 'artist_id'));
  return found === undefined ? noArtist() : ok(artistBody(found));
}

/** One entry per master with the artist among its main artists, and one per release they only appear on. */
function discography({ id }: Artist): Discographic[] {
  const entries: Discographic[] = [];
  const mastersSeen = new Set<number>();
  for (const release of RELEASES) {
    const track = release.tracklist.find((row) => row.artist?.id === id);
    const credit = release.extraartists.find((row) => row.id === id);
    if (release.artists.some((row) => row.id === id)) {
      const master = release.masterId === undefined ? undefined : findMaster(release.masterId);
      if (master !== undefined && mastersSeen.has(master.id)) continue;
      if (master !== undefined) mastersSeen.add(master.id);
      entries.push({ release, master, role: 'Main', trackinfo: undefined });
    } else if (track !== undefined) {
      entries.push({ release, master: undefined, role: 'TrackAppearance', trackinfo: track.title });
    } else if (credit !== undefined) {
      const role = credit.role.startsWith('Producer') ? 'Producer' : 'Appearance';
      entries.push({ release, master: undefined, role, trackinfo: undefined });
    }
  }
  return entries;
}

const SORT_KEYS: Readonly<Record<string, (entry: Discographic) => string | number>> = {
  year: ({ release }) => release.year,
  title: ({ release }) => release.title,
  format: ({ release }) => formatText(release.format),
};

function artistReleases(call: Call): Reply {
  const found = findArtist(idParam(call, 'artist_id'));
  if (found === undefined) return noArtist();
  const sortKey = SORT_KEYS[call.query.get('sort') ?? 'year'] ?? (({ release }) => release.year);
  const entries = sortedBy(discography(found), sortKey, call.query.get('sort_order'));
  const holdings = holdingsOf(call);
  return paged(call, {
    key: 'releases',
    ...rowsOf(entries, ({ release, master, role, trackinfo }) =>
      master === undefined
        ? artistReleaseRow(release, role, trackinfo, holdings)
        : artistMasterRow(master, role, holdings),
    ),
  });
}

export const ARTIST_ROUTES: readonly Route[] = [
  { method: 'GET', pattern: '/artists/:artist_id', handle: artist },
  { method: 'GET', pattern: '/artists/:artist_id/releases', handle: artistReleases },
];
