/** The decisions of telemetry, as tables, and its buffer with a clock that is turned by hand. */
import type { TelemetryEvent } from '@discogs-agent/core';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { trace } from '@opentelemetry/api';
import host from '../host.json' with { type: 'json' };
import { configuredSecrets } from '../src/telemetry/hostTelemetry.ts';
import { mask } from '../src/telemetry/mask.ts';
import { createTelemetry, type Noted, type TelemetrySink } from '../src/telemetry/telemetry.ts';
import { readTelemetrySettings } from '../src/telemetry/telemetrySettings.ts';
import { contextOf } from '../src/telemetry/traceContext.ts';

const GOOD = 'InstrumentationKey=11111111-2222-3333-4444-555555555555;IngestionEndpoint=https://x.test/';

describe('the settings', () => {
  const table: readonly [string, string | undefined, unknown][] = [
    [GOOD, undefined, { connectionString: GOOD, identity: undefined }],
    [` ${GOOD}; `, '', { connectionString: GOOD, identity: undefined }],
    [GOOD, 'Authorization=AAD', { connectionString: GOOD, identity: { clientId: undefined } }],
    [GOOD, 'ClientId=abc;Authorization=AAD', { connectionString: GOOD, identity: { clientId: 'abc' } }],
    [GOOD, 'authorization=aad; clientid=abc;', { connectionString: GOOD, identity: { clientId: 'abc' } }],
    [GOOD, 'ClientId=abc', { connectionString: GOOD, identity: undefined }],
    [GOOD, 'nonsense', { connectionString: GOOD, identity: undefined }],
    ['', 'Authorization=AAD', 'off'],
    ['   ', undefined, 'off'],
    ['11111111-2222-3333-4444-555555555555', undefined, 'unusable'],
    [GOOD.replace('https', 'ftp'), undefined, 'unusable'],
  ];
  it.each(table)('"%s" with "%s"', (connection, authentication, expected) => {
    const variables = {
      APPLICATIONINSIGHTS_CONNECTION_STRING: connection,
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: authentication,
    };
    expect(readTelemetrySettings(variables)).toEqual(expected);
  });
});

describe('the mask', () => {
  it('knows every secret of the environment, single keys of a list included', () => {
    const environment = {
      DISCOGS_TOKEN: ' token-1 ',
      X_API_KEY: 'new-key, old-key',
      CLIENT_KEYS: '[{"label":"a","key":"key-of-a"},{"label":"b","key":"key-of-b"}]',
    };
    const all = ['token-1', 'new-key', 'old-key', 'key-of-a', 'key-of-b'];
    expect(configuredSecrets(environment)).toEqual(all);
    expect(
      configuredSecrets({
        ...environment,
        DISCOGS_TOKEN: undefined,
        X_API_KEY: undefined,
        CLIENT_KEYS: 'no json',
      }).filter(Boolean),
    ).toEqual([]);
  });

  const table: readonly [string, string][] = [
    ['nothing to hide: release 249504, key default', 'nothing to hide: release 249504, key default'],
    ['/users/my key/wants', '/users/***/wants'],
    ['/users/my%20key/wants', '/users/***/wants'],
    ['authorization: Bearer abc.def-1', 'authorization: *** ***'],
    ['sent Basic QWxhZGRpbg==', 'sent Basic ***'],
    ['Discogs token=abc, and more', 'Discogs token=***, and more'],
    ['{"x-api-key":"abc","n":1}', '{"x-api-key":"***","n":1}'],
    ['a?access_token=abc&page=2&code=def', 'a?access_token=***&page=2&code=***'],
    ['oauth_signature%3Dabc', 'oauth_signature%3D***'],
    ['client_secret: "abc"', 'client_secret: "***"'],
  ];
  it.each(table)('makes of %j %j', (text, expected) => {
    expect(mask(text, ['my key', 'my', ''])).toBe(expected);
  });
});

describe('the parent of a record', () => {
  const table: readonly [string | undefined, string | undefined][] = [
    [`00-${'a'.repeat(32)}-${'b'.repeat(16)}-00`, 'a'.repeat(32)],
    [`00-${'0'.repeat(32)}-${'1'.repeat(16)}-01`, undefined],
    ['nonsense', undefined],
    [undefined, undefined],
  ];
  it.each(table)('of %p is in trace %p, and is never sampled away', (traceParent, traceId) => {
    const parent = trace.getSpanContext(contextOf(traceParent, 0));
    expect([parent?.traceId, parent?.traceFlags]).toEqual([traceId, traceId && 1]);
  });
});

