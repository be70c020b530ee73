/** A desktop app and browsers that use a running broker over HTTP. */
import { request } from 'node:http';
import { answerConsent } from '@discogs-agent/sandbox';
import * as z from 'zod/mini';
import { type CookieJar, cookieJar } from '../../../core/test/support/cookieJar.ts';

export const CLIENT_TOKEN = 'client-token';
/** What browsers send when somebody follows a link. */
const NAVIGATION = { 'sec-fetch-mode': 'navigate', accept: 'text/html,*/*;q=0.8' };

/** A request; follows no redirect. */
interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

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

/** As programs send it: `fetch` says of itself that it is a browser. */
export async function ask(url: string, { body, ...options }: Asking = {}): Promise<Reply> {
  const { status, headers, text } = await new Promise<Omit<Reply, 'json'>>((resolve, reject) => {
    const sent = request(url, { agent: false, ...options }, async (response) => {
      try {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        const named = Object.entries(response.headersDistinct).flatMap(([name, values = []]) =>
          values.map((value): [string, string] => [name, value]),
        );
        resolve({
          status: response.statusCode ?? 0,
          headers: new Headers(named),
          text: Buffer.concat(chunks).toString('utf8'),
        });
      } catch (error) {
        reject(error);
      }
    });
    sent.once('error', reject).end(body);
  });
  const json = text.startsWith('{') ? z.record(z.string(), z.unknown()).parse(JSON.parse(text)) : undefined;
  return { status, headers, text, json };
}

/** One GET with the cookies of `jar`, which keeps what is set. */
export async function askWithCookies(
  url: string,
  jar: CookieJar,
  headers: Readonly<Record<string, string>>,
): Promise<Reply> {
  const reply = await ask(url, { headers: { ...headers, ...jar.headers(url) } });
  jar.store(url, reply.headers.get('set-cookie'));
  return reply;
}

/** A person with a new browser. */
export function openBrowser() {
  const jar = cookieJar();
  const self = {
    jar,
    visit: (url: string): Promise<Reply> => askWithCookies(url, jar, NAVIGATION),

    /** From the app's link over the page that asks to Discogs' consent page; the address of the latter. */
    async goToConsent(authUrl: string): Promise<string> {
      const page = await self.visit(authUrl);
      const [, href = ''] = /<a class="go"[^>]* href="([^"]+)"/.exec(page.text) ?? [];
      const { headers, text } = await self.visit(new URL(href.replaceAll('&amp;', '&'), authUrl).href);
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
      return self.visit(await self.decide(await self.goToConsent(authUrl), decision));
    },
  };
  return self;
}

/** The person of tests in which there is only one. */
export const browser = openBrowser();

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
