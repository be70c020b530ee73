/** Every operation of the catalog, once through the gateway. */
import { readFile } from 'node:fs/promises';
import { catalog, type Operation } from '@discogs-agent/core';
import { exampleBody } from '@discogs-agent/core/documents';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { triggers } from '../src/triggers.ts';
import { askJson } from './support/askJson.ts';
import { MINE, ROWS } from './support/operationRows.ts';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway();
});
beforeEach(() => gateway.sandbox.reset());
afterAll(() => gateway.close());

const ask = askJson(() => gateway);

/** Sends the file of the catalog's example. */
const askWithFile = (request: string, operation: Operation) => {
  const [method = '', path = ''] = request.split(' ');
  const { contentType = '', text = '' } = exampleBody(operation) ?? {};
  return gateway.ask(path, { method, headers: { 'content-type': contentType }, body: text });
};

describe('every operation', () => {
  for (const { id, request, body, status, tells } of ROWS) {
    it(`${id}: ${request} answers ${status} with what the catalog promises`, async () => {
      if (id === 'removeFromWantlist') await ask(`PUT ${MINE}/wants/249504`);
      const operation = catalog.find((candidate) => candidate.id === id);
      const { reply, handledBy, upload } = operation ?? {};
      const answer = await (upload && operation ? askWithFile(request, operation) : ask(request, body));
      expect(answer.status).toBe(status);
      if (tells === undefined) expect(answer.text).toBe('');
      else if (typeof tells === 'string') expect(answer.text).toContain(tells);
      else expect(answer.json()).toMatchObject(Object(tells));
      for (const name of reply?.headers ?? []) expect(answer.headers[name.toLowerCase()]).toBeDefined();
      if (tells !== undefined)
        expect(answer.headers['content-type']).toContain(reply?.mediaType ?? 'application/json');
      expect(reply?.statuses).toContain(status);
      if (reply?.schema) expect(reply.schema().safeParse(answer.json()).error?.issues).toBeUndefined();
      if (handledBy === 'discogs') {
        expect(await gateway.trace(answer)).toMatchObject({ operation: id, status, client_status: status });
      }
    });
  }
});

describe('the catalog', () => {
  const named = catalog.filter(({ inOpenApi }) => inOpenApi);

  it('has a row here for each of its operations that answer JSON, with their method', () => {
    const covered = ROWS.map(({ id, request }) => `${id} ${request.split(' ')[0]}`);
    expect(covered.sort()).toEqual(named.map(({ id, method }) => `${id} ${method}`).sort());
  });

  it('has a trigger for each of its operations, and HEAD wherever there is GET', () => {
    for (const { path, method } of catalog) {
      // An empty route is none: the last trigger takes the root.
      const route = path === '/' ? 'api/{*path}' : `api${path}`;
      const trigger = triggers().find((candidate) => candidate.route === route);
      expect(trigger?.methods).toContain(method);
      if (method === 'GET') expect(trigger?.methods).toContain('HEAD');
    }
  });

  it('has an entry in the OpenAPI document for each of its operations that answer JSON', async () => {
    const file = new URL('../../openapi/discogs-agent.json', import.meta.url);
    const document: { paths: Record<string, Record<string, unknown>> } = JSON.parse(
      await readFile(file, 'utf8'),
    );
    for (const { path, method } of named) {
      expect(document.paths[path]).toHaveProperty(method.toLowerCase());
    }
  });
});
