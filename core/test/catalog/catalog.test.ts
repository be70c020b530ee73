import { catalog, match } from '@discogs-agent/core';
import { describe, expect, it } from '@jest/globals';

const placeholders = (path: string): string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

/** The routes of the original at its last version, with the names of its OpenAPI document. */
const ORIGINAL = [
  ['ping', 'GET', '/ping'],
  ['getArtistProxy', 'GET', '/artists/{artist_id}'],
  ['getReleaseProxy', 'GET', '/releases/{release_id}'],
  ['getMasterProxy', 'GET', '/masters/{master_id}'],
  ['listMasterVersionsProxy', 'GET', '/masters/{master_id}/versions'],
  ['getLabelProxy', 'GET', '/labels/{label_id}'],
  ['listLabelReleasesProxy', 'GET', '/labels/{label_id}/releases'],
  ['listArtistReleasesProxy', 'GET', '/artists/{artist_id}/releases'],
  ['listCollectionFoldersProxy', 'GET', '/users/{username}/collection/folders'],
  ['getCollectionFolderProxy', 'GET', '/users/{username}/collection/folders/{folder_id}'],
  ['listCollectionFolderReleasesProxy', 'GET', '/users/{username}/collection/folders/{folder_id}/releases'],
  ['addToCollectionProxy', 'POST', '/users/{username}/collection/folders/{folder_id}/releases/{release_id}'],
  ['listWantlistProxy', 'GET', '/users/{username}/wants'],
  ['upsertWantlistProxy', 'PUT', '/users/{username}/wants/{release_id}'],
  ['deleteWantlistProxy', 'DELETE', '/users/{username}/wants/{release_id}'],
  ['createMarketplaceListingProxy', 'POST', '/marketplace/listings'],
  ['getMarketplaceListingProxy', 'GET', '/marketplace/listings/{listing_id}'],
  ['deleteMarketplaceListingProxy', 'DELETE', '/marketplace/listings/{listing_id}'],
  ['getPriceSuggestionsProxy', 'GET', '/marketplace/price_suggestions/{release_id}'],
  ['searchDatabaseProxy', 'GET', '/database/search'],
] as const;

