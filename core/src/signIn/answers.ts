/** The three kinds of answer with a body, and the one without. */
import type { WebAnswer } from './web.ts';

type Headers = Readonly<Record<string, string>>;

const encoder = new TextEncoder();

const answer =
  (contentType: string) =>
  (status: number, body: string, headers: Headers = {}): WebAnswer => ({
    status,
    headers: { 'content-type': `${contentType}; charset=utf-8`, 'cache-control': 'no-store', ...headers },
    body: encoder.encode(body),
  });

export const htmlAnswer = answer('text/html');
export const textAnswer = answer('text/plain');
const jsonText = answer('application/json');

export const jsonAnswer = (status: number, value: unknown, headers?: Headers): WebAnswer =>
  jsonText(status, JSON.stringify(value), headers);

/** The same answer, with a cookie. */
export const withCookie = (answer: WebAnswer, cookie: string): WebAnswer => ({
  ...answer,
  headers: { ...answer.headers, 'set-cookie': cookie },
});

/** Sends a browser on without telling the next site where it came from: our address holds the pending token. */
export const redirect = (location: string): WebAnswer => ({
  status: 302,
  headers: { location, 'referrer-policy': 'no-referrer' },
  body: new Uint8Array(0),
});
