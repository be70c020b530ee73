/** A pack in Blob storage as the app reads it: the app's own HTTP client against a stand-in with its bad days. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CatalogueStore, CatalogueUnavailable } from '@discogs-agent/core/catalogue';
import { openPackStore } from '@discogs-agent/core/catalogue/pack';
import { unzstd } from '@discogs-agent/dumps/pack';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { writePack } from '../../dumps/src/pack/writePack.ts';
import { type GeneratedStore, generatedStore } from '../../dumps/test/support/generatedStore.ts';
import { startTinyBlobs, type TinyBlobs } from '../../dumps/test/support/tinyBlobs.ts';
import { noToken } from '../src/catalogue/blobFailure.ts';
import { createBlobSource } from '../src/catalogue/blobSource.ts';
import { readContainerAddress } from '../src/catalogue/containerAddress.ts';
import { openBlobCatalogue } from '../src/catalogue/openBlobCatalogue.ts';
import { createFetcher } from '../src/http/fetcher.ts';
import { startManagedIdentityServer } from './support/managedIdentityServer.ts';

let blobs: TinyBlobs;
let folder: string;
let catalogue: GeneratedStore;
let next: GeneratedStore;
let month: string;

/** What `writePack` wrote, as blobs. */
async function upload(source: GeneratedStore): Promise<string> {
  const { folder: written } = await writePack(source, folder);
  for (const name of await readdir(join(folder, written))) {
    blobs.put(`${written}/${name}`, await readFile(join(folder, written, name)));
  }
  blobs.put('pack.json', await readFile(join(folder, 'pack.json')));
  return written;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'blobs-'));
  blobs = await startTinyBlobs();
  catalogue = generatedStore(300);
  next = generatedStore(50, 9, '2026-11-01');
});
afterAll(async () => {
  catalogue.close();
  next.close();
  await Promise.all([blobs.close(), rm(folder, { recursive: true })]);
});
beforeEach(async () => {
  blobs.blobs.clear();
  blobs.intercept = undefined;
  month = await upload(catalogue);
  blobs.requests.length = 0;
});

interface Opened {
  readonly store: CatalogueStore;
  readonly pauses: number[];
  now: number;
}

function open(addressText = blobs.address, getToken = async () => 'token'): Opened {
  const address = readContainerAddress(addressText);
  if (!address) throw new Error('no address');
  const opened = { pauses: [] as number[], now: 0 };
  const source = createBlobSource({
    address,
    fetcher: createFetcher(address.origin, 1_000_000),
    getToken,
    now: () => opened.now,
    sleep: async (ms) => {
      opened.pauses.push(ms);
      opened.now += ms;
    },
  });
  return Object.assign(opened, {
    store: openPackStore({ source, decompress: unzstd, now: () => opened.now }),
  });
}

const FIRST_ID = 2;
const firstRelease = async (store: CatalogueStore): Promise<string> =>
  new TextDecoder().decode(await store.record('releases', FIRST_ID));
const expected = (): string => new TextDecoder().decode(catalogue.record('releases', FIRST_ID));
const withoutSignature = (): string => blobs.address.replace(/\?.*/, '');

/** Answers the next `times` requests with `status`. */
function failing(times: number, status: number, headers: Record<string, string> = {}): void {
  let left = times;
  blobs.intercept = (_, response: ServerResponse) => {
    if (left === 0) return false;
    left -= 1;
    response.writeHead(status, { 'x-ms-error-code': 'ServerBusy', ...headers }).end('<Error/>');
    return true;
  };
}

