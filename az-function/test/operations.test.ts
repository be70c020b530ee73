/** Every operation of the catalog, once through the door. */
import { readFile } from 'node:fs/promises';
import { catalog, type Operation } from '@discogs-agent/core';
import { exampleBody } from '@discogs-agent/core/documents';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { triggers } from '../src/triggers.ts';
import { type Door, openDoor } from './support/door.ts';

interface Row {
  readonly id: string;
  /** Method and path, as a caller writes them. */
  readonly request: string;
  readonly body?: unknown;
  readonly status: number;
  /** A part of the body, a text where that is no JSON; undefined where there is none. */
  readonly tells: unknown;
}

/** The listing of Discogs' documentation. */
const LISTING = 172_723_812;
/** Its export. */
const EXPORT = 599_632;
const UPLOAD = 119_615;
const MINE = '/users/crate_digger';
/** The first copy in the collection. */
const COPY = `${MINE}/collection/folders/1/releases/930000000/instances/901000000`;
const offer = { release_id: 249504, condition: 'Mint (M)', price: 12.5, status: 'Draft' };
const paged = { page: 1, per_page: 2 };

const ROWS: readonly Row[] = [
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

let door: Door;
beforeAll(async () => {
  door = await openDoor();
});
beforeEach(() => door.sandbox.reset());
afterAll(() => door.close());

/** Sends `METHOD /path`, with a JSON body where there is one. */
const ask = (request: string, body?: unknown) => {
  const [method = '', path = ''] = request.split(' ');
  if (body === undefined) return door.ask(path, { method });
  return door.ask(path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
};

/** Sends the file of the catalog's example. */
const askWithFile = (request: string, operation: Operation) => {
  const [method = '', path = ''] = request.split(' ');
  const { contentType = '', text = '' } = exampleBody(operation) ?? {};
  return door.ask(path, { method, headers: { 'content-type': contentType }, body: text });
};

describe('every operation', () => {
  for (const { id, request, body, status, tells } of ROWS) {
    it(`${id}: ${request} answers ${status} with what the catalog promises`, async () => {
      if (id === 'removeFromWantlist') await ask(`PUT ${MINE}/wants/249504`);
      const operation = catalog.find((candidate) => candidate.id === id);
      const { reply, handledBy, upload } = operation ?? {};
      const answer = await (upload && operation ? askWithFile(request, operation) : ask(request, body));
      expect(answer.status).toBe(status);
      if (tells === undefined) expect(answer.text).toBe('');
      else if (typeof tells === 'string') expect(answer.text).toContain(tells);
      else expect(answer.json()).toMatchObject(Object(tells));
      for (const name of reply?.headers ?? []) expect(answer.headers[name.toLowerCase()]).toBeDefined();
      if (tells !== undefined)
        expect(answer.headers['content-type']).toContain(reply?.mediaType ?? 'application/json');
      expect(reply?.statuses).toContain(status);
      if (reply?.schema) expect(reply.schema().safeParse(answer.json()).error?.issues).toBeUndefined();
      if (handledBy === 'discogs') {
        expect(await door.trace(answer)).toMatchObject({ operation: id, status, client_status: status });
      }
    });
  }
});

describe('the catalog', () => {
  const named = catalog.filter(({ inOpenApi }) => inOpenApi);

  it('has a row here for each of its operations that answer JSON, with their method', () => {
    const covered = ROWS.map(({ id, request }) => `${id} ${request.split(' ')[0]}`);
    expect(covered.sort()).toEqual(named.map(({ id, method }) => `${id} ${method}`).sort());
  });

  it('has a trigger for each of its operations, and HEAD wherever there is GET', () => {
    for (const { path, method } of catalog) {
      // An empty route is none: the last trigger takes the root.
      const route = path === '/' ? '{*path}' : path.slice(1);
      const trigger = triggers().find((candidate) => candidate.route === route);
      expect(trigger?.methods).toContain(method);
      if (method === 'GET') expect(trigger?.methods).toContain('HEAD');
    }
  });

  it('has an entry in the OpenAPI document for each of its operations that answer JSON', async () => {
    const file = new URL('../../openapi/discogs-agent.json', import.meta.url);
    const document: { paths: Record<string, Record<string, unknown>> } = JSON.parse(
      await readFile(file, 'utf8'),
    );
    for (const { path, method } of named) {
      expect(document.paths[path]).toHaveProperty(method.toLowerCase());
    }
  });
});

describe('a write that cannot be right', () => {
  const folders = `${MINE}/collection/folders`;

  it.each([
    [`POST ${MINE}`, { curr_abbr: 'DEM' }, { field: 'curr_abbr' }],
    ['PUT /releases/1/rating/crate_digger', {}, { error: 'missing_fields' }],
    ['PUT /releases/1/rating/crate_digger', { rating: 0 }, { field: 'rating' }],
    [`POST ${MINE}/wants/1?rating=6`, undefined, { field: 'rating' }],
    [`POST ${folders}`, {}, { error: 'missing_fields' }],
    [`POST ${folders}`, { name: '' }, { field: 'name' }],
    [`POST ${folders}/1`, { name: 'Mine' }, { field: 'folder_id' }],
    [`DELETE ${folders}/0`, undefined, { field: 'folder_id' }],
    [`POST ${folders}/0/releases/249504`, undefined, { field: 'folder_id' }],
    [`POST ${COPY}`, { rating: 6 }, { field: 'rating' }],
    [`POST ${COPY}`, { folder_id: 0 }, { field: 'folder_id' }],
    [`POST ${COPY}/fields/3`, { value: 3.5 }, { field: 'value' }],
  ])('%s with %j is refused here', async (request, body, tells) => {
    const calls = door.sandbox.requests.length;
    const answer = await ask(request, body);
    expect([answer.status, door.sandbox.requests.length]).toEqual([400, calls]);
    expect(answer.json()).toMatchObject(tells);
  });

  it.each([
    [`POST ${MINE}/wants/249504`, { rating: 1 }, 404, "The release does not exist in the user's wantlist."],
    [
      'PUT /releases/77/rating/crate_digger',
      { rating: 1 },
      404,
      'Release does not exist or may have been deleted.',
    ],
    ['POST /users/quiet_listener', { name: 'Me' }, 403, "You don't have permission to access this resource."],
    [`DELETE ${folders}/5001`, undefined, 422, 'Invalid folder_id: folder is not empty.'],
    [`POST ${COPY}`, { folder_id: 77 }, 422, 'Invalid folder_id: folder does not exist.'],
    [
      `DELETE ${COPY.replace('folders/1/', 'folders/5001/')}`,
      undefined,
      404,
      "The requested collection item does not exist in this user's collection.",
    ],
    [
      `POST ${COPY}/fields/1`,
      { value: 'Fine' },
      422,
      /^See "detail" for validation errors\. value: .*Mint \(M\)/,
    ],
    [
      `POST ${folders.replace('crate_digger', 'quiet_listener')}`,
      { name: 'Mine' },
      403,
      "You don't have permission to access this resource.",
    ],
  ])('%s with %j is refused in the words of Discogs', async (request, body, status, message) => {
    const answer = await ask(request, body);
    expect(answer.status).toBe(status);
    expect(Object(answer.json()).message).toMatch(message);
  });
});

describe('what was written', () => {
  it('stands in the inventory as it was edited, and is not there when it was deleted', async () => {
    const listed = async () =>
      (await ask(`GET ${MINE}/inventory?status=Draft&sort=listed&sort_order=desc`)).json();
    const created = Object((await ask('POST /marketplace/listings', offer)).json());
    const listing = `/marketplace/listings/${created.listing_id}`;
    expect(await listed()).toMatchObject({ listings: [{ id: created.listing_id, price: { value: 12.5 } }] });
    await ask(`POST ${listing}`, { ...offer, price: 9.5, location: 'Shelf B', comments: null });
    expect(await listed()).toMatchObject({ listings: [{ price: { value: 9.5 }, location: 'Shelf B' }] });
    await ask(`DELETE ${listing}`);
    expect(await listed()).toMatchObject({ listings: [] });
  });

  it('changes an order step by step, only to what comes next, and leaves messages', async () => {
    const order = '/marketplace/orders/1-2';
    expect((await ask(`GET ${order}`)).json()).toMatchObject({
      next_status: expect.not.arrayContaining(['New Order']),
    });
    const back = await ask(`POST ${order}`, { status: 'New Order' });
    expect([back.status, back.json()]).toMatchObject([
      422,
      { error: 'unexpected_status', message: expect.stringContaining('Invalid status: expected one of') },
    ]);
    await ask(`POST ${order}`, { status: 'Shipped' });
    await ask(`POST ${order}/messages`, { message: 'On its way.' });
    expect((await ask(`GET ${order}`)).json()).toMatchObject({ status: 'Shipped' });
    expect((await ask(`GET ${order}/messages?per_page=2`)).json()).toMatchObject({
      messages: [
        { type: 'message', message: 'On its way.' },
        { type: 'status', message: 'crate_digger changed the order status to Shipped.' },
      ],
    });
  });

  it('is in the collection at the next look, once for each time it was added', async () => {
    const add = `POST ${MINE}/collection/folders/5002/releases/249504`;
    const count = async () => (await ask(`GET ${MINE}/collection/folders/5002`)).json();
    const before = await count();
    const [first, second] = [(await ask(add)).json(), (await ask(add)).json()];
    expect(first).not.toEqual(second);
    expect(before).toHaveProperty('count', 7);
    expect(await count()).toHaveProperty('count', 9);
    const items = await ask(
      `GET ${MINE}/collection/folders/5002/releases?sort=added&sort_order=desc&per_page=2`,
    );
    expect(items.json()).toMatchObject({ releases: [{ id: 249504 }, { id: 249504 }] });
  });

  it('is a rating, seen at the next look, until it is taken back', async () => {
    const rating = '/releases/249504/rating/crate_digger';
    const seen = async () => Object((await ask(`GET ${rating}`)).json()).rating;
    expect(await seen()).toBe(0);
    await ask(`PUT ${rating}`, { rating: 4 });
    expect(await seen()).toBe(4);
    await ask(`DELETE ${rating}`);
    expect(await seen()).toBe(0);
  });

  it('is a folder, where a copy is moved, rated, noted about and deleted', async () => {
    const folders = `${MINE}/collection/folders`;
    const { id } = Object((await ask(`POST ${folders}`, { name: 'Jazz' })).json());
    const moved = COPY.replace('folders/1/', `folders/${id}/`);
    const content = async () => (await ask(`GET ${folders}/${id}/releases`)).json();
    await ask(`POST ${COPY}`, { folder_id: id, rating: 4 });
    await ask(`POST ${moved}/fields/3`, { value: 'Skips on B2' });
    await ask(`POST ${moved}/fields/1?value=Mint%20(M)`);
    const notes = [{ value: 'Mint (M)' }, { value: 'Skips on B2' }];
    expect(await content()).toMatchObject({ releases: [{ folder_id: id, rating: 4, notes }] });
    const value = async () => (await ask(`GET ${MINE}/collection/value`)).text;
    const before = await value();
    await ask(`DELETE ${moved}`);
    expect(await content()).toMatchObject({ releases: [] });
    expect(await value()).not.toBe(before);
    await ask(`POST ${folders}/${id}`, { name: 'Nothing' });
    expect((await ask(`GET ${folders}`)).text).toContain('Nothing');
    expect((await ask(`DELETE ${folders}/${id}`)).status).toBe(204);
    expect((await ask(`GET ${folders}/${id}`)).status).toBe(404);
  });

  it('is in the wantlist, changes there, and is gone when it was removed', async () => {
    const wants = async () => (await ask(`GET ${MINE}/wants?sort=added&sort_order=desc&per_page=1`)).json();
    const want = `${MINE}/wants/249504`;
    await ask(`PUT ${want}`, { notes: 'gatefold', rating: 3 });
    expect(await wants()).toMatchObject({ wants: [{ id: 249504, notes: 'gatefold', rating: 3 }] });
    await ask(`PUT ${want}?rating=4`);
    expect(await wants()).toMatchObject({ wants: [{ notes: 'gatefold', rating: 4 }] });
    expect((await ask(`DELETE ${want}`)).status).toBe(204);
    expect(await wants()).not.toMatchObject({ wants: [{ id: 249504 }] });
    const again = await ask(`DELETE ${want}`);
    expect(again.status).toBe(404);
    expect(again.json()).toMatchObject({
      error: 'not_found',
      message: "The release does not exist in the user's wantlist.",
    });
  });

  it('is offered for sale under the address that the answer names, until it is deleted', async () => {
    const created = await ask('POST /marketplace/listings', { ...offer, comments: 'Björk & co' });
    const { listing_id: id, resource_url: address } = Object(created.json());
    expect(address).toBe(`${door.url}/api/marketplace/listings/${id}`);
    const listing = `${new URL(address).pathname.replace('/api', '')}`;
    expect((await ask(`GET ${listing}`)).json()).toMatchObject({
      id,
      status: 'Draft',
      comments: 'Björk & co',
      release: { id: 249504 },
    });
    expect((await ask(`DELETE ${listing}`)).status).toBe(204);
    expect((await ask(`GET ${listing}`)).status).toBe(404);
  });
});
