/** Users who sign in, at a gateway whose catalogue answers first: what they get of it, and what their tokens open. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MONTH, sandboxCatalogue } from './support/catalogueFolder.ts';
import { SIGN_IN_ENVIRONMENT, signIn } from './support/signInClient.ts';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

const RELEASE = '/releases/249504';
const FROM_CATALOGUE = { 'x-discogs-source': 'catalogue', 'x-catalogue-date': MONTH };

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway({
    environment: {
      ...SIGN_IN_ENVIRONMENT,
      DISCOGS_TOKEN: undefined,
      X_API_KEY: undefined,
      CATALOGUE_STORE: await sandboxCatalogue(),
      CATALOGUE: 'first',
    },
  });
});
afterAll(() => gateway.close());

const ask = (access: string, path: string, headers: Readonly<Record<string, string>> = {}) =>
  gateway.askWithoutKey(path, { headers: { authorization: `Bearer ${access}`, ...headers } });

describe('a user who signs in at a gateway with a catalogue', () => {
  it('gets records and lean answers of the catalogue, and 304 for its ETag', async () => {
    const { access } = await signIn(gateway.url, gateway.sandbox.url);
    const whole = await ask(access, RELEASE);
    expect([whole.status, whole.headers]).toEqual([200, expect.objectContaining(FROM_CATALOGUE)]);
    expect(whole.headers['cache-control']).toMatch(/^private/);
    const again = await ask(access, RELEASE, { 'if-none-match': String(whole.headers['etag']) });
    expect([again.status, again.headers]).toEqual([304, expect.objectContaining(FROM_CATALOGUE)]);
    expect((await ask(access, `/gpt${RELEASE}`)).json()).toMatchObject({ source: 'catalogue', as_of: MONTH });
    expect((await ask(access, '/database/search?q=nevermind')).headers).toMatchObject(FROM_CATALOGUE);
  });

  it('gets what is their own from Discogs', async () => {
    const { access } = await signIn(gateway.url, gateway.sandbox.url);
    const own = await ask(access, '/oauth/identity');
    expect([own.status, own.headers['x-discogs-source']]).toEqual([200, 'live']);
    const insisted = await ask(access, '/oauth/identity', { 'x-discogs-source': 'catalogue' });
    expect([insisted.status, insisted.json()]).toEqual([
      404,
      expect.objectContaining({ reason: 'not_in_catalogue' }),
    ]);
  });

  it('gets nothing of the catalogue without a token, or with a wrong one', async () => {
    for (const path of [RELEASE, `/gpt${RELEASE}`]) {
      for (const headers of [{}, { authorization: 'Bearer nonsense' }]) {
        const refused = await gateway.askWithoutKey(path, { headers });
        expect([refused.status, refused.headers['x-discogs-source']]).toEqual([401, undefined]);
      }
    }
  });
});
