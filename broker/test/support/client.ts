/** A desktop app and a browser that use a running broker over HTTP. */
import { answerConsent } from '@discogs-agent/sandbox';
import * as z from 'zod/mini';

export const CLIENT_TOKEN = 'client-token';
/** What browsers send when somebody follows a link. */
const NAVIGATION = { 'sec-fetch-mode': 'navigate', accept: 'text/html,*/*;q=0.8' };

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined for what is not a JSON object. */
  readonly json: Readonly<Record<string, unknown>> | undefined;
}

const started = z.object({
  device_id: z.string().check(z.regex(/^[0-9a-f]{40}$/)),
  pending_token: z.string().check(z.regex(/^[0-9a-f]{48}$/)),
  auth_url: z.string(),
  poll_interval_seconds: z.literal(5),
  expires_at: z.int(),
});

export type Pair = z.infer<typeof started>;
type Ids = Pick<Pair, 'device_id' | 'pending_token'>;

export async function ask(url: string, options: RequestInit = {}): Promise<Reply> {
  const response = await fetch(url, { redirect: 'manual', ...options });
  const text = await response.text();
  const json = text.startsWith('{') ? z.record(z.string(), z.unknown()).parse(JSON.parse(text)) : undefined;
  return { status: response.status, headers: response.headers, text, json };
}

/** A person: `base` is where the app said the link leads. */
export const browser = {
  visit: (url: string): Promise<Reply> => ask(url, { headers: NAVIGATION }),

  /** From the app's link over the page that asks to Discogs' consent page; the address of the latter. */
  async goToConsent(authUrl: string): Promise<string> {
    const page = await browser.visit(authUrl);
    const [, href = ''] = /<a class="go"[^>]* href="([^"]+)"/.exec(page.text) ?? [];
    const { headers, text } = await browser.visit(new URL(href.replaceAll('&amp;', '&'), authUrl).href);
    const location = headers.get('location');
    if (location === null) throw new Error(`no way to Discogs: ${text}`);
    return location;
  },

  /** Decides on the consent page; where Discogs sends the browser. */
  async decide(consentUrl: string, decision: 'approve' | 'deny'): Promise<string> {
    const { location, html } = await answerConsent(consentUrl, decision);
    if (location === null) throw new Error(`Discogs sends nobody back: ${html}`);
    return location;
  },

  /** The whole way; the last page. */
  async signIn(authUrl: string, decision: 'approve' | 'deny' = 'approve'): Promise<Reply> {
    return browser.visit(await browser.decide(await browser.goToConsent(authUrl), decision));
  },
};

export function app(base: string, clientToken = CLIENT_TOKEN) {
  const headers = { 'x-reklawdbox-broker-token': clientToken };
  const self = {
    startReply: (): Promise<Reply> => ask(`${base}/v1/device/session/start`, { method: 'POST', headers }),
    start: async (): Promise<Pair> => started.parse((await self.startReply()).json),
    status: ({ device_id, pending_token }: Ids): Promise<Reply> =>
      ask(`${base}/v1/device/session/status?device_id=${device_id}&pending_token=${pending_token}`, {
        headers,
      }),
    finalize: ({ device_id, pending_token }: Ids): Promise<Reply> =>
      ask(`${base}/v1/device/session/finalize`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ device_id, pending_token }),
      }),
    search: (
      sessionToken: string,
      body: unknown = { artist: 'Daft Punk', title: 'One More Time', album: null },
    ): Promise<Reply> =>
      ask(`${base}/v1/discogs/proxy/search`, {
        method: 'POST',
        headers: { authorization: `Bearer ${sessionToken}` },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    revoke: (sessionToken: string): Promise<Reply> =>
      ask(`${base}/v1/device/session/revoke`, {
        method: 'POST',
        headers: { authorization: `Bearer ${sessionToken}` },
      }),
    /** A session token. */
    async signIn(): Promise<string> {
      const pair = await self.start();
      await browser.signIn(pair.auth_url);
      return String((await self.finalize(pair)).json?.['session_token']);
    },
  };
  return self;
}