describe('a pack in Blob storage', () => {
  it('is read by ranges with the signature of the address', async () => {
    const { store } = open();
    expect(await firstRelease(store)).toBe(expected());
    expect(blobs.requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET', 'GET']);
    expect(blobs.requests.some(({ authorization }) => authorization !== undefined)).toBe(false);
  });

  it("is read with a token of the app's identity where the address has no signature", async () => {
    expect(await firstRelease(open(withoutSignature()).store)).toBe(expected());
    expect(new Set(blobs.requests.map(({ authorization }) => authorization))).toEqual(
      new Set(['Bearer token']),
    );
  });

  it('is read as the managed identity that the platform gives to the app', async () => {
    const identity = await startManagedIdentityServer();
    identity.tokens.set('system', 'token');
    const address = readContainerAddress(withoutSignature());
    if (!address) throw new Error('no address');
    Object.assign(process.env, identity.environment);
    try {
      expect(await firstRelease(openBlobCatalogue(address))).toBe(expected());
      expect(identity.requests).toHaveLength(1);
      expect(identity.requests[0]).toContain('storage.azure.com');
    } finally {
      for (const name of Object.keys(identity.environment)) delete process.env[name];
      await identity.close();
    }
  });

  it('is read again after a blob was replaced, by the ETag', async () => {
    const { store } = open();
    await store.info();
    await firstRelease(store);
    await upload(catalogue);
    const last = [...catalogue.ids('releases')].at(-1) ?? 0;
    expect(new TextDecoder().decode(await store.record('releases', last))).toBe(
      new TextDecoder().decode(catalogue.record('releases', last)),
    );
  });

  it('is followed to the new month when the former one is deleted', async () => {
    const { store } = open();
    expect((await store.info()).date).toBe('2026-10-01');
    blobs.blobs.clear();
    await upload(next);
    await store.record('releases', 40);
    expect((await store.info()).date).toBe('2026-11-01');
  });

  it.each([503, 500, 429, 408])('is asked again after %i', async (status) => {
    failing(2, status);
    const { store, pauses } = open();
    expect(await firstRelease(store)).toBe(expected());
    expect(pauses).toEqual([200, 400]);
  });

  it('is asked again after the pause that Retry-After names', async () => {
    failing(1, 503, { 'retry-after': '1' });
    const { store, pauses } = open();
    expect(await firstRelease(store)).toBe(expected());
    expect(pauses).toEqual([1000]);
  });

  it('is left alone for as long as Retry-After says, without a request', async () => {
    failing(1, 503, { 'retry-after': '20' });
    const opened = open();
    await expect(firstRelease(opened.store)).rejects.toThrow(CatalogueUnavailable);
    expect(opened.pauses).toEqual([]);
    blobs.requests.length = 0;
    await expect(firstRelease(opened.store)).rejects.toThrow(/asked to wait/);
    expect(blobs.requests).toHaveLength(0);
    opened.now += 20_000;
    expect(await firstRelease(opened.store)).toBe(expected());
  });

  it.each<readonly [string, () => void, RegExp]>([
    ['throttles without end', () => failing(99, 503), /503 ServerBusy/],
    [
      'ends connections',
      () => {
        blobs.intercept = (request) => {
          request.socket.destroy();
          return true;
        };
      },
      /ReadError/,
    ],
    ['refuses', () => failing(99, 403), /refuses the catalogue: 403 ServerBusy/],
    ['is empty', () => blobs.blobs.clear(), /no pack.json/],
    ['is half uploaded', () => blobs.blobs.delete(`${month}/releases.pack`), /being replaced/],
  ])('is unavailable, with a fix and without a secret, where storage %s', async (_, trouble, message) => {
    trouble();
    const error: unknown = await firstRelease(open().store).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CatalogueUnavailable);
    expect(error).toMatchObject({
      message: expect.stringMatching(message),
      fix: expect.stringMatching(/\w/),
    });
    expect(JSON.stringify(error) + String(error)).not.toMatch(/sig=|127\.0\.0\.1/);
  });

  it('is unavailable where nothing listens, and where there is no token', async () => {
    const nobody = open('http://127.0.0.1:1/catalogue?sig=valid');
    await expect(firstRelease(nobody.store)).rejects.toThrow(/does not give the catalogue/);
    const stranger = open(withoutSignature(), async () => {
      throw noToken('no_token 400');
    });
    await expect(firstRelease(stranger.store)).rejects.toThrow(/No token for Blob storage: no_token 400/);
  });

  it('is understood where a proxy ignores the range', async () => {
    blobs.intercept = (request) => {
      delete request.headers.range;
      return false;
    };
    expect(await firstRelease(open().store)).toBe(expected());
  });
});

describe('the address of a container', () => {
  it.each([
    ['https://acc.blob.core.windows.net/catalogue', 'https://acc.blob.core.windows.net', '/catalogue', ''],
    ['https://acc.blob.core.windows.net/catalogue/', 'https://acc.blob.core.windows.net', '/catalogue', ''],
    ['https://a.example/c?sv=1&sig=x%2F', 'https://a.example', '/c', '?sv=1&sig=x%2F'],
    [
      'http://127.0.0.1:10000/devstoreaccount1/c?sig=1',
      'http://127.0.0.1:10000',
      '/devstoreaccount1/c',
      '?sig=1',
    ],
  ])('%s is one', (text, origin, path, signature) => {
    expect(readContainerAddress(text)).toEqual({ origin, path, signature });
  });

  it.each([
    'http://acc.blob.core.windows.net/catalogue',
    'https://acc.blob.core.windows.net',
    'https://user:word@acc.blob.core.windows.net/catalogue',
    'https://acc.blob.core.windows.net/catalogue?page=2',
    'https://acc.blob.core.windows.net/a/b/c',
    './folder',
    '',
  ])('%j is none', (text) => {
    expect(readContainerAddress(text)).toBeUndefined();
  });
});
