/** Clients that the owner has not entered: those that register themselves, and those that are described by a document. */
import type { FetchDocument, FetchedDocument } from '@discogs-agent/core/oauth';
import { isPublicAddress } from '@discogs-agent/core/oauth';
import { describe, expect, it } from '@jest/globals';
import { APP_REQUEST, BASE, harness, VERIFIER } from './support/harness.ts';

/** As ChatGPT publishes it. */
const CHATGPT = {
  client_id: 'https://chatgpt.com/oauth/client.json',
  client_uri: 'https://chatgpt.com/',
  redirect_uris: [
    'https://chatgpt.com/connector_platform_oauth_redirect',
    'https://chatgpt.com/connector/oauth/abc123',
  ],
  token_endpoint_auth_method: 'private_key_jwt',
  token_endpoint_auth_methods_supported: ['none', 'private_key_jwt'],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  client_name: 'Your Bank',
  token_endpoint_auth_signing_alg: 'RS256',
  jwks_uri: 'https://chatgpt.com/oauth/jwks.json',
};
/** As Claude Code publishes it: no port, where it takes the one that is free. */
const CLAUDE_CODE = {
  client_id: 'https://claude.ai/oauth/claude-code-client-metadata',
  client_name: 'Claude Code',
  redirect_uris: ['http://localhost/callback', 'http://127.0.0.1/callback'],
  token_endpoint_auth_method: 'none',
};

const encoded = (value: unknown): FetchedDocument => ({
  kind: 'document',
  status: 200,
  body: new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)),
});

function serving(documents: Readonly<Record<string, FetchedDocument>>) {
  const fetched: string[] = [];
  const fetchDocument: FetchDocument = async ({ href }) => {
    fetched.push(href);
    return documents[href] ?? { kind: 'failure', problem: 'unreachable' };
  };
  return { ...harness({ fetchDocument }), fetched };
}

const asked = (client_id: string, redirect_uri: string) => ({ ...APP_REQUEST, client_id, redirect_uri });
const CHATGPT_REQUEST = asked(CHATGPT.client_id, CHATGPT.redirect_uris[0] ?? '');

