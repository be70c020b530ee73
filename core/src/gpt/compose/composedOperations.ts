/** All composed reads: documents, tools and this door are made from this list. */

import { documentation, type Operation } from '../../catalog/operation.ts';
import { currency, id, integer, type Parameter, text } from '../../catalog/parameters.ts';
import { type ComposedOperation, composed } from './composedOperation.ts';
import { dossier } from './dossier.ts';
import { group } from './group.ts';
import { identify } from './identify.ts';
import { labelTree } from './labelTree.ts';
import { mine } from './mine.ts';
import { missing } from './missing.ts';

const BARCODE = '^[0-9][0-9\\s.\\u2010-\\u2014-]{4,38}$';
const BARCODE_TEXT = new RegExp(BARCODE, 'u');
const barcode: Parameter = {
  accepts: (value) => BARCODE_TEXT.test(value),
  problem: 'must be digits, with or without blanks and dashes; use matrix or catno for anything else',
  document: { type: 'string', pattern: BARCODE },
  description: 'Digits of the barcode, blanks and dashes do not matter.',
  example: '5012394144777',
};
const prices: Operation['query'] = { curr_abbr: currency };
const artistId = { artist_id: id('artist', 125246) };

/** In the order in which a document should show them. */
export const composedOperations: readonly ComposedOperation[] = [
  composed({
    id: 'identifyRecord',
    path: '/identify',
    summary: 'Identify a record',
    description:
      'Ranked candidates with why each fits and what differs. Give barcode, catno, matrix or title; tries again without the filter that finds nothing.',
    documentation: documentation('database', 'search'),
    audience: 'authenticated',
    query: {
      barcode,
      catno: text('Catalogue number, as on the label.', 'PB 41447'),
      matrix: text('Text in the run-out groove.', 'PB 41447 A'),
      artist: text('Artist; needs another of these.', 'Rick Astley'),
      title: text('Title of the record.', 'Never Gonna Give You Up'),
      country: text('Country of release.', 'UK'),
      year: integer('Year of release.', { minimum: 1000, maximum: 9999 }),
      format: text('Format.', 'Vinyl'),
    },
    requireOneOf: ['barcode', 'catno', 'matrix', 'title'],
    maxCalls: 6,
    compose: identify,
  }),
  composed({
    id: 'getReleaseDossier',
    path: '/releases/{release_id}/dossier',
    summary: 'Get everything about a release',
    description:
      'The release with its master, rating, prices with currency, and whether the user owns or wants it (at most half an hour old). With a catalogue, fields adds the live parts.',
    documentation: documentation('database', 'release'),
    pathParameters: { release_id: id('release', 249504) },
    query: prices,
    live: ['prices', 'community', 'ownership'],
    maxCalls: 7,
    compose: dossier,
  }),
  composed({
    id: 'listMyVersions',
    path: '/masters/{master_id}/mine',
    summary: "List the user's versions of a master",
    description:
      'Versions that the user owns or wants (at most half an hour old), and the cheapest for sale of as many as there are calls for.',
    documentation: documentation('database', 'master-release-versions'),
    pathParameters: { master_id: id('master release', 96559) },
    query: prices,
    maxCalls: 10,
    compose: mine,
  }),
  composed({
    id: 'listMissingAlbums',
    path: '/artists/{artist_id}/missing',
    summary: 'List albums that the user does not own',
    description:
      'Albums of an artist that are not in the collection (at most half an hour old). Compilations and singles are only counted.',
    documentation: documentation('database', 'artist-releases'),
    audience: 'user',
    pathParameters: artistId,
    maxCalls: 10,
    compose: missing,
  }),
  composed({
    id: 'getGroup',
    path: '/artists/{artist_id}/group',
    summary: 'Get a band with its members',
    description: 'A band, its members and their other groups, those who have left last.',
    documentation: documentation('database', 'artist'),
    pathParameters: artistId,
    maxCalls: 10,
    compose: group,
  }),
  composed({
    id: 'getLabelTree',
    path: '/labels/{label_id}/tree',
    summary: 'Get a label with its family',
    description: 'A label with its parent, and two levels of sublabels.',
    documentation: documentation('database', 'label'),
    pathParameters: { label_id: id('label', 1) },
    maxCalls: 10,
    compose: labelTree,
  }),
];
