import { catalog } from '@discogs-agent/core';
import { exampleBody, operationIdOf } from '@discogs-agent/core/documents';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { examplePath, exampleQuery, type PathValues } from '../src/examples.ts';
import { answerProblems } from './support/answerCheck.ts';
import { documentedOperation } from './support/document.ts';
import { type GatewayOverSandbox, startGatewayOverSandbox } from './support/gatewayOverSandbox.ts';

let gateway: GatewayOverSandbox;

beforeAll(async () => {
  gateway = await startGatewayOverSandbox();
}, 60_000);

afterAll(() => gateway?.close());

const artist = documentedOperation('getArtistProxy');
const ARTIST = '/artists/108713';

describe('an answer of the running gateway is what the document says', () => {
  let known: PathValues = {};
  // What is read or deleted must have been written.
  const inOrder = (['write', 'read', 'delete'] as const).flatMap((effect) =>
    catalog.filter((operation) => operation.effect === effect && operation.inOpenApi),
  );

  it.each(inOrder.map((operation) => [operationIdOf(operation), operation] as const))(
    'for %s',
    async (operationId, operation) => {
      const path = examplePath(operation, known);
      const body = exampleBody(operation);
      const answer = await gateway.call(`${path}?${exampleQuery(operation)}`, {
        method: operation.method,
        ...(body ? { headers: { 'content-type': body.contentType }, body: body.text } : {}),
      });
      expect(answerProblems(documentedOperation(operationId), answer)).toEqual([]);
      expect(operation.reply.statuses).toContain(answer.status);
      if (operation.id === 'createListing') known = { listing_id: JSON.parse(answer.body).listing_id };
    },
  );

  const withQuery = catalog.filter(({ effect, query }) => effect === 'read' && Object.keys(query).length > 0);

  it.each(withQuery.map((operation) => [operationIdOf(operation), operation] as const))(
    'for %s with the example of every parameter at once',
    async (operationId, operation) => {
      const documented = documentedOperation(operationId);
      const query = new URLSearchParams();
      for (const parameter of documented.operation.parameters ?? []) {
        if (parameter.in === 'query' && parameter.example !== undefined) {
          query.set(parameter.name, String(parameter.example));
        }
      }
      const answer = await gateway.call(`${examplePath(operation)}?${query}`);
      expect(answerProblems(documented, answer)).toEqual([]);
      // Whether the listing of the example exists is up to Discogs; that its query is taken is up to us.
      expect(operation.id === 'getListing' ? [200, 404] : [200]).toContain(answer.status);
    },
  );

  it('for an answer from memory, which has an age', async () => {
    await gateway.call(ARTIST);
    const answer = await gateway.call(ARTIST);
    expect([answer.headers.get('x-cache'), answer.headers.get('age')]).toEqual(['hit', expect.any(String)]);
    expect(answerProblems(artist, answer)).toEqual([]);
  });

  it('for 304, which has headers and no body', async () => {
    const etag = (await gateway.call(ARTIST)).headers.get('etag') ?? '';
    const answer = await gateway.call(ARTIST, { headers: { 'if-none-match': etag } });
    expect(answer.status).toBe(304);
    expect(answerProblems(artist, answer)).toEqual([]);
  });

  it('for HEAD, which has the headers of GET', async () => {
    const answer = await gateway.call('/database/search?q=nevermind', { method: 'HEAD' });
    expect(answer).toMatchObject({ status: 200, body: '' });
    expect(answerProblems(documentedOperation('searchDatabaseProxy'), answer, true)).toEqual([]);
  });
});

describe('the comparison', () => {
  it('notices a status, a header and a body that the document does not have', async () => {
    const answer = await gateway.call(ARTIST);
    const headers = new Headers(answer.headers);
    headers.set('x-new', '1');
    headers.delete('x-trace-id');
    expect(answerProblems(documentedOperation('ping'), { ...answer, status: 405 })).toEqual([
      'status 405 is not documented',
    ]);
    expect(answerProblems(artist, { ...answer, headers, body: '{"id":"108713"}' })).toEqual([
      'header x-new is not documented',
      'header X-Trace-Id is missing',
      "body must have required property 'name'",
      '/id must be integer',
    ]);
  });

  it('notices a body where none is documented, and a missing one', async () => {
    const answer = await gateway.call(ARTIST);
    expect(answerProblems(artist, { ...answer, status: 304 })).toEqual(['no body is documented']);
    expect(answerProblems(artist, { ...answer, body: '' })).toEqual(['the documented body is missing']);
  });

  it('notices an error member that the document does not have', async () => {
    const answer = await gateway.call('/artists/nirvana');
    const body = JSON.stringify({ ...JSON.parse(answer.body), hint: 'x' });
    expect(answerProblems(artist, { ...answer, body })).not.toEqual([]);
  });
});
