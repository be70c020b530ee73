/** The albums of an artist that are not in the user's collection. */
import { compact, type Members, positive, text, texts } from '../../lib/looseJson.ts';
import { ownership } from '../projections/databaseRows.ts';
import { cleanName } from '../wording.ts';
import { type ComposeInput, idOf } from './composedOperation.ts';
import { hasFlags, readCollection } from './holdings.ts';
import { lean } from './lean.ts';
import type { Reader } from './reader.ts';
import { type Rows, readPages } from './readMany.ts';

const ALBUM_PAGES = 2;
const RELEASE_PAGES = 4;

type Kind = 'album' | 'compilation' | 'other' | 'unknown';

function kindOf(formats: readonly string[]): Kind {
  if (formats.some((format) => format === 'Compilation' || format === 'Comp')) return 'compilation';
  return formats.includes('Album') ? 'album' : 'other';
}

/** A release names its formats. A master does not: it is looked up among the masters that a search knows as albums. */
function kindsBy(albums: Rows): (row: Members) => Kind {
  const formats = new Map(albums.rows.map((row) => [positive(row['id']), texts(row['format'])]));
  return (row) => {
    if (row['type'] !== 'master') return kindOf(text(row['format']).split(/,\s*/));
    const found = formats.get(positive(row['id']));
    if (found) return kindOf(found);
    return albums.isComplete ? 'other' : 'unknown';
  };
}

function shown(row: Members, kind: Kind, name: string): Members {
  const { artist, owned: _, ...rest } = lean('getArtistReleases', row);
  return compact({
    ...rest,
    artist: artist === name ? undefined : artist,
    kind: kind === 'unknown' ? 'unknown, may be no album' : undefined,
  });
}

/** First the artist; then their releases, and a search that knows which of them are albums. */
export async function missing(reader: Reader, { path }: ComposeInput): Promise<Members> {
  const artist = await reader.read('the artist', `/artists/${path['artist_id']}`);
  if (!artist) return {};
  const id = idOf(artist, path['artist_id']);
  const name = cleanName(artist['name']);
  const [albums, releases] = await Promise.all([
    readPages(reader, {
      what: 'which records are albums',
      path: '/database/search',
      query: { type: 'master', format: 'Album', artist: name },
      member: 'results',
      maxPages: ALBUM_PAGES,
    }),
    readPages(reader, {
      what: 'records of the artist',
      path: `/artists/${id}/releases`,
      query: { sort: 'year', sort_order: 'asc' },
      member: 'releases',
      maxPages: RELEASE_PAGES,
      // Its flags say what the user owns.
      hint: 'prefer_live',
    }),
  ]);
  const head = compact({ id, type: 'artist', name, uri: lean('getArtist', artist)['uri'] });
  if (releases.rows.length === 0 && !releases.isComplete) return head;
  const own = releases.rows.filter(({ role }) => text(role) === 'Main');
  const isOwned = own.some(hasFlags)
    ? (row: Members) => ownership(row)['owned'] === true
    : own.length > 0
      ? await readCollection(reader)
      : () => false;
  if (!isOwned) return head;
  const judge = kindsBy(albums);
  const judged = own.map((row) => ({ row, kind: judge(row), isOwned: isOwned(row) }));
  const isWanted = ({ kind }: { kind: Kind }): boolean => kind === 'album' || kind === 'unknown';
  const count = (kind: Kind): number => judged.filter((one) => one.kind === kind).length;
  return {
    ...head,
    ...compact({
      owned_albums: judged.filter((one) => isWanted(one) && one.isOwned).length,
      searched: releases.rows.length < releases.items ? releases.rows.length : undefined,
      of: releases.rows.length < releases.items ? releases.items : undefined,
      left_out: {
        compilations: count('compilation'),
        singles_and_others: count('other'),
        not_as_main_artist: releases.rows.length - own.length,
      },
    }),
    results: judged
      .filter((one) => isWanted(one) && !one.isOwned)
      .map(({ row, kind }) => shown(row, kind, name)),
  };
}
