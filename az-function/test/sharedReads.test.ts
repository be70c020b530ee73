/** Which answers two client keys share: what Discogs tells everybody, and nothing that belongs to one of its users. */
import { catalog, type Operation } from '@discogs-agent/core';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

/** Everything else is asked of Discogs for each key. A new operation is not here until somebody has thought about it. */
const SHARED = [
  'getRoot',
  'getArtist',
  'getArtistReleases',
  'getRelease',
  'getMaster',
  'getMasterVersions',
  'getLabel',
  'getLabelReleases',
  'searchDatabase',
  'getCommunityReleaseRating',
  'getReleaseStats',
  'getFee',
  'getFeeWithCurrency',
  'getMarketplaceStats',
];
/** Below `/marketplace`, and of nobody: what a sale costs and what a record is offered for. */
const PUBLIC_OF_MARKETPLACE = ['getFee', 'getFeeWithCurrency', 'getMarketplaceStats'];
const KEYS = ['first', 'second'].map((label) => ({ label, key: `key-of-${label}` }));

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway({ environment: { CLIENT_KEYS: JSON.stringify(KEYS) } });
});
afterAll(() => gateway.close());

function examplePath({ path, pathParameters, requireOneOf }: Operation): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => String(pathParameters[name]?.example ?? ''));
  return requireOneOf === undefined ? filled : `${filled}?q=nevermind`;
}

const reads = catalog.filter(
  ({ handledBy, effect, cacheSeconds }) => handledBy === 'discogs' && effect === 'read' && cacheSeconds > 0,
);

it.each(reads.map((operation) => [operation.id, operation] as const))(
  '%s is cached, and shared with another key only where it belongs to nobody',
  async (id, operation) => {
    const ask = async (key: string) => {
      const reply = await gateway.askWithoutKey(examplePath(operation), { headers: { 'x-api-key': key } });
      return [reply.status, reply.headers['x-cache']];
    };
    const [first = '', second = ''] = KEYS.map(({ key }) => key);
    const before = gateway.sandbox.requests.length;
    const isShared = SHARED.includes(id);
    expect(await ask(first)).toEqual([200, 'miss']);
    expect(await ask(second)).toEqual([200, isShared ? 'hit' : 'miss']);
    expect(await ask(first)).toEqual([200, 'hit']);
    expect(gateway.sandbox.requests.length - before).toBe(isShared ? 1 : 2);
  },
);

it('what is not cached belongs to a seller', () => {
  const uncached = catalog.filter(
    ({ handledBy, effect, cacheSeconds }) =>
      handledBy === 'discogs' && effect === 'read' && cacheSeconds === 0,
  );
  expect(uncached.map(({ audience }) => audience)).toEqual(uncached.map(() => 'seller'));
});

it('nothing below a user, of an identity or of a seller is shared', () => {
  const owned = catalog.filter(({ path }) =>
    /\{username\}|^\/(oauth|users|marketplace|inventory)\//.test(path),
  );
  expect(owned.filter(({ personal }) => !personal).map(({ id }) => id)).toEqual(PUBLIC_OF_MARKETPLACE);
  const shared = catalog.filter(({ handledBy, personal }) => handledBy === 'discogs' && !personal);
  expect(shared.map(({ id }) => id)).toEqual(SHARED);
});
