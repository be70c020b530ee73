/** Who gets in, and what a key may do. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { invalidSetting, KEY_MISMATCH, NO_CLIENT_KEY, secretUnresolved } from './support/errors.ts';
import { KEY, openTestGateway, type TestGateway, type TestGatewayOptions } from './support/testGateway.ts';

const PATH = '/artists/108713';
const WANT = '/users/crate_digger/wants/249504';
const REFERENCE = '@Microsoft.KeyVault(VaultName=kv;SecretName=X-API-KEY)';

const gateways: TestGateway[] = [];
const open = async (environment: TestGatewayOptions['environment'] = {}): Promise<TestGateway> => {
  const gateway = await openTestGateway({ environment });
  gateways.push(gateway);
  return gateway;
};
const closeAll = async () => {
  await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
};

const byHeader = (key: string) => ({ headers: { 'x-api-key': key } });
const byBearer = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });

describe('one key', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await open();
  });
  afterAll(closeAll);

  it('is taken from x-api-key and from a bearer token, with white space around it', async () => {
    for (const sending of [byHeader(KEY), byHeader(`  ${KEY} `), byBearer(KEY), byBearer(`  ${KEY}`)]) {
      const answer = await gateway.askWithoutKey(PATH, sending);
      expect(answer.status).toBe(200);
      expect(await gateway.trace(answer)).toHaveProperty('key', 'default');
    }
    const lowerCase = { headers: { authorization: `bearer ${KEY}` } };
    expect((await gateway.askWithoutKey(PATH, lowerCase)).status).toBe(200);
    // Some clients send an empty header for a field that was left blank.
    const both = { headers: { 'x-api-key': '', authorization: `Bearer ${KEY}` } };
    expect((await gateway.askWithoutKey(PATH, both)).status).toBe(200);
  });

  it('is asked for before anything about the request is said', async () => {
    const before = gateway.sandbox.requests.length;
    for (const path of [PATH, '/artists/x', '/database/search', WANT, '/users/%ff']) {
      const answer = await gateway.askWithoutKey(path, { method: path === WANT ? 'PUT' : 'GET' });
      expect([path, answer.status]).toEqual([path, 401]);
      expect(answer.json()).toMatchObject({ error: 'unauthorized', reason: 'api_key_mismatch' });
      expect(answer.headers).toMatchObject({ 'www-authenticate': 'Bearer', 'cache-control': 'no-store' });
    }
    expect(gateway.sandbox.requests.length).toBe(before);
  });

  it('refused is one line in the log, without a trace and without the key', async () => {
    const answer = await gateway.askWithoutKey(PATH, byHeader('wrong-key-1234'));
    const line = await gateway.line('discogs_proxy_rejected: ', `${answer.headers['x-trace-id']}`);
    expect(JSON.parse(line.slice(line.indexOf('{')))).toEqual({
      event: 'discogs_proxy_rejected',
      status: 401,
      error: 'unauthorized',
      reason: 'api_key_mismatch',
      trace_id: answer.headers['x-trace-id'],
    });
    expect(gateway.lines.join('\n')).not.toContain('wrong-key-1234');
    expect(gateway.lines.join('\n')).not.toContain(KEY);
  });
});

describe('several keys', () => {
  afterEach(closeAll);
  const clients = JSON.stringify([
    { label: 'reader', key: 'reader-key', read_only: true },
    { label: 'app-2', key: 'app-key', read_only: false },
  ]);

  it('of a rotation are both good, but not their list', async () => {
    const gateway = await open({ X_API_KEY: ' new-key , old-key ' });
    for (const key of ['new-key', 'old-key']) {
      expect((await gateway.askWithoutKey(PATH, byHeader(key))).status).toBe(200);
      expect((await gateway.askWithoutKey(PATH, byBearer(key))).status).toBe(200);
    }
    for (const key of ['new-key,old-key', 'new-key , old-key', ',', 'new-key,']) {
      expect((await gateway.askWithoutKey(PATH, byHeader(key))).text).toBe(KEY_MISMATCH);
    }
  });

  it('of CLIENT_KEYS show by their labels in traces, never by themselves', async () => {
    const gateway = await open({ CLIENT_KEYS: clients });
    for (const [key, label] of [
      ['reader-key', 'reader'],
      ['app-key', 'app-2'],
      [KEY, 'default'],
    ] as const) {
      expect(await gateway.trace(await gateway.askWithoutKey(PATH, byHeader(key)))).toHaveProperty(
        'key',
        label,
      );
    }
    expect((await gateway.askWithoutKey(PATH, byHeader('reader'))).text).toBe(KEY_MISMATCH);
    for (const key of ['reader-key', 'app-key', KEY]) expect(gateway.lines.join('\n')).not.toContain(key);
  });

  it('may be read only, each for itself', async () => {
    const gateway = await open({ CLIENT_KEYS: clients });
    const refused = await gateway.askWithoutKey(WANT, { method: 'PUT', ...byHeader('reader-key') });
    expect([refused.status, refused.text]).toEqual([
      403,
      '{"error":"read_only","message":"This client key may only read; PUT is switched off."}',
    ]);
    expect((await gateway.askWithoutKey(WANT, { method: 'DELETE', ...byHeader('reader-key') })).status).toBe(
      403,
    );
    expect(gateway.sandbox.requests).toEqual([]);
    expect((await gateway.askWithoutKey(PATH, byHeader('reader-key'))).status).toBe(200);
    expect((await gateway.askWithoutKey(WANT, { method: 'PUT', ...byHeader('app-key') })).status).toBe(201);
  });

  it('work without X_API_KEY', async () => {
    const gateway = await open({ CLIENT_KEYS: clients, X_API_KEY: undefined });
    expect((await gateway.askWithoutKey(PATH, byHeader('app-key'))).status).toBe(200);
    expect((await gateway.askWithoutKey(PATH, byHeader(KEY))).text).toBe(KEY_MISMATCH);
  });

  it('that cannot be read close the door to all but X_API_KEY', async () => {
    const unusable = ['{"label":"a"}', '[{"label":"A!","key":"k"}]', 'k', '[{"key":"k"}]'];
    for (const gateway of await Promise.all(unusable.map((CLIENT_KEYS) => open({ CLIENT_KEYS })))) {
      expect((await gateway.ask(PATH)).status).toBe(200);
      const { status, text } = await gateway.askWithoutKey(PATH, byHeader('k'));
      expect([status, text]).toEqual([503, invalidSetting('CLIENT_KEYS')]);
    }
  });
});

describe('no usable key', () => {
  afterEach(closeAll);

  it('at all is 503, whatever the caller presents', async () => {
    const unset = [undefined, '', '   ', ',', ' , '];
    for (const gateway of await Promise.all(unset.map((X_API_KEY) => open({ X_API_KEY })))) {
      for (const key of ['', 'anything', ',', 'undefined']) {
        const { status, text } = await gateway.askWithoutKey(PATH, byHeader(key));
        expect([key, status, text]).toEqual([key, 503, NO_CLIENT_KEY]);
      }
      expect((await gateway.askWithoutKey('/ping')).status).toBe(200);
    }
  });

  it('is what an unresolved reference is: never an open gateway, not even for who knows its text', async () => {
    const gateway = await open({ X_API_KEY: REFERENCE });
    for (const key of ['', 'x', REFERENCE]) {
      const { status, text } = await gateway.askWithoutKey(PATH, byHeader(key));
      expect([status, text]).toEqual([503, secretUnresolved('X_API_KEY')]);
    }
    expect(gateway.sandbox.requests).toEqual([]);
  });

  it('is what unresolved CLIENT_KEYS are, for all but X_API_KEY', async () => {
    const gateway = await open({ CLIENT_KEYS: REFERENCE });
    expect((await gateway.ask(PATH)).status).toBe(200);
    const { status, text } = await gateway.askWithoutKey(PATH, byHeader('other'));
    expect([status, text]).toEqual([503, secretUnresolved('CLIENT_KEYS')]);
  });

  it('is what an unresolved reference inside a list is', async () => {
    const lists = [
      { X_API_KEY: `new-key,${REFERENCE}` },
      { CLIENT_KEYS: JSON.stringify([{ label: 'a', key: REFERENCE }]) },
    ];
    for (const gateway of await Promise.all(lists.map(open))) {
      expect((await gateway.askWithoutKey(PATH, byHeader(REFERENCE))).status).not.toBe(200);
      expect(gateway.sandbox.requests).toEqual([]);
    }
  });
});

describe('switches', () => {
  afterEach(closeAll);

  it('READ_ONLY refuses all that writes and nothing that reads', async () => {
    const gateway = await open({ READ_ONLY: 'TRUE' });
    const writes = [
      ['POST', '/marketplace/listings'],
      ['DELETE', '/marketplace/listings/1'],
      ['POST', '/users/a/collection/folders/1/releases/1'],
      ['PUT', WANT],
      ['DELETE', WANT],
    ] as const;
    for (const [method, path] of writes) {
      const { status, text } = await gateway.ask(path, { method });
      const message = `This gateway may only read; ${method} is switched off.`;
      expect([status, text]).toEqual([403, JSON.stringify({ error: 'read_only', message })]);
    }
    expect(gateway.sandbox.requests).toEqual([]);
    for (const path of [PATH, '/users/crate_digger/wants', '/marketplace/price_suggestions/249504']) {
      expect((await gateway.ask(path)).status).toBe(200);
    }
    expect((await gateway.askWithoutKey(WANT, { method: 'PUT' })).json()).toMatchObject({
      reason: 'api_key_mismatch',
    });
  });

  it('READ_ONLY with a typo closes the gateway instead of allowing writes', async () => {
    const gateway = await open({ READ_ONLY: 'yes' });
    const { status, text } = await gateway.ask(PATH);
    expect([status, text]).toEqual([503, invalidSetting('READ_ONLY')]);
    expect((await gateway.askWithoutKey(PATH)).json()).toMatchObject({ reason: 'api_key_mismatch' });
    expect(await gateway.line('invalid_setting which=READ_ONLY')).not.toContain('yes');
  });

  it('DISABLE_CLIENT_KEY_CHECK lets everybody in, and only its exact word does', async () => {
    const everybody = await open({ DISABLE_CLIENT_KEY_CHECK: 'True', X_API_KEY: undefined });
    const answer = await everybody.askWithoutKey(PATH);
    expect(answer.status).toBe(200);
    expect(await everybody.trace(answer)).toHaveProperty('key', 'anonymous');
    const others = ['1', 'yes', ' true '].map((word) => open({ DISABLE_CLIENT_KEY_CHECK: word }));
    for (const gateway of await Promise.all(others)) {
      expect((await gateway.askWithoutKey(PATH)).json()).toMatchObject({ reason: 'api_key_mismatch' });
    }
  });
});
