import type { Fetcher } from '@discogs-agent/core';
import { describe, expect, it } from '@jest/globals';
import { CatalogueUnavailable, createCatalogue } from '../../src/catalogue/index.ts';
import { planOf } from '../../src/proxy/source.ts';
import { RECORDS } from '../support/catalogueRecords.ts';
import {
  answer,
  ask,
  call,
  fakeFetcher,
  fixedSecrets,
  gateway,
  jsonLines,
  recordedLog,
  timeout,
} from '../support/fakes.ts';
import { catalogueOver, MONTH, memoryCatalogue } from '../support/memoryCatalogue.ts';
import { realTimer } from '../support/realTimer.ts';

interface Given {
  readonly setting?: string;
  readonly discogs?: ReturnType<typeof fakeFetcher>;
  readonly open?: () => Promise<ReturnType<typeof memoryCatalogue>>;
  readonly now?: () => number;
}

/** A gateway with a catalogue, its Discogs, and the lines about its store. */
function open({
  setting,
  discogs = fakeFetcher(answer(200, { id: 100, title: 'live' })),
  ...given
}: Given = {}) {
  const log = recordedLog();
  const { open: openStore = async () => memoryCatalogue(RECORDS), now = Date.now } = given;
  const catalogue = createCatalogue({ open: openStore, now, setTimer: realTimer, log });
  const environment = setting === undefined ? {} : { CATALOGUE: setting };
  return { log, discogs, from: gateway({ environment, fetcher: discogs, catalogue }) };
}

const live = { 'x-discogs-source': 'live' };
const only = { 'x-discogs-source': 'catalogue' };
const RELEASE = call('GET', '/releases/100');
const failing = () => fakeFetcher(answer(503, { message: 'maintenance' }));

describe('the plan for a call', () => {
  it.each([
    [undefined, 'plain', 'fallback'],
    [undefined, 'agents', 'first'],
    ['off', 'plain', 'live'],
    ['off', 'agents', 'live'],
    ['fallback', 'plain', 'fallback'],
    ['fallback', 'agents', 'fallback'],
    ['first', 'plain', 'first'],
    ['first', 'agents', 'first'],
  ] as const)('with CATALOGUE=%s at the door %s is %s', (setting, door, plan) => {
    const asking = door === 'agents' ? ({ door } as const) : undefined;
    expect(planOf(setting, undefined, asking)).toBe(plan);
    expect(planOf(setting, 'live', asking)).toBe('live');
    expect(planOf(setting, 'catalogue', asking)).toBe('only');
  });

  it('asks Discogs first for a door that wants live facts, and the caller has the last word', () => {
    const asking = { door: 'agents', hint: 'prefer_live' } as const;
    expect(planOf('first', undefined, asking)).toBe('fallback');
    expect(planOf('off', undefined, asking)).toBe('live');
    expect(planOf('first', 'catalogue', asking)).toBe('only');
  });
});

