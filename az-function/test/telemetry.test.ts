/** What arrives at Application Insights: the built app, the real SDK, and stand-ins for ingestion and identity. */
import { SANDBOX_TOKEN } from '@discogs-agent/sandbox';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Envelope,
  INSTRUMENTATION_KEY,
  type IngestionServer,
  startIngestionServer,
} from './support/ingestionServer.ts';
import { type ManagedIdentityServer, startManagedIdentityServer } from './support/managedIdentityServer.ts';
import type { Reply } from './support/send.ts';
import { KEY, openTestGateway, type TestGateway } from './support/testGateway.ts';

const CLIENT_ID = '33333333-4444-5555-6666-777777777777';
const TOKEN = 'token-for-the-ingestion';
const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const OTHER_SECRET = 'sesame-of-somebody-else';

const kindOf = ({ data }: Envelope): string => data.baseType;
const propertiesOf = ({ data }: Envelope): Record<string, string> =>
  Object(data.baseData['properties']) as Record<string, string>;

describe('a process that ends by SIGTERM', () => {
  let identity: ManagedIdentityServer;
  let ingestion: IngestionServer;
  let gateway: TestGateway;
  let ended: unknown;
  let answeredAt = 0;
  const replies: Record<string, Reply> = {};

  beforeAll(async () => {
    identity = await startManagedIdentityServer();
    identity.tokens.set(CLIENT_ID, TOKEN);
    ingestion = await startIngestionServer();
    gateway = await openTestGateway({
      environment: {
        ...ingestion.environment,
        ...identity.environment,
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING: `ClientId=${CLIENT_ID};Authorization=AAD`,
        WEBSITE_SITE_NAME: 'music-func',
      },
    });
    // Flags that say "not sampled", as the host's often do.
    const traced = { traceparent: `00-${TRACE_ID}-b7ad6b7169203331-00`, 'openai-conversation-id': 'talk-1' };
    replies['miss'] = await gateway.ask('/releases/249504?curr_abbr=EUR', { headers: traced });
    answeredAt = Date.now();
    replies['hit'] = await gateway.ask('/releases/249504?curr_abbr=EUR', { mayBeKept: true });
    gateway.sandbox.fault({ fault: { kind: 'status', status: 503 }, times: 1 });
    replies['retried'] = await gateway.ask('/artists/108713');
    replies['unknown'] = await gateway.ask('/masters/999999999');
    replies['written'] = await gateway.ask(`/users/${KEY}/wants/249504`, { method: 'PUT' });
    const leaky = {
      'x-client-trace-id': `mine ${KEY}`,
      'x-operation-hash': `Bearer ${OTHER_SECRET}`,
      'openai-gpt-id': `token=${SANDBOX_TOKEN}`,
    };
    const query = `?q=x&token=${OTHER_SECRET}&key=${OTHER_SECRET}`;
    replies['leaky'] = await gateway.ask(`/database/search${query}`, { headers: leaky });
    replies['refused'] = await gateway.askWithoutKey('/releases/1', {
      headers: { 'x-api-key': OTHER_SECRET },
    });
    await Promise.all(
      Object.values(replies).map((reply) => gateway.line(String(reply.headers['x-trace-id']))),
    );
    ended = await gateway.stop('SIGTERM');
  }, 60_000);

  afterAll(async () => {
    await Promise.all([gateway?.close(), identity?.close(), ingestion?.close()]);
  });

  const traceIdOf = (name: string): string => String(replies[name]?.headers['x-trace-id']);
  const of = (kind: string, name?: string): readonly Envelope[] =>
    ingestion
      .envelopes()
      .filter(
        (each) =>
          kindOf(each) === kind && (name === undefined || propertiesOf(each)['trace_id'] === traceIdOf(name)),
      );

  it('has sent what it had, and has ended by that signal', () => {
    expect(ended).toBe('SIGTERM');
    expect(of('EventData')).toHaveLength(7);
  });

  it('sends a batch with a token of the identity that the setting names, and nothing else', () => {
    expect(identity.requests.length).toBeGreaterThan(0);
    for (const query of identity.requests) {
      expect(query).toContain(`client_id=${CLIENT_ID}`);
      expect(query).toContain(encodeURIComponent('https://monitor.azure.com'));
    }
    expect(new Set(ingestion.received.map(({ line }) => line))).toEqual(new Set(['POST /v2.1/track']));
    expect(new Set(ingestion.received.map(({ authorization }) => authorization))).toEqual(
      new Set([`Bearer ${TOKEN}`]),
    );
    const kinds = new Set(ingestion.envelopes().map(kindOf));
    expect(kinds).toEqual(new Set(['EventData', 'RemoteDependencyData', 'MetricData']));
    for (const { iKey, sampleRate, tags } of ingestion.envelopes()) {
      expect([iKey, sampleRate, tags['ai.cloud.role']]).toEqual([INSTRUMENTATION_KEY, 100, 'music-func']);
    }
  });

  it.each(['miss', 'hit', 'retried', 'unknown'])(
    'has an event with all that the line of a %s says',
    (name) => {
      const line = gateway.lines.find(
        (each) => each.includes(' discogs_proxy: ') && each.includes(traceIdOf(name)),
      );
      const members: Record<string, unknown> = JSON.parse(line?.slice(line.indexOf('{')) ?? '');
      const [event, ...others] = of('EventData', name);
      expect(others).toEqual([]);
      expect(event?.data.baseData['name']).toBe('discogs_proxy_call');
      const asText = Object.entries(members).map(([member, value]) => [member, String(value)]);
      expect(event && propertiesOf(event)).toEqual(Object.fromEntries(asText));
    },
  );

  it('has an event for a refusal, without members that say nothing', () => {
    const [event] = of('EventData', 'refused');
    expect(event?.data.baseData['name']).toBe('discogs_proxy_rejected');
    expect(event && propertiesOf(event)).toEqual({
      event: 'discogs_proxy_rejected',
      status: '401',
      error: 'unauthorized',
      reason: 'api_key_mismatch',
      trace_id: traceIdOf('refused'),
    });
  });

  it('has a dependency for a call to Discogs, a child of the invocation in the trace of the caller', () => {
    const [dependency, ...others] = of('RemoteDependencyData', 'miss');
    expect(others).toEqual([]);
    expect(dependency?.data.baseData).toEqual({
      ver: 2,
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      name: 'GET /releases/{release_id}',
      type: 'HTTP',
      target: new URL(gateway.sandbox.url).host,
      data: '/releases/249504',
      resultCode: '200',
      success: true,
      duration: expect.stringMatching(/^00:00:0\d\.\d+$/),
      properties: { operation: 'getRelease', entity: 'release', attempt: '1', trace_id: traceIdOf('miss') },
      measurements: {},
    });
    expect(dependency?.tags['ai.operation.id']).toBe(TRACE_ID);
    const parent = dependency?.tags['ai.operation.parentId'];
    // The invocation is a span of its own, in between the caller's and this one.
    expect(parent).toMatch(/^[0-9a-f]{16}$/);
    expect(parent).not.toBe('b7ad6b7169203331');
    const [event] = of('EventData', 'miss');
    expect(event?.tags['ai.operation.id']).toBe(TRACE_ID);
    expect(event?.tags['ai.operation.parentId']).toBe(parent);
    // Handed over with all the others at the end, and yet of the time at which it happened.
    expect(Date.parse(event?.time ?? '')).toBeLessThanOrEqual(answeredAt);
    expect(Date.parse(dependency?.time ?? '')).toBeLessThanOrEqual(Date.parse(event?.time ?? ''));
  });

  it('has one dependency for each attempt, and none for a kept answer or a refusal', () => {
    const attempts = of('RemoteDependencyData', 'retried').map(({ data }) => data.baseData);
    expect(attempts).toMatchObject([
      { resultCode: '503', success: false, properties: { attempt: '1' } },
      { resultCode: '200', success: true, properties: { attempt: '2' } },
    ]);
    expect(of('RemoteDependencyData', 'unknown')[0]?.data.baseData).toMatchObject({
      name: 'GET /masters/{master_id}',
      resultCode: '404',
      success: false,
    });
    expect(of('RemoteDependencyData', 'hit')).toEqual([]);
    expect(of('RemoteDependencyData', 'refused')).toEqual([]);
  });

  it('has metrics of the window, the wait, the queue, the retries and the cache', () => {
    const metrics = of('MetricData').map(({ data }) => {
      const [first] = data.baseData['metrics'] as readonly Record<string, unknown>[];
      return { ...first, properties: data.baseData['properties'] };
    });
    const named = (name: string) => metrics.filter((metric) => Object(metric)['name'] === name);
    // Six calls got past the key.
    expect(named('discogs_wait_ms')).toMatchObject([{ count: 6, properties: {} }]);
    expect(named('discogs_queue')).toMatchObject([{ count: 6, value: 0, max: 0 }]);
    expect(named('discogs_retries')).toMatchObject([{ count: 6, value: 1, min: 0, max: 1 }]);
    expect(named('discogs_cache')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ value: 1, count: 1, properties: { outcome: 'hit' } }),
        expect.objectContaining({ value: 4, count: 4, properties: { outcome: 'miss' } }),
      ]),
    );
    expect(named('discogs_cache')).toHaveLength(2);
    const lines = gateway.lines.filter((line) => line.includes(' discogs_proxy: '));
    const left = lines.map((line) => Number(/"budget_remaining":(\d+)/.exec(line)?.[1]));
    expect(named('discogs_budget_remaining')).toMatchObject([
      { count: 6, min: Math.min(...left), max: Math.max(...left) },
    ]);
  });

  it('shows no key, no token and nothing that is written like one, in any byte', () => {
    const all = ingestion.received.map(({ body }) => body).join('\n');
    expect(all).toContain(traceIdOf('leaky'));
    for (const secret of [KEY, SANDBOX_TOKEN, OTHER_SECRET, TOKEN, 'identity-header-secret']) {
      expect(all).not.toContain(secret);
    }
    expect(all.toLowerCase()).not.toContain('authorization');
    expect(all).not.toContain('curr_abbr');
    const [event] = of('EventData', 'leaky');
    expect(event && propertiesOf(event)).toMatchObject({
      x_client_trace_id: 'mine ***',
      x_operation_hash: 'Bearer ***',
      openai_gpt_id: 'token=***',
    });
    const [write] = of('RemoteDependencyData', 'written');
    expect(write?.data.baseData).toMatchObject({
      name: 'PUT /users/{username}/wants/{release_id}',
      data: '/users/***/wants/249504',
    });
  });
});

describe('a process that goes on', () => {
  it("sends what it has when the worker's own hook says that it ends", async () => {
    const ingestion = await startIngestionServer();
    const gateway = await openTestGateway({ environment: ingestion.environment });
    const reply = await gateway.ask('/artists/108713');
    await gateway.trace(reply);
    expect(await gateway.stop('SIGINT')).toBe(0);
    expect(ingestion.envelopes().map(kindOf).sort()).toEqual([
      'EventData',
      ...Array.from({ length: 5 }, () => 'MetricData'),
      'RemoteDependencyData',
    ]);
    await Promise.all([gateway.close(), ingestion.close()]);
  }, 60_000);
});
