import { describe, expect, it } from '@jest/globals';
import { ENVIRONMENT, harness } from './support/harness.ts';

const encoder = new TextEncoder();
const SEALED = /^enc:v1:[0-9a-f]{24}:[0-9a-f]+$/;
const UNAVAILABLE = {
  status: 503,
  json: { error: 'service_unavailable', message: 'discogs auth state is unavailable' },
};

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** As the original's later revision sealed: no place, the key by SHA-256. */
async function sealedByTheOriginal(stateKey: string, text: string): Promise<string> {
  const raw = await crypto.subtle.digest('SHA-256', encoder.encode(`broker-state:v1:${stateKey}`));
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt']);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, encoder.encode(text));
  return `enc:v1:${hex(iv)}:${hex(new Uint8Array(sealed))}`;
}

/** A live session, and the same store opened by a broker with other settings. */
async function reopened(first: Record<string, string>, second: Record<string, string>) {
  const before = harness({ environment: { ...ENVIRONMENT, ...first } });
  const session = await before.signedIn();
  const { stores, clock, discogs } = before;
  const after = harness({ environment: { ...ENVIRONMENT, ...second }, stores, clock, discogs });
  const secretAtRest = async () => (await stores.sessions.get(session.deviceId))?.sealedSecret ?? '';
  return { before, after, session, secretAtRest };
}

