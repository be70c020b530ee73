/** Rows of collections, wantlists, inventories, orders and lists. */
import { compact, type Members, number, object, objects, positive, text } from '../json.ts';
import {
  artistsText,
  cleanName,
  formatsText,
  labelsText,
  plainText,
  priceText,
  webAddress,
} from '../wording.ts';
import type { ListProjection, RecordProjection } from './projection.ts';

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

/** A copy for sale. */
const listing = (row: Members): Members => {
  const release = object(row['release']);
  return compact({
    id: number(row['id']),
    release_id: positive(release['id']),
    title: text(release['description']) || text(release['title']),
    price: priceText(row['price']),
    original_price: priceText(row['original_price']),
    shipping: priceText(row['shipping_price']),
    condition: text(row['condition']),
    sleeve_condition: text(row['sleeve_condition']),
    status: text(row['status']) === 'For Sale' ? '' : text(row['status']),
    ships_from: text(row['ships_from']),
    seller: text(object(row['seller'])['username']),
    comments: plainText(row['comments'], NOTE_CHARS),
    allow_offers: row['allow_offers'] === true ? true : undefined,
    uri: text(row['uri']),
  });
};

const inventory: ListProjection = { kind: 'list', extras: [], rows: 'listings', project: listing };

const orders: ListProjection = {
  kind: 'list',
  extras: [],
  rows: 'orders',
  project: (row) =>
    compact({
      id: text(row['id']),
      status: text(row['status']),
      total: priceText(row['total']),
      buyer: text(object(row['buyer'])['username']),
      items: objects(row['items']).map(({ release, price }) => {
        const { description, id } = object(release);
        return `${text(description)} (release ${text(id)}) ${priceText(price)}`.trim();
      }),
      created: text(row['created']),
      next_status: row['next_status'],
      uri: text(row['uri']),
    }),
};

const messages: ListProjection = {
  kind: 'list',
  extras: [],
  rows: 'messages',
  project: (row) =>
    compact({
      from: text(object(row['from'])['username']) || text(object(row['actor'])['username']),
      timestamp: text(row['timestamp']),
      subject: text(row['subject']),
      message: plainText(row['message'], 1000),
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

const priceSuggestions: RecordProjection = {
  kind: 'record',
  extras: [],
  project: (answer, { path }) =>
    compact({
      release_id: number(path['release_id']),
      suggestions: compact(
        Object.fromEntries(Object.entries(answer).map(([condition, price]) => [condition, priceText(price)])),
      ),
    }),
};

const stats: RecordProjection = {
  kind: 'record',
  extras: [],
  project: (answer, { path }) =>
    compact({
      release_id: number(path['release_id']),
      num_for_sale: number(answer['num_for_sale']) ?? 0,
      lowest_price: priceText(answer['lowest_price']),
      blocked_from_sale: answer['blocked_from_sale'] === true ? true : undefined,
      uri: webAddress('release', path['release_id']),
    }),
};

/** By operation. */
export const userProjections: Readonly<Record<string, ListProjection | RecordProjection>> = {
  listCollectionItemsByFolder: owned,
  listCollectionItemsByRelease: owned,
  listCollectionFolders: folders,
  getWantlist: wants,
  getInventory: inventory,
  getListing: { kind: 'record', extras: [], project: listing },
  listOrders: orders,
  listOrderMessages: messages,
  getUserLists: userLists,
  getList: list,
  getProfile: profile,
  getIdentity: identity,
  getPriceSuggestions: priceSuggestions,
  getMarketplaceStats: stats,
};
