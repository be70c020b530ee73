/** An app and its user's browser, as the authorization server meets them: over HTTP, at the address of one instance. */
import { createHash, randomBytes } from 'node:crypto';
import {
  answerConsent,
  SANDBOX_CONSUMER_KEY,
  SANDBOX_CONSUMER_SECRET,
  SANDBOX_USERNAME,
} from '@discogs-agent/sandbox';
import { cookieJar } from '../../../core/test/support/cookieJar.ts';
import { type Reply, type Sending, send } from './send.ts';

export const APP = { client_id: 'my-app', redirect_uris: ['https://app.example/callback'] };
export const GPT = {
  client_id: 'my-gpt',
  client_secret: 'gpt-secret-of-the-tests-0123456789',
  redirect_uris: ['https://chatgpt.com/aip/g-1/oauth/callback'],
};

/** What switches sign-in on, with the application that the sandbox knows. */
export const SIGN_IN_ENVIRONMENT = {
  SIGN_IN: 'true',
  SIGN_IN_CLIENTS: JSON.stringify([APP, GPT]),
  DISCOGS_CONSUMER_KEY: SANDBOX_CONSUMER_KEY,
  DISCOGS_CONSUMER_SECRET: SANDBOX_CONSUMER_SECRET,
};

/** Path and query of an address. */
const pathOf = (address: string): string => {
  const { pathname, search } = new URL(address);
  return pathname + search;
};

/** A browser with cookies of its own, at one instance. */
export function browserAt(url: string) {
  const jar = cookieJar();
  async function visit(address: string, sending: Sending = {}): Promise<Reply> {
    const headers = {
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
      accept: 'text/html',
      ...jar.headers(address),
    };
    const reply = await send(url, pathOf(address), {
      ...sending,
      headers: { ...headers, ...sending.headers },
    });
    jar.store(address, reply.headers['set-cookie']);
    return reply;
  }
  /** Sends the first form of a page that has `text` in it, with the button of this value. */
  function submit(page: Reply, decision: string, text = ''): Promise<Reply> {
    const forms = [...page.text.matchAll(/<form .*?<\/form>/gs)].map(([form]) => form);
    const form = forms.find((one) => one.includes(text)) ?? '';
    const [, action = ''] = /^<form method="post" action="([^"]+)"/.exec(form) ?? [];
    const fields = [...form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)];
    const body = new URLSearchParams(
      fields.map(([, name = '', value = '']): [string, string] => [name, value]),
    );
    body.set('decision', decision);
    return visit(action, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        origin: 'null',
      },
      body: body.toString(),
    });
  }
  return { visit, submit };
}

export interface Tokens {
  readonly access: string;
  readonly refresh: string;
}

/** Asks the token endpoint. */
export const askToken = (
  url: string,
  form: Readonly<Record<string, string>>,
  prefix = '/api',
): Promise<Reply> =>
  send(url, `${prefix}/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });

export const tokensOf = (reply: Reply): Tokens => {
  const json = reply.json() as Readonly<Record<string, unknown>>;
  return { access: String(json['access_token']), refresh: String(json['refresh_token']) };
};

/** Follows an authorization to the page that asks, and gives the page. */
export async function toConsent(
  browser: ReturnType<typeof browserAt>,
  sandboxUrl: string,
  authorization: string,
  username = SANDBOX_USERNAME,
): Promise<Reply> {
  const sent = await browser.visit(authorization);
  const { search } = new URL(sent.headers['location'] ?? 'http://nowhere.example');
  const { location } = await answerConsent(`${sandboxUrl}/oauth/authorize${search}`, 'approve', username);
  const returned = await browser.visit(location ?? '');
  return browser.visit(returned.headers['location'] ?? '');
}

/** Who signs in, for what, and where. */
interface SignInOptions {
  readonly username?: string;
  readonly scope?: string;
  /** Before every path. */
  readonly prefix?: string;
  readonly resource?: string;
}

/** From nothing to tokens of the public client. */
export async function signIn(
  url: string,
  sandboxUrl: string,
  {
    username = SANDBOX_USERNAME,
    scope = 'read collection:write',
    prefix = '/api',
    resource = url + prefix,
  }: SignInOptions = {},
): Promise<Tokens> {
  const verifier = randomBytes(32).toString('base64url');
  const [redirect_uri = ''] = APP.redirect_uris;
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: APP.client_id,
    redirect_uri,
    scope,
    resource,
    state: 'state-1',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const browser = browserAt(url);
  const page = await toConsent(browser, sandboxUrl, `${url}${prefix}/authorize?${query}`, username);
  const back = await browser.submit(page, 'allow');
  const code = new URL(back.headers['location'] ?? 'http://nowhere.example').searchParams.get('code') ?? '';
  return tokensOf(
    await askToken(
      url,
      {
        grant_type: 'authorization_code',
        client_id: APP.client_id,
        redirect_uri,
        code,
        code_verifier: verifier,
      },
      prefix,
    ),
  );
}
