/** Every element and attribute that dumps from 2020 to 2026 have, by path. What is not here is counted, not lost silently. */
import type { RecordKind } from '@discogs-agent/core/catalogue';

const images = ['images/image', 'images/image@type', 'images/image@uri', 'images/image@uri150'];
const IMAGES = ['images', ...images, 'images/image@width', 'images/image@height'];
const ARTIST = ['id', 'name', 'anv', 'join', 'role', 'tracks'];
const VIDEOS = [
  '',
  '/video',
  '/video@src',
  '/video@duration',
  '/video@embed',
  '/video/title',
  '/video/description',
];

const artists = (name: string): string[] => [
  name,
  `${name}/artist`,
  ...ARTIST.map((child) => `${name}/artist/${child}`),
];
const withNames = (name: string): string[] => [name, `${name}/name`, `${name}/name@id`];
const list = (name: string, row: string): string[] => [name, `${name}/${row}`];
const tracks = (name: string): string[] => [
  name,
  ...['', '/position', '/title', '/duration'].map((end) => `${name}/track${end}`),
  ...[...artists('artists'), ...artists('extraartists')].map((path) => `${name}/track/${path}`),
];
const attributeRows = (name: string, row: string): string[] => [
  ...list(name, row),
  ...['name', 'catno', 'id'].map((attribute) => `${name}/${row}@${attribute}`),
];
const COMPANY = ['id', 'name', 'catno', 'entity_type', 'entity_type_name', 'resource_url'];

const SHAPES: Readonly<Record<RecordKind, readonly string[]>> = {
  artists: [
    ...IMAGES,
    ...['id', 'name', 'realname', 'profile', 'data_quality'],
    ...list('urls', 'url'),
    ...list('namevariations', 'name'),
    ...withNames('aliases'),
    ...withNames('groups'),
    ...withNames('members'),
    'members/id',
  ],
  labels: [
    ...IMAGES,
    ...['id', 'name', 'contactinfo', 'profile', 'data_quality', 'parentLabel', 'parentLabel@id'],
    ...list('urls', 'url'),
    ...list('sublabels', 'label'),
    'sublabels/label@id',
  ],
  masters: [
    '@id',
    ...IMAGES,
    ...['main_release', 'year', 'title', 'notes', 'data_quality'],
    ...artists('artists'),
    ...list('genres', 'genre'),
    ...list('styles', 'style'),
    ...VIDEOS.map((end) => `videos${end}`),
  ],
  releases: [
    ...['@id', '@status'],
    ...IMAGES,
    ...['title', 'country', 'released', 'notes', 'data_quality', 'master_id', 'master_id@is_main_release'],
    ...artists('artists'),
    ...artists('extraartists'),
    ...attributeRows('labels', 'label'),
    ...attributeRows('series', 'series'),
    ...list('formats', 'format'),
    ...['name', 'qty', 'text'].map((attribute) => `formats/format@${attribute}`),
    ...list('formats/format/descriptions', 'description'),
    ...list('genres', 'genre'),
    ...list('styles', 'style'),
    ...tracks('tracklist'),
    ...tracks('tracklist/track/sub_tracks'),
    ...list('identifiers', 'identifier'),
    ...['type', 'value', 'description'].map((attribute) => `identifiers/identifier@${attribute}`),
    ...VIDEOS.map((end) => `videos${end}`),
    ...list('companies', 'company'),
    ...COMPANY.map((child) => `companies/company/${child}`),
  ],
};

/** Paths below the record's element. */
export const knownPaths = (kind: RecordKind): ReadonlySet<string> => new Set(SHAPES[kind]);

/** Names that known shapes of the kind have, the record's own included. */
export const knownNames = (kind: RecordKind): ReadonlySet<string> =>
  new Set(
    [kind.slice(0, -1), ...SHAPES[kind].flatMap((path) => path.split(/[/@]/))].filter((name) => name !== ''),
  );
