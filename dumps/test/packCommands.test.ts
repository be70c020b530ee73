/** From the files of a month to a container, by the commands that a person types. */
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openPackStore } from '@discogs-agent/core/catalogue/pack';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPackFolder, unzstd } from '../src/pack/index.ts';
import { openContainer } from '../src/upload/container.ts';
import { containerSource } from '../src/upload/containerSource.ts';
import { dumps, writeMonth } from './support/importing.ts';
import { spoilRecord } from './support/spoilRecord.ts';
import { temporaryFolder } from './support/temporaryFolder.ts';
import { startTinyBlobs, type TinyBlobs } from './support/tinyBlobs.ts';

describe('npm run dumps -- pack and upload', () => {
  const root = temporaryFolder();
  const store = join(root, 'store');
  let blobs: TinyBlobs;
  beforeAll(async () => {
    blobs = await startTinyBlobs();
  });
  afterAll(() => blobs.close());

  it('say what is missing before there is anything', async () => {
    const pack = await dumps(store, 'pack');
    expect([pack.code, pack.output]).toEqual([1, expect.stringContaining('run npm run dumps -- import')]);
    const upload = await dumps(store, 'upload', blobs.address);
    expect([upload.code, upload.output]).toEqual([1, expect.stringContaining('npm run dumps -- pack')]);
  });

  it('bring the month that is served into the container', async () => {
    const files = join(root, 'files');
    writeMonth({ folder: files, counts: { releases: 100 } });
    expect((await dumps(store, 'import', files)).code).toBe(0);
    const pack = await dumps(store, 'pack');
    expect([pack.code, pack.output]).toEqual([0, expect.stringContaining('GB. npm run dumps -- upload')]);
    const local = openPackFolder(join(store, 'pack'));
    expect((await local.info()).counts.releases).toBe(100);

    const upload = await dumps(store, 'upload', blobs.address);
    expect([upload.code, upload.output]).toEqual([0, expect.stringContaining('2026-10-01 is served')]);
    expect(upload.output).not.toContain('sig=');
    const source = containerSource(openContainer(blobs.address));
    const remote = openPackStore({ source, decompress: unzstd, now: () => 0 });
    expect(new TextDecoder().decode(await remote.record('releases', 100))).toContain('"title":"Release 100"');
    const again = await dumps(store, 'upload', blobs.address, '--keep', '0');
    expect(again.output).toContain(', 0.0 MB of them sent now');
  });

  it.each([
    ['cannot be unpacked', "data = x'00'", 'unexpected end of file'],
    ['is missing', 'position = -1', 'the record of releases 7 is missing'],
  ])('build nothing from a store with a record that %s, and say what to do', async (_, spoiled, problem) => {
    const damaged = join(root, `damaged ${problem}`);
    cpSync(store, damaged, { recursive: true });
    const before = readdirSync(join(damaged, 'pack')).sort();
    spoilRecord(damaged, 7, spoiled);
    const { code, output } = await dumps(damaged, 'pack');
    expect([code, output]).toEqual([1, expect.stringContaining(`cannot be read: ${problem}`)]);
    expect(output).toContain('What to do: import the month again; npm run dumps -- verify');
    expect(readdirSync(join(damaged, 'pack')).sort()).toEqual(before);
  });

  it('does not build a pack in place of the catalogue', async () => {
    const { code, output } = await dumps(store, 'pack', '--out', join(store, '.'));
    expect([code, output]).toEqual([1, expect.stringContaining('is the folder of the catalogue')]);
  });

  it('leave nothing in the folder when the catalogue is removed', async () => {
    expect((await dumps(store, 'remove')).code).toBe(0);
    expect(readdirSync(store)).toEqual([]);
  });

  it.each([
    [['upload'], 'needs the address of one container'],
    [['upload', 'https://a.example/c', 'https://b.example/c'], 'needs the address of one container'],
    [['upload', 'https://a.example/c', '--keep=-1'], 'expected a whole number from 0'],
    [['upload', 'ftp://a.example/c'], 'is none of a container'],
  ])('%j is refused with what to do', async (args, problem) => {
    const { code, output } = await dumps(store, ...args);
    expect([code, output]).toEqual([1, expect.stringContaining(problem)]);
  });
});
