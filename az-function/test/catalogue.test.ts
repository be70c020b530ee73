/** A catalogue in a folder, through the running app: who is answered from it, and what becomes of one that fails. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { PreparedRecord } from '@discogs-agent/dumps';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spoilRecord } from '../../dumps/test/support/spoilRecord.ts';
import { writeStore } from '../../dumps/test/support/writtenStore.ts';
import { readEnvironment } from '../src/environment.ts';
import { MONTH, preparedSandbox, temporaryCatalogueFolder } from './support/catalogueFolder.ts';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

const RELEASE = '/releases/249504';
const ONLY = { 'x-discogs-source': 'catalogue' };
const LIVE = { 'x-discogs-source': 'live' };

let records: readonly PreparedRecord[];
let folder: string;
let gateway: TestGateway;

/** A gateway over a store of its own folder. */
const open = (environment: Readonly<Record<string, string>>, sandbox = {}) =>
  openTestGateway({ environment, sandbox });

beforeAll(async () => {
  records = await preparedSandbox();
  folder = await temporaryCatalogueFolder();
  writeStore(folder, MONTH, records);
  gateway = await open({ CATALOGUE_STORE: folder });
});
afterAll(() => gateway.close());

const sourceOf = ({ headers }: Awaited<ReturnType<TestGateway['ask']>>) => headers['x-discogs-source'];

describe('a gateway with a catalogue', () => {
  it('answers each record as Discogs does, without what only Discogs knows', async () => {
    const sample = records.filter((_, index) => index % 5 === 0);
    for (const { kind, id, json } of sample) {
      const { status, text } = await gateway.ask(`/${kind}/${id}`, { headers: ONLY });
      expect(status).toBe(200);
      const { tracklist: _, ...shown } = JSON.parse(
        text.replaceAll(`${gateway.url}/api/`, 'https://api.discogs.com/'),
      );
      const { tracklist: __, ...written } = JSON.parse(Buffer.from(json).toString());
      expect(shown).toEqual(written);
    }
    expect(sample.length).toBeGreaterThan(20);
  });

  it('answers lists in the order and with the paging of Discogs', async () => {
    for (const path of [
      '/artists/125246/releases?sort=year&sort_order=asc&per_page=3',
      '/masters/13814/versions?sort=released&country=US',
      '/labels/895/releases?per_page=2&page=1',
    ]) {
      const [dump, live] = await Promise.all([ONLY, LIVE].map((headers) => gateway.ask(path, { headers })));
      type List = { pagination: object; releases?: { id: number }[]; versions?: { id: number }[] };
      const [ours, theirs] = [dump?.json() as List, live?.json() as List];
      expect(ours.pagination).toEqual(theirs.pagination);
      const ids = ({ releases = [], versions = [] }: List) =>
        [...releases, ...versions].map(({ id }) => id).sort();
      expect(ids(ours)).toEqual(ids(theirs));
      expect(dump?.headers['link']).toBe(live?.headers['link']);
    }
  });

  it('asks Discogs for plain calls, and the catalogue for agents', async () => {
    const plain = await gateway.ask(RELEASE);
    expect([sourceOf(plain), plain.json()]).toMatchObject(['live', { community: expect.anything() }]);
    const lean = await gateway.ask(`/gpt${RELEASE}`);
    expect([sourceOf(lean), lean.json()]).toMatchObject(['catalogue', { source: 'catalogue', as_of: MONTH }]);
  });

  it('gives tools of MCP the same, and takes their argument source', async () => {
    const tool = async (args: object) => {
      const body = {
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name: 'get_release', arguments: args },
      };
      const reply = await gateway.ask('/mcp', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
        body: JSON.stringify(body),
      });
      return reply.text;
    };
    expect(await tool({ release_id: 249504 })).toContain(`\\"as_of\\":\\"${MONTH}\\"`);
    expect(await tool({ release_id: 249504, source: 'live' })).toContain('\\"source\\":\\"live\\"');
    expect(await tool({ release_id: 249504, source: 'dump' })).toContain('live or catalogue');
  });

  it('writes its source into the trace', async () => {
    const reply = await gateway.ask(RELEASE, { headers: ONLY });
    const trace = await gateway.trace(reply);
    expect(trace).toMatchObject({ source: 'catalogue', attempts: 0, status: 200, client_status: 200 });
    expect(trace).not.toHaveProperty('cache');
  });

  it('wants the key for an answer of the catalogue, too', async () => {
    expect((await gateway.askWithoutKey(RELEASE, { headers: ONLY })).status).toBe(401);
  });

  it('stands in for the rate limit, and for Discogs while it is away', async () => {
    const limited = await open({ CATALOGUE_STORE: folder }, { limits: { authenticated: 1, anonymous: 1 } });
    await limited.ask('/artists/108713');
    const reply = await limited.ask(RELEASE);
    expect([reply.status, sourceOf(reply)]).toEqual([200, 'catalogue']);
    expect(await limited.trace(reply)).toMatchObject({ source: 'catalogue', instead_of: 'rate_limited' });
    expect((await limited.ask(RELEASE, { headers: LIVE })).status).toBe(429);
    expect((await limited.ask('/releases/999999')).status).toBe(429);
    await limited.close();
    gateway.sandbox.fault({ times: 2, fault: { kind: 'reset', stage: 'headers' } });
    const away = await gateway.ask('/masters/13814');
    expect([away.status, sourceOf(away), away.headers['x-catalogue-date']]).toEqual([
      200,
      'catalogue',
      MONTH,
    ]);
  });

  it('says of a record that Discogs has deleted that the dump has it', async () => {
    gateway.sandbox.fault({ times: 1, fault: { kind: 'status', status: 404 } });
    expect((await gateway.ask(RELEASE, { headers: LIVE })).json()).toMatchObject({
      error: 'not_found',
      in_catalogue: MONTH,
    });
  });

  it('serves a new month without a restart', async () => {
    const own = await temporaryCatalogueFolder();
    writeStore(own, '2026-09-01', records);
    const one = await open({ CATALOGUE_STORE: own });
    const date = async () => (await one.ask(RELEASE, { headers: ONLY })).headers['x-catalogue-date'];
    expect(await date()).toBe('2026-09-01');
    writeStore(own, MONTH, records);
    const until = Date.now() + 10_000;
    while ((await date()) !== MONTH && Date.now() < until) await pause(100);
    expect(await date()).toBe(MONTH);
    await one.close();
  });
});

