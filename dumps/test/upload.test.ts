/** Uploads of a pack with the SDK: to a stand-in of Blob storage with its bad days, and to Azurite where there is one. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlobServiceClient, ContainerSASPermissions } from '@azure/storage-blob';
import type { CatalogueStore } from '@discogs-agent/core/catalogue';
import { openPackStore } from '@discogs-agent/core/catalogue/pack';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AZURITE_BLOB, type Azurite, startAzurite } from '../../core/test/support/azurite.ts';
import { writePack } from '../src/pack/writePack.ts';
import { unzstd } from '../src/pack/zstd.ts';
import { explain, openContainer } from '../src/upload/container.ts';
import { containerSource } from '../src/upload/containerSource.ts';
import { uploadFile } from '../src/upload/uploadFile.ts';
import { type UploadOptions, type UploadResult, uploadPack } from '../src/upload/uploadPack.ts';
import { type GeneratedStore, generatedStore } from './support/generatedStore.ts';
import { jsonOf } from './support/prepare.ts';
import { startTinyBlobs, type TinyBlobs } from './support/tinyBlobs.ts';

let root: string;
const newFolder = (): Promise<string> => mkdtemp(join(root, 'pack-'));
let october: GeneratedStore;
let november: GeneratedStore;
let december: GeneratedStore;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'upload-'));
  october = generatedStore(80, 1, '2026-10-01');
  november = generatedStore(90, 2, '2026-11-01');
  december = generatedStore(100, 3, '2026-12-01');
});
afterAll(async () => {
  for (const store of [october, november, december]) store.close();
  await rm(root, { recursive: true });
});

interface Place {
  /** The address of a new container, with a signature. */
  readonly newContainer: () => Promise<string>;
}

interface Run {
  readonly address: string;
  readonly folder: string;
  readonly keep?: number;
  readonly progress?: UploadOptions['progress'];
}

const upload = ({ address, folder, keep = 1, progress = () => {} }: Run): Promise<UploadResult> =>
  uploadPack({ container: openContainer(address), folder, keep, now: Date.now, progress });

const storeAt = (address: string): CatalogueStore =>
  openPackStore({ source: containerSource(openContainer(address)), decompress: unzstd, now: () => 0 });

const text = (bytes: Uint8Array | undefined): string | undefined => bytes && new TextDecoder().decode(bytes);

const namesIn = async (address: string): Promise<string[]> => {
  const names: string[] = [];
  for await (const { name } of openContainer(address).listBlobsFlat()) names.push(name);
  return names;
};

