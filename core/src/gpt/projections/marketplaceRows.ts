/** Listings, inventories, orders, prices, and the files of a seller. */
import { compact, type Members, number, object, objects, positive, text } from '../../lib/looseJson.ts';
import { plainText, priceText, webAddress } from '../wording.ts';
import type { ListProjection, RecordProjection } from './projection.ts';

const NOTE_CHARS = 200;

/** A copy for sale. */
const listing = (row: Members): Members => {
  const release = object(row['release']);
  const [price, original] = [priceText(row['price']), priceText(row['original_price'])];
  return compact({
    id: number(row['id']),
    release_id: positive(release['id']),
    title: text(release['description']) || text(release['title']),
    price,
    original_price: original === price ? '' : original,
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

/** Exports and uploads of an inventory. */
const jobs: ListProjection = {
  kind: 'list',
  extras: [],
  rows: 'items',
  project: (row) =>
    compact({
      id: number(row['id']),
      status: text(row['status']),
      type: text(row['type']),
      filename: text(row['filename']),
      created: text(row['created_ts']),
      finished: text(row['finished_ts']),
      results: plainText(row['results'], NOTE_CHARS),
    }),
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
export const marketplaceProjections: Readonly<Record<string, ListProjection | RecordProjection>> = {
  getInventory: inventory,
  getListing: { kind: 'record', extras: [], project: listing },
  listOrders: orders,
  listOrderMessages: messages,
  listExports: jobs,
  listUploads: jobs,
  getPriceSuggestions: priceSuggestions,
  getMarketplaceStats: stats,
};