describe('a store that cannot be read', () => {
  it.each([
    ['absent', async (own: string) => rm(own, { recursive: true })],
    ['empty', async () => {}],
    ['no pointer of a catalogue', (own: string) => writeFile(join(own, 'current.json'), '{"file":"../x"}')],
    ['cut', (own: string) => writeFile(join(own, 'current.json'), '{"format":')],
  ])('that is %s leaves the answer to Discogs, and says what to do', async (_, damage) => {
    const own = await temporaryCatalogueFolder();
    await damage(own);
    const one = await open({ CATALOGUE_STORE: own, CATALOGUE: 'first' });
    const reply = await one.ask(RELEASE);
    expect([reply.status, sourceOf(reply)]).toEqual([200, 'live']);
    const line = await one.line('catalogue_unavailable error=', ' fix=');
    const insisting = await one.ask(RELEASE, { headers: ONLY });
    expect([insisting.status, insisting.json()]).toMatchObject([503, { error: 'catalogue_unavailable' }]);
    const { catalogue } = (await one.ask('/status')).json() as { catalogue: { state: string; fix: string } };
    expect(catalogue.state).toBe('unavailable');
    expect(line).toContain(catalogue.fix);
    await one.close();
  });

  const cutJson = (one: PreparedRecord): PreparedRecord =>
    one.id === 249504 ? { ...one, json: one.json.slice(0, -9) } : one;
  const anotherByte = "data = CAST(substr(data, 1, 99) || x'00' || substr(data, 101) AS BLOB)";
  it.each([
    ['is no JSON', cutJson, undefined],
    ['has another byte', undefined, anotherByte],
    ['was cut', undefined, 'data = substr(data, 1, 99)'],
    ['is larger than it says', undefined, 'size = size - 1'],
    ['says that it has a terabyte', undefined, 'size = 1 << 40'],
  ])('leaves to Discogs only a record that %s', async (_, change, assignment) => {
    const own = await temporaryCatalogueFolder();
    writeStore(own, MONTH, change ? records.map(change) : records);
    if (assignment !== undefined) spoilRecord(own, 249504, assignment);
    const one = await open({ CATALOGUE_STORE: own, CATALOGUE: 'first' });
    expect(sourceOf(await one.ask(RELEASE))).toBe('live');
    expect(sourceOf(await one.ask('/masters/13814'))).toBe('catalogue');
    await one.close();
  });
});

describe('the settings of the catalogue', () => {
  const problemsOf = (variables: Record<string, string>) => {
    const { settings, misread, catalogue } = readEnvironment(variables);
    return { problems: settings.problems, misread, catalogue };
  };

  it.each([
    [{ CATALOGUE: 'frist', CATALOGUE_STORE: '/x' }, 'CATALOGUE'],
    [{ CATALOGUE_STORE: 'http://store.example/c' }, 'CATALOGUE_STORE'],
    [{ CATALOGUE_STORE: 'https://secret:word@a.blob.core.windows.net/c' }, 'CATALOGUE_STORE'],
    [{ CATALOGUE_STORE: '@Microsoft.KeyVault(VaultName=kv;SecretName=secret)' }, 'CATALOGUE_STORE'],
  ])('name what cannot be used, never its value: %j', (variables, variable) => {
    const { problems } = problemsOf(variables);
    expect(problems).toEqual([{ variable, fix: expect.stringMatching(/^must be/) }]);
    expect(JSON.stringify(problems)).not.toMatch(/frist|secret/);
  });

  it('warn of a catalogue that is asked for and is nowhere', () => {
    expect(problemsOf({ CATALOGUE: 'first' })).toMatchObject({
      problems: [],
      misread: [{ variable: 'CATALOGUE', fix: expect.stringContaining('CATALOGUE_STORE') }],
      catalogue: undefined,
    });
  });

  it.each([
    [{}, undefined],
    [{ CATALOGUE: 'off', CATALOGUE_STORE: '/x' }, undefined],
    [{ CATALOGUE_STORE: ' /srv/catalogue ' }, { kind: 'folder', folder: '/srv/catalogue' }],
    [
      { CATALOGUE_STORE: 'https://a.blob.core.windows.net/c' },
      {
        kind: 'container',
        container: expect.objectContaining({ origin: 'https://a.blob.core.windows.net' }),
      },
    ],
  ])('read %j', (variables, catalogue) => {
    expect(problemsOf(variables as Record<string, string>)).toEqual({ problems: [], misread: [], catalogue });
  });
});
