/** A gateway without a Discogs token: what Discogs tells strangers is served, everything else is refused here. */
import { catalog, type Operation } from '@discogs-agent/core';
import { exampleBody } from '@discogs-agent/core/documents';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TOKEN_MISSING } from './support/errors.ts';
import { send } from './support/send.ts';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

/** A path for each parameter's example, and a search field where one is needed. */
function example({ path, pathParameters, requireOneOf }: Operation): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = pathParameters[name]?.example;
    return value === undefined ? '' : String(value);
  });
  return requireOneOf === undefined ? filled : `${filled}?${requireOneOf[0]}=nevermind`;
}

const DISCOGS_SAYS = [401, '{"message": "You must authenticate to access this resource."}'];
/** Measured: what a collection is worth is private, and not a question of signing in. */
const PRIVATE = [
  403,
  '{"message": "You are not allowed to view this resource. Please authenticate as the owner to view this content."}',
];
const operations = catalog.filter(({ handledBy }) => handledBy === 'discogs');
const rows = (open: boolean) =>
  operations
    .filter(({ audience }) => audience.startsWith('anyone') === open)
    .map((operation) => [`${operation.method} ${example(operation)}`, operation] as const);

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway({ environment: { DISCOGS_TOKEN: undefined } });
});
afterAll(() => gateway.close());

function bodyOf(operation: Operation) {
  const body = exampleBody(operation);
  return body ? { body: body.text, headers: { 'content-type': body.contentType } } : {};
}
const askDiscogs = (operation: Operation) => {
  const { body, headers } = bodyOf(operation);
  return send(gateway.sandbox.url, example(operation), {
    method: operation.method,
    headers: { 'user-agent': 'Example/1.0', ...headers },
    ...(body === undefined ? {} : { body }),
  });
};

describe('what the catalog says that a credential is needed for', () => {
  it('includes the search', () => {
    expect(rows(false).map(([, { id }]) => id)).toContain('searchDatabase');
  });

  it.each(rows(false))(
    '%s is refused here without a call to Discogs, which would refuse it, too',
    async (_, operation) => {
      const before = gateway.sandbox.requests.length;
      const { status, text } = await gateway.ask(example(operation), {
        method: operation.method,
        ...bodyOf(operation),
      });
      expect([status, text]).toEqual([401, TOKEN_MISSING]);
      expect(gateway.sandbox.requests).toHaveLength(before);
      const discogs = await askDiscogs(operation);
      expect([discogs.status, discogs.text]).toEqual(
        operation.id === 'getCollectionValue' ? PRIVATE : DISCOGS_SAYS,
      );
      expect(discogs.headers).toMatchObject({ 'x-discogs-ratelimit': '1000000' });
    },
  );
});

describe('what anybody may read', () => {
  it.each(rows(true))('%s is passed on, and Discogs asks for no credential', async (_, operation) => {
    const { status, text } = await gateway.ask(example(operation));
    const discogs = await askDiscogs(operation);
    expect(status).not.toBe(401);
    expect(text).not.toContain('discogs_token_missing');
    expect([discogs.status, status]).toEqual([status, discogs.status]);
  });
});

it('the sandbox lets an application search that signs in with its key and secret', async () => {
  const { status } = await send(gateway.sandbox.url, '/database/search?q=nevermind', {
    headers: {
      'user-agent': 'Example/1.0',
      authorization: 'Discogs key=sandbox-consumer-key, secret=sandbox-consumer-secret',
    },
  });
  expect(status).toBe(200);
});
