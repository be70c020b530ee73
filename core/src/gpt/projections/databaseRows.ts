/** Rows of searches, versions, and an artist's or a label's releases. */
import {
  array,
  compact,
  type Members,
  number,
  object,
  objects,
  positive,
  text,
  texts,
} from '../../lib/looseJson.ts';
import { cleanName, isSet, webAddress } from '../wording.ts';
import type { ListProjection } from './projection.ts';

/** So many ids of pressings are named in a row; the versions of the master have the others. */
const MAX_RELEASE_IDS = 5;

/** Discogs' ownership flags, of the token's own user. */
export function ownership(row: Members): Members {
  const user = object(row['user_data']);
  const stats = object(object(row['stats'])['user']);
  return {
    owned: isSet(user['in_collection']) || isSet(stats['in_collection']) || undefined,
    wanted: isSet(user['in_wantlist']) || isSet(stats['in_wantlist']) || undefined,
  };
}

/** What every row ends with. */
const tail = (kind: string, row: Members, fields: ReadonlySet<string>): Members => ({
  ...ownership(row),
  images: fields.has('images') ? text(row['cover_image']) || text(row['thumb']) : '',
  uri: webAddress(kind, row['id']),
});

const joined = (value: unknown): string =>
  Array.isArray(value) ? [...new Set(texts(value))].join(', ') : text(value);

const search: ListProjection = {
  kind: 'list',
  extras: ['images', 'barcodes', 'genres', 'community', 'ownership'],
  live: ['images', 'community', 'ownership'],
  rows: 'results',
  project(row, { fields }) {
    const type = text(row['type']);
    const community = object(row['community']);
    return compact({
      id: number(row['id']),
      type,
      title: type === 'artist' || type === 'label' ? cleanName(row['title']) : text(row['title']),
      year: text(row['year']),
      country: text(row['country']),
      label: text(array(row['label'])[0]),
      catno: text(row['catno']),
      format: joined(row['format']),
      master_id: type === 'master' ? undefined : positive(row['master_id']),
      barcodes: fields.has('barcodes') ? texts(row['barcode']) : undefined,
      genres: fields.has('genres') ? [...texts(row['genre']), ...texts(row['style'])] : undefined,
      community: fields.has('community')
        ? compact({ have: number(community['have']), want: number(community['want']) })
        : undefined,
      ...tail(type, row, fields),
    });
  },
  merge(rows, query) {
    // Whoever asks for one type wants its rows.
    return query['type'] === undefined ? mergeMasters(rows) : rows;
  },
};

/** One row for a master and its releases, where the first of them stands. */
function mergeMasters(rows: readonly Members[]): readonly Members[] {
  const masterOf = (row: Members): unknown => (row['type'] === 'master' ? row['id'] : row['master_id']);
  const groups = new Map<unknown, Members[]>();
  for (const row of rows) {
    const key = masterOf(row) ?? row;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()].map((group) => {
    const [first = {}, ...others] = group;
    if (others.length === 0) return first;
    const shown = group.find(({ type }) => type === 'master') ?? first;
    const releases = group.filter(({ type }) => type === 'release');
    const anyOf = (name: string): unknown => (group.some((row) => row[name] === true) ? true : undefined);
    return compact({
      ...shown,
      release_ids: releases.slice(0, MAX_RELEASE_IDS).map(({ id }) => id),
      more_releases: Math.max(0, releases.length - MAX_RELEASE_IDS) || undefined,
      owned: anyOf('owned'),
      wanted: anyOf('wanted'),
    });
  });
}

const versions: ListProjection = {
  kind: 'list',
  extras: ['images', 'ownership'],
  live: ['images', 'ownership'],
  rows: 'versions',
  project: (row, { fields }) =>
    compact({
      id: number(row['id']),
      title: text(row['title']),
      released: text(row['released']),
      country: text(row['country']),
      label: text(row['label']),
      catno: text(row['catno']),
      format: [...new Set([...texts(row['major_formats']), ...text(row['format']).split(', ')])]
        .filter(Boolean)
        .join(', '),
      ...tail('release', row, fields),
    }),
};

const artistReleases: ListProjection = {
  kind: 'list',
  extras: ['images', 'ownership'],
  live: ['images', 'ownership'],
  rows: 'releases',
  project: (row, { fields }) =>
    compact({
      id: number(row['id']),
      type: text(row['type']),
      title: text(row['title']),
      artist: cleanName(row['artist']),
      role: text(row['role']) === 'Main' ? '' : text(row['role']),
      year: positive(row['year']),
      label: text(row['label']),
      format: text(row['format']),
      main_release_id: positive(row['main_release']),
      ...tail(text(row['type']) || 'release', row, fields),
    }),
};

const labelReleases: ListProjection = {
  kind: 'list',
  extras: ['images', 'ownership'],
  live: ['images', 'ownership'],
  rows: 'releases',
  project: (row, { fields }) =>
    compact({
      id: number(row['id']),
      title: text(row['title']),
      artist: cleanName(row['artist']),
      year: positive(row['year']),
      catno: text(row['catno']),
      format: text(row['format']),
      ...tail('release', row, fields),
    }),
};

/** Discogs' facets of a list of versions: value and count. */
export const facets = (answer: Members): Members =>
  Object.fromEntries(
    objects(answer['filter_facets']).map(({ id, values }) => [
      text(id),
      Object.fromEntries(objects(values).map(({ title, count }) => [text(title), number(count)])),
    ]),
  );

/** By operation. */
export const databaseRows: Readonly<Record<string, ListProjection>> = {
  searchDatabase: search,
  getMasterVersions: versions,
  getArtistReleases: artistReleases,
  getLabelReleases: labelReleases,
};
