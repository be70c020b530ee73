/** An authorization server over memory and a fake Discogs, and an app and a browser that use it. */
import { createHash } from 'node:crypto';
import { memoryStores } from '@discogs-agent/core/broker';
import {
  createAuthorizationServer,
  type FetchDocument,
  memoryOAuthStores,
  type OAuthEvent,
  type OAuthStores,
  readOAuthSettings,
} from '@discogs-agent/core/oauth';
import { type FakeDiscogs, fakeDiscogs } from '../../broker/support/fakeDiscogs.ts';
import { type CookieJar, cookieJar } from '../../support/cookieJar.ts';
import { recordedLog } from '../../support/fakes.ts';

/** Start of every test, in ms. */
export const NOON = 1_800_000_000_000;
export const BASE = 'https://gateway.example/api';
export const SECRET = 's'.repeat(40);
export const GPT = {
  client_id: 'my-gpt',
  client_secret: SECRET,
  redirect_uris: [
    'https://chatgpt.com/aip/g-1/oauth/callback',
    'https://chat.openai.com/aip/g-1/oauth/callback',
  ],
};
export const APP = {
  client_id: 'my-app',
  redirect_uris: ['https://app.example/callback', 'http://127.0.0.1/back'],
};
export const ENVIRONMENT = {
  DISCOGS_CONSUMER_KEY: 'consumer-key',
  DISCOGS_CONSUMER_SECRET: 'consumer-secret',
  SIGN_IN_CLIENTS: JSON.stringify([GPT, APP]),
};

export const VERIFIER = 'v'.repeat(43);
export const challengeOf = (verifier: string): string =>
  createHash('sha256').update(verifier).digest('base64url');

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** An empty object for what is no JSON. */
  readonly json: Readonly<Record<string, unknown>>;
  /** Where it leads; undefined for what leads nowhere. */
  readonly location: URL | undefined;
}

interface AskOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>> | URLSearchParams;
  readonly body?: string;
  readonly jar?: CookieJar;
  readonly clientAddress?: string;
}

export interface Tokens {
  readonly access: string;
  readonly refresh: string;
}

interface Given {
  readonly environment?: Readonly<Record<string, string>>;
  readonly stores?: OAuthStores;
  readonly discogs?: FakeDiscogs;
  readonly fetchDocument?: FetchDocument;
  readonly clock?: { ms: number };
}

/** Parameters of an authorization by the public client. */
export const APP_REQUEST = {
  response_type: 'code',
  client_id: APP.client_id,
  redirect_uri: APP.redirect_uris[0] ?? '',
  code_challenge: challengeOf(VERIFIER),
  code_challenge_method: 'S256',
  scope: 'read collection:write',
  state: 'st&te=1',
};
/** The same for ChatGPT's Action, which sends no PKCE. */
export const GPT_REQUEST = {
  response_type: 'code',
  client_id: GPT.client_id,
  redirect_uri: GPT.redirect_uris[0] ?? '',
  scope: 'read',
  state: 'state-1',
};

const hiddenField = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';

