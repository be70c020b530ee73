/** Documents of clients are fetched from public addresses only: a server on this machine stands for the one that is not. */
import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createFetchDocument, type FetchDocumentOptions } from '../src/signIn/fetchDocument.ts';
import { selfSignedCertificate } from './support/selfSignedCertificate.ts';

const { key, cert } = selfSignedCertificate();
const LIMITS = { timeoutMs: 5000, maxBytes: 5120 };
const seen: string[] = [];
let server: Server;
let port = 0;

beforeAll(async () => {
  server = createServer({ key, cert }, ({ url = '', headers }, response) => {
    seen.push(`${url} ${headers.cookie ?? ''}${headers.authorization ?? ''}`);
    if (url === '/never') return;
    if (url === '/redirected') return void response.writeHead(302, { location: '/document' }).end();
    if (url === '/broken')
      return void response.writeHead(200, { 'content-length': '99' }).write('x', () => response.destroy());
    if (url === '/endless') return void response.writeHead(200).write('x'.repeat(6000));
    response.end(url === '/large' ? 'x'.repeat(5121) : 'document');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** A name server that knows every name. */
const resolving = (...addresses: readonly string[]): NonNullable<FetchDocumentOptions['resolve']> =>
  ((_: string, __: object, done: (error: null, found: LookupAddress[]) => void) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )) as never;

const connection = { ca: cert, servername: '', checkServerIdentity: () => undefined };
/** As if this machine were the internet. */
const open = (change: Partial<FetchDocumentOptions> = {}) =>
  createFetchDocument({
    userAgent: 'test',
    isPublic: () => true,
    resolve: resolving('127.0.0.1'),
    connection,
    ...change,
  });
const at = (path: string, host = 'client.example') => new URL(`https://${host}:${port}${path}`);
const text = ({ body }: { body: Uint8Array }) => Buffer.from(body).toString();

describe('a document', () => {
  it('is fetched without credentials', async () => {
    const fetched = await open()(at('/document'), LIMITS);
    expect(fetched).toMatchObject({ kind: 'document', status: 200 });
    expect(fetched.kind === 'document' && text(fetched)).toBe('document');
    expect(seen.at(-1)).toBe('/document ');
  });

  it('behind a redirect is not followed', async () => {
    const before = seen.length;
    expect(await open()(at('/redirected'), LIMITS)).toMatchObject({ kind: 'document', status: 302 });
    expect(seen.slice(before)).toEqual(['/redirected ']);
  });

  it.each([
    ['/large', 'too_large'],
    ['/endless', 'too_large'],
    ['/broken', 'unreachable'],
  ])('at %s is %s', async (path, problem) => {
    expect(await open()(at(path), LIMITS)).toEqual({ kind: 'failure', problem });
  });

  it('that does not come in time is given up', async () => {
    expect(await open()(at('/never'), { ...LIMITS, timeoutMs: 100 })).toEqual({
      kind: 'failure',
      problem: 'too_slow',
    });
  });

  it('behind a name that nobody resolves in time is given up', async () => {
    const resolve = (() => {}) as never;
    expect(await open({ resolve })(at('/'), { ...LIMITS, timeoutMs: 50 })).toEqual({
      kind: 'failure',
      problem: 'too_slow',
    });
  });

  it('is trusted by its certificate only', async () => {
    const strict = open({ connection: {} });
    expect(await strict(at('/document'), LIMITS)).toEqual({ kind: 'failure', problem: 'unreachable' });
  });
});

describe('nothing is sent', () => {
  const guarded = (...addresses: readonly string[]) =>
    createFetchDocument({ userAgent: 'test', resolve: resolving(...addresses), connection });
  it.each([
    ['a name of this machine', ['127.0.0.1']],
    ['a name of this machine in IPv6', ['::1']],
    ['a name with a public and a private address', ['93.184.215.14', '10.0.0.1']],
    ['a name of a metadata service', ['169.254.169.254']],
    ['a name without an address', []],
  ])('to %s', async (_, addresses) => {
    const before = seen.length;
    expect(await guarded(...addresses)(at('/document'), LIMITS)).toEqual({
      kind: 'failure',
      problem: 'private_address',
    });
    expect(seen).toHaveLength(before);
  });

  it.each(['127.0.0.1', '[::1]', '10.0.0.1', '0.0.0.0'])('to the address %s', async (host) => {
    const before = seen.length;
    expect(await guarded('93.184.215.14')(at('/document', host), LIMITS)).toEqual({
      kind: 'failure',
      problem: 'private_address',
    });
    expect(seen).toHaveLength(before);
  });

  it('over http', async () => {
    const url = new URL(`http://client.example:${port}/document`);
    expect(await open()(url, LIMITS)).toEqual({ kind: 'failure', problem: 'unreachable' });
  });
});
