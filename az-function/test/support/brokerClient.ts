/** A desktop app and its user's browser, as the broker meets them: over HTTP, each call to an instance of its choice. */
import { answerConsent, SANDBOX_CONSUMER_KEY, SANDBOX_CONSUMER_SECRET } from '@discogs-agent/sandbox';
import { cookieJar } from '../../../core/test/support/cookieJar.ts';
import { type Reply, type Sending, send } from './send.ts';

export const CLIENT_TOKEN = 'client-token-of-the-tests';

/** What switches the broker on, with the application that the sandbox knows. */
export const BROKER_ENVIRONMENT = {
  BROKER_ENABLED: 'true',
  DISCOGS_CONSUMER_KEY: SANDBOX_CONSUMER_KEY,
  DISCOGS_CONSUMER_SECRET: SANDBOX_CONSUMER_SECRET,
  BROKER_CLIENT_TOKEN: CLIENT_TOKEN,
};

/** What `start` tells. */
export interface Pair {
  readonly deviceId: string;
  readonly pendingToken: string;
  readonly authUrl: string;
}

/** Members of an answer that is a JSON object. */
export const members = (reply: Reply): Readonly<Record<string, unknown>> => {
  const json = reply.json();
  return typeof json === 'object' && json !== null ? { ...json } : {};
};

/** One call below `/api` of the instance at `url`. */
export const ask = (url: string, path: string, sending: Sending = {}): Promise<Reply> =>
  send(url, `/api${path}`, sending);

const withToken = (sending: Sending = {}): Sending => ({
  ...sending,
  headers: { ...sending.headers, 'x-reklawdbox-broker-token': CLIENT_TOKEN },
});

/** The app begins. */
export async function start(url: string): Promise<Pair> {
  const reply = members(await ask(url, '/v1/device/session/start', withToken({ method: 'POST' })));
  return {
    deviceId: String(reply['device_id']),
    pendingToken: String(reply['pending_token']),
    authUrl: String(reply['auth_url']),
  };
}

export const status = (url: string, { deviceId, pendingToken }: Pair): Promise<Reply> =>
  ask(url, `/v1/device/session/status?device_id=${deviceId}&pending_token=${pendingToken}`, withToken());

export const finalize = (url: string, { deviceId, pendingToken }: Pair): Promise<Reply> =>
  ask(
    url,
    '/v1/device/session/finalize',
    withToken({
      method: 'POST',
      body: JSON.stringify({ device_id: deviceId, pending_token: pendingToken }),
    }),
  );

export const search = (url: string, sessionToken: string, body: object): Promise<Reply> =>
  ask(url, '/v1/discogs/proxy/search', {
    method: 'POST',
    headers: { authorization: `Bearer ${sessionToken}` },
    body: JSON.stringify(body),
  });

/** Path and query of an address, for whichever instance gets them. */
export const pathOf = (address: string): string => {
  const { pathname, search: query } = new URL(address);
  return pathname.replace(/^\/api/, '') + query;
};

/** Of the person of tests in which there is only one. */
const person = cookieJar();

/** A GET of `address` at whichever instance, with the cookies of `jar`, which keeps what is set. */
export async function visit(
  url: string,
  address: string,
  headers: Readonly<Record<string, string>> = {},
  jar = person,
): Promise<Reply> {
  const reply = await ask(url, pathOf(address), { headers: { ...headers, ...jar.headers(address) } });
  jar.store(address, reply.headers['set-cookie']);
  return reply;
}

/** Answers on the sandbox's consent page, whose address may be that of the real one; where the browser is sent then. */
export async function answered(
  sandboxUrl: string,
  authorizeUrl: string,
  decision: 'approve' | 'deny' = 'approve',
): Promise<string> {
  const { search: query } = new URL(authorizeUrl);
  const { location } = await answerConsent(`${sandboxUrl}/oauth/authorize${query}`, decision);
  return location ?? '';
}

/** Follows the link at the instance to the consent page, and answers there. */
export async function consent(
  url: string,
  sandboxUrl: string,
  { authUrl }: Pair,
  decision: 'approve' | 'deny' = 'approve',
): Promise<string> {
  const { headers } = await visit(url, authUrl);
  return answered(sandboxUrl, headers['location'] ?? 'http://nowhere.example', decision);
}

/** A session that is signed in, all on one instance. */
export async function signedIn(url: string, sandboxUrl: string): Promise<Pair & { sessionToken: string }> {
  const pair = await start(url);
  await visit(url, await consent(url, sandboxUrl, pair));
  return { ...pair, sessionToken: String(members(await finalize(url, pair))['session_token']) };
}
