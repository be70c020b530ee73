/** The ways in which a request may show its client key, those of Discogs among them. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Sending } from './support/send.ts';
import { KEY, openTestGateway, type TestGateway } from './support/testGateway.ts';

const PATH = '/artists/108713';
const WRONG = 'another-key-1234';
const HOW =
  'in the header x-api-key, or as Authorization: Bearer <key> or Authorization: Discogs token=<key>';
const as = (authorization: string, others: Record<string, string> = {}): Sending => ({
  headers: { authorization, ...others },
});

let gateway: TestGateway;
let open: TestGateway;
beforeAll(async () => {
  [gateway, open] = await Promise.all([
    openTestGateway({ environment: { DEBUG_REQUEST_LOG: 'true' } }),
    openTestGateway({ environment: { ALLOW_KEY_IN_QUERY: 'true', DEBUG_REQUEST_LOG: 'true' } }),
  ]);
});
afterAll(() => Promise.all([gateway.close(), open.close()]));

const message = async (from: TestGateway, path: string, sending?: Sending) => {
  const reply = await from.askWithoutKey(path, sending);
  expect([path, reply.status]).toEqual([path, 401]);
  expect(reply.headers['www-authenticate']).toBe('Bearer');
  const body = reply.json();
  expect(body).toMatchObject({ error: 'unauthorized', reason: 'api_key_mismatch' });
  return Object(body).message;
};

describe("Discogs' own header", () => {
  it('carries the client key, in any case and with space around it', async () => {
    const forms = [`Discogs token=${KEY}`, `discogs  TOKEN=${KEY} `];
    for (const form of forms) {
      const reply = await gateway.askWithoutKey(PATH, as(form));
      expect([form, reply.status]).toEqual([form, 200]);
      expect(await gateway.trace(reply)).toHaveProperty('key', 'default');
    }
    expect((await gateway.askWithoutKey('/status', as(`Discogs token=${KEY}`))).status).toBe(200);
  });

  it('with another key, or with the right one twice, opens nothing', async () => {
    for (const value of [WRONG, `${KEY},Discogs token=${KEY}`, `${KEY} x`, '']) {
      expect((await gateway.askWithoutKey(PATH, as(`Discogs token=${value}`))).status).toBe(401);
    }
  });

  it('with the key and secret of an application is refused, and says what to send', async () => {
    const forms = [`key=${KEY}, secret=bar456`, `secret=${KEY}, key=x`, `  key=${KEY}, secret=x`];
    for (const form of forms) {
      expect(await message(gateway, PATH, as(`Discogs ${form}`, { 'x-api-key': KEY }))).toBe(
        `This gateway takes its own client key, not the key and secret of a Discogs application. Send it ${HOW}.`,
      );
    }
  });
});

describe('two keys in one request', () => {
  it('are refused when they differ, even if one is right', async () => {
    const several = `The request carries two different client keys. Send one, ${HOW}.`;
    const right = { 'x-api-key': KEY };
    expect(await message(gateway, PATH, as(`Discogs token=${WRONG}`, right))).toBe(several);
    expect(await message(gateway, PATH, as(`Bearer ${WRONG}`, right))).toBe(several);
    expect(await message(open, `${PATH}?token=${WRONG}`, { headers: right })).toBe(several);
    expect(await message(open, `${PATH}?token=${KEY}&token=${WRONG}`)).toBe(several);
  });

  it('are one when they are the same', async () => {
    expect((await gateway.askWithoutKey(PATH, as(`Discogs token=${KEY}`, { 'x-api-key': KEY }))).status).toBe(
      200,
    );
    expect((await open.askWithoutKey(`${PATH}?token=${KEY}`, as(`Bearer ${KEY}`))).status).toBe(200);
  });
});

describe('a key in the query', () => {
  it('is no key where the setting does not allow it, and the refusal says so', async () => {
    expect(await message(gateway, `${PATH}?token=${KEY}`)).toMatch(
      /^This gateway takes no key in the query; /,
    );
    expect((await gateway.ask(`${PATH}?token=${WRONG}`)).status).toBe(200);
  });

  it('opens the gateway where it is allowed, for this host too', async () => {
    expect((await open.askWithoutKey(`/database/search?token=${KEY}&q=nevermind`)).status).toBe(200);
    expect((await open.askWithoutKey(`/status?token=${KEY}`)).status).toBe(200);
    expect((await open.askWithoutKey(`${PATH}?token=${WRONG}`)).status).toBe(401);
  });

  it('is not sent to Discogs, not logged, and not part of a cache key', async () => {
    const path = '/labels/895/releases?per_page=3';
    const first = await open.askWithoutKey(`${path}&token=${KEY}`);
    const again = await open.askWithoutKey(path, { headers: { 'x-api-key': KEY } });
    expect([first.headers['x-cache'], again.headers['x-cache']]).toEqual(['miss', 'hit']);
    const sent = open.sandbox.requests.map((request) => request.path);
    expect(sent).toContain('/labels/895/releases?per_page=3');
    await open.trace(again);
    for (const text of [sent.join('\n'), open.lines.join('\n'), first.text, `${first.headers['link']}`]) {
      expect(text).not.toContain(KEY);
      expect(text).not.toContain(WRONG);
    }
  });

  it('opens the entry points for agents, too, which otherwise take no parameter that they do not know', async () => {
    for (const path of ['/gpt/labels/895?token=KEY', '/gpt/labels/1/tree?max_chars=1000&token=KEY']) {
      const reply = await open.askWithoutKey(path.replace('KEY', KEY), {
        headers: { authorization: `Bearer ${KEY}` },
      });
      expect([path, reply.status]).toEqual([path, 200]);
      expect((await open.askWithoutKey(path.replace('KEY', KEY))).status).toBe(200);
      expect(await message(open, path.replace('KEY', WRONG))).not.toMatch(/was sent/);
      expect(await message(gateway, path.replace('KEY', KEY))).toMatch(/takes no key in the query/);
    }
    const called = await open.askWithoutKey(`/mcp?token=${KEY}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      body: '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_label","arguments":{"label_id":895}}}',
    });
    expect([called.status, called.text]).toEqual([200, expect.stringContaining('"name":"RCA"')]);
    expect(await message(open, `/gpt/labels/895?token=${WRONG}`, { headers: { 'x-api-key': KEY } })).toMatch(
      /two different/,
    );
    expect(open.lines.join('\n')).not.toContain(KEY);
  });

  it('that cannot be decoded is none', async () => {
    expect(await message(open, `${PATH}?token=%ff`)).toBe(`No client key was sent. Send it ${HOW}.`);
  });
});

it('no key at all is told apart from a wrong one', async () => {
  const missing = `No client key was sent. Send it ${HOW}.`;
  for (const sending of [{}, as(''), as('Bearer'), as(`Basic ${btoa(KEY)}`), as('OAuth oauth_token="x"')]) {
    expect(await message(gateway, PATH, sending)).toBe(missing);
  }
  expect(await message(gateway, PATH, { headers: { 'x-api-key': WRONG } })).not.toBe(missing);
});