describe('a gateway with a catalogue', () => {
  it('answers plain calls from Discogs, and says so', async () => {
    const { from, discogs } = open();
    expect(await ask(from, RELEASE)).toMatchObject({
      status: 200,
      json: { title: 'live' },
      headers: {
        'x-discogs-source': 'live',
        'x-cache': 'miss',
        vary: expect.stringContaining('x-discogs-source'),
      },
    });
    expect(discogs.requests).toHaveLength(1);
  });

  it.each([
    ['502', answer(500), 'upstream_error'],
    ['502 for a page', answer(200, '<html>', { 'content-type': 'text/html' }), 'upstream_invalid'],
    ['504', timeout, 'timeout'],
    ['429', answer(429, {}, { 'retry-after': '60' }), 'rate_limited'],
  ])('answers from the catalogue in place of %s', async (_, failure, code) => {
    const { from } = open({ discogs: fakeFetcher(failure) });
    const log = recordedLog();
    expect(await ask(from, call('GET', '/releases/100', { log }))).toMatchObject({
      status: 200,
      json: { id: 100, title: 'Nevermind' },
      headers: {
        'x-discogs-source': 'catalogue',
        'x-catalogue-date': MONTH,
        'cache-control': 'private, max-age=60',
      },
    });
    expect(jsonLines(log, 'discogs_proxy: ')).toMatchObject([
      { source: 'catalogue', client_status: 200, instead_of: code },
    ]);
  });

  it('answers from the catalogue where no call of this minute is left, and while the breaker is open', async () => {
    const { from } = open({ discogs: fakeFetcher(answer(429, {}, { 'retry-after': '60' })) });
    await ask(from, RELEASE);
    const limited = recordedLog();
    expect(await ask(from, call('GET', '/masters/10', { log: limited }))).toMatchObject({ status: 200 });
    expect(jsonLines(limited, 'discogs_proxy: ')).toMatchObject([
      { attempts: 0, instead_of: 'rate_limited' },
    ]);
    const away = open({ discogs: failing() });
    for (const id of [100, 101, 102, 200]) await ask(away.from, call('GET', `/releases/${id}`));
    await ask(away.from, call('GET', '/masters/10'));
    const broken = recordedLog();
    expect(await ask(away.from, call('GET', '/artists/1', { log: broken }))).toMatchObject({ status: 200 });
    expect(jsonLines(broken, 'discogs_proxy: ')).toMatchObject([{ instead_of: 'upstream_unavailable' }]);
  });

  it.each(['/database/search?q=newer', '/labels/5/releases?page=9'])(
    'shows the failure rather than that the catalogue has nothing: %s',
    async (target) => {
      const { from } = open({ discogs: failing() });
      expect(await ask(from, call('GET', target))).toMatchObject({ status: 502 });
    },
  );

  it('answers from the catalogue after the whole time of a call was spent on Discogs', async () => {
    const moment = () => new Promise((resolve) => setTimeout(resolve, 20));
    const slow: Fetcher = () => moment().then(() => timeout);
    const good = memoryCatalogue(RECORDS);
    const record: typeof good.record = (kind, id) => moment().then(() => good.record(kind, id));
    const catalogue = catalogueOver(memoryCatalogue(RECORDS, { record }));
    const from = gateway({ fetcher: slow, catalogue, deadlineMs: 10 });
    expect(await ask(from, RELEASE)).toMatchObject({ status: 200, headers: only });
  });

  it('shows the failure where the catalogue does not have it, where the caller insists on live, and with off', async () => {
    const { from } = open({ discogs: failing() });
    expect(await ask(from, call('GET', '/releases/999'))).toMatchObject({ status: 502 });
    expect(await ask(from, call('GET', '/users/somebody'))).toMatchObject({ status: 502 });
    const insisting = await ask(from, call('GET', '/releases/100', { headers: live }));
    expect(insisting).toMatchObject({ status: 502, headers: { 'x-discogs-source': 'live' } });
    expect(await ask(open({ setting: 'off', discogs: failing() }).from, RELEASE)).toMatchObject({
      status: 502,
    });
  });

  it('with first answers from the catalogue, and goes to Discogs for what it does not have', async () => {
    const { from, discogs } = open({ setting: 'first' });
    const log = recordedLog();
    expect(await ask(from, call('GET', '/releases/100', { log }))).toMatchObject({
      json: { title: 'Nevermind' },
    });
    expect(jsonLines(log, 'discogs_proxy: ')).toMatchObject([
      { source: 'catalogue', attempts: 0, waited_ms: 0, status: 200 },
    ]);
    expect(jsonLines(log, 'discogs_proxy: ')[0]).not.toHaveProperty('cache');
    expect(discogs.requests).toEqual([]);
    for (const target of [
      '/releases/999',
      '/releases/100?curr_abbr=EUR',
      '/marketplace/stats/100',
      '/database/search?q=newer',
    ]) {
      expect(await ask(from, call('GET', target))).toMatchObject({ headers: { 'x-discogs-source': 'live' } });
    }
    expect(discogs.requests).toHaveLength(4);
  });

  it('asks for an empty search only where the door wants more than the catalogue', async () => {
    const { from, discogs } = open({ setting: 'first' });
    const search = call('GET', '/database/search?q=newer');
    const { status, headers } = await from.handle(search, { door: 'agents', hint: 'accept_empty' });
    expect([status, headers['x-discogs-source']]).toEqual([200, 'catalogue']);
    expect(discogs.requests).toEqual([]);
  });

  it('never spends a call on a caller that insists on the catalogue, not even for a write', async () => {
    const { from, discogs } = open();
    expect(await ask(from, call('GET', '/releases/100', { headers: only }))).toMatchObject({ status: 200 });
    const write = call('PUT', '/users/somebody/wants/100', { headers: only });
    expect(await ask(from, write)).toMatchObject({ status: 404, json: { reason: 'not_in_catalogue' } });
    expect(discogs.requests).toEqual([]);
  });

  it('keeps no answer of the catalogue as one of Discogs, and takes no permit for it', async () => {
    const { from, discogs } = open({ setting: 'first' });
    for (let calls = 0; calls < 70; calls += 1) await ask(from, RELEASE);
    expect(await ask(from, call('GET', '/releases/100', { headers: live }))).toMatchObject({
      json: { title: 'live' },
      headers: { 'x-cache': 'miss', 'x-discogs-ratelimit-used': '1' },
    });
    expect(discogs.requests).toHaveLength(1);
  });

  it('counts what it could not answer as refused', async () => {
    const { from } = open();
    const log = recordedLog();
    await ask(from, call('GET', '/releases/999', { headers: only, log }));
    expect(jsonLines(log, 'discogs_proxy: ')).toMatchObject([
      { source: 'proxy', error: 'not_in_catalogue', client_status: 404, attempts: 0 },
    ]);
    expect((await ask(from, call('GET', '/status'))).json).toMatchObject({
      answered_by: { catalogue: 0, proxy: 1 },
    });
  });

  it('reads a record once for many callers, and again when a new month is served', async () => {
    let date = MONTH;
    let reads = 0;
    const good = memoryCatalogue(RECORDS);
    const store = memoryCatalogue(RECORDS, {
      info: async () => ({ ...(await good.info()), date }),
      record: (kind, id) => {
        reads += 1;
        return good.record(kind, id);
      },
    });
    const { from } = open({ setting: 'first', open: async () => store });
    const texts = new Set<string>();
    for (let calls = 0; calls < 5; calls += 1) texts.add((await ask(from, RELEASE)).text);
    expect([reads, texts.size]).toEqual([1, 1]);
    date = '2026-11-01';
    expect((await ask(from, RELEASE)).headers['x-catalogue-date']).toBe(date);
    expect(reads).toBe(2);
  });

  it('says of a record that Discogs no longer has that the dump has it', async () => {
    const gone = open({ discogs: fakeFetcher(answer(404, { message: 'Release not found.' })) });
    expect(await ask(gone.from, call('GET', '/releases/100', { headers: live }))).toMatchObject({
      status: 404,
      json: {
        error: 'not_found',
        in_catalogue: MONTH,
        message: expect.stringMatching(/^Release not found\. .*2026-10-01.*merged or deleted/),
      },
    });
    expect((await ask(gone.from, call('GET', '/releases/999'))).json).not.toHaveProperty('in_catalogue');
  });

  it('searches without a token of Discogs, which then is asked for nothing', async () => {
    const discogs = fakeFetcher(answer(200, {}));
    const catalogue = catalogueOver(memoryCatalogue(RECORDS));
    const secrets = fixedSecrets({ X_API_KEY: { kind: 'value', value: 'the-key' } });
    const from = gateway({ fetcher: discogs, catalogue, secrets });
    const search = (query: string, headers = {}) =>
      ask(from, call('GET', `/database/search?${query}`, { headers }));
    expect(await search('q=nevermind')).toMatchObject({ status: 200, headers: only });
    const missing = { status: 401, json: { reason: 'discogs_token_missing' } };
    expect(await search('credit=vig')).toMatchObject(missing);
    expect(await search('q=nevermind', live)).toMatchObject(missing);
    expect(await ask(from, call('GET', '/oauth/identity'))).toMatchObject(missing);
    expect(discogs.requests).toEqual([]);
  });

  it.each(['dump', 'live,catalogue', '1'])('refuses the source %s', async (source) => {
    const { from, discogs } = open();
    const request = call('GET', '/releases/100', { headers: { 'x-discogs-source': source } });
    expect(await ask(from, request)).toMatchObject({
      status: 400,
      json: { error: 'invalid_request', reason: 'invalid_header', field: 'X-Discogs-Source' },
    });
    expect(discogs.requests).toEqual([]);
  });

  it('asks for the key before anything else', async () => {
    const { from } = open({ setting: 'first' });
    const stranger = call('GET', '/releases/100', { headers: { 'x-api-key': 'wrong', ...only } });
    expect(await ask(from, stranger)).toMatchObject({ status: 401 });
  });

  it('counts answers by source, and shows the month, in the status', async () => {
    const { from } = open({ setting: 'first' });
    await ask(from, RELEASE);
    await ask(from, call('GET', '/releases/999'));
    await ask(from, call('GET', '/releases/999'));
    expect((await ask(from, call('GET', '/status'))).json).toMatchObject({
      answered_by: { discogs: 1, cache: 1, catalogue: 1, proxy: 0 },
      catalogue: { state: 'ready', date: MONTH, counts: { releases: 4, artists: 2 } },
    });
  });
});

