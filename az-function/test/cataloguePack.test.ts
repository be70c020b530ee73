/** A pack behind the running app: in a folder, and uploaded into a container. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fileSource } from '../../dumps/src/pack/packSource.ts';
import { writePack } from '../../dumps/src/pack/writePack.ts';
import { currentPointer } from '../../dumps/src/sqlite/storeLayout.ts';
import { openContainer } from '../../dumps/src/upload/container.ts';
import { uploadPack } from '../../dumps/src/upload/uploadPack.ts';
import { startTinyBlobs, type TinyBlobs } from '../../dumps/test/support/tinyBlobs.ts';
import { sandboxCatalogue } from './support/catalogueFolder.ts';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

const RELEASE = '/releases/249504';
const ONLY = { 'x-discogs-source': 'catalogue' };
const PATHS = [
  RELEASE,
  '/artists/125246/releases?sort=year&sort_order=asc&per_page=3',
  '/masters/13814/versions?sort=released&country=US',
  '/labels/895/releases?per_page=2&page=1',
];

let sqlite: string;
let pack: string;
let blobs: TinyBlobs;

beforeAll(async () => {
  sqlite = await sandboxCatalogue();
  pack = join(sqlite, 'pack');
  const source = fileSource(join(sqlite, currentPointer(sqlite).file));
  await writePack(source, pack);
  source.close();
  blobs = await startTinyBlobs();
  await uploadPack({
    container: openContainer(blobs.address),
    folder: pack,
    keep: 1,
    now: Date.now,
    progress: () => {},
  });
});
afterAll(() => blobs.close());

const open = (store: string): Promise<TestGateway> =>
  openTestGateway({ environment: { CATALOGUE_STORE: store, CATALOGUE: 'first' }, sandbox: {} });

const answers = async (gateway: TestGateway): Promise<readonly string[]> => {
  const replies = await Promise.all(PATHS.map((path) => gateway.ask(path, { headers: ONLY })));
  return replies.map(({ status, text }) => `${status} ${text.replaceAll(gateway.url, '')}`);
};

describe('a gateway with a pack', () => {
  it('answers from a folder and from a container as it does from SQLite', async () => {
    const gateways = await Promise.all([sqlite, pack, blobs.address].map(open));
    const [expected, ...others] = await Promise.all(gateways.map(answers));
    expect(expected?.every((answer) => answer.startsWith('200 '))).toBe(true);
    expect(others).toEqual([expected, expected]);
    await Promise.all(gateways.map((gateway) => gateway.close()));
  });

  it('asks Discogs where it throttles, and tells nobody the signature', async () => {
    blobs.intercept = (_, response) => {
      response.writeHead(503, { 'x-ms-error-code': 'ServerBusy', 'retry-after': '30' }).end('<Error/>');
      return true;
    };
    const gateway = await open(blobs.address);
    const reply = await gateway.ask(RELEASE);
    expect([reply.status, reply.headers['x-discogs-source']]).toEqual([200, 'live']);
    const line = await gateway.line('catalogue_unavailable error=', ' fix=');
    expect(line).toContain('503 ServerBusy');
    const { text } = await gateway.ask('/status');
    expect(text + line).not.toMatch(/sig=|127\.0\.0\.1:\d+\/catalogue/);
    blobs.intercept = undefined;
    await gateway.close();
  });
});
