/** A stand-in for the identity endpoint that App Service and Functions give to an app. */
import { createServer } from 'node:http';

/** A bad moment of the endpoint. */
export type IdentityFailure = 'reset' | { readonly status: number; readonly body: string };

/** A running stand-in. */
export interface ManagedIdentityServer {
  /** What the platform sets for the app. */
  readonly environment: { readonly IDENTITY_ENDPOINT: string; readonly IDENTITY_HEADER: string };
  /** Tokens by `client_id`; `system` is the system-assigned identity. An unknown identity is refused. */
  readonly tokens: Map<string, string>;
  /** What the next requests are answered with instead of a token, in turn; `reset` ends the connection. */
  readonly failures: IdentityFailure[];
  /** Query strings, as received. */
  readonly requests: string[];
  close(): Promise<void>;
}

const HEADER = 'identity-header-secret';
const RESOURCES = ['https://vault.azure.net', 'https://monitor.azure.com', 'https://storage.azure.com'];

/** Starts the stand-in on a free port of 127.0.0.1. */
export async function startManagedIdentityServer(): Promise<ManagedIdentityServer> {
  const tokens = new Map<string, string>();
  const failures: IdentityFailure[] = [];
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const { pathname, searchParams, search } = new URL(request.url ?? '/', 'http://identity');
    requests.push(search);
    const failure = failures.shift();
    if (failure === 'reset') return void request.socket.destroy();
    if (failure) {
      const type = failure.body.startsWith('<') ? 'text/html' : 'application/json';
      return void response.writeHead(failure.status, { 'content-type': type }).end(failure.body);
    }
    const reply = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    const resource = searchParams.get('resource');
    const valid =
      pathname === '/msi/token' &&
      request.headers['x-identity-header'] === HEADER &&
      searchParams.get('api-version') === '2019-08-01' &&
      RESOURCES.includes(resource ?? '');
    const clientId = searchParams.get('client_id') ?? 'system';
    const token = tokens.get(clientId);
    if (!valid || token === undefined) {
      // The platform says `error`, without a token and with a message that names the identity.
      reply(400, { error: 'invalid_request', error_description: `No identity ${clientId}: ${HEADER}` });
      return;
    }
    const expiresOn = String(Math.floor(Date.now() / 1_000) + 86_400);
    reply(200, {
      access_token: token,
      expires_on: expiresOn,
      resource,
      token_type: 'Bearer',
      client_id: clientId,
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return {
    environment: {
      IDENTITY_ENDPOINT: `http://127.0.0.1:${address.port}/msi/token`,
      IDENTITY_HEADER: HEADER,
    },
    tokens,
    failures,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