describe('a gateway without a catalogue', () => {
  it('goes to Discogs as ever, and says to who insists that there is none', async () => {
    const from = gateway({ environment: { CATALOGUE: 'first' } });
    const { headers, status } = await ask(from, RELEASE);
    expect(status).toBe(200);
    expect(headers).not.toHaveProperty('x-discogs-source');
    expect(headers['vary']).toBe('x-api-key, authorization, accept');
    expect(await ask(from, call('GET', '/releases/100', { headers: only }))).toMatchObject({
      status: 404,
      json: { reason: 'no_catalogue', message: expect.stringContaining('live') },
    });
    expect((await ask(from, call('GET', '/status'))).json).toMatchObject({ catalogue: { state: 'off' } });
  });
});

describe('a store that fails', () => {
  const broken = new CatalogueUnavailable('the file is cut', 'import the month again');

  it('is left alone for a moment while Discogs answers, is logged once, and shows its fix in the status', async () => {
    let time = 0;
    let opened = 0;
    const open404 = async () => {
      opened += 1;
      throw broken;
    };
    const { from, log } = open({ setting: 'first', open: open404, now: () => time });
    for (let calls = 0; calls < 5; calls += 1)
      expect(await ask(from, RELEASE)).toMatchObject({ status: 200 });
    expect(opened).toBe(1);
    expect(log.lines.map(({ line }) => line)).toEqual([
      'catalogue_unavailable error=the file is cut fix=import the month again',
    ]);
    expect(await ask(from, call('GET', '/releases/100', { headers: only }))).toMatchObject({
      status: 503,
      json: { error: 'catalogue_unavailable', message: expect.stringContaining('/api/status') },
      headers: { 'retry-after': '60' },
    });
    expect((await ask(from, call('GET', '/status'))).json).toMatchObject({
      catalogue: { state: 'unavailable', fix: 'import the month again' },
    });
    time += 10_000;
    await ask(from, RELEASE);
    expect(opened).toBe(2);
  });

  it('is opened anew when it was replaced', async () => {
    let time = 0;
    const damaged = memoryCatalogue(RECORDS, { record: () => Promise.reject(broken) });
    const stores = [damaged, memoryCatalogue(RECORDS)];
    const next = async () => stores.shift() ?? damaged;
    const { from } = open({ open: next, now: () => time });
    const request = () => ask(from, call('GET', '/releases/100', { headers: only }));
    for (let calls = 0; calls < 3; calls += 1) expect(await request()).toMatchObject({ status: 503 });
    time += 10_000;
    expect(await request()).toMatchObject({ status: 200 });
  });

  it('costs nobody more than one record that is damaged', async () => {
    const good = memoryCatalogue(RECORDS);
    const store = memoryCatalogue(RECORDS, {
      record: async (kind, id) =>
        id === 101 ? new TextEncoder().encode('{"id":101,') : good.record(kind, id),
    });
    const { from } = open({ setting: 'first', open: async () => store });
    expect(await ask(from, call('GET', '/releases/101'))).toMatchObject({ json: { title: 'live' } });
    expect(await ask(from, RELEASE)).toMatchObject({ json: { title: 'Nevermind' } });
  });
});