describe('a Discogs secret at rest', () => {
  it('is sealed, with the consumer secret alone as with a key of its own', async () => {
    for (const environment of [ENVIRONMENT, { ...ENVIRONMENT, BROKER_STATE_ENCRYPTION_KEY: 'key' }]) {
      const { app, authorized, consentPage, stores, clock } = harness({ environment });
      const pair = await authorized();
      expect((await stores.sessions.get(pair.deviceId))?.sealedSecret).toMatch(SEALED);
      const token = await consentPage(pair);
      const now = clock.ms / 1000;
      const row = await stores.requestTokens.claim(token, pair.deviceId, pair.pendingToken, now);
      expect(row?.sealedSecret).toMatch(SEALED);
      expect((await app.finalize(pair)).status).toBe(200);
    }
  });

  it('does not open in another row', async () => {
    const { app, signedIn, stores, searched } = harness();
    const [mine, other] = [await signedIn(), await signedIn()];
    const [stolen, own] = [
      await stores.sessions.get(other.deviceId),
      await stores.sessions.get(mine.deviceId),
    ];
    await stores.sessions.reseal(mine.deviceId, own?.sealedSecret ?? '', stolen?.sealedSecret ?? '');
    expect(await app.search(mine.sessionToken)).toMatchObject(UNAVAILABLE);
    expect(await app.finalize(mine)).toMatchObject(UNAVAILABLE);
    expect(await app.status(mine)).toMatchObject(UNAVAILABLE);
    expect(searched).toEqual([]);
    expect((await app.search(other.sessionToken)).status).toBe(200);
  });

  it('does not open in another column, nor as another request token', async () => {
    const { app, ask, approved, consentPage, authorized, stores, clock, discogs } = harness();
    const done = await authorized();
    const pair = await app.start();
    const [first, second] = [await consentPage(pair), await consentPage(pair)];
    const claim = (token: string) =>
      stores.requestTokens.claim(token, pair.deviceId, pair.pendingToken, clock.ms / 1000);
    const row = await claim(first);
    const accessSecret = (await stores.sessions.get(done.deviceId))?.sealedSecret ?? '';
    if (!row) throw new Error('there is a request token');
    for (const sealedSecret of [(await claim(second))?.sealedSecret ?? '', accessSecret]) {
      await stores.requestTokens.put({ ...row, sealedSecret });
      expect(await ask('GET', approved(pair, first))).toMatchObject(UNAVAILABLE);
    }
    expect(discogs.calls.filter((call) => call === 'accessToken')).toHaveLength(1);
  });

  it.each([
    'enc:v1:',
    'enc:v1:00:00',
    'enc:v1:zz:00',
    `enc:v1:${'0'.repeat(24)}:${'0'.repeat(64)}`,
    `enc:v1:${'0'.repeat(24)}:00:00`,
  ])('is refused as "%s"', async (damaged) => {
    const { app, signedIn, stores } = harness();
    const { deviceId, sessionToken } = await signedIn();
    await stores.sessions.reseal(
      deviceId,
      (await stores.sessions.get(deviceId))?.sealedSecret ?? '',
      damaged,
    );
    expect(await app.search(sessionToken)).toMatchObject(UNAVAILABLE);
  });

  it.each([
    ['a state key is set', {}, { BROKER_STATE_ENCRYPTION_KEY: 'new' }],
    [
      'the state key is changed',
      { BROKER_STATE_ENCRYPTION_KEY: 'old' },
      { BROKER_STATE_ENCRYPTION_KEY: 'new', BROKER_STATE_ENCRYPTION_KEY_PREVIOUS: 'older, old' },
    ],
    [
      'the state key is taken away',
      { BROKER_STATE_ENCRYPTION_KEY: 'old' },
      { BROKER_STATE_ENCRYPTION_KEY_PREVIOUS: 'old' },
    ],
    [
      'the consumer secret is changed',
      {},
      { DISCOGS_CONSUMER_SECRET: 'new', DISCOGS_CONSUMER_SECRET_PREVIOUS: 'consumer-secret' },
    ],
  ])('stays readable when %s, and is sealed anew', async (_, first, second) => {
    const { after, session, secretAtRest } = await reopened(first, second);
    const old = await secretAtRest();
    expect((await after.app.finalize(session)).json?.['session_token']).toBe(session.sessionToken);
    const renewed = await secretAtRest();
    expect(renewed).toMatch(SEALED);
    expect(renewed).not.toBe(old);
    expect((await after.app.search(session.sessionToken)).status).toBe(200);
    expect(await secretAtRest()).toBe(renewed);
    const { stores, clock } = after;
    const {
      BROKER_STATE_ENCRYPTION_KEY_PREVIOUS: _state,
      DISCOGS_CONSUMER_SECRET_PREVIOUS: _consumer,
      ...rest
    } = {
      ...ENVIRONMENT,
      ...second,
    } as Record<string, string>;
    const later = harness({ environment: rest, stores, clock });
    expect((await later.app.search(session.sessionToken)).status).toBe(200);
  });

  it('is used even when it cannot be written anew', async () => {
    const { after, session } = await reopened({}, { BROKER_STATE_ENCRYPTION_KEY: 'new' });
    Object.assign(after.stores.sessions, { reseal: () => Promise.reject(new Error('read only')) });
    expect((await after.app.search(session.sessionToken)).status).toBe(200);
  });

  it('does not open with a key that nobody named', async () => {
    const { after, session } = await reopened(
      { BROKER_STATE_ENCRYPTION_KEY: 'old' },
      { BROKER_STATE_ENCRYPTION_KEY: 'new' },
    );
    expect(await after.app.search(session.sessionToken)).toMatchObject(UNAVAILABLE);
    expect(after.log.lines[0]?.line).toContain('cannot be opened');
  });

  it.each([
    ['plaintext', async () => 'access-secret-2'],
    ['what the original sealed', () => sealedByTheOriginal('key', 'access-secret-2')],
  ])('is taken over from %s, and sealed anew', async (_, legacy) => {
    const { app, signedIn, stores, searched } = harness({
      environment: { ...ENVIRONMENT, BROKER_STATE_ENCRYPTION_KEY: 'key' },
    });
    const { deviceId, sessionToken } = await signedIn();
    const sealed = async () => (await stores.sessions.get(deviceId))?.sealedSecret ?? '';
    const old = await legacy();
    await stores.sessions.reseal(deviceId, await sealed(), old);
    expect((await app.search(sessionToken)).status).toBe(200);
    expect(await sealed()).toMatch(SEALED);
    expect(await sealed()).not.toBe(old);
    expect((await app.search(sessionToken)).status).toBe(200);
    expect(searched.map(({ session }) => session.access.secret)).toEqual([
      'access-secret-2',
      'access-secret-2',
    ]);
  });
});
