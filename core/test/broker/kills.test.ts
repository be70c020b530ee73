import { memoryStores } from '@discogs-agent/core/broker';
import { describe, expect, it } from '@jest/globals';
import { cookieJar } from '../support/cookieJar.ts';
import { fakeDiscogs } from './support/fakeDiscogs.ts';
import { harness, NOON, type Reply } from './support/harness.ts';
import { type Around, wrapStores } from './support/wrapStores.ts';

/** What a killed process answers. */
const NOTHING = 'nothing';

/** Stops for good at the operation `last`, before it takes effect or after; `killed` resolves then. */
function killedAt(last: number, takesEffect: boolean) {
  let count = 0;
  let kill = () => {};
  const killed = new Promise<typeof NOTHING>((resolve) => {
    kill = () => resolve(NOTHING);
  });
  const around: Around = async (run) => {
    count += 1;
    if (count < last) return run();
    if (count === last && takesEffect) await run();
    kill();
    return new Promise(() => {});
  };
  return { around, killed, isDead: () => count >= last };
}

/**
 * A sign-in whose broker is killed at its `last` operation on the stores, and started again over the same ones. The
 * person and the app do what the pages and answers tell them.
 */
async function signIn(last: number, takesEffect: boolean) {
  const clock = { ms: NOON };
  const discogs = fakeDiscogs();
  const stores = memoryStores();
  const jar = cookieJar(() => clock.ms);
  const { around, killed, isDead } = killedAt(last, takesEffect);
  let current = harness({ stores: wrapStores(stores, around), clock, discogs, jar });
  let isFirst = true;
  const pages: string[] = [];

  /** One request; when nothing comes back, the next one finds a new process. */
  async function tried(ask: () => Promise<Reply>): Promise<Reply | typeof NOTHING> {
    const reply = await (isFirst ? Promise.race([killed, ask()]) : ask());
    if (reply === NOTHING) {
      isFirst = false;
      current = harness({ stores, clock, discogs, jar });
    }
    return reply;
  }
  async function until(ask: () => Promise<Reply>): Promise<Reply> {
    const reply = await tried(ask);
    return reply === NOTHING ? until(ask) : reply;
  }

  const startTarget = '/v1/device/session/start';
  const headers = { 'x-reklawdbox-broker-token': 'client-token' };
  const { json } = await until(() => current.ask('POST', startTarget, { headers }));
  const pair = {
    deviceId: String(json?.['device_id']),
    pendingToken: String(json?.['pending_token']),
    authUrl: String(json?.['auth_url']),
    expiresAt: Number(json?.['expires_at']),
  };
  for (let visit = 0; visit < 3; visit += 1) {
    if ((await until(() => current.app.status(pair))).json?.['status'] !== 'pending') break;
    const { headers: sent } = await until(() => current.ask('GET', pair.authUrl));
    const requestToken = new URL(sent['location'] ?? '').searchParams.get('oauth_token') ?? '';
    const callback = current.approved(pair, requestToken);
    const page = await until(() => current.ask('GET', callback));
    pages.push(`${page.status} ${/<h1>([^<]+)/.exec(page.text)?.[1]}`);
  }
  const first = await until(() => current.app.finalize(pair));
  const again = await until(() => current.app.finalize(pair));
  const found = await until(() => current.app.search(String(first.json?.['session_token'])));
  return { first, again, found, pages, wasKilled: isDead() };
}

describe('a broker that is killed and started again', () => {
  it.each([
    ['before', false],
    ['after', true],
  ])(
    'completes the sign-in, killed %s any operation on its stores takes effect',
    async (_, takesEffect) => {
      let last = 1;
      const outcomes = new Set<string>();
      for (; ; last += 1) {
        const { first, again, found, pages, wasKilled } = await signIn(last, takesEffect);
        if (!wasKilled) break;
        expect([last, first.status, again.text, found.status]).toEqual([last, 200, first.text, 200]);
        for (const page of pages) outcomes.add(page);
      }
      // Every page on the way was one that says what to do: done, or open the link once more.
      expect([...outcomes].sort()).toEqual(['200 Discogs linked', '400 Auth failed']);
      expect(last).toBeGreaterThan(15);
    },
    60_000,
  );
});
