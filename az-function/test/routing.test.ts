import { describe, expect, it } from '@jest/globals';
import type { HttpFunction } from '../local/httpFunction.ts';
import { byName, findFunction, readPath, writePath } from '../local/routing.ts';
import { triggers } from '../src/triggers.ts';

const invoke: HttpFunction['invoke'] = async () => undefined;
const fn = (name: string, route: string, methods: readonly string[] = ['GET']): HttpFunction => ({
  name,
  route: `api/${route}`,
  methods,
  invoke,
});

const APP = [
  fn('artist', 'artists/{id}', ['GET', 'HEAD']),
  fn('files', 'files/{name}/raw'),
  fn('Ping', 'ping', ['get']),
  fn('zz_rest', 'tree/{*rest}', ['GET', 'POST']),
].sort(byName);

const found = (method: string, target: string) => {
  const match = findFunction(APP, method, readPath(target));
  return match && { name: match.target.name, params: match.params };
};

describe('the function for a request', () => {
  const hits: readonly [string, string, string, Record<string, string>][] = [
    ['GET', '/api/ping', 'Ping', {}],
    ['GET', '/API/PiNg', 'Ping', {}],
    ['GET', '/api/ping/', 'Ping', {}],
    ['GET', '/api/ping?artists/1', 'Ping', {}],
    ['GET', '/api/../api/./ping', 'Ping', {}],
    ['GET', '/api/%70ing', 'Ping', {}],
    ['GET', 'http://other.test/api/ping', 'Ping', {}],
    ['HEAD', '/api/artists/108713', 'artist', { id: '108713' }],
    ['GET', '/api/artists/AC%2fDC', 'artist', { id: 'AC%2fDC' }],
    ['GET', '/api/artists/Bj%C3%B6rk%20', 'artist', { id: 'Björk ' }],
    ['GET', '/api/artists/%2541', 'artist', { id: '%41' }],
    ['GET', '/api/artists/%FF', 'artist', { id: '%FF' }],
    ['GET', '/api/files/a/raw', 'files', { name: 'a' }],
    ['POST', '/api/tree/a/b/', 'zz_rest', { rest: 'a/b/' }],
    ['GET', '/api/tree', 'zz_rest', {}],
    ['GET', '/api/tree/', 'zz_rest', {}],
  ];
  for (const [method, target, name, params] of hits) {
    it(`is ${name} for ${method} ${target}`, () => {
      expect(found(method, target)).toEqual({ name, params });
    });
  }

  const misses: readonly [string, string, string][] = [
    ['HEAD', '/api/ping', 'HEAD is not implied by GET'],
    ['OPTIONS', '/api/artists/1', 'the method is not listed'],
    ['GET', '/ping', 'the prefix is missing'],
    ['GET', '/apiping', 'the prefix is a segment of its own'],
    ['GET', '/api', 'no function has the bare prefix'],
    ['GET', '/api//ping', 'a double slash fits nothing'],
    ['GET', '//api/ping', 'a double slash is not the name of a host'],
    ['GET', '/api/ping//', 'a double slash fits nothing at the end either'],
    ['GET', '/api/tree//a', 'not even a route that takes everything'],
    ['GET', '/api/artists/', 'a parameter is not empty'],
    ['GET', '/api/artists/1/2', 'a parameter is one segment'],
    ['GET', '/api/artists/../../ping', 'dot segments are gone before the prefix is looked at'],
  ];
  for (const [method, target, why] of misses) {
    it(`is none for ${method} ${target}: ${why}`, () => {
      expect(found(method, target)).toBeUndefined();
    });
  }

  it('is the first by name, even where a later one has the path literally', () => {
    const shadowing = [fn('b_literal', 'files/literal'), fn('A_all', 'files/{*rest}')].sort(byName);
    expect(findFunction(shadowing, 'GET', '/api/files/literal')?.target.name).toBe('A_all');
  });
});

describe('the order of functions', () => {
  it('ignores case and puts an underscore behind the letters', () => {
    const names = ['b', '_z', 'A', 'zz', 'C'].map((name) => fn(name, name)).sort(byName);
    expect(names.map(({ name }) => name)).toEqual(['A', 'b', 'C', 'zz', '_z']);
  });

  it('puts the trigger for everything else last', () => {
    const names = triggers().map((trigger) => ({ ...trigger, invoke }));
    expect(names.sort(byName).at(-1)?.route).toBe('api/{*path}');
  });

  it('has no two names that differ only in case, which the host takes for one', () => {
    const names = triggers().map(({ name }) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('the path in the URL that the app sees', () => {
  const paths: readonly [string, string][] = [
    ['/api/users/a%3Ab%40c', '/api/users/a:b@c'],
    ['/api/users/%7Etilde', '/api/users/~tilde'],
    ['/api/users/a%20b', '/api/users/a%20b'],
    ['/api/users/Bj%c3%b6rk', '/api/users/Bj%C3%B6rk'],
    ['/api/users/a%2fb', '/api/users/a%2fb'],
    ['/api/users/50%25', '/api/users/50%25'],
    ['/api/users/%2541', '/api/users/%41'],
    ['/api/users/%FF', '/api/users/%FF'],
    ['/API/a/../Users', '/API/Users'],
    ['/api/a/..', '/api/'],
    ['/api/a%3Fb%23c', '/api/a%3Fb%23c'],
  ];
  for (const [sent, seen] of paths) {
    it(`is ${seen} for ${sent}`, () => {
      expect(writePath(readPath(sent))).toBe(seen);
    });
  }
});