describe('a client that is described by a document', () => {
  it.each(CHATGPT.redirect_uris)(
    'signs a user in as ChatGPT does at %s, and is known by its host alone',
    async (redirect_uri) => {
      const { toConsent, decide, token, fetched } = serving({ [CHATGPT.client_id]: encoded(CHATGPT) });
      const consent = await toConsent(asked(CHATGPT.client_id, redirect_uri));
      expect(consent.text).toContain('chatgpt.com');
      expect(consent.text).not.toContain('Your Bank');
      const back = await decide(consent);
      // ChatGPT wants the issuer in the answer.
      expect(back.location?.href.startsWith(`${redirect_uri}?`)).toBe(true);
      expect(back.location?.searchParams.get('iss')).toBe(BASE);
      const form = {
        grant_type: 'authorization_code',
        client_id: CHATGPT.client_id,
        code: back.location?.searchParams.get('code') ?? '',
        redirect_uri,
        code_verifier: VERIFIER,
      };
      expect([(await token(form)).status, fetched]).toEqual([200, [CHATGPT.client_id]]);
    },
  );

  it('gets its answer at any port of this computer, as Claude Code needs it', async () => {
    const { authorize } = serving({ [CLAUDE_CODE.client_id]: encoded(CLAUDE_CODE) });
    const at = async (uri: string) => (await authorize(asked(CLAUDE_CODE.client_id, uri))).status;
    expect([await at('http://localhost:58135/callback'), await at('http://127.0.0.1:1/callback')]).toEqual([
      303, 303,
    ]);
    expect([await at('http://localhost:58135/other'), await at('http://[::1]:1/callback')]).toEqual([
      400, 400,
    ]);
  });

  it('is looked for sixty times for one address in ten minutes, and for others after that', async () => {
    const { authorize, fetched } = serving({});
    const from = async (clientAddress: string, path: string) =>
      (await authorize(asked(`https://client.example/${path}`, 'https://client.example/'), { clientAddress }))
        .status;
    for (let count = 0; count < 60; count += 1) await from('192.0.2.1', `a${count}`);
    expect([await from('192.0.2.1', 'b'), await from('192.0.2.2', 'c'), fetched.length]).toEqual([
      429, 400, 61,
    ]);
  });

  it('is asked for once in ten minutes', async () => {
    const { authorize, fetched, passSeconds } = serving({ [CHATGPT.client_id]: encoded(CHATGPT) });
    await authorize(CHATGPT_REQUEST);
    await authorize(CHATGPT_REQUEST);
    expect(fetched).toHaveLength(1);
    passSeconds(600);
    await authorize(CHATGPT_REQUEST);
    expect(fetched).toHaveLength(2);
  });

  const failure = (problem: Extract<FetchedDocument, { kind: 'failure' }>['problem']): FetchedDocument => ({
    kind: 'failure',
    problem,
  });
  it.each<[string, FetchedDocument, string]>([
    ['is too large', failure('too_large'), 'larger than 5 kilobytes'],
    ['is slow', failure('too_slow'), 'did not arrive in time'],
    ['is at a private address', failure('private_address'), 'not public'],
    ['cannot be reached', failure('unreachable'), 'cannot be fetched'],
    ['is behind a redirect', { ...encoded(CHATGPT), status: 302 } as FetchedDocument, 'behind a redirect'],
    ['is missing', { ...encoded(CHATGPT), status: 404 } as FetchedDocument, 'does not answer 200'],
    ['is a page', encoded('<!doctype html>'), 'no JSON object'],
    ['is a list', encoded([CHATGPT]), 'no JSON object'],
    [
      'names another client',
      encoded({ ...CHATGPT, client_id: 'https://chatgpt.com/other' }),
      'another client_id',
    ],
    ['lists no redirect address', encoded({ ...CHATGPT, redirect_uris: [] }), 'no usable redirect_uris'],
    [
      'lists one that runs in the browser',
      encoded({ ...CHATGPT, redirect_uris: ['javascript:0'] }),
      'no usable redirect_uris',
    ],
    [
      'lists too many',
      encoded({ ...CHATGPT, redirect_uris: Array(21).fill('https://a.example/') }),
      'no usable redirect_uris',
    ],
    [
      'wants a secret',
      encoded({ ...CHATGPT, token_endpoint_auth_methods_supported: ['private_key_jwt'] }),
      'method none',
    ],
    ['has a secret', encoded({ ...CHATGPT, client_secret: 'x' }), 'method none'],
  ])('whose document %s shows a page', async (_, document, words) => {
    const { authorize, discogs } = serving({ [CHATGPT.client_id]: document });
    const { status, text } = await authorize(CHATGPT_REQUEST);
    expect([status, text.includes(words), discogs.calls]).toEqual([400, true, []]);
  });

  it.each([
    'http://chatgpt.com/oauth/client.json',
    'https://chatgpt.com',
    'https://chatgpt.com/',
    'https://chatgpt.com/a/../client.json',
    'https://chatgpt.com/client.json#a',
    'https://user@chatgpt.com/client.json',
    'https://CHATGPT.com/client.json',
    `https://chatgpt.com/${'a'.repeat(500)}`,
    'https://127.0.0.1/client.json',
    'https://2130706433/client.json',
    'https://[::1]/client.json',
    'https://[::ffff:10.0.0.1]/client.json',
    'https://169.254.169.254/client.json',
    'https://10.0.0.1:8443/client.json',
  ])('is never asked for at %s', async (clientId) => {
    const { authorize, fetched } = serving({});
    const { status } = await authorize(asked(clientId, 'https://chatgpt.com/callback'));
    expect([status, fetched]).toEqual([400, []]);
  });

  it('is refused where documents are switched off', async () => {
    const { authorize, ask } = harness({ environment: { SIGN_IN_CLIENT_DOCUMENTS: 'false' } });
    expect((await authorize(CHATGPT_REQUEST)).text).toContain('takes no client id that is an address');
    const { json } = await ask('GET', '.well-known/oauth-authorization-server');
    expect(json['client_id_metadata_document_supported']).toBe(false);
  });
});

