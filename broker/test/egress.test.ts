import { startSandbox } from '@discogs-agent/sandbox';
import { describe, expect, it } from '@jest/globals';
import { variables } from './support/brokerHere.ts';
import { app, ask } from './support/client.ts';
import { migrate, startWorkerd } from './support/workerd.ts';

/** Marks what goes through it. */
const MARKS = `export default {
  fetch(request) {
    const marked = new Request(request);
    marked.headers.set('x-way-out', 'of the owner');
    return fetch(marked);
  },
};`;
const FAILS = "export default { fetch() { throw new Error('no way out'); } };";

async function brokerBehind(egress: string) {
  const sandbox = await startSandbox();
  const workerd = await startWorkerd({ environment: variables(sandbox), egress });
  await migrate(workerd.database);
  const close = async () => void (await Promise.all([workerd.kill(), sandbox.close()]));
  return { sandbox, close, url: workerd.url, app: app(workerd.url) };
}

describe('the binding DISCOGS_EGRESS', () => {
  it('is the way of every call to Discogs, and health says so', async () => {
    const broker = await brokerBehind(MARKS);
    try {
      const { json } = await broker.app.search(await broker.app.signIn());
      expect(json?.['match_quality']).toBe('exact');
      const paths = broker.sandbox.requests.map(({ path }) => path.replace(/\?.*/, ''));
      expect(paths).toEqual([
        '/oauth/request_token',
        '/oauth/access_token',
        '/oauth/identity',
        '/database/search',
      ]);
      for (const { headers } of broker.sandbox.requests) expect(headers['x-way-out']).toBe('of the owner');
      expect((await ask(`${broker.url}/v1/health`)).json?.['discogs_egress']).toBe('gateway');
    } finally {
      await broker.close();
    }
  });

  it('is never gone around', async () => {
    const broker = await brokerBehind(FAILS);
    try {
      const { status, json } = await ask((await broker.app.start()).auth_url);
      expect([status, json?.['error']]).toEqual([502, 'discogs_unavailable']);
      expect(broker.sandbox.requests).toEqual([]);
    } finally {
      await broker.close();
    }
  });
});
