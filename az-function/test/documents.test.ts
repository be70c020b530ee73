/** The documents that the gateway serves, as programs and people fetch them. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway();
});
afterAll(() => gateway.close());

describe('a document', () => {
  it.each([
    ['/openapi.json', '/artists/{artist_id}'],
    ['/gpt/openapi.json', '/gpt/artists/{artist_id}'],
  ])('is served at %s without a key, with the address of this gateway', async (path, operation) => {
    const reply = await gateway.askWithoutKey(path);
    expect([reply.status, reply.headers['content-type']]).toEqual([200, 'application/json']);
    const document = reply.json() as { servers: unknown; paths: Record<string, unknown> };
    expect(document.servers).toEqual([{ url: `${gateway.url}/api` }]);
    expect(document.paths).toHaveProperty([operation]);
    expect(reply.text).not.toContain('{{');
  });

  it('for agents is short: whoever reads it has it whole', async () => {
    const { text } = await gateway.askWithoutKey('/gpt/openapi.json');
    expect(text.length).toBeLessThanOrEqual(60_000);
  });

  it('for people is a page that runs no script and names every operation', async () => {
    const { status, headers, text } = await gateway.askWithoutKey('/docs');
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(text).toContain('GET /database/search');
    expect(text).not.toContain('<script');
  });

  it('is not written to', async () => {
    const reply = await gateway.askWithoutKey('/docs', { method: 'POST', body: '{}' });
    expect(reply.status).toBe(404);
  });

  it('costs no call to Discogs', () => {
    expect(gateway.sandbox.requests).toEqual([]);
  });
});
