/** The built app in front of a sandbox, and a TLS address for clients that know a host and a port only. */

import { request, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { SANDBOX_TOKEN, type Sandbox, startSandbox } from '@discogs-agent/sandbox';
import { startLocalHost } from '../../az-function/local/localHost.ts';
import { loadApp } from '../../az-function/local/worker.ts';
import { selfSignedCertificate } from '../../az-function/test/support/selfSignedCertificate.ts';
import { APP_DIRECTORY, buildApp } from '../build/build.ts';

/** Where a client finds the gateway. */
export interface ClientGateway {
  /** `http://127.0.0.1:PORT/api`. */
  readonly url: string;
  readonly tlsPort: number;
  /** PEM of the certificate at `tlsPort`. */
  readonly certificate: string;
  readonly sandbox: Sandbox;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

/**
 * Hands every request on as it is, one level deeper: these clients know no path, and `/api` is the prefix of Azure
 * Functions. A reverse proxy does the same.
 */
function tlsForwarder(target: () => string): { readonly server: Server; readonly cert: string } {
  const { key, cert } = selfSignedCertificate();
  const server = createTlsServer({ key, cert }, (incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const forwarded = request(`${target()}${url}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    forwarded.once('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  return { server, cert };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, HOST, resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the forwarder has no port');
  return address.port;
}

/**
 * Starts everything with `key` as the client key. `byTls`: links in answers name the TLS address. `more` replaces
 * variables of the app, once the sandbox is there.
 */
export async function startClientGateway(
  key: string,
  byTls: boolean,
  more: (sandbox: Sandbox) => Readonly<Record<string, string>> = () => ({}),
): Promise<ClientGateway> {
  await buildApp();
  const sandbox = await startSandbox({ limits: { authenticated: 10_000, anonymous: 10_000 } });
  let url = '';
  const { server, cert } = tlsForwarder(() => url);
  const tlsPort = await listen(server);
  const functions = await loadApp({
    directory: APP_DIRECTORY,
    environment: {
      DISCOGS_API_BASE_URL: sandbox.url,
      DISCOGS_TOKEN: SANDBOX_TOKEN,
      X_API_KEY: key,
      ALLOW_KEY_IN_QUERY: 'true',
      ...more(sandbox),
      ...(byTls ? { PUBLIC_BASE_URL: `https://${HOST}:${tlsPort}` } : {}),
    },
    log: () => {},
  });
  const host = await startLocalHost(functions, 0);
  url = `${host.url}/api`;
  return {
    url,
    tlsPort,
    certificate: cert,
    sandbox,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await Promise.all([host.close(), sandbox.close()]);
    },
  };
}
