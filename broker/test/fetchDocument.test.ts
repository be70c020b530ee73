/** Documents of clients at the Worker: the name is resolved first, and nothing is fetched from a private address. */
import { describe, expect, it } from '@jest/globals';
import { createFetchDocument } from '../src/oauth/fetchDocument.ts';

const LIMITS = { timeoutMs: 2000, maxBytes: 5120 };
const CLIENT = new URL('https://client.example/document');

/** A network with one client and one name server; what was asked of the client. */
function network(addresses: readonly string[], answer: () => Response | Promise<Response>) {
  const asked: Request[] = [];
  const send = async (request: Request): Promise<Response> => {
    const { hostname, searchParams } = new URL(request.url);
    if (hostname !== 'cloudflare-dns.com') {
      asked.push(request);
      return answer();
    }
    const type = searchParams.get('type') === 'A' ? 1 : 28;
    const ofType = addresses.filter((address) => address.includes(':') === (type === 28));
    const rows = [{ type: 5, data: 'alias.example.' }, ...ofType.map((data) => ({ type, data }))];
    return Response.json({ Status: 0, Answer: rows });
  };
  return { asked, fetchDocument: createFetchDocument(send, 'test') };
}

const PUBLIC = ['93.184.215.14', '2606:4700:4700::1111'];

describe('a document', () => {
  it('is fetched from a public address, without following anything', async () => {
    const { asked, fetchDocument } = network(PUBLIC, () => new Response('{}'));
    expect(await fetchDocument(CLIENT, LIMITS)).toMatchObject({ kind: 'document', status: 200 });
    expect(asked.map(({ url, redirect }) => [url, redirect])).toEqual([[CLIENT.href, 'manual']]);
  });

  it.each([
    ['a private address', ['10.0.0.1'], 'private_address'],
    ['a public and a private one', [...PUBLIC, '127.0.0.1'], 'private_address'],
    ['a private one in IPv6', ['93.184.215.14', 'fd00::1'], 'private_address'],
    ['none', [], 'unreachable'],
  ])('is not fetched from a name with %s', async (_, addresses, problem) => {
    const { asked, fetchDocument } = network(addresses, () => new Response('{}'));
    expect([await fetchDocument(CLIENT, LIMITS), asked]).toEqual([{ kind: 'failure', problem }, []]);
  });

  it.each([
    ['an address', new URL('https://127.0.0.1/document'), 'private_address'],
    ['http', new URL('http://client.example/document'), 'unreachable'],
  ])('is not fetched over %s', async (_, url, problem) => {
    const { asked, fetchDocument } = network(PUBLIC, () => new Response('{}'));
    expect([await fetchDocument(url, LIMITS), asked]).toEqual([{ kind: 'failure', problem }, []]);
  });

  it('is refused where it is large, slow, or its host is away', async () => {
    const kindOf = async (answer: () => Response | Promise<Response>, limits = LIMITS) =>
      network(PUBLIC, answer).fetchDocument(CLIENT, limits);
    expect(await kindOf(() => new Response('x'.repeat(5121)))).toEqual({
      kind: 'failure',
      problem: 'too_large',
    });
    expect(await kindOf(() => Promise.reject(new TypeError('away')))).toEqual({
      kind: 'failure',
      problem: 'unreachable',
    });
    const slow = () => new Promise<Response>((_, reject) => setTimeout(() => reject(new Error('late')), 150));
    expect(await kindOf(slow, { ...LIMITS, timeoutMs: 50 })).toEqual({
      kind: 'failure',
      problem: 'too_slow',
    });
  });
});
