/** A broker over memory and a fake Discogs, and an app and a browser that use it. */
import {
  type Broker,
  type BrokerDependencies,
  type BrokerRequest,
  type BrokerStores,
  createBroker,
  memoryStores,
  type RawSearch,
  readBrokerSettings,
  type SearchReply,
  type SearchSession,
} from '@discogs-agent/core/broker';
import { type CookieJar, cookieJar } from '../../support/cookieJar.ts';
import { recordedLog } from '../../support/fakes.ts';
import { type FakeDiscogs, fakeDiscogs } from './fakeDiscogs.ts';

export const CLIENT_TOKEN = 'client-token';
const TOKEN_HEADER = { 'x-reklawdbox-broker-token': CLIENT_TOKEN };
export const NAVIGATION = { 'sec-fetch-mode': 'navigate', accept: 'text/html,*/*;q=0.8' };
/** Start of every test, in ms. */
export const NOON = 1_800_000_000_000;

export const ENVIRONMENT = {
  DISCOGS_CONSUMER_KEY: 'consumer-key',
  DISCOGS_CONSUMER_SECRET: 'consumer-secret',
  BROKER_CLIENT_TOKEN: CLIENT_TOKEN,
};

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Undefined for what is not a JSON object. */
  readonly json: Readonly<Record<string, unknown>> | undefined;
}

interface AskOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | object;
  readonly clientAddress?: string;
  /** The person's own one without. */
  readonly jar?: CookieJar;
}

interface Pair {
  readonly deviceId: string;
  readonly pendingToken: string;
  readonly authUrl: string;
  readonly expiresAt: number;
}

interface Given extends Partial<Omit<BrokerDependencies, 'stores' | 'signIn' | 'settings'>> {
  readonly environment?: Readonly<Record<string, string>>;
  readonly stores?: BrokerStores;
  readonly discogs?: FakeDiscogs;
  readonly clock?: { ms: number };
  /** Of the person's browser. */
  readonly jar?: CookieJar;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function bytesOf(body: AskOptions['body']): Uint8Array {
  if (body instanceof Uint8Array) return body;
  return encoder.encode(body === undefined || typeof body === 'string' ? (body ?? '') : JSON.stringify(body));
}

function objectIn(text: string): Reply['json'] {
  if (!text.startsWith('{')) return undefined;
  return JSON.parse(text);
}

export const pairQuery = ({ deviceId, pendingToken }: Pick<Pair, 'deviceId' | 'pendingToken'>): string =>
  `device_id=${deviceId}&pending_token=${pendingToken}`;

export function harness({ environment = ENVIRONMENT, ...given }: Given = {}) {
  const { stores = memoryStores(), discogs = fakeDiscogs(), clock = { ms: NOON } } = given;
  const person = given.jar ?? cookieJar(() => clock.ms);
  const log = recordedLog();
  const searched: { session: SearchSession; body: RawSearch }[] = [];
  const results: SearchReply[] = [];
  const broker: Broker = createBroker({
    settings: readBrokerSettings(environment),
    signIn: discogs,
    searches: {
      search: async (session, body) => {
        searched.push({ session, body });
        const payload = { result: null, match_quality: 'none', cache_hit: false };
        return results.shift() ?? { kind: 'found', payload };
      },
    },
    now: () => clock.ms,
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    setTimer: (run, ms) => {
      const timer = setTimeout(run, ms);
      // A broker that a test kills never clears it.
      timer.unref();
      return () => clearTimeout(timer);
    },
    waitUntil: () => {},
    log,
    ...given,
    stores,
  });

  async function ask(method: string, target: string, options: AskOptions = {}): Promise<Reply> {
    const { jar = person } = options;
    const url = new URL(target, 'https://broker.example').href;
    const headers: Readonly<Record<string, string>> = { ...options.headers, ...jar.headers(url) };
    const bytes = bytesOf(options.body);
    const request: BrokerRequest = {
      method,
      url,
      header: (name) => headers[name],
      body: async (limit) => (bytes.length > limit ? null : bytes),
      clientAddress: options.clientAddress,
    };
    const answer = await broker.handle(request);
    jar.store(url, answer.headers['set-cookie']);
    const text = decoder.decode(answer.body);
    return { status: answer.status, headers: answer.headers, text, json: objectIn(text) };
  }

  /** The app's calls. */
  const app = {
    start: async (): Promise<Pair> => {
      const { json } = await ask('POST', '/v1/device/session/start', { headers: TOKEN_HEADER });
      return {
        deviceId: String(json?.['device_id']),
        pendingToken: String(json?.['pending_token']),
        authUrl: String(json?.['auth_url']),
        expiresAt: Number(json?.['expires_at']),
      };
    },
    status: (pair: Pick<Pair, 'deviceId' | 'pendingToken'>) =>
      ask('GET', `/v1/device/session/status?${pairQuery(pair)}`, { headers: TOKEN_HEADER }),
    finalize: ({ deviceId, pendingToken }: Pick<Pair, 'deviceId' | 'pendingToken'>) =>
      ask('POST', '/v1/device/session/finalize', {
        headers: TOKEN_HEADER,
        body: { device_id: deviceId, pending_token: pendingToken },
      }),
    search: (sessionToken: string, body: AskOptions['body'] = { artist: 'a', title: 't', album: null }) =>
      ask('POST', '/v1/discogs/proxy/search', { headers: { authorization: `Bearer ${sessionToken}` }, body }),
    revoke: (sessionToken: string) =>
      ask('POST', '/v1/device/session/revoke', { headers: { authorization: `Bearer ${sessionToken}` } }),
  };

  /** The way to the consent page: the request token that a browser arrives with. */
  async function consentPage({ authUrl }: Pair, jar = person): Promise<string> {
    const { headers } = await ask('GET', authUrl, { jar });
    return new URL(headers['location'] ?? 'https://nowhere.example').searchParams.get('oauth_token') ?? '';
  }

  /** The user says yes: where Discogs sends the browser that last went to the consent page for this session. */
  function approved({ deviceId }: Pair, requestToken: string): string {
    const callbackUrl = discogs.callbackUrls.findLast((url) => url.includes(`device_id=${deviceId}&`));
    return `${callbackUrl}&oauth_token=${requestToken}&oauth_verifier=${discogs.approve(requestToken)}`;
  }

  /** A session that is `authorized`. */
  async function authorized(): Promise<Pair> {
    const pair = await app.start();
    await ask('GET', approved(pair, await consentPage(pair)));
    return pair;
  }

  /** A session that is signed in. */
  async function signedIn(): Promise<Pair & { readonly sessionToken: string }> {
    const pair = await authorized();
    const { json } = await app.finalize(pair);
    return { ...pair, sessionToken: String(json?.['session_token']) };
  }

  return {
    broker,
    stores,
    discogs,
    clock,
    log,
    searched,
    results,
    ask,
    app,
    consentPage,
    approved,
    authorized,
    signedIn,
    passSeconds: (seconds: number) => {
      clock.ms += seconds * 1000;
    },
  };
}
