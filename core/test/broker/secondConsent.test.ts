import { describe, expect, it } from '@jest/globals';
import { cookieJar } from '../support/cookieJar.ts';
import { harness } from './support/harness.ts';
import { expectPage } from './support/pages.ts';

const REFUSED = 'This device was linked before, in another browser. This sign-in was not used.';
const TAKE_BACK =
  'Discogs lists your consent in your settings, under Applications: you can take it back there.';

/** Two people on their way back from Discogs, with links of the same session. */
async function twoPeople() {
  const here = harness();
  const { app, ask, approved, consentPage } = here;
  const pair = await app.start();
  const people = [cookieJar(), cookieJar()] as const;
  const [first, second] = people;
  const addresses = [
    approved(pair, await consentPage(pair, first)),
    approved(pair, await consentPage(pair, second)),
  ] as const;
  const back = (person: 0 | 1) => ask('GET', addresses[person], { jar: people[person] });
  const exchanges = () => here.discogs.calls.filter((call) => call === 'accessToken').length;
  return { ...here, pair, people, addresses, back, exchanges };
}

describe('of two people who consent for one session, the second', () => {
  it('is refused before the verifier is spent, and replaces nothing', async () => {
    const { back, exchanges, pair, stores } = await twoPeople();
    expect((await back(0)).status).toBe(200);
    const row = await stores.sessions.get(pair.deviceId);
    const page = await back(1);
    expectPage(page, 409, 'Auth failed', REFUSED);
    expect(page.text).not.toContain(TAKE_BACK);
    expect(await stores.sessions.get(pair.deviceId)).toEqual(row);
    expect(exchanges()).toBe(1);
  });

  it.each([
    ['', false],
    [' and the app has finalized', true],
  ])('reads what became of the consent when both came at once%s', async (_, finalizes) => {
    const { app, back, discogs, exchanges, pair, stores } = await twoPeople();
    const { accessToken } = discogs;
    let isFirst = true;
    discogs.accessToken = async (...given) => {
      const result = await accessToken(...given);
      if (isFirst) {
        isFirst = false;
        // While the one waits for Discogs' answer, the other is quicker.
        expect((await back(1)).status).toBe(200);
        if (finalizes) expect((await app.finalize(pair)).status).toBe(200);
      }
      return result;
    };
    const page = await back(0);
    expectPage(page, 409, 'Auth failed', REFUSED);
    expect(page.text).toContain(TAKE_BACK);
    expect(exchanges()).toBe(2);
    // The first was given access-token-3, the second access-token-4.
    expect((await stores.sessions.get(pair.deviceId))?.accessToken).toBe('access-token-4');
    expect((await back(1)).status).toBe(200);
    expect((await app.finalize(pair)).status).toBe(200);
  });

  it('is the same person with two tabs: both say linked, and with which account', async () => {
    const { app, ask, approved, consentPage, discogs } = harness();
    const pair = await app.start();
    const first = approved(pair, await consentPage(pair));
    const second = approved(pair, await consentPage(pair));
    const pages = await Promise.all([ask('GET', first), ask('GET', second)]);
    discogs.username = 'another_user';
    pages.push(await ask('GET', second));
    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(pages.at(-1)?.text).toContain('Discogs account: some_user');
  });

  it('is refused as well when an earlier version has linked the first', async () => {
    const { back, pair, stores } = await twoPeople();
    const row = await stores.sessions.get(pair.deviceId);
    if (!row) throw new Error('it has begun');
    Object.assign(stores.sessions, { get: async () => ({ ...row, status: 'authorized' }) });
    expectPage(await back(0), 409, 'Auth failed', REFUSED);
  });
});

describe('a browser that reloads while its first answer is still to come', () => {
  it('reads that it is linked as soon as it is', async () => {
    const { back, discogs, exchanges } = await twoPeople();
    const { identity } = discogs;
    const meanwhile: number[] = [];
    discogs.identity = async (...given) => {
      meanwhile.push((await back(0)).status);
      return identity(...given);
    };
    expect((await back(0)).status).toBe(200);
    expect([meanwhile, exchanges()]).toEqual([[200], 1]);
  });
});
