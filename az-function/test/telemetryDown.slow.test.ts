/** Telemetry that is off, goes nowhere, or goes by itself after some seconds: callers never notice. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Envelope,
  type IngestionMood,
  type IngestionServer,
  startIngestionServer,
} from './support/ingestionServer.ts';
import { startManagedIdentityServer } from './support/managedIdentityServer.ts';
import { openTestGateway } from './support/testGateway.ts';

const KEY_PART = 'InstrumentationKey=11111111-2222-3333-4444-555555555555';
const OFF = 'telemetry_off reason=unusable which=APPLICATIONINSIGHTS_CONNECTION_STRING';

describe('without a connection string', () => {
  it('nothing is sent and nothing waits', async () => {
    const ingestion = await startIngestionServer();
    const environment = { ...ingestion.environment, APPLICATIONINSIGHTS_CONNECTION_STRING: undefined };
    const gateway = await openTestGateway({ environment });
    await gateway.trace(await gateway.ask('/artists/108713'));
    expect(await gateway.stop('SIGTERM')).toBe('SIGTERM');
    expect(ingestion.received).toEqual([]);
    expect(gateway.lines.join('\n')).not.toContain('telemetry');
    await Promise.all([gateway.close(), ingestion.close()]);
  });
});

describe('a connection string that cannot be one', () => {
  const strings = [
    'nonsense',
    ';;;=',
    'InstrumentationKey=not-a-key;IngestionEndpoint=https://127.0.0.1:1/',
    `${KEY_PART};IngestionEndpoint=nowhere`,
    `${KEY_PART};IngestionEndpoint=http://127.0.0.1:1/`,
  ];
  it.each(strings)('"%s" is said once, without its value, and changes no answer', async (text) => {
    const gateway = await openTestGateway({ environment: { APPLICATIONINSIGHTS_CONNECTION_STRING: text } });
    const reply = await gateway.ask('/artists/108713');
    expect(reply.status).toBe(200);
    await gateway.trace(reply);
    const lines = gateway.lines.filter((line) => line.includes('telemetry'));
    expect(lines).toEqual([OFF]);
    expect(await gateway.stop('SIGTERM')).toBe('SIGTERM');
    await gateway.close();
  });
});

describe('an ingestion', () => {
  const moods: readonly IngestionMood[] = ['hangs', 'refuses', 'throttles', 'resets'];
  let ingestions: readonly IngestionServer[];

  beforeAll(async () => {
    ingestions = await Promise.all(moods.map(() => startIngestionServer()));
    moods.forEach((mood, index) => {
      const ingestion = ingestions[index];
      if (ingestion) ingestion.mood = mood;
    });
  });
  afterAll(async () => {
    await Promise.all(ingestions.map((each) => each.close()));
  });

  it.each(moods.map((mood, index) => [mood, index] as const))(
    'that %s fails no call, and does not keep the process from ending',
    async (_, index) => {
      const ingestion = ingestions[index];
      const gateway = await openTestGateway({ environment: { ...ingestion?.environment } });
      expect((await gateway.ask('/artists/108713')).status).toBe(200);
      await ingestion?.knocked();
      for (let call = 0; call < 20; call += 1) {
        expect((await gateway.ask('/artists/108713')).status).toBe(200);
      }
      expect(gateway.lines.filter((line) => line.includes('telemetry'))).toEqual([]);
      expect(await gateway.stop('SIGTERM')).toBe('SIGTERM');
      expect(ingestion?.envelopes()).toEqual([]);
      await gateway.close();
    },
    60_000,
  );

  it('that cannot be reached fails no call, nor does an identity that gives no token', async () => {
    const identity = await startManagedIdentityServer();
    const gateway = await openTestGateway({
      environment: {
        ...identity.environment,
        APPLICATIONINSIGHTS_CONNECTION_STRING: `${KEY_PART};IngestionEndpoint=https://127.0.0.1:1/`,
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD',
      },
    });
    const reply = await gateway.ask('/artists/108713');
    expect(reply.status).toBe(200);
    await gateway.trace(reply);
    expect(await gateway.stop('SIGTERM')).toBe('SIGTERM');
    expect(identity.requests.length).toBeGreaterThan(0);
    await Promise.all([gateway.close(), identity.close()]);
  });
});

describe('a process that goes on', () => {
  it('sends by itself, after its first answer', async () => {
    const ingestion = await startIngestionServer();
    const gateway = await openTestGateway({ environment: ingestion.environment });
    await gateway.ask('/artists/108713');
    const has = (kind: string) => (all: readonly Envelope[]) =>
      all.some(({ data }) => data.baseType === kind);
    await ingestion.until('an event', has('EventData'));
    await ingestion.until('a dependency', has('RemoteDependencyData'));
    // Without the setting for an identity the instrumentation key alone has to do.
    expect(ingestion.received[0]?.authorization).toBeUndefined();
    await Promise.all([gateway.close(), ingestion.close()]);
  }, 60_000);
});
