import { describe, expect, it } from '@jest/globals';
import { AS_USER, at, rowsAt, sandboxed } from './support/sandboxed.ts';

const discogs = sandboxed({ limits: { authenticated: 1_000, anonymous: 1_000 } });
const ME = '/users/crate_digger';
const LISTING = { release_id: 249504, condition: 'Mint (M)', price: 12.5, status: 'For Sale' };

describe('the collection', () => {
  it('grows by one copy per POST, in the folder and in All', async () => {
    const count = async (folder: number) =>
      Number(at((await discogs.send('GET', `${ME}/collection/folders/${folder}`)).body, 'count'));
    const before = [await count(0), await count(5001)];
    const first = await discogs.send('POST', `${ME}/collection/folders/5001/releases/249504`);
    const second = await discogs.send('POST', `${ME}/collection/folders/5001/releases/249504`);
    expect(first.status).toBe(201);
    expect(at(first.body, 'instance_id')).not.toBe(at(second.body, 'instance_id'));
    expect([await count(0), await count(5001)]).toEqual(before.map((number) => number + 2));
  });

  it('has at least 25 items in more than three folders', async () => {
    const { body } = await discogs.send('GET', `${ME}/collection/folders`);
    expect(rowsAt(body, 'folders').length).toBeGreaterThan(3);
    expect(at(body, 'folders', 0, 'count')).toBeGreaterThanOrEqual(25);
  });

  it('is sorted by the known keys and refuses others', async () => {
    const path = `${ME}/collection/folders/0/releases`;
    const { body } = await discogs.send('GET', `${path}?sort=year&sort_order=desc`);
    const years = rowsAt(body, 'releases').map((row) => Number(at(row, 'basic_information', 'year')));
    expect(years).toEqual([...years].sort((a, b) => b - a));
    expect((await discogs.send('GET', `${path}?sort=colour`)).status).toBe(422);
  });
});

describe('the wantlist', () => {
  const want = `${ME}/wants/249504`;

  it('is created by PUT, edited by POST and emptied by DELETE', async () => {
    expect((await discogs.send('POST', want, { notes: 'x' })).status).toBe(404);
    const created = await discogs.send('PUT', want, { notes: 'sealed', rating: 4 });
    expect([created.status, at(created.body, 'notes'), at(created.body, 'rating')]).toEqual([
      201,
      'sealed',
      4,
    ]);
    const edited = await discogs.send('POST', `${want}?rating=2`);
    expect([edited.status, at(edited.body, 'notes'), at(edited.body, 'rating')]).toEqual([200, 'sealed', 2]);
    expect((await discogs.send('DELETE', want)).status).toBe(204);
    const gone = await discogs.send('DELETE', want);
    expect(gone.status).toBe(404);
    expect(at(gone.body, 'message')).toContain("does not exist in the user's wantlist");
  });

  it('refuses a rating outside of 0 to 5', async () => {
    expect((await discogs.send('PUT', want, { rating: 6 })).status).toBe(422);
  });

  it('hides the notes from others', async () => {
    const { body } = await discogs.call(`${ME}/wants`);
    expect(rowsAt(body, 'wants').length).toBeGreaterThanOrEqual(8);
    expect(at(body, 'wants', 0, 'notes')).toBeUndefined();
  });
});

describe('listings', () => {
  it('are created, changed and deleted by their seller', async () => {
    const created = await discogs.send('POST', '/marketplace/listings', LISTING);
    const path = `/marketplace/listings/${at(created.body, 'listing_id')}`;
    expect(created.status).toBe(201);
    expect((await discogs.send('POST', path, { ...LISTING, price: 9 })).status).toBe(204);
    expect(at((await discogs.call(path)).body, 'price')).toEqual({ value: 9, currency: 'USD' });
    expect((await discogs.send('DELETE', path)).status).toBe(204);
    expect((await discogs.call(path)).status).toBe(404);
  });

  it.each([
    [{ release_id: 77 }, 'Invalid release_id: release not found.'],
    [{ price: 0 }, 'Invalid price: expected float.'],
    [{ status: 'Sold' }, 'Invalid status: expected one of For Sale, Draft, Expired.'],
    [{ format_quantity: -1 }, 'Format quantity cannot be negative'],
  ])('are refused for %j', async (change, text) => {
    const answer = await discogs.send('POST', '/marketplace/listings', { ...LISTING, ...change });
    expect([answer.status, answer.body]).toEqual([422, { message: text }]);
  });

  it('of others cannot be touched', async () => {
    const { body } = await discogs.call('/users/quiet_listener/inventory');
    const foreign = await discogs.send('DELETE', `/marketplace/listings/${at(body, 'listings', 0, 'id')}`);
    expect([foreign.status, foreign.body]).toEqual([
      403,
      { message: "You don't have permission to access this resource." },
    ]);
  });

  it('show the private fields to the seller only', async () => {
    const mine = await discogs.send('GET', `${ME}/inventory`);
    const theirs = await discogs.call(`${ME}/inventory`);
    expect(rowsAt(mine.body, 'listings').length).toBeGreaterThanOrEqual(3);
    expect(at(mine.body, 'listings', 0, 'location')).toBe('Shelf 0');
    expect(at(theirs.body, 'listings', 0, 'location')).toBeUndefined();
  });
});

describe('a profile', () => {
  it('is edited by its owner, who alone sees the e-mail address', async () => {
    const edited = await discogs.send('POST', ME, { location: 'Ísafjörður' });
    expect([at(edited.body, 'location'), at(edited.body, 'email')]).toEqual([
      'Ísafjörður',
      'crate_digger@example.com',
    ]);
    expect(at((await discogs.call(ME)).body, 'email')).toBeUndefined();
  });
});

describe('what belongs to somebody else', () => {
  const PRIVATE =
    'You are not allowed to view this resource. Please authenticate as the owner to view this content.';

  it.each([
    '/users/quiet_listener/collection/folders',
    '/users/quiet_listener/wants',
    `${ME}/collection/folders/1`,
  ])('is hidden from strangers at %s', async (path) => {
    const answer = await discogs.call(path);
    expect([answer.status, answer.body]).toEqual([403, { message: PRIVATE }]);
  });

  it('cannot be written, by nobody known 401 and by another user 403', async () => {
    const path = '/users/quiet_listener/wants/249504';
    expect((await discogs.call(path, { method: 'PUT' })).status).toBe(401);
    expect((await discogs.call(path, { method: 'PUT', headers: AS_USER })).status).toBe(403);
  });
});
