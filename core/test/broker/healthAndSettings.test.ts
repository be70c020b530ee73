import { readBrokerSettings } from '@discogs-agent/core/broker';
import { describe, expect, it } from '@jest/globals';
import { ENVIRONMENT, harness, NAVIGATION } from './support/harness.ts';

describe('health', () => {
  it.each([
    [{}, 'ok', { mode: 'token_required', token_configured: true, allow_unauthenticated_broker: false }],
    [
      { BROKER_CLIENT_TOKEN: ' ' },
      'warning',
      {
        mode: 'misconfigured_no_token',
        token_configured: false,
        allow_unauthenticated_broker: false,
        warning: 'BROKER_CLIENT_TOKEN is not set; protected endpoints will reject requests until configured',
      },
    ],
    [
      { ALLOW_UNAUTHENTICATED_BROKER: 'true' },
      'warning',
      {
        mode: 'unauthenticated_dev_override',
        token_configured: true,
        allow_unauthenticated_broker: true,
        warning:
          'ALLOW_UNAUTHENTICATED_BROKER=true disables broker client-token checks; use for local development only',
      },
    ],
  ])('with %j is %s', async (change, status, auth) => {
    const { json } = await harness({ environment: { ...ENVIRONMENT, ...change } }).ask('GET', '/v1/health');
    expect(json).toEqual({
      status,
      broker_client_auth: auth,
      discogs_auth: { configured: true },
      search_cache_ttl_seconds: 604_800,
    });
  });

  it('tells an egress, the time in force and a lack of secrets, to browsers as well', async () => {
    const environment = { BROKER_CLIENT_TOKEN: 'x', SEARCH_CACHE_TTL_SECONDS: '9999999' };
    const { json } = await harness({ environment, egress: 'gateway' }).ask('GET', '/v1/health', {
      headers: NAVIGATION,
    });
    expect(json).toMatchObject({
      discogs_egress: 'gateway',
      search_cache_ttl_seconds: 2_592_000,
      discogs_auth: { configured: false },
    });
  });
});

describe('the settings', () => {
  it('have the defaults of the README', () => {
    expect(readBrokerSettings(ENVIRONMENT)).toEqual({
      consumer: { key: 'consumer-key', secret: 'consumer-secret' },
      previousConsumerSecrets: [],
      stateKey: undefined,
      previousStateKeys: [],
      clientTokens: ['client-token'],
      allowUnauthenticated: false,
      publicBaseUrl: undefined,
      deviceSessionTtlSeconds: 900,
      sessionTokenTtlSeconds: 2_592_000,
      searchCacheTtlSeconds: 604_800,
      discogsMinIntervalMs: 1100,
      discogsWebBaseUrl: 'https://www.discogs.com',
      problems: [],
    });
  });

  it.each([
    ['', 900],
    ['0', 900],
    ['-5', 900],
    ['abc', 900],
    ['99999999999999999999', 900],
    ['12abc', 12],
    ['1.9', 1],
    [' 60 ', 60],
  ])('read the number "%s" as %i', (value, expected) => {
    expect(readBrokerSettings({ DEVICE_SESSION_TTL_SECONDS: value }).deviceSessionTtlSeconds).toBe(expected);
  });

  it('treat an empty base address as unset, and name one that is none', () => {
    expect(readBrokerSettings({ ...ENVIRONMENT, BROKER_PUBLIC_BASE_URL: ' ' })).toMatchObject({
      publicBaseUrl: undefined,
      problems: [],
    });
    expect(readBrokerSettings({ ...ENVIRONMENT, BROKER_PUBLIC_BASE_URL: 'broker' }).problems).toMatchObject([
      { variable: 'BROKER_PUBLIC_BASE_URL' },
    ]);
  });
});