export function harness({ environment = {}, ...given }: Given = {}) {
  const { stores = memoryOAuthStores(), discogs = fakeDiscogs(), clock = { ms: NOON } } = given;
  const person = cookieJar(() => clock.ms);
  const log = recordedLog();
  const events: OAuthEvent[] = [];
  const settings = readOAuthSettings({ ...ENVIRONMENT, ...environment });
  const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  const server = createAuthorizationServer({
    settings,
    stores,
    throttle: memoryStores().throttle,
    signIn: discogs,
    fetchDocument: given.fetchDocument ?? (async () => ({ kind: 'failure', problem: 'unreachable' })),
    now: () => clock.ms,
    randomBytes,
    setTimer: (run, ms) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    waitUntil: () => {},
    log,
    routePrefix: '/api',
    hasMcp: true,
    onAnswer: (event) => events.push(event),
    signing: {
      consumer: { key: 'consumer-key', secret: 'consumer-secret' },
      signatureMethod: 'PLAINTEXT',
      now: () => clock.ms,
      random: randomBytes,
    },
  });

  async function ask(method: string, target: string, options: AskOptions = {}): Promise<Reply> {
    const { jar = person, form, body } = options;
    const url = new URL(target.startsWith('/.') ? `https://gateway.example${target}` : target, `${BASE}/`)
      .href;
    const text = form ? new URLSearchParams(form).toString() : (body ?? '');
    const bytes = new TextEncoder().encode(text);
    const headers: Readonly<Record<string, string>> = {
      ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      ...options.headers,
      ...jar.headers(url),
    };
    const answer = await server.handle({
      method,
      url,
      header: (name) => headers[name],
      body: async (limit) => (bytes.length > limit ? null : bytes),
      clientAddress: options.clientAddress,
    });
    jar.store(url, answer.headers['set-cookie']);
    const answered = new TextDecoder().decode(answer.body);
    const isJson = answer.headers['content-type']?.startsWith('application/json') ?? false;
    const location = answer.headers['location'];
    return {
      status: answer.status,
      headers: answer.headers,
      text: answered,
      json: isJson ? JSON.parse(answered) : {},
      location: location === undefined ? undefined : new URL(location),
    };
  }

  const authorize = (parameters: Readonly<Record<string, string>> = APP_REQUEST, options: AskOptions = {}) =>
    ask('GET', `authorize?${new URLSearchParams(parameters)}`, options);

  /** The user says yes at Discogs: where Discogs sends the browser. */
  function approved(requestToken: string): string {
    const verifier = discogs.approve(requestToken);
    return `${discogs.callbackOf(requestToken)}&oauth_token=${requestToken}&oauth_verifier=${verifier}`;
  }

  /** From the app to the page that asks. */
  async function toConsent(
    parameters: Readonly<Record<string, string>> = APP_REQUEST,
    jar = person,
  ): Promise<Reply> {
    const sent = await authorize(parameters, { jar });
    const returned = await ask('GET', approved(sent.location?.searchParams.get('oauth_token') ?? ''), {
      jar,
    });
    return ask('GET', returned.location?.href ?? '', { jar });
  }

  const answerOf = (consent: Reply, decision: string) => ({
    request: hiddenField(consent.text, 'request'),
    proof: hiddenField(consent.text, 'proof'),
    decision,
  });

  const decide = (consent: Reply, decision = 'allow', jar = person) =>
    ask('POST', 'authorize/consent', { form: answerOf(consent, decision), jar });

  /** From the app to the code that it gets. */
  async function code(parameters: Readonly<Record<string, string>> = APP_REQUEST): Promise<string> {
    const back = await decide(await toConsent(parameters));
    return back.location?.searchParams.get('code') ?? '';
  }

  const token = (form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
    ask('POST', 'token', { form, headers });

  const codeForm = (given: string, change: Readonly<Record<string, string>> = {}) => ({
    grant_type: 'authorization_code',
    client_id: APP.client_id,
    redirect_uri: APP_REQUEST.redirect_uri,
    code: given,
    code_verifier: VERIFIER,
    ...change,
  });
  const refreshForm = (refresh: string, change: Readonly<Record<string, string>> = {}) => ({
    grant_type: 'refresh_token',
    client_id: APP.client_id,
    refresh_token: refresh,
    ...change,
  });

  const tokensOf = ({ json }: Reply): Tokens => ({
    access: String(json['access_token']),
    refresh: String(json['refresh_token']),
  });

  /** From nothing to tokens of the public client. */
  const signedIn = async (parameters: Readonly<Record<string, string>> = APP_REQUEST): Promise<Tokens> =>
    tokensOf(await token(codeForm(await code(parameters))));

  return {
    server,
    users: server.users,
    stores,
    discogs,
    clock,
    log,
    events,
    ask,
    authorize,
    approved,
    toConsent,
    answerOf,
    decide,
    code,
    token,
    codeForm,
    refreshForm,
    tokensOf,
    signedIn,
    newJar: () => cookieJar(() => clock.ms),
    passSeconds: (seconds: number) => {
      clock.ms += seconds * 1000;
    },
    /** Whether the access token opens anything. */
    isGood: async (access: string) => (await server.users.find(access, 'api')).kind === 'user',
  };
}
