/** `READ_ONLY`: no operation that changes something reaches Discogs, whichever it is. */
import { catalog } from '@discogs-agent/core';
import { exampleBody } from '@discogs-agent/core/documents';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway({ environment: { READ_ONLY: 'true' } });
});
afterAll(() => gateway.close());

const writes = catalog.filter(({ method }) => method !== 'GET');

it.each(writes.map((operation) => [operation.id, operation] as const))(
  '%s is refused',
  async (_, operation) => {
    const path = operation.path.replace(/\{(\w+)\}/g, (__, name: string) =>
      String(operation.pathParameters[name]?.example),
    );
    const body = exampleBody(operation);
    const answer = await gateway.ask(path, {
      method: operation.method,
      ...(body ? { headers: { 'content-type': body.contentType }, body: body.text } : {}),
    });
    expect([answer.status, answer.json()]).toMatchObject([403, { error: 'read_only' }]);
    expect(gateway.sandbox.requests).toEqual([]);
  },
);
