import { describe, expect, it } from '@jest/globals';
import { nearestPath, servedPrefixes } from '../../src/catalog/nearestPath.ts';

describe('the nearest path', () => {
  it.each([
    ['/release/1', '/releases/1'],
    ['/Release/249504', '/releases/249504'],
    ['/release/249504-Nirvana-Nevermind', '/releases/249504'],
    ['/artist/108713', '/artists/108713'],
    ['/artist/108713/releases', '/artists/108713/releases'],
    ['/artists/1/release', '/artists/1/releases'],
    ['/master/1/versions/', '/masters/1/versions'],
    ['/label/1', '/labels/1'],
    ['/user/crate_digger', '/users/crate_digger'],
    ['/user/crate_digger/want', '/users/crate_digger/wants'],
    ['/users/a/collection/folder/0/releases', '/users/a/collection/folders/0/releases'],
    ['/database/serach', '/database/search'],
    ['/search', '/database/search'],
    ['/marketplace/listing/1', '/marketplace/listings/1'],
    ['/marketplace/price_suggestion/1', '/marketplace/price_suggestions/1'],
    ['/oauth/identify', '/oauth/identity'],
    ['/list/1', '/lists/1'],
    ['/user/a/list', '/users/a/lists'],
    ['/release/1/ratings', '/releases/1/rating'],
    ['//releases//1', '/releases/1'],
    ['', '/status/page'],
    ['/', '/status/page'],
    // What cannot be a value is not repeated.
    ['/release/nevermind', '/releases/{release_id}'],
    ['/user/<b>/wants', '/users/{username}/wants'],
    [`/user/${'x'.repeat(101)}`, '/users/{username}'],
  ])('of "%s" is %s', (path, nearest) => {
    expect(nearestPath(path)).toBe(nearest);
  });

  it.each([
    '/nope',
    '/marketplace/history/1',
    '/users/a/friends',
    '/artists',
    '/artists/1/releases/2',
    `/${'x'.repeat(100_000)}`,
    '/a'.repeat(1_000),
  ])('of %# is none', (path) => {
    expect(nearestPath(path)).toBeUndefined();
  });
});

describe('the served prefixes', () => {
  it('are those of Discogs, without its root and what the gateway answers itself', () => {
    expect(servedPrefixes).toEqual(
      expect.arrayContaining(['/artists', '/database/search', '/lists', '/oauth/identity', '/users']),
    );
    expect(new Set(servedPrefixes).size).toBe(servedPrefixes.length);
    expect(servedPrefixes).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^\/$|ping|status|\{/)]),
    );
  });
});
