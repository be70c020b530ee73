import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { KEY, openTestGateway, type TestGateway } from './support/testGateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway();
});
beforeEach(() => gateway.sandbox.reset());
afterAll(() => gateway.close());

describe('GET /api/status', () => {
  it('changes with calls, and is none itself', async () => {
    const before = await gateway.ask('/status');
    expect(before.status).toBe(200);
    expect(before.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
    expect(before.json()).toMatchObject({
      window: { used: 0, reset: 0 },
      queue: { waiting: 0 },
      breaker: { state: 'closed' },
      cache: { entries: 0, bytes: 0, hit_ratio: 0 },
      store: { kind: 'memory', healthy: true },
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      outbound: 'shared',
      upstream: 'local',
      read_only: false,
      uptime_seconds: expect.any(Number),
      last_hour: { requests: 0 },
      broker: { enabled: false },
    });
    expect(gateway.sandbox.requests).toHaveLength(0);
    await gateway.ask('/artists/108713');
    await gateway.ask('/artists/108713', { mayBeKept: true });
    const after = await gateway.ask('/status');
    expect(after.json()).toMatchObject({
      window: { used: 1 },
      cache: { entries: 1, hit_ratio: 0.5 },
      last_hour: { requests: 2, client_errors: 0, rate_limited: 0, errors: 0 },
    });
    expect(gateway.sandbox.requests).toHaveLength(1);
    expect(gateway.lines.join('\n')).not.toContain('"entity":"status"');
  });

  it('is for callers with a key, and says so in the log when it refuses', async () => {
    const refused = await gateway.askWithoutKey('/status');
    expect(refused.status).toBe(401);
    expect(refused.json()).toMatchObject({ error: 'unauthorized', reason: 'api_key_mismatch' });
    await gateway.line('discogs_proxy_rejected: ', `"trace_id":"${refused.headers['x-trace-id']}"`);
  });
});

describe('GET /api/status/page', () => {
  it('needs no key, is kept by nobody and put into no frame', async () => {
    const { status, headers } = await gateway.askWithoutKey('/status/page');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'x-trace-id': expect.any(String),
    });
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  it.each(['style', 'script'])('allows its own %s by digest, and no other', async (part) => {
    const { headers, text } = await gateway.askWithoutKey('/status/page');
    const found = [...text.matchAll(new RegExp(`<${part}>([^]*?)</${part}>`, 'g'))];
    const digests = found.map(([, inner = '']) => createHash('sha256').update(inner).digest('base64'));
    const policy = headers['content-security-policy']?.split('; ') ?? [];
    expect(policy).toContain("default-src 'none'");
    expect(policy.filter((rule) => rule.startsWith(`${part}-src`))).toEqual(
      digests.map((digest) => `${part}-src 'sha256-${digest}'`),
    );
    expect(digests).toHaveLength(1);
  });

  it('holds no data, no foreign address and nothing that the policy would forbid', async () => {
    await gateway.ask('/artists/108713');
    const { text } = await gateway.askWithoutKey('/status/page', { headers: { 'x-api-key': KEY } });
    expect(text).toBe((await gateway.askWithoutKey('/status/page')).text);
    for (const secret of [KEY, 'Nickelback', gateway.url, gateway.sandbox.url])
      expect(text).not.toContain(secret);
    expect(text).not.toMatch(/https?:|\/\/[a-z0-9-]+\.|@import|url\(|innerHTML|eval\(/i);
    expect(text).not.toMatch(/<[^>]+\s(on[a-z]+|style|src)=/i);
  });

  it('has a label for its field and a name for its bar', async () => {
    const { text } = await gateway.askWithoutKey('/status/page');
    expect(text).toMatch(/<html lang="en">/);
    expect(text).toMatch(/<label for="key">[^<]+<\/label>/);
    expect(text).toMatch(/<progress [^>]*aria-labelledby="budget-title"/);
    expect(text).toMatch(/id="message" role="alert"/);
  });
});
