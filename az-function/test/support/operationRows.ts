/** One request for each operation of the catalog, and what its answer tells. */
import { expect } from '@jest/globals';

/** A request and its answer. */
export interface Row {
  readonly id: string;
  /** Method and path, as a caller writes them. */
  readonly request: string;
  readonly body?: unknown;
  readonly status: number;
  /** A part of the body, a text where that is no JSON; undefined where there is none. */
  readonly tells: unknown;
}

/** The listing of Discogs' documentation. */
export const LISTING = 172_723_812;
/** Its export. */
export const EXPORT = 599_632;
export const UPLOAD = 119_615;
export const MINE = '/users/crate_digger';
/** The first copy in the collection. */
export const COPY = `${MINE}/collection/folders/1/releases/930000000/instances/901000000`;
export const offer = { release_id: 249504, condition: 'Mint (M)', price: 12.5, status: 'Draft' };
export const paged = { page: 1, per_page: 2 };

/** In the order of the catalog. */
export const ROWS: readonly Row[] = [
  { id: 'ping', request: 'GET /ping', status: 200, tells: { status: 'ok' } },
  { id: 'getStatus', request: 'GET /status', status: 200, tells: { store: { kind: 'memory' } } },
  {
    id: 'getRoot',
    request: 'GET /',
    status: 200,
    tells: { api_version: 'v2', statistics: { releases: expect.any(Number) } },
  },
  { id: 'getIdentity', request: 'GET /oauth/identity', status: 200, tells: { username: 'crate_digger' } },
  { id: 'getProfile', request: `GET ${MINE}`, status: 200, tells: { name: 'Dagny Crate' } },
  {
    id: 'editProfile',
    request: `POST ${MINE}`,
    body: { location: 'Ísafjörður', curr_abbr: 'EUR' },
    status: 200,
    tells: { location: 'Ísafjörður', curr_abbr: 'EUR', name: 'Dagny Crate' },
  },
  {
    id: 'getUserSubmissions',
    request: `GET ${MINE}/submissions?per_page=2`,
    status: 200,
    tells: { pagination: paged, submissions: { artists: [{}, {}], labels: [], releases: [] } },
  },
  {
    id: 'getUserContributions',
    request: `GET ${MINE}/contributions?sort=year&sort_order=desc&per_page=2`,
    status: 200,
    tells: { pagination: paged, contributions: [{ status: 'Accepted' }, { status: 'Accepted' }] },
  },
  { id: 'getArtist', request: 'GET /artists/108713', status: 200, tells: { name: 'Nickelback' } },
  {
    id: 'getArtistReleases',
    request: 'GET /artists/108713/releases?sort=year&sort_order=desc&per_page=2',
    status: 200,
    tells: { pagination: paged },
  },
  { id: 'getRelease', request: 'GET /releases/249504?curr_abbr=EUR', status: 200, tells: { id: 249504 } },
  {
    id: 'getReleaseRatingByUser',
    request: 'GET /releases/249504/rating/crate_digger',
    status: 200,
    tells: { release_id: 249504, username: 'crate_digger', rating: 0 },
  },
  {
    id: 'updateReleaseRatingByUser',
    request: 'PUT /releases/249504/rating/crate_digger',
    body: { rating: 5 },
    status: 201,
    tells: { release_id: 249504, username: 'crate_digger', rating: 5 },
  },
  {
    id: 'deleteReleaseRatingByUser',
    request: 'DELETE /releases/249504/rating/crate_digger',
    status: 204,
    tells: undefined,
  },
  {
    id: 'getCommunityReleaseRating',
    request: 'GET /releases/249504/rating',
    status: 200,
    tells: { release_id: 249504, rating: { count: expect.any(Number), average: expect.any(Number) } },
  },
  {
    id: 'getReleaseStats',
    request: 'GET /releases/249504/stats',
    status: 200,
    tells: { num_have: expect.any(Number), num_want: expect.any(Number) },
  },
  { id: 'getMaster', request: 'GET /masters/96559', status: 200, tells: { id: 96559 } },
  {
    id: 'getMasterVersions',
    request: 'GET /masters/96559/versions?sort=country&per_page=2',
    status: 200,
    tells: { pagination: paged },
  },
  { id: 'getLabel', request: 'GET /labels/895', status: 200, tells: { id: 895 } },
  {
    id: 'getLabelReleases',
    request: 'GET /labels/895/releases?per_page=2',
    status: 200,
    tells: { pagination: paged },
  },
  {
    id: 'searchDatabase',
    request: 'GET /database/search?release_title=Disintegration&artist=The%20Cure&per_page=2',
    status: 200,
    tells: { pagination: paged },
  },
  {
    id: 'getInventory',
    request: `GET ${MINE}/inventory?status=For%20Sale&sort=price&per_page=2`,
    status: 200,
    tells: { pagination: { ...paged, items: 4 }, listings: [{ price: { value: 9.99 } }, {}] },
  },
  { id: 'createListing', request: 'POST /marketplace/listings', body: offer, status: 201, tells: {} },
  {
    id: 'getListing',
    request: `GET /marketplace/listings/${LISTING}`,
    status: 200,
    tells: { id: LISTING, condition: 'Very Good Plus (VG+)' },
  },
  {
    id: 'updateListing',
    request: `POST /marketplace/listings/${LISTING}`,
    body: { ...offer, price: 19.5, comments: null },
    status: 204,
    tells: undefined,
  },
  {
    id: 'deleteListing',
    request: `DELETE /marketplace/listings/${LISTING}`,
    status: 204,
    tells: undefined,
  },
  {
    id: 'getPriceSuggestions',
    request: 'GET /marketplace/price_suggestions/249504',
    status: 200,
    tells: { 'Mint (M)': { currency: 'USD' } },
  },
  {
    id: 'getOrder',
    request: 'GET /marketplace/orders/1-1',
    status: 200,
    tells: { id: '1-1', status: 'New Order', total: { value: 21, currency: 'USD' } },
  },
  {
    id: 'updateOrder',
    request: 'POST /marketplace/orders/1-1',
    body: { shipping: 5 },
    status: 200,
    tells: { status: 'Invoice Sent', total: { value: 26 } },
  },
  {
    id: 'listOrders',
    request: 'GET /marketplace/orders?archived=false&sort=id&sort_order=desc&per_page=2',
    status: 200,
    tells: { pagination: { ...paged, items: 2 }, orders: [{ id: '1-2' }, { id: '1-1' }] },
  },
  {
    id: 'listOrderMessages',
    request: 'GET /marketplace/orders/1-1/messages?per_page=2',
    status: 200,
    tells: { messages: [{ type: 'message' }, { type: 'status' }] },
  },
  {
    id: 'addOrderMessage',
    request: 'POST /marketplace/orders/1-1/messages',
    body: { message: 'Þakka þér!', status: 'Buyer Contacted' },
    status: 201,
    tells: { message: 'Þakka þér!', order: { id: '1-1' } },
  },
  {
    id: 'getFee',
    request: 'GET /marketplace/fee/12.5',
    status: 200,
    tells: { value: 1, currency: 'USD' },
  },
  {
    id: 'getFeeWithCurrency',
    request: 'GET /marketplace/fee/100.0000/EUR',
    status: 200,
    tells: { value: 8, currency: 'EUR' },
  },
  {
    id: 'getMarketplaceStats',
    request: 'GET /marketplace/stats/249504?curr_abbr=GBP',
    status: 200,
    tells: { lowest_price: { currency: 'GBP' }, blocked_from_sale: false },
  },
  { id: 'createExport', request: 'POST /inventory/export', status: 200, tells: undefined },
  {
    id: 'listExports',
    request: 'GET /inventory/export?per_page=2',
    status: 200,
    tells: { items: [{ id: EXPORT, status: 'success' }] },
  },
  {
    id: 'getExport',
    request: `GET /inventory/export/${EXPORT}`,
    status: 200,
    tells: { id: EXPORT, status: 'success' },
  },
  {
    id: 'downloadExport',
    request: `GET /inventory/export/${EXPORT}/download`,
    status: 200,
    tells: `${LISTING},`,
  },
  { id: 'uploadAdd', request: 'POST /inventory/upload/add', status: 200, tells: undefined },
  { id: 'uploadChange', request: 'POST /inventory/upload/change', status: 200, tells: undefined },
  { id: 'uploadDelete', request: 'POST /inventory/upload/delete', status: 200, tells: undefined },
  {
    id: 'listUploads',
    request: 'GET /inventory/upload?per_page=2',
    status: 200,
    tells: { items: [{ id: UPLOAD, type: 'change' }] },
  },
  {
    id: 'getUpload',
    request: `GET /inventory/upload/${UPLOAD}`,
    status: 200,
    tells: { id: UPLOAD, results: 'CSV file contains 1 records.<p>Processed 1 records.' },
  },
  {
    id: 'listCollectionFolders',
    request: `GET ${MINE}/collection/folders`,
    status: 200,
    tells: { folders: expect.arrayContaining([expect.objectContaining({ id: 0, name: 'All' })]) },
  },
  {
    id: 'getCollectionFolder',
    request: `GET ${MINE}/collection/folders/5001`,
    status: 200,
    tells: { id: 5001, name: 'Sunday Morning' },
  },
  {
    id: 'listCollectionItemsByRelease',
    request: `GET ${MINE}/collection/releases/930000003?per_page=2`,
    status: 200,
    tells: { pagination: { ...paged, items: 1 }, releases: [{ id: 930000003, folder_id: 5001 }] },
  },
  {
    id: 'listCollectionItemsByFolder',
    request: `GET ${MINE}/collection/folders/0/releases?sort=added&per_page=2`,
    status: 200,
    tells: { pagination: { ...paged, items: 28 } },
  },
  {
    id: 'createCollectionFolder',
    request: `POST ${MINE}/collection/folders`,
    body: { name: 'Jazz' },
    status: 201,
    tells: { name: 'Jazz', count: 0 },
  },
  {
    id: 'editCollectionFolder',
    request: `POST ${MINE}/collection/folders/5001`,
    body: { name: 'Sunday Evening' },
    status: 200,
    tells: { id: 5001, name: 'Sunday Evening' },
  },
  {
    id: 'deleteCollectionFolder',
    request: `DELETE ${MINE}/collection/folders/5004`,
    status: 204,
    tells: undefined,
  },
  {
    id: 'editCollectionInstance',
    request: `POST ${COPY}`,
    body: { rating: 4, folder_id: 5002 },
    status: 204,
    tells: undefined,
  },
  { id: 'deleteCollectionInstance', request: `DELETE ${COPY}`, status: 204, tells: undefined },
  {
    id: 'editCollectionInstanceField',
    request: `POST ${COPY}/fields/3`,
    body: { value: 'Skips on B2' },
    status: 204,
    tells: undefined,
  },
  {
    id: 'addToCollectionFolder',
    request: `POST ${MINE}/collection/folders/1/releases/249504`,
    status: 201,
    tells: { instance_id: expect.any(Number) },
  },
  {
    id: 'listCollectionFields',
    request: `GET ${MINE}/collection/fields`,
    status: 200,
    tells: {
      fields: expect.arrayContaining([expect.objectContaining({ id: 3, type: 'textarea', lines: 3 })]),
    },
  },
  {
    id: 'getCollectionValue',
    request: `GET ${MINE}/collection/value`,
    status: 200,
    tells: { minimum: expect.stringMatching(/^\$[\d,]+\.\d\d$/) },
  },
  {
    id: 'getWantlist',
    request: `GET ${MINE}/wants?per_page=2`,
    status: 200,
    tells: { pagination: { ...paged, items: 10 } },
  },
  {
    id: 'addToWantlist',
    request: `PUT ${MINE}/wants/249504`,
    body: { notes: 'Original UK pressing', rating: 5 },
    status: 201,
    tells: { rating: 5, notes: 'Original UK pressing' },
  },
  {
    id: 'editWantlistItem',
    request: `POST ${MINE}/wants/930000001`,
    body: { rating: 2 },
    status: 200,
    tells: { id: 930000001, rating: 2, notes: 'First pressing only' },
  },
  {
    id: 'removeFromWantlist',
    request: `DELETE ${MINE}/wants/249504`,
    status: 204,
    tells: undefined,
  },
  {
    id: 'getUserLists',
    request: `GET ${MINE}/lists?per_page=2`,
    status: 200,
    tells: { pagination: { ...paged, items: 2 }, lists: [{ public: true }, { public: false }] },
  },
  {
    id: 'getList',
    request: 'GET /lists/1710462',
    status: 200,
    tells: { id: 1710462, items: expect.arrayContaining([expect.objectContaining({ type: 'artist' })]) },
  },
];
