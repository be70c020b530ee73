/** Discogs "Database": artists, releases, masters, labels and search. @see https://www.discogs.com/developers#page:database */
import { ENTITY_SECONDS, LIST_SECONDS, SEARCH_SECONDS } from './cacheTimes.ts';
import { documentation, type Operation, operation } from './operation.ts';
import { choice, currency, id, pagination, sortOrder, text } from './parameters.ts';
import * as replies from './replies/database.ts';

const artistId = { artist_id: id('artist', 108713) };
const releaseId = { release_id: id('release', 249504) };
const masterId = { master_id: id('master release', 96559) };
const labelId = { label_id: id('label', 895) };

const searchFields = {
  q: text('Free text over everything. Prefer the structured fields where they fit.', 'nevermind'),
  type: choice('Kind of result.', ['release', 'master', 'artist', 'label']),
  title: text('Combined "Artist - Release title".', 'Nirvana - Nevermind'),
  release_title: text('Release title.', 'Disintegration'),
  credit: text('A name in the credits.', 'Kurt'),
  artist: text('Artist name. Finds nothing with type=artist: use q there.', 'The Cure'),
  anv: text('Artist name variation.'),
  label: text('Label name.', 'Fiction Records'),
  genre: text('Genre.', 'Rock'),
  style: text('Style.', 'Goth Rock'),
  country: text('Country of release.', 'Canada'),
  year: text('Release year.', '1989'),
  format: text('Format.', 'Album'),
  catno: text('Catalogue number.', 'DGC-24425'),
  barcode: text('Barcode, with or without spaces.', '075596174022'),
  track: text('Track title.', 'Lithium'),
  submitter: text('User name of the submitter.'),
  contributor: text('User name of a contributor.'),
} as const;

/** In the order of Discogs' documentation. */
export const database: readonly Operation[] = [
  operation({
    id: 'getArtist',
    originalOperationId: 'getArtistProxy',
    entity: 'artist',
    method: 'GET',
    path: '/artists/{artist_id}',
    summary: 'Get an artist',
    description: 'Profile, members or groups, aliases, name variations, links and images of one artist.',
    documentation: documentation('database', 'artist'),
    audience: 'anyone',
    cacheSeconds: ENTITY_SECONDS,
    pathParameters: artistId,
    reply: { statuses: [200], description: 'The artist.', schema: replies.artist },
  }),
  operation({
    id: 'getArtistReleases',
    originalOperationId: 'listArtistReleasesProxy',
    entity: 'artist_releases',
    method: 'GET',
    path: '/artists/{artist_id}/releases',
    summary: "List an artist's releases",
    description:
      'Masters and releases of one artist, mixed: look at "type" and "role" of each row. Sort by year for a discography.',
    documentation: documentation('database', 'artist-releases'),
    audience: 'anyone',
    cacheSeconds: LIST_SECONDS,
    showsOwnership: true,
    pathParameters: artistId,
    query: { sort: choice('Sort key.', ['year', 'title', 'format']), sort_order: sortOrder, ...pagination },
    reply: {
      statuses: [200],
      description: 'One page of releases and masters.',
      schema: replies.artistReleases,
    },
  }),
  operation({
    id: 'getRelease',
    originalOperationId: 'getReleaseProxy',
    entity: 'release',
    method: 'GET',
    path: '/releases/{release_id}',
    summary: 'Get a release',
    description:
      'One pressing: track list, credits, labels, catalogue numbers, formats, identifiers, videos and community figures.',
    documentation: documentation('database', 'release'),
    audience: 'anyone',
    cacheSeconds: ENTITY_SECONDS,
    pathParameters: releaseId,
    query: {
      curr_abbr: {
        ...currency,
        description:
          'Discogs ignores it here (measured without a token). The marketplace statistics of a release use it.',
      },
    },
    reply: { statuses: [200], description: 'The release.', schema: replies.release },
  }),
  operation({
    id: 'getMaster',
    originalOperationId: 'getMasterProxy',
    entity: 'master',
    method: 'GET',
    path: '/masters/{master_id}',
    summary: 'Get a master release',
    description:
      'The album or single behind a set of pressings: track list, year, genres, styles and the main release.',
    documentation: documentation('database', 'master-release'),
    audience: 'anyone',
    cacheSeconds: ENTITY_SECONDS,
    pathParameters: masterId,
    reply: { statuses: [200], description: 'The master release.', schema: replies.master },
  }),
  operation({
    id: 'getMasterVersions',
    originalOperationId: 'listMasterVersionsProxy',
    entity: 'master_versions',
    method: 'GET',
    path: '/masters/{master_id}/versions',
    summary: 'List the versions of a master release',
    description:
      'All pressings of one master. Filter by country, format, label or year instead of reading every page.',
    documentation: documentation('database', 'master-release-versions'),
    audience: 'anyone',
    cacheSeconds: LIST_SECONDS,
    showsOwnership: true,
    pathParameters: masterId,
    query: {
      format: text('Only this format.', 'Vinyl'),
      label: text('Only this label.'),
      released: text('Only this release year. Discogs ignores a range.', '1987'),
      country: text('Only this country.', 'UK'),
      sort: choice('Sort key.', ['released', 'title', 'format', 'label', 'catno', 'country']),
      sort_order: sortOrder,
      ...pagination,
    },
    reply: { statuses: [200], description: 'One page of versions.', schema: replies.masterVersions },
  }),
  operation({
    id: 'getLabel',
    originalOperationId: 'getLabelProxy',
    entity: 'label',
    method: 'GET',
    path: '/labels/{label_id}',
    summary: 'Get a label or company',
    description: 'Profile, contact, parent label, sublabels and links of one label, series or company.',
    documentation: documentation('database', 'label'),
    audience: 'anyone',
    cacheSeconds: ENTITY_SECONDS,
    pathParameters: labelId,
    reply: { statuses: [200], description: 'The label.', schema: replies.label },
  }),
  operation({
    id: 'getLabelReleases',
    originalOperationId: 'listLabelReleasesProxy',
    entity: 'label_releases',
    method: 'GET',
    path: '/labels/{label_id}/releases',
    summary: "List a label's releases",
    description: 'Releases on one label with catalogue number, artist, format and year.',
    documentation: documentation('database', 'all-label-releases'),
    audience: 'anyone',
    cacheSeconds: LIST_SECONDS,
    showsOwnership: true,
    pathParameters: labelId,
    query: pagination,
    reply: { statuses: [200], description: 'One page of releases.', schema: replies.labelReleases },
  }),
  operation({
    id: 'searchDatabase',
    originalOperationId: 'searchDatabaseProxy',
    entity: 'search',
    method: 'GET',
    path: '/database/search',
    summary: 'Search the Discogs database',
    description:
      'Prefer structured filters (artist, release_title, year, country, type, format) over q. Give at least one parameter. Only the first 10,000 results can be paged.',
    documentation: documentation('database', 'search'),
    audience: 'authenticated',
    cacheSeconds: SEARCH_SECONDS,
    showsOwnership: true,
    query: {
      ...searchFields,
      sort: text('Sort key. Discogs documents no list of them.'),
      sort_order: sortOrder,
      ...pagination,
    },
    requireOneOf: [...Object.keys(searchFields), 'sort', 'sort_order', ...Object.keys(pagination)],
    reply: { statuses: [200], description: 'One page of results.', schema: replies.searchResults },
  }),
];