function tests({ newContainer }: Place): void {
  let address: string;
  let folder: string;
  beforeEach(async () => {
    address = await newContainer();
    folder = await newFolder();
  });

  it('serves what was uploaded', async () => {
    await writePack(october, folder);
    const { sent, bytes, date } = await upload({ address, folder });
    expect({ sent, date }).toEqual({ sent: bytes, date: '2026-10-01' });
    const store = storeAt(address);
    expect(await store.info()).toEqual(october.info);
    for (const record of october.records.slice(0, 100)) {
      expect(text(await store.record(record.kind, record.id))).toBe(jsonOf(record));
    }
    const page = { offset: 0, limit: 50 };
    expect(await store.releasesBy('catno', 'ABC1', page)).toEqual(october.releasesBy('catno', 'ABC1', page));
    const sort = { by: 'year', order: 'asc' } as const;
    expect(await store.artistReleases(1, sort, page)).toEqual(october.artistReleases(1, sort, page));
  });

  it('sends nothing twice', async () => {
    await writePack(october, folder);
    await upload({ address, folder });
    expect((await upload({ address, folder })).sent).toBe(0);
  });

  it('keeps the former month until another one comes, unless told otherwise', async () => {
    const first = await writePack(october, folder);
    await upload({ address, folder });
    const second = await writePack(november, folder);
    expect((await upload({ address, folder })).deleted).toEqual([]);
    const reader = storeAt(address);
    expect((await reader.info()).date).toBe('2026-11-01');
    await writePack(december, folder);
    expect((await upload({ address, folder })).deleted).toEqual([first.folder]);
    expect((await reader.info()).date).toBe('2026-11-01');
    expect((await upload({ address, folder, keep: 0 })).deleted).toEqual([second.folder]);
    // Its blobs are gone under the reader, which follows the pointer.
    expect(text(await reader.record('artists', 1))).toBe(december.records.slice(0, 1).map(jsonOf).join());
    expect((await reader.info()).date).toBe('2026-12-01');
  });

  it('goes on where it stopped, and serves the former month until it is whole', async () => {
    await writePack(october, folder);
    await upload({ address, folder });
    const { folder: month } = await writePack(november, folder);
    const stop = (name: string): void => {
      if (name.endsWith('labels.pack')) throw new Error('stopped');
    };
    await expect(upload({ address, folder, progress: stop })).rejects.toThrow('stopped');
    expect((await storeAt(address).info()).date).toBe('2026-10-01');
    const { sent, bytes } = await upload({ address, folder });
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(bytes);
    expect((await namesIn(address)).filter((name) => name.startsWith(month))).toHaveLength(13);
    expect((await storeAt(address).info()).date).toBe('2026-11-01');
  });

  it('does not send blocks again that were staged before', async () => {
    const { folder: month } = await writePack(october, folder);
    const path = join(folder, month, 'releases.pack');
    // Two blocks and a bit.
    const large = Buffer.concat([await readFile(path), Buffer.alloc(17 * 2 ** 20, 7)]);
    await writeFile(path, large);
    const md5 = createHash('md5').update(large).digest('base64');
    const file = { path, bytes: large.length, md5 };
    const container = openContainer(address);
    let sent = 0;
    const failing = (bytes: number, wasThere: boolean): void => {
      if (!wasThere) sent += bytes;
      if (sent > 0) throw new Error('stopped');
    };
    await expect(uploadFile(container, 'x.pack', file, failing)).rejects.toThrow('stopped');
    let again = 0;
    await uploadFile(container, 'x.pack', file, (bytes, wasThere) => {
      if (!wasThere) again += bytes;
    });
    expect(again).toBeLessThan(large.length);
    expect((await container.getBlobClient('x.pack').getProperties()).contentLength).toBe(large.length);
  });

  it('refuses to serve a file that is not what its manifest says', async () => {
    const { folder: month } = await writePack(october, folder);
    const path = join(folder, month, 'catnos.pack');
    await writeFile(path, (await readFile(path)).fill(0, 10, 20));
    await expect(upload({ address, folder })).rejects.toThrow(/is not what its manifest says/);
    expect(await namesIn(address)).not.toContain('pack.json');
    await writePack(october, folder);
    expect((await upload({ address, folder })).date).toBe('2026-10-01');
  });
}

