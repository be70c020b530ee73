/** TLS in front of a server on this machine, under a name that only a browser of ours resolves. */
import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSignedCertificate } from '../../../az-function/test/support/selfSignedCertificate.ts';

export interface TlsFront {
  /** `https://<name>:<port>`. */
  readonly url: string;
  /** Where requests go from now on. */
  leadTo(url: string): void;
  close(): void;
}

/** Listens on 127.0.0.1. Chromium needs `--ignore-certificate-errors` and a rule for the name. */
export async function tlsFront(name: string): Promise<TlsFront> {
  let target = '';
  const server = createServer(selfSignedCertificate(), (incoming, outgoing) => {
    const { method, headers } = incoming;
    const forwarded = request(target + incoming.url, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.once('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://${name}:${port}`,
    leadTo: (url) => {
      target = url;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
