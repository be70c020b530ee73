/** Rows of collections, wantlists, lists and what a user has given to Discogs; users. */
import {
  compact,
  type Members,
  number,
  object,
  objects,
  positive,
  text,
  texts,
} from '../../lib/looseJson.ts';
import { artistsText, cleanName, formatsText, labelsText, plainText, webAddress } from '../wording.ts';
import type { ListProjection, RecordProjection } from './projection.ts';
import { people } from './records.ts';

const NOTE_CHARS = 200;

/** A release as rows of collections and wantlists have it. */
function basic(value: unknown, fields: ReadonlySet<string>): Members {
  const release = object(value);
  return {
    title: text(release['title']),
    artists: artistsText(release['artists']),
    year: positive(release['year']),
    labels: labelsText(release['labels']),
    formats: formatsText(release['formats']),
    images: fields.has('images') ? text(release['cover_image']) || text(release['thumb']) : undefined,
  };
}

const notesOf = (value: unknown): string =>
  Array.isArray(value)
    ? objects(value)
        .map((note) => `${text(note['field_id'])}: ${plainText(note['value'], NOTE_CHARS)}`)
        .join('; ')
    : plainText(value, NOTE_CHARS);

const owned: ListProjection = {
  kind: 'list',
  extras: ['images', 'date_added'],
  rows: 'releases',
  project: (row, { fields }) =>
    compact({
      id: number(row['id']),
      instance_id: number(row['instance_id']),
      folder_id: number(row['folder_id']),
      ...basic(row['basic_information'], fields),
      rating: positive(row['rating']),
      notes: notesOf(row['notes']),
      date_added: fields.has('date_added') ? text(row['date_added']) : undefined,
      uri: webAddress('release', row['id']),
    }),
};

const wants: ListProjection = {
  kind: 'list',
  extras: ['images', 'date_added'],
  rows: 'wants',
  project: (row, { fields }) =>
    compact({
      id: number(row['id']),
      ...basic(row['basic_information'], fields),
      rating: positive(row['rating']),
      notes: notesOf(row['notes']),
      date_added: fields.has('date_added') ? text(row['date_added']) : undefined,
      uri: webAddress('release', row['id']),
    }),
};

const userLists: ListProjection = {
  kind: 'list',
  extras: [],
  rows: 'lists',
  project: (row) =>
    compact({
      id: number(row['id']),
      name: text(row['name']),
      description: plainText(row['description'], NOTE_CHARS),
      public: row['public'] === false ? false : undefined,
      uri: text(row['uri']),
    }),
};

const list: ListProjection = {
  kind: 'list',
  extras: ['images'],
  rows: 'items',
  project: (row, { fields }) =>
    compact({
      id: number(row['id']),
      type: text(row['type']),
      title: text(row['display_title']),
      comment: plainText(row['comment'], NOTE_CHARS),
      images: fields.has('images') ? text(row['image_url']) : undefined,
      uri: text(row['uri']),
    }),
  summary: (answer) =>
    compact({
      name: text(answer['name']),
      description: plainText(answer['description'], NOTE_CHARS),
      by: text(object(answer['user'])['username']),
    }),
};

const folders: ListProjection = {
  kind: 'list',
  extras: [],
  rows: 'folders',
  project: (row) => compact({ id: number(row['id']), name: text(row['name']), count: number(row['count']) }),
};

const collectionFields: ListProjection = {
  kind: 'list',
  extras: [],
  rows: 'fields',
  project: (row) =>
    compact({
      id: number(row['id']),
      name: text(row['name']),
      type: text(row['type']),
      options: texts(row['options']),
    }),
};

const contributions: ListProjection = {
  kind: 'list',
  extras: ['images'],
  rows: 'contributions',
  project: (row, { fields }) =>
    compact({ id: number(row['id']), ...basic(row, fields), uri: webAddress('release', row['id']) }),
};

/** Three lists in one, each of which goes on with `part`. */
const submissions: RecordProjection = {
  kind: 'record',
  extras: [],
  project(answer) {
    const { artists, labels, releases } = object(answer['submissions']);
    const { page, pages, items } = object(answer['pagination']);
    return compact({
      page,
      pages,
      items,
      next: (number(page) ?? 1) < (number(pages) ?? 1) ? { page: (number(page) ?? 1) + 1 } : undefined,
      artists: people(artists),
      labels: people(labels),
      releases: objects(releases).map(({ title, id }) => `${text(title)} (${text(id)})`),
    });
  },
};

/** What a write has made, as the rows of its list. */
const made = ({ project }: ListProjection): RecordProjection => ({ kind: 'record', extras: [], project });

const profile: RecordProjection = {
  kind: 'record',
  extras: ['images'],
  project: (answer, { fields }) =>
    compact({
      id: number(answer['id']),
      username: text(answer['username']),
      name: text(answer['name']),
      location: text(answer['location']),
      profile: plainText(answer['profile'], 600),
      registered: text(answer['registered']).slice(0, 10),
      num_collection: number(answer['num_collection']),
      num_wantlist: number(answer['num_wantlist']),
      num_for_sale: number(answer['num_for_sale']),
      num_lists: number(answer['num_lists']),
      releases_contributed: number(answer['releases_contributed']),
      rating_average: positive(answer['rating_avg']),
      seller_rating: positive(answer['seller_rating']),
      buyer_rating: positive(answer['buyer_rating']),
      currency: text(answer['curr_abbr']),
      images: fields.has('images') ? text(answer['avatar_url']) : undefined,
      uri:
        text(answer['uri']) || `https://www.discogs.com/user/${encodeURIComponent(text(answer['username']))}`,
    }),
};

const identity: RecordProjection = {
  kind: 'record',
  extras: [],
  project: ({ id, username }) => compact({ id: number(id), username: cleanName(username) }),
};

/** By operation. */
export const userProjections: Readonly<Record<string, ListProjection | RecordProjection>> = {
  listCollectionItemsByFolder: owned,
  listCollectionItemsByRelease: owned,
  listCollectionFolders: folders,
  getWantlist: wants,
  getUserLists: userLists,
  getList: list,
  listCollectionFields: collectionFields,
  getUserContributions: contributions,
  getUserSubmissions: submissions,
  addToCollectionFolder: made(owned),
  addToWantlist: made(wants),
  editWantlistItem: made(wants),
  getProfile: profile,
  getIdentity: identity,
};
