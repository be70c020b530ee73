/** A stand-in for Azure Key Vault: its challenge, its token check, its bodies, and its bad days. */
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSignedCertificate } from './selfSignedCertificate.ts';

/** How the vault treats the next requests for a secret. */
export type VaultMood =
  | { readonly kind: 'normal' }
  | {
      readonly kind: 'error';
      readonly status: number;
      readonly code: string;
      readonly innerCode?: string;
      readonly headers?: Record<string, string>;
    }
  | { readonly kind: 'page'; readonly status: number }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'reset' };

/** A running stand-in; `close` also cuts connections that are kept alive. */
export interface VaultServer {
  readonly url: string;
  readonly cert: string;
  readonly secrets: Map<string, string>;
  /** Tokens that it accepts. */
  readonly tokens: Set<string>;
  /** One mood for each request with a token; `normal` when the list is empty. */
  readonly moods: VaultMood[];
  /** `GET /secrets/NAME/` and whether a token came with it. */
  readonly requests: string[];
  close(): Promise<void>;
}

const NORMAL: VaultMood = { kind: 'normal' };

/** Starts the stand-in on a free port of 127.0.0.1, with a certificate of its own. */
export async function startVaultServer(): Promise<VaultServer> {
  const secrets = new Map<string, string>();
  const tokens = new Set<string>();
  const moods: VaultMood[] = [];
  const requests: string[] = [];
  const { key, cert } = selfSignedCertificate();
  const server = createServer({ key, cert }, (request, response) => {
    const url = new URL(request.url ?? '/', 'https://vault');
    const token = request.headers.authorization?.replace(/^Bearer /, '');
    requests.push(`${request.method} ${url.pathname}${token === undefined ? '' : ' token'}`);
    if (token === undefined || !tokens.has(token)) {
      const base = `https://127.0.0.1:${portOf(server)}/tenant`;
      const challenge = `Bearer authorization="${base}", resource="https://vault.azure.net"`;
      return sendError(response, 401, 'Unauthorized', undefined, { 'www-authenticate': challenge });
    }
    const mood = moods.shift() ?? NORMAL;
    const name = /^\/secrets\/([0-9A-Za-z-]+)\/$/.exec(url.pathname)?.[1];
    if (request.method !== 'GET' || name === undefined || !url.searchParams.has('api-version')) {
      return sendError(response, 400, 'BadParameter');
    }
    const value = secrets.get(name);
    const answer = () =>
      value === undefined
        ? sendError(response, 404, 'SecretNotFound')
        : send(response, 200, {
            value,
            id: `https://127.0.0.1/secrets/${name}/1`,
            attributes: { enabled: true },
          });
    switch (mood.kind) {
      case 'normal':
        return answer();
      case 'error':
        return sendError(response, mood.status, mood.code, mood.innerCode, mood.headers);
      case 'page':
        response
          .writeHead(mood.status, { 'content-type': 'text/html' })
          .end('<html>a proxy in between</html>');
        return;
      case 'slow':
        setTimeout(answer, mood.ms).unref();
        return;
      case 'reset':
        request.socket.destroy();
        return;
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://127.0.0.1:${portOf(server)}`,
    cert,
    secrets,
    tokens,
    moods,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portOf(server: { address(): AddressInfo | string | null }): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return address.port;
}

function send(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}

function sendError(
  response: ServerResponse,
  status: number,
  code: string,
  innerCode?: string,
  headers = {},
): void {
  const message = 'Words for people, with an address: https://music-kv.vault.azure.net/secrets?token=x';
  const innererror = innerCode === undefined ? {} : { innererror: { code: innerCode } };
  send(response, status, { error: { code, message, ...innererror } }, headers);
}
