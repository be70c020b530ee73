/** Writes through the gateway: what is refused, and what is there afterwards. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { askJson } from './support/askJson.ts';
import { COPY, MINE, offer } from './support/operationRows.ts';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway();
});
beforeEach(() => gateway.sandbox.reset());
afterAll(() => gateway.close());

const ask = askJson(() => gateway);

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
    const calls = gateway.sandbox.requests.length;
    const answer = await ask(request, body);
    expect([answer.status, gateway.sandbox.requests.length]).toEqual([400, calls]);
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
    expect(address).toBe(`${gateway.url}/api/marketplace/listings/${id}`);
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