describe('an upload to a stand-in', () => {
  let blobs: TinyBlobs;
  beforeAll(async () => {
    blobs = await startTinyBlobs();
  });
  afterAll(() => blobs.close());
  beforeEach(() => {
    blobs.intercept = undefined;
  });

  tests({
    newContainer: async () => {
      blobs.blobs.clear();
      blobs.staged.clear();
      return blobs.address;
    },
  });

  /** A pack in a folder, and a container without blobs. */
  async function packed(): Promise<Run> {
    blobs.blobs.clear();
    const folder = await newFolder();
    await writePack(october, folder);
    return { address: blobs.address, folder };
  }

  const problemOf = async (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'none',
      (error: unknown) => `${explain(error).message}. ${explain(error).fix}`,
    );

  it('tries again where storage throttles, and says so where it goes on', async () => {
    const run = await packed();
    let left = 2;
    blobs.intercept = (request, response) => {
      if (request.method !== 'PUT' || left === 0) return false;
      left -= 1;
      response.writeHead(503, { 'x-ms-error-code': 'ServerBusy', 'retry-after': '0' }).end('<Error/>');
      return true;
    };
    expect((await upload(run)).date).toBe('2026-10-01');
    expect(left).toBe(0);
  });

  it.each([
    ['az login', 403],
    ['no such container', 404],
    ['Run the same command again', 409],
  ])('says what to do (%s) after %i, and no signature', async (advice, status) => {
    const run = await packed();
    blobs.intercept = (request, response) => {
      if (request.method !== 'PUT') return false;
      response.writeHead(status, { 'content-type': 'application/xml' });
      response.end(
        '<?xml version="1.0"?><Error><Code>SomeCode</Code><Message>of sig=valid</Message></Error>',
      );
      return true;
    };
    const problem = await problemOf(upload(run));
    expect(problem).toContain(advice);
    expect(problem).toContain('SomeCode');
    expect(problem).not.toMatch(/sig=|valid/);
  });

  it('is not served where the container gives other bytes than were sent', async () => {
    const run = await packed();
    blobs.intercept = (request) => {
      const blob = [...blobs.blobs].find(([name]) => name.endsWith('/masters.pack'))?.[1];
      if (request.method === 'GET') blob?.bytes.fill(0);
      return false;
    };
    expect(await problemOf(upload(run))).toMatch(/masters.pack/);
    expect(blobs.blobs.has('pack.json')).toBe(false);
  });

  it('leaves the pointer alone where another upload has moved it', async () => {
    const run = await packed();
    const other = Buffer.from('{"format":1}');
    blobs.intercept = (request) => {
      if (request.method === 'PUT' && request.url?.includes('pack.json')) blobs.put('pack.json', other);
      return false;
    };
    expect(await problemOf(upload(run))).toMatch(/Another upload has finished/);
    expect(blobs.blobs.get('pack.json')?.bytes).toEqual(other);
  });

  it('deletes nothing but months, and an upload that was given up only after a week', async () => {
    const run = await packed();
    const abandoned = '2026-09-01-0123456789abcdef/releases.pack';
    blobs.put(abandoned, Buffer.from('x'));
    blobs.put('2026-09-01/notes.txt', Buffer.from('mine'));
    expect((await upload({ ...run, keep: 0 })).deleted).toEqual([]);
    blobs.blobs.set(abandoned, {
      bytes: Buffer.from('x'),
      etag: '"1"',
      md5: undefined,
      modified: new Date(0),
    });
    expect((await upload({ ...run, keep: 0 })).deleted).toEqual(['2026-09-01-0123456789abcdef']);
    expect(blobs.blobs.has('2026-09-01/notes.txt')).toBe(true);
  });

  it.each([
    'http://my-account.blob.core.windows.net/c',
    'https://my-account.blob.core.windows.net',
    'folder',
  ])('is refused for the address %s', (address) => {
    expect(() => openContainer(address)).toThrow(/is none of a container/);
  });

  it('says that there is no pack yet', async () => {
    const run = { address: blobs.address, folder: await newFolder() };
    expect(await problemOf(upload(run))).toMatch(/npm run dumps -- pack/);
  });
});

const suite = AZURITE_BLOB === undefined ? describe.skip : describe;
suite(`an upload to Azurite${AZURITE_BLOB === undefined ? ' (skipped: AZURITE_BLOB names none)' : ''}`, () => {
  let azurite: Azurite;
  beforeAll(async () => {
    azurite = await startAzurite(AZURITE_BLOB ?? '', 'blob');
  });
  afterAll(() => azurite.close());

  tests({
    newContainer: async () => {
      const service = BlobServiceClient.fromConnectionString(azurite.connectionString);
      const { containerClient } = await service.createContainer(`c${randomUUID()}`);
      const permissions = ContainerSASPermissions.parse('racwdl');
      return containerClient.generateSasUrl({ permissions, expiresOn: new Date(Date.now() + 3_600_000) });
    },
  });
});
