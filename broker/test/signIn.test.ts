/** Sign-in at the Worker, in workerd over D1: an app gets an access token, and searches with it. */
import { SANDBOX_USERNAME } from '@discogs-agent/sandbox';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  askToken,
  browserAt,
  SIGN_IN_ENVIRONMENT,
  signIn,
  toConsent,
  tokensOf,
} from '../../az-function/test/support/signInClient.ts';
import { type BrokerHere, startBroker } from './support/brokerHere.ts';
import { ask } from './support/client.ts';

const { SIGN_IN, SIGN_IN_CLIENTS } = SIGN_IN_ENVIRONMENT;

let broker: BrokerHere;
beforeAll(async () => {
  broker = await startBroker({ SIGN_IN, SIGN_IN_CLIENTS });
});
afterAll(() => broker.close());

const search = (token: string) =>
  ask(`${broker.url}/v1/discogs/proxy/search`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ artist: 'Nirvana', title: 'Smells Like Teen Spirit', album: null }),
  });
const signedIn = () => signIn(broker.url, broker.sandbox.url, { prefix: '', scope: 'read' });
const refreshForm = (refresh: string) => ({
  grant_type: 'refresh_token',
  client_id: 'my-app',
  refresh_token: refresh,
});

describe('sign-in at the Worker', () => {
  it('goes from an app to a search, and gives one outcome to twenty refreshes at once', async () => {
    const first = await signedIn();
    expect((await search(first.access)).status).toBe(200);
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => askToken(broker.url, refreshForm(first.refresh), '')),
    );
    const pairs = new Set(replies.map((reply) => JSON.stringify(tokensOf(reply))));
    expect([replies.map(({ status }) => status).every((status) => status === 200), pairs.size]).toEqual([
      true,
      1,
    ]);
    expect((await search(replies.map(tokensOf)[0]?.access ?? '')).status).toBe(200);
  });

  it('ends on the page of grants', async () => {
    const { access } = await signedIn();
    const browser = browserAt(broker.url);
    const page = await toConsent(browser, broker.sandbox.url, `${broker.url}/grants`);
    expect(page.text).toContain(SANDBOX_USERNAME);
    let left = page;
    while (left.text.includes('End access')) {
      await browser.submit(left, 'end');
      left = await browser.visit(
        `${broker.url}/grants?request=${/name="request" value="(\w+)"/.exec(left.text)?.[1]}`,
      );
    }
    expect((await search(access)).status).toBe(401);
  });

  it('ends for an app whose user has withdrawn the consent at Discogs', async () => {
    const { access, refresh } = await signedIn();
    broker.sandbox.revoke();
    const body = JSON.stringify({ artist: 'Portishead', title: 'Roads', album: null });
    const headers = { authorization: `Bearer ${access}` };
    expect(
      (await ask(`${broker.url}/v1/discogs/proxy/search`, { method: 'POST', headers, body })).status,
    ).toBe(401);
    expect((await askToken(broker.url, refreshForm(refresh), '')).status).toBe(400);
  });

  it('has metadata for the Worker alone, without MCP', async () => {
    const server = await ask(`${broker.url}/.well-known/oauth-authorization-server`);
    expect(server.json).toMatchObject({ issuer: broker.url, token_endpoint: `${broker.url}/token` });
    const resource = await ask(`${broker.url}/.well-known/oauth-protected-resource`);
    expect(resource.json).toMatchObject({ resource: broker.url, authorization_servers: [broker.url] });
    expect((await ask(`${broker.url}/.well-known/oauth-protected-resource/mcp`)).status).toBe(404);
  });

  it('refuses an access token that was made up', async () => {
    expect((await search(`daa_${'0'.repeat(32)}_${'0'.repeat(64)}`)).status).toBe(401);
  });

  it('prunes with the broker', async () => {
    await broker.scheduled();
    expect(broker.log.join('\n')).toContain('sign_in_prune');
  });

  it('leaves no token in the log', async () => {
    const { access, refresh } = await signedIn();
    expect(broker.log.join('\n')).toContain('"route":"/token"');
    for (const token of [access, refresh]) {
      for (const part of token.split('_').slice(1)) expect(broker.log.join('\n')).not.toContain(part);
    }
  });
});

it('without SIGN_IN there is nothing of it', async () => {
  const plain = await startBroker({ SIGN_IN_CLIENTS });
  try {
    for (const path of ['/authorize', '/token', '/grants', '/.well-known/oauth-authorization-server']) {
      expect((await ask(plain.url + path)).json).toMatchObject({ error: 'not_found' });
    }
  } finally {
    await plain.close();
  }
});
