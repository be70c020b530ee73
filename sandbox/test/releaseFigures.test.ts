/** Ratings, lists and contributions of users. */
import { describe, expect, it } from '@jest/globals';
import { AS_USER, at, rowsAt, sandboxed } from './support/sandboxed.ts';

const discogs = sandboxed({ limits: { authenticated: 1_000, anonymous: 1_000 } });
const MINE = '/releases/249504/rating/crate_digger';
const get = async (path: string) => (await discogs.call(path, { headers: AS_USER })).body;
const average = async () => Object(at(await get('/releases/249504/rating'), 'rating'));

describe('a rating', () => {
  it('is 0 before, counts in the average while it is there, and is gone when it is deleted', async () => {
    const before = await average();
    expect(at(await get(MINE), 'rating')).toBe(0);
    const rated = await discogs.send('PUT', MINE, { rating: 5 });
    expect([rated.status, at(rated.body, 'rating')]).toEqual([201, 5]);
    expect(at(await get(MINE), 'rating')).toBe(5);
    const after = await average();
    expect(after.count).toBe(before.count + 1);
    expect(at(await get('/releases/249504'), 'community', 'rating')).toEqual(after);
    await discogs.send('PUT', MINE, { rating: 1 });
    expect((await average()).count).toBe(before.count + 1);
    expect((await average()).average).not.toBe(after.average);
    expect((await discogs.send('DELETE', MINE)).status).toBe(204);
    expect([await average(), at(await get(MINE), 'rating')]).toEqual([before, 0]);
  });

  it('counts in the profile', async () => {
    const rated = async () => Number(at(await get('/users/crate_digger'), 'releases_rated'));
    const before = await rated();
    await discogs.send('PUT', MINE, { rating: 5 });
    expect(await rated()).toBe(before + 1);
  });

  it.each([{ rating: 0 }, { rating: 6 }, { rating: 2.5 }, {}])('is not %j', async (body) => {
    expect((await discogs.send('PUT', MINE, body)).status).toBe(422);
    expect(at(await get(MINE), 'rating')).toBe(0);
  });

  it.each([
    ['PUT', '/releases/77/rating/crate_digger', 404, 'Release does not exist or may have been deleted.'],
    ['GET', '/releases/249504/rating/nobody', 404, 'User does not exist or may have been deleted.'],
    [
      'PUT',
      '/releases/249504/rating/quiet_listener',
      403,
      "You don't have permission to access this resource.",
    ],
  ])('by %s %s is %i', async (method, path, status, message) => {
    const answer = await discogs.send(method, path, method === 'PUT' ? { rating: 3 } : undefined);
    expect([answer.status, answer.body]).toEqual([status, { message }]);
  });
});

describe('a list', () => {
  it('that is private is listed, counted and shown to its owner only', async () => {
    const path = '/users/crate_digger/lists';
    const mine = rowsAt(await get(path), 'lists');
    const theirs = rowsAt((await discogs.call(path)).body, 'lists');
    expect(mine.map((list) => at(list, 'public'))).toEqual([true, false]);
    expect(theirs).toEqual(mine.slice(0, 1));
    expect(at(await get('/users/crate_digger'), 'num_lists')).toBe(2);
    expect(at((await discogs.call('/users/crate_digger')).body, 'num_lists')).toBe(1);
    const secret = `/lists/${at(mine[1], 'id')}`;
    expect(at(await get(secret), 'items', 0, 'comment')).toBe('For Ada.');
    const refused = await discogs.call(secret);
    expect([refused.status, refused.body]).toEqual([404, { message: 'List not found' }]);
  });

  it('says what its reader owns, and shows images, when the reader is known', async () => {
    const mine = at(await get('/lists/1710462'), 'items');
    const theirs = at((await discogs.call('/lists/1710462')).body, 'items');
    expect(rowsAt(mine).map((item) => at(item, 'type'))).toEqual(['release', 'master', 'artist', 'label']);
    expect([at(mine, 0, 'stats', 'user'), at(theirs, 0, 'stats', 'user')]).toEqual([
      { in_wantlist: 0, in_collection: 0 },
      undefined,
    ]);
    expect([at(mine, 2, 'stats'), at(theirs, 0, 'image_url')]).toEqual([undefined, '']);
    await discogs.send('PUT', '/users/crate_digger/wants/249504');
    expect(at(await get('/lists/1710462'), 'items', 0, 'stats', 'user', 'in_wantlist')).toBe(1);
  });
});

describe('contributions', () => {
  it('are as many as the profile says, and those of others none', async () => {
    const total = at(await get('/users/crate_digger/contributions'), 'pagination', 'items');
    expect(at(await get('/users/crate_digger'), 'releases_contributed')).toBe(total);
    expect(await get('/users/quiet_listener/contributions')).toMatchObject({ contributions: [] });
  });

  it('and artists and labels are the submissions, one after the other', async () => {
    const path = '/users/crate_digger/submissions?per_page=100';
    const first = await get(path);
    const pages = Number(at(first, 'pagination', 'pages'));
    const last = await get(`${path}&page=${pages}`);
    expect(rowsAt(first, 'submissions', 'artists')[0]).toHaveProperty('realname');
    expect(rowsAt(last, 'submissions', 'artists')).toEqual([]);
    expect(rowsAt(last, 'submissions', 'releases').at(-1)).toHaveProperty('tracklist');
  });
});