describe('host.json', () => {
  it('keeps every line of the app: its level is written, its kind is never sampled', () => {
    const { logLevel, applicationInsights } = host.logging;
    expect(logLevel.Function).toBe('Information');
    // Work behind an answer has no invocation: it writes to the console, which the host files under this name.
    expect(logLevel['Host.Function.Console']).toBe('Information');
    expect(applicationInsights.samplingSettings.excludedTypes.split(';')).toEqual(
      expect.arrayContaining(['Request', 'Exception', 'Trace']),
    );
  });
});

describe('the buffer', () => {
  const FACT: TelemetryEvent = { kind: 'rejected', members: {} };
  let taken: Noted[];
  let loads: number;
  let lines: string[];
  const sink: TelemetrySink = {
    take: (noted) => taken.push(...noted),
    flush: async () => {},
  };
  const make = (load: () => Promise<TelemetrySink> = async () => sink) =>
    createTelemetry({
      load: () => {
        loads += 1;
        return load();
      },
      log: { warn: (line) => lines.push(line) },
      now: () => 7,
    });

  beforeEach(() => {
    [taken, loads, lines] = [[], 0, []];
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('loads nothing before an answer, however long it takes', async () => {
    const telemetry = make();
    telemetry.begin();
    telemetry.recorder(undefined, [])(FACT);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(loads).toBe(0);
  });

  it('hands over what it noted before the answer too, with what the invocation knows', async () => {
    const telemetry = make();
    const done = telemetry.begin();
    telemetry.recorder('parent', ['secret'])(FACT);
    done();
    expect(loads).toBe(0);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(loads).toBe(1);
    expect(taken).toEqual([{ fact: FACT, at: 7, traceParent: 'parent', secrets: ['secret'] }]);
  });

  it('waits for a quiet moment, and not for ever', async () => {
    const telemetry = make();
    telemetry.begin()();
    telemetry.begin();
    telemetry.recorder(undefined, [])(FACT);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(loads).toBe(0);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(loads).toBe(1);
  });

  it('keeps 2,000 facts, counts the others, and says so once', async () => {
    const telemetry = make();
    const record = telemetry.recorder(undefined, []);
    for (let count = 0; count < 2_500; count += 1) record(FACT);
    telemetry.begin()();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(taken).toHaveLength(2_000);
    record(FACT);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(taken).toHaveLength(2_001);
    expect(lines).toEqual(['telemetry_dropped count=500']);
  });

  it('says once that its part did not load, and holds nothing from then on', async () => {
    const telemetry = make(() => Promise.reject(new TypeError('no such file')));
    const record = telemetry.recorder(undefined, []);
    telemetry.begin()();
    for (let count = 0; count < 3; count += 1) {
      record(FACT);
      await jest.advanceTimersByTimeAsync(60_000);
    }
    await telemetry.end();
    expect([loads, taken, lines]).toEqual([1, [], ['telemetry_off reason=not_loaded error=TypeError']]);
  });

  it('outlives a sink that throws', async () => {
    const take = (): never => {
      throw new RangeError('a bug');
    };
    const telemetry = make(async () => ({ ...sink, take }));
    telemetry.begin()();
    telemetry.recorder(undefined, [])(FACT);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(lines).toEqual(['telemetry_failed error=RangeError']);
  });

  it('sends what it has at the end, loaded or not', async () => {
    const telemetry = make();
    telemetry.recorder(undefined, [])(FACT);
    await telemetry.end();
    expect(taken).toHaveLength(1);
  });

  it('loads nothing at the end where it has nothing', async () => {
    await make().end();
    expect(loads).toBe(0);
  });

  it('ends although the last batch hangs, or fails', async () => {
    for (const flush of [() => new Promise<void>(() => {}), () => Promise.reject(new Error('down'))]) {
      const telemetry = make(async () => ({ ...sink, flush }));
      telemetry.recorder(undefined, [])(FACT);
      const end = telemetry.end();
      await jest.advanceTimersByTimeAsync(10_000);
      await expect(end).resolves.toBeUndefined();
    }
  });
});