describe('public addresses', () => {
  it.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '[2606:4700:4700::1111]', '2001:4860:4860::8888'])(
    'include %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
  it.each([
    ...[
      '0.0.0.0',
      '10.1.2.3',
      '100.64.0.1',
      '127.0.0.1',
      '127.255.255.255',
      '169.254.169.254',
      '168.63.129.16',
      '172.16.0.1',
      '172.31.255.255',
    ],
    ...[
      '192.168.1.1',
      '192.0.2.1',
      '198.18.0.1',
      '224.0.0.1',
      '255.255.255.255',
      '::',
      '::1',
      '[::1]',
      'fe80::1',
      'fc00::1',
    ],
    ...[
      'fd12::1',
      'ff02::1',
      '::ffff:127.0.0.1',
      '::ffff:8.8.8.8',
      '64:ff9b::a00:1',
      '2002:7f00:1::',
      '2001:db8::1',
      '2001::1',
    ],
    ...[
      'localhost',
      'example.com',
      '',
      '1.2.3',
      '1.2.3.4.5',
      '01.2.3.4',
      '1.2.3.256',
      ':::',
      '1::2::3',
      'g::1',
    ],
  ])('do not include %j', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('a client that registers itself', () => {
  const ON = { SIGN_IN_REGISTRATION: 'true' };
  const register = (world: ReturnType<typeof harness>, metadata: unknown, clientAddress?: string) =>
    world.ask('POST', 'register', {
      body: typeof metadata === 'string' ? metadata : JSON.stringify(metadata),
      headers: { 'content-type': 'application/json' },
      ...(clientAddress === undefined ? {} : { clientAddress }),
    });
  const METADATA = {
    redirect_uris: ['http://localhost:3000/callback'],
    client_name: 'Your Bank',
    grant_types: ['implicit'],
  };

  it('is refused where it is not switched on, which the metadata says', async () => {
    const world = harness();
    expect((await register(world, METADATA)).status).toBe(403);
    const { json } = await world.ask('GET', '.well-known/oauth-authorization-server');
    expect(json).not.toHaveProperty('registration_endpoint');
  });

  it('gets an id without a secret, may refresh, and signs a user in', async () => {
    const world = harness({ environment: ON });
    const { status, json } = await register(world, METADATA);
    expect([status, json]).toMatchObject([
      201,
      {
        client_id: expect.stringMatching(/^reg_[0-9a-f]{32}$/),
        redirect_uris: METADATA.redirect_uris,
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
      },
    ]);
    expect(json).not.toHaveProperty('client_secret');
    const consent = await world.toConsent(asked(String(json['client_id']), 'http://localhost:3000/callback'));
    expect([consent.text.includes('a program on this computer'), consent.text.includes('Your Bank')]).toEqual(
      [true, false],
    );
  });

  it.each([
    ['no JSON', 'x', 'invalid_client_metadata'],
    ['no redirect addresses', {}, 'invalid_redirect_uri'],
    ['none in the list', { redirect_uris: [] }, 'invalid_redirect_uri'],
    ['eleven', { redirect_uris: Array(11).fill('https://a.example/') }, 'invalid_redirect_uri'],
    ['one over http', { redirect_uris: ['http://a.example/'] }, 'invalid_redirect_uri'],
    ['one that runs in the browser', { redirect_uris: ['data:text/html,x'] }, 'invalid_redirect_uri'],
    ['one with a fragment', { redirect_uris: ['https://a.example/#x'] }, 'invalid_redirect_uri'],
    ['a host with signs of a policy', { redirect_uris: ['https://a;b.example/'] }, 'invalid_redirect_uri'],
    [
      'one that is too long',
      { redirect_uris: [`https://a.example/${'x'.repeat(1024)}`] },
      'invalid_redirect_uri',
    ],
  ])('with %s is refused', async (_, metadata, error) => {
    const { status, json } = await register(harness({ environment: ON }), metadata);
    expect([status, json['error']]).toEqual([400, error]);
  });

  it('is refused after twenty of one address in ten minutes', async () => {
    const world = harness({ environment: ON });
    for (let count = 0; count < 20; count += 1)
      expect((await register(world, METADATA, '192.0.2.1')).status).toBe(201);
    expect((await register(world, METADATA, '192.0.2.1')).status).toBe(429);
    expect((await register(world, METADATA, '192.0.2.2')).status).toBe(201);
  });

  const DAY = 86_400;
  async function registered() {
    const world = harness({ environment: ON });
    const { json } = await register(world, METADATA);
    const request = asked(String(json['client_id']), 'http://localhost:3000/callback');
    return { ...world, request, status: async () => (await world.authorize(request)).status };
  }

  it('is forgotten after 90 days without a sign-in, and not before', async () => {
    const { passSeconds, decide, toConsent, request, status } = await registered();
    await decide(await toConsent(request));
    passSeconds(89 * DAY);
    await decide(await toConsent(request));
    passSeconds(89 * DAY);
    expect(await status()).toBe(303);
    passSeconds(DAY);
    expect(await status()).toBe(400);
  });

  it('is forgotten after a week when nobody has signed in, however often that was begun', async () => {
    const { passSeconds, status } = await registered();
    passSeconds(6 * DAY);
    expect(await status()).toBe(303);
    passSeconds(DAY);
    expect(await status()).toBe(400);
  });
});