describe('the catalog', () => {
  it.each(ORIGINAL)('keeps %s of the original at %s %s', (operationId, method, path) => {
    const found = catalog.filter(
      (operation) => (operation.originalOperationId ?? operation.id) === operationId,
    );
    expect(found.map((operation) => [operation.method, operation.path])).toEqual([[method, path]]);
  });

  it('calls no other operation one of the original', () => {
    const named = catalog.flatMap(({ originalOperationId }) => originalOperationId ?? []);
    expect(['ping', ...named].sort()).toEqual(ORIGINAL.map(([operationId]) => operationId).sort());
  });

  it('answers strangers only what tells nothing', () => {
    expect(catalog.filter(({ needsKey }) => !needsKey).map(({ id }) => id)).toEqual([
      'ping',
      'getStatusPage',
    ]);
  });

  it('gives each operation an id, a method and a path of its own', () => {
    const ids = catalog.map(({ id }) => id);
    const routes = catalog.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(routes).size).toBe(routes.length);
  });

  it('has no two paths that one address could mean equally well', () => {
    const parameters = (path: string): number => placeholders(path).length;
    const paths = [...new Set(catalog.map(({ path }) => path))];
    const clash = (a: string, b: string): boolean => {
      const [left, right] = [a.split('/'), b.split('/')];
      return (
        parameters(a) === parameters(b) &&
        left.length === right.length &&
        left.every(
          (part, index) => part === right[index] || part.startsWith('{') || right[index]?.startsWith('{'),
        )
      );
    };
    const clashes = paths.flatMap((a, index) =>
      paths
        .slice(index + 1)
        .filter((b) => clash(a, b))
        .map((b) => [a, b]),
    );
    expect(clashes).toEqual([]);
  });

  it.each(catalog.map((operation) => [operation.id, operation] as const))(
    '%s is described in full',
    (_, operation) => {
      expect(placeholders(operation.path)).toEqual(Object.keys(operation.pathParameters));
      // The root of the API has no page of its own.
      const page = /^https:\/\/www\.discogs\.com\/developers(#page:|$)/;
      if (operation.handledBy === 'discogs') expect(operation.documentation).toMatch(page);
      else expect(operation.documentation).toBeUndefined();
      // Requests and documents are filled with these.
      for (const { example } of Object.values(operation.pathParameters)) expect(example).toBeDefined();
      expect(operation.summary.length).toBeLessThanOrEqual(300);
      expect(operation.description.length).toBeLessThanOrEqual(300);
      for (const parameter of [
        ...Object.values(operation.pathParameters),
        ...Object.values(operation.query),
      ]) {
        expect(parameter.description).not.toBe('');
        if (parameter.example !== undefined) {
          expect(parameter.accepts(String(parameter.example))).toBe(true);
        }
      }
      expect(operation.reply.statuses.length).toBeGreaterThan(0);
      const { statuses, schema, mediaType, headers = [] } = operation.reply;
      const hasJson = statuses[0] !== 204 && mediaType === undefined && !headers.includes('Location');
      expect(schema === undefined).toBe(!(operation.inOpenApi && hasJson));
      if (operation.body)
        expect(operation.body.schema().safeParse(operation.body.example).success).toBe(true);
    },
  );

  it.each(
    catalog.filter(({ effect }) => effect !== 'read').map((operation) => [operation.id, operation] as const),
  )('%s writes: it needs a user and is never kept', (_, operation) => {
    expect(['user', 'owner', 'seller']).toContain(operation.audience);
    expect(operation.cacheSeconds).toBe(0);
    expect(operation.method).not.toBe('GET');
  });

  it('counts everything but GET as a write, which a read-only gateway refuses', () => {
    const reads = catalog.filter(({ effect }) => effect === 'read');
    expect(reads).toEqual(catalog.filter(({ method }) => method === 'GET'));
  });

  it('keeps neither files nor answers whose headers matter', () => {
    const special = catalog.filter(({ reply }) => reply.mediaType ?? reply.headers);
    expect(special.length).toBeGreaterThan(2);
    for (const { cacheSeconds } of special) expect(cacheSeconds).toBe(0);
  });

  it('keeps nothing longer than the six hours of the terms', () => {
    for (const { cacheSeconds } of catalog) expect(cacheSeconds).toBeLessThanOrEqual(21_600);
  });
});

describe('match', () => {
  it.each(catalog.map((operation) => [operation.method, operation.path, operation.id] as const))(
    'finds what the catalog has at %s %s',
    (method, path, id) => {
      const address = path.replace(/\{\w+\}/g, '1');
      expect(match(method, address)).toMatchObject({ kind: 'operation', operation: { id } });
    },
  );

  it.each([
    ['GET', '/artists/108713', 'getArtist', { artist_id: '108713' }],
    ['HEAD', '/artists/108713', 'getArtist', { artist_id: '108713' }],
    ['GET', '/', 'getRoot', {}],
    ['HEAD', '/', 'getRoot', {}],
    ['GET', '/releases/1/rating/a', 'getReleaseRatingByUser', { release_id: '1', username: 'a' }],
    ['GET', '/ARTISTS/1/Releases', 'getArtistReleases', { artist_id: '1' }],
    ['GET', '/artists/1/', 'getArtist', { artist_id: '1' }],
    ['DELETE', '/users/a%2Fb/wants/3', 'removeFromWantlist', { username: 'a%2Fb', release_id: '3' }],
  ])('finds %s %s', (method, path, id, values) => {
    const found = match(method, path);
    expect(found).toMatchObject({ kind: 'operation', operation: { id }, path: values });
  });

  it.each([
    ['PUT', '/artists/1', ['GET', 'HEAD']],
    ['GET', '/users/u/wants/3', ['PUT', 'POST', 'DELETE']],
    ['OPTIONS', '/marketplace/listings/1', ['GET', 'HEAD', 'POST', 'DELETE']],
    ['HEAD', '/marketplace/listings', ['POST']],
  ])('says which methods %s %s could use', (method, path, allow) => {
    expect(match(method, path)).toEqual({ kind: 'other_methods', allow });
  });

  it.each([
    '',
    '//',
    '/labels/1/sublabels',
    '/artists',
    '/artists//releases',
    '/artists/1//',
    '/../ping',
    '/x/ping',
  ])('finds nothing at "%s"', (path) => {
    expect(match('GET', path)).toEqual({ kind: 'nothing' });
  });
});
