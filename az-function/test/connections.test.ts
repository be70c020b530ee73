/** How requests leave: over which connections and protocol, and with which bytes. */
import { createSecureServer } from 'node:http2';
import type { Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { DiscogsRequest } from '@discogs-agent/core';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createFetcher } from '../src/http/fetcher.ts';
import { type RawUpstream, rawAnswer, startRawUpstream } from './support/rawUpstream.ts';
import { selfSignedCertificate } from './support/selfSignedCertificate.ts';

const LIMITS = { timeoutMs: 5_000, maxBytes: 1024 };
const request = (given: Partial<DiscogsRequest> = {}): DiscogsRequest => ({
  method: 'GET',
  pathAndQuery: '/labels/895',
  headers: { 'user-agent': 'Tests/1.0' },
  body: undefined,
  ...given,
});

const open: { close(): unknown }[] = [];
const trusted = getCACertificates('default');

afterEach(async () => {
  setDefaultCACertificates(trusted);
  await Promise.all(open.splice(0).map((upstream) => upstream.close()));
});

async function upstream(): Promise<RawUpstream> {
  const started = await startRawUpstream((socket) =>
    socket.write(rawAnswer('200 OK', ['Content-Length: 2'], '{}')),
  );
  open.push(started);
  return started;
}

describe('requests', () => {
  it('that follow each other share one connection', async () => {
    const { url, connections } = await upstream();
    const fetcher = createFetcher(url, LIMITS.maxBytes);
    for (let call = 0; call < 5; call += 1) {
      expect(await fetcher(request(), LIMITS)).toMatchObject({ kind: 'answer', status: 200 });
    }
    expect(connections()).toBe(1);
  });

  it('take a new connection when the server has closed the idle one', async () => {
    const started = await startRawUpstream((socket) =>
      socket.end(rawAnswer('200 OK', ['Content-Length: 2'], '{}')),
    );
    open.push(started);
    const fetcher = createFetcher(started.url, LIMITS.maxBytes);
    for (let call = 0; call < 3; call += 1) {
      expect(await fetcher(request(), LIMITS)).toMatchObject({ kind: 'answer', status: 200 });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(started.connections()).toBe(3);
  });

  it.each([
    ['GET', undefined, undefined],
    ['DELETE', undefined, undefined],
    ['PUT', undefined, '0'],
    ['POST', undefined, '0'],
    ['POST', '{"a":1}', '7'],
    ['DELETE', '{}', '2'],
  ] as const)('with %s and the body %s announce %s bytes, never chunks', async (method, body, length) => {
    const { url, requests } = await upstream();
    const bytes = body === undefined ? undefined : new TextEncoder().encode(body);
    await createFetcher(url, LIMITS.maxBytes)(request({ method, body: bytes }), LIMITS);
    expect(requests[0]?.toLowerCase().match(/\r\ncontent-length: (\d+)/)?.[1]).toBe(length);
    expect(requests[0]).not.toMatch(/transfer-encoding/i);
  });

  it.each([
    ['a header', { headers: { 'user-agent': 'Tests\r\nx-other: 1' } }],
    ['a path', { pathAndQuery: '/labels/895 HTTP/1.1' }],
  ])('with %s that HTTP cannot carry are failures, and are not sent', async (_, given) => {
    const { url, requests } = await upstream();
    const answer = await createFetcher(url, LIMITS.maxBytes)(request(given), LIMITS);
    expect(answer).toMatchObject({ kind: 'failure', cause: 'transport' });
    expect(requests).toEqual([]);
  });

  it('repeat no header and name the host', async () => {
    const { url, requests } = await upstream();
    await createFetcher(url, LIMITS.maxBytes)(request(), LIMITS);
    const names = requests[0]
      ?.split('\r\n')
      .slice(1)
      .map((line) => line.split(':')[0]?.toLowerCase());
    expect(names?.sort()).toEqual(['accept-encoding', 'connection', 'host', 'user-agent']);
    expect(requests[0]).toContain(`host: ${new URL(url).host}`);
  });
});

describe('over TLS', () => {
  async function secureUpstream() {
    const { key, cert } = selfSignedCertificate();
    const versions: string[] = [];
    const sockets = new Set<Socket>();
    const server = createSecureServer({ key, cert, allowHTTP1: true }, ({ httpVersion }, response) => {
      versions.push(httpVersion);
      response.end('{}');
    });
    server.on('secureConnection', (socket) => sockets.add(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const close = (): void => {
      server.close();
      for (const socket of sockets) socket.destroy();
    };
    open.push({ close });
    return { url: `https://127.0.0.1:${port}`, cert, versions, sockets };
  }

  it('HTTP/1.1 is spoken, over one connection, even to a server that prefers HTTP/2', async () => {
    const secure = await secureUpstream();
    setDefaultCACertificates([...trusted, secure.cert]);
    const fetcher = createFetcher(secure.url, LIMITS.maxBytes);
    for (let call = 0; call < 3; call += 1) {
      expect(await fetcher(request(), LIMITS)).toMatchObject({ kind: 'answer', status: 200 });
    }
    expect([secure.versions, secure.sockets.size]).toEqual([['1.1', '1.1', '1.1'], 1]);
  });

  it('a certificate that nobody has signed is refused', async () => {
    const secure = await secureUpstream();
    const answer = await createFetcher(secure.url, LIMITS.maxBytes)(request(), LIMITS);
    expect(answer).toMatchObject({ kind: 'failure', cause: 'transport' });
    expect(secure.versions).toEqual([]);
  });
});
