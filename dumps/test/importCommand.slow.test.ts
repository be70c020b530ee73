import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { STORE_FILE } from '../src/sqlite/format.ts';
import { openCatalogue } from '../src/sqlite/index.ts';
import { readPointer } from '../src/sqlite/storeLayout.ts';
import { dumps, writeMonth } from './support/importing.ts';
import { temporaryFolder } from './support/temporaryFolder.ts';

const storesIn = (folder: string): readonly string[] =>
  readdirSync(folder).filter((name) => name.endsWith('.sqlite'));

describe('npm run dumps', () => {
  const root = temporaryFolder();
  let folders = 0;
  function places(): { store: string; files: string } {
    folders += 1;
    return { store: join(root, `store ${folders}`), files: join(root, `files ${folders}`) };
  }
  async function imported(): Promise<{ store: string; files: string; served: string | undefined }> {
    const { store, files } = places();
    writeMonth({ folder: files, counts: { releases: 100 } });
    const { code, output } = await dumps(store, 'import', files);
    expect([code, output]).toEqual([0, expect.stringContaining('The catalogue of 2026-10-01 is served')]);
    return { store, files, served: readPointer(store)?.file };
  }

  it('imports a month, says what is served, and finds no faults', async () => {
    const { store, files } = await imported();
    const catalogue = openCatalogue({ folder: store, now: Date.now });
    expect(await catalogue.info()).toEqual({
      date: '2026-10-01',
      counts: { artists: 5, labels: 5, masters: 5, releases: 100 },
    });
    expect(new TextDecoder().decode(await catalogue.record('releases', 100))).toContain(
      '"title":"Release 100"',
    );
    await catalogue.close();
    expect((await dumps(store, 'status')).output).toContain(
      '2026-10-01 is served: 5 artists, 5 labels, 5 masters, 100 releases.',
    );
    const verified = await dumps(store, 'verify', files);
    expect([verified.code, verified.output]).toEqual([
      0,
      expect.stringContaining('releases: 100 records compared with the file'),
    ]);
    expect(readdirSync(store).filter((name) => name !== 'current.json')).toEqual(storesIn(store));
  });

  it('keeps the former month beside the new one, and removes the one before', async () => {
    const { store, served } = await imported();
    const files = join(root, 'later');
    for (const date of ['2026-11-01', '2026-12-01']) {
      rmSync(files, { recursive: true, force: true });
      writeMonth({ folder: files, date, counts: { releases: 101 } });
      expect((await dumps(store, 'import', files)).code).toBe(0);
      expect(storesIn(store)).toHaveLength(2);
    }
    expect(storesIn(store)).not.toContain(served);
    expect((await dumps(store, 'remove', '--former')).code).toBe(0);
    expect(storesIn(store)).toEqual([readPointer(store)?.file]);
    expect((await dumps(store, 'remove')).code).toBe(0);
    expect(readdirSync(store)).toEqual([]);
  });

  it('makes a demo of the sandbox, and does not replace a real month by it', async () => {
    const { store } = places();
    const demo = await dumps(store, 'demo');
    expect([demo.code, demo.output]).toEqual([0, expect.stringContaining(`CATALOGUE_STORE=${store}`)]);
    const catalogue = openCatalogue({ folder: store, now: Date.now });
    const found = await catalogue.search({ q: 'nevermind', kind: 'masters' }, { offset: 0, limit: 5 });
    expect(found?.total).toBeGreaterThan(0);
    await catalogue.close();
    expect((await dumps(store, 'demo')).code).toBe(0);
    const real = await imported();
    const refused = await dumps(real.store, 'demo');
    expect([refused.code, refused.output]).toEqual([
      1,
      expect.stringContaining('set CATALOGUE_STORE to another folder'),
    ]);
  });

  describe('leaves the former month untouched', () => {
    let former: ReturnType<typeof imported> | undefined;
    const month = (folder: string, made = {}): string[] =>
      writeMonth({ folder, date: '2026-11-01', counts: { releases: 100 }, ...made });
    /** Gives what is imported from a new folder. */
    const cases: Readonly<Record<string, { spoil(files: string): readonly string[]; said: string }>> = {
      'without a folder': { spoil: (files) => [files], said: 'No file of a dump in' },
      'without files': {
        spoil(files) {
          mkdirSync(files);
          return [files];
        },
        said: 'No file of a dump in',
      },
      'with a file of another name': {
        spoil(files) {
          mkdirSync(files);
          writeFileSync(join(files, 'a.gz'), '');
          return [join(files, 'a.gz')];
        },
        said: 'has not the name of a dump',
      },
      'when two months are mixed': {
        spoil: (files) => [...month(files), ...writeMonth({ folder: `${files} b`, kinds: ['labels'] })],
        said: 'of different months: 2026-10-01, 2026-11-01',
      },
      'when a file is there twice': {
        spoil: (files) => [...month(files), ...month(`${files} b`, { kinds: ['labels'] })],
        said: 'two files of labels',
      },
      'when a file is missing': {
        spoil: (files) => month(files, { kinds: ['artists', 'releases'] }),
        said: 'no file of labels, masters',
      },
      'when a file is of another kind': {
        spoil(files) {
          const [artists = '', labels = ''] = month(files);
          writeFileSync(labels, readFileSync(artists));
          return [files];
        },
        said: 'is not the expected file',
      },
      'when a file is cut': {
        spoil(files) {
          const [, , , releases = ''] = month(files);
          truncateSync(releases, 300);
          return [files];
        },
        said: 'discogs_20261101_releases.xml.gz',
      },
      'when a checksum is wrong': {
        spoil(files) {
          const lines = month(files).map((path) => `${'0'.repeat(64)}  ${basename(path)}`);
          writeFileSync(join(files, 'discogs_20261101_CHECKSUM.txt'), lines.join('\r\n'));
          return [files];
        },
        said: 'Download the file again',
      },
      'when too many records are bad': {
        spoil: (files) => month(files, { broken: ['<release id="7"><title></release>'] }),
        said: '1 of 101 records of releases cannot be understood',
      },
      'when it is much smaller': {
        spoil: (files) => month(files, { counts: { releases: 89 } }),
        said: 'has 89 releases, the former one 100',
      },
      'when a part of it is missing': {
        spoil: (files) => ['--partial', ...month(files, { kinds: ['releases'] })],
        said: 'has 0 artists, the former one 5',
      },
    };

    it.each(Object.entries(cases))('%s', async (_, { spoil, said }) => {
      former ??= imported();
      const { store, served } = await former;
      const { files } = places();
      const { code, output } = await dumps(store, 'import', ...spoil(files));
      expect([code, output]).toEqual([1, expect.stringContaining(said)]);
      expect(readPointer(store)?.file).toBe(served);
      expect(storesIn(store)).toEqual([served]);
    });
  });

  it('takes a smaller month with bad records over when it is told to, without reading it again', async () => {
    const { store, files } = await imported();
    const broken = [
      '<release id="7"><title></release>',
      '<release id="3"><title>Release 3</title></release>',
    ];
    writeMonth({ folder: `${files} b`, date: '2026-11-01', counts: { releases: 50 }, broken });
    const refused = await dumps(store, 'import', `${files} b`);
    expect([refused.code, refused.output]).toEqual([
      1,
      expect.stringContaining('--force takes the month over'),
    ]);
    const forced = await dumps(store, 'import', '--force', `${files} b`);
    expect(forced.output).toContain('releases: 52 records are there already');
    expect([forced.code, readPointer(store)?.date]).toEqual([0, '2026-11-01']);
  });

  it('names bad records, and ids that are there twice', async () => {
    const { store, files } = places();
    const broken = [
      '<release id="7"><title></release>',
      '<release id="3"><title>Release 3</title></release>',
    ];
    writeMonth({ folder: files, counts: { releases: 3000 }, broken });
    const { code, output } = await dumps(store, 'import', files);
    expect([code, output]).toEqual([0, expect.stringContaining('releases: 3,000 records, 2 skipped')]);
    expect(output).toMatch(/skipped in releases: record 7 at byte \d+: /);
    expect(output).toContain('skipped in releases: record 3: its id is there already');
  });

  it('checks checksums, and lists unknown elements when it is asked to', async () => {
    const { store, files } = places();
    const broken = ['<release id="9000"><title>New</title><lyrics>la</lyrics></release>'];
    const paths = writeMonth({ folder: files, broken });
    const lines = paths.map(
      (path) => `${createHash('sha256').update(readFileSync(path)).digest('hex')}  ${basename(path)}`,
    );
    writeFileSync(join(files, 'discogs_20261001_CHECKSUM.txt'), `${lines.join('\n')}\n`);
    const { code, output } = await dumps(store, 'import', '--strict', files);
    expect([code, output]).toEqual([
      0,
      expect.stringContaining('checksums are right: discogs_20261001_artists.xml.gz'),
    ]);
    expect(output).toContain('unknown in releases: release/lyrics, 1 times');
  });

  it('begins anew after a damaged file: what was read of it before may be wrong', async () => {
    const { store, files } = places();
    const month = { folder: files, counts: { releases: 6000 }, level: 0 };
    const [, , , releases = ''] = writeMonth(month);
    const damaged = readFileSync(releases);
    damaged.write('Wrong', damaged.indexOf('Release 100<'));
    writeFileSync(releases, damaged);
    const cut = await dumps(store, 'import', '--checkpoint', '500', files);
    expect([cut.code, cut.output]).toEqual([1, expect.stringContaining('is damaged')]);
    writeMonth(month);
    const { code, output } = await dumps(store, 'import', files);
    expect([code, output]).toEqual([0, expect.not.stringContaining('goes on behind')]);
    const catalogue = openCatalogue({ folder: store, now: Date.now });
    expect(new TextDecoder().decode(await catalogue.record('releases', 100))).toContain('Release 100');
    await catalogue.close();
  });

  it('says what an unfinished import is of, and how to begin anew with a newer version', async () => {
    const { store, files } = places();
    writeMonth({ folder: files, broken: ['<release id="7"><title></release>'] });
    const refused = await dumps(store, 'import', files);
    expect([refused.code, refused.output]).toEqual([1, expect.stringContaining('--restart')]);
    const status = await dumps(store, 'status');
    expect(status.output).toContain('An import is unfinished: 2026-10-01. The same command goes on with it.');
    writeMonth({ folder: files, date: '2026-11-01' });
    const other = await dumps(store, 'import', join(files, 'discogs_20261101_artists.xml.gz'), '--partial');
    expect(other.output).toContain('The unfinished import of 2026-10-01 is given up: it was of other files.');
  });

  it('refuses what cannot be a folder', async () => {
    const { store, files } = await imported();
    const file = join(store, 'current.json');
    const inFile = await dumps(file, 'import', files);
    expect([inFile.code, inFile.output]).toEqual([
      1,
      expect.stringContaining('cannot be used as a folder: EEXIST'),
    ]);
    for (const command of ['status', 'verify']) {
      const asked = await dumps(file, command);
      expect([asked.code, asked.output]).toEqual([1, expect.stringContaining(`${file} is not a folder`)]);
    }
    for (const command of [['status'], ['import', files]]) {
      const address = await dumps('https://account.blob.core.windows.net/catalogue', ...command);
      expect([address.code, address.output]).toEqual([1, expect.stringContaining('is an address')]);
    }
  });

  it('says when a file of checksums has none of these files', async () => {
    const { store, files } = places();
    writeMonth({ folder: files });
    writeFileSync(join(files, 'discogs_20261001_CHECKSUM.txt'), `${'0'.repeat(64)}  another.xml.gz\n`);
    expect((await dumps(store, 'import', files)).output).toContain('CHECKSUM.txt names none of these files');
  });

  it.each<[string, (store: string, file: string) => void]>([
    ['a pointer that is no JSON', (store) => writeFileSync(join(store, 'current.json'), '{')],
    ['a file that is gone', (store, file) => rmSync(join(store, file))],
    ['a damaged file', (store, file) => truncateSync(join(store, file), 8192)],
  ])('replaces %s, as its message advises', async (_, spoil) => {
    const { store, files, served = '' } = await imported();
    spoil(store, served);
    expect((await dumps(store, 'status')).output).toContain('import');
    const { code, output } = await dumps(store, 'import', files);
    expect([code, output]).toEqual([0, expect.stringContaining('the former month is not compared')]);
    expect((await dumps(store, 'verify', files)).code).toBe(0);
  });

  it.each<[string, (path: string) => void]>([
    [
      'of another version',
      (path) => {
        const db = new DatabaseSync(path);
        db.exec('CREATE TABLE releases_blocks (block INTEGER); PRAGMA user_version = 2');
        db.close();
      },
    ],
    ['damaged', (path) => writeFileSync(path, 'x'.repeat(9000))],
  ])('begins anew where what an earlier import has left is %s', async (_, leave) => {
    const { store, files } = places();
    writeMonth({ folder: files });
    mkdirSync(join(store, 'building'), { recursive: true });
    leave(join(store, 'building', STORE_FILE));
    const { code, output } = await dumps(store, 'import', files);
    expect([code, output]).toEqual([0, expect.stringContaining('The unfinished import is given up: ')]);
    expect((await dumps(store, 'verify', files)).code).toBe(0);
  });

  it('says what is unfinished beside a month of an older format, and which of it an import cannot go on with', async () => {
    const { store, files } = await imported();
    const pointer = join(store, 'current.json');
    writeFileSync(pointer, readFileSync(pointer, 'utf8').replace(/"format": \d+/, '"format": 2'));
    writeMonth({ folder: files, date: '2026-11-01', broken: ['<release id="7"><title></release>'] });
    const next = ['artists', 'labels', 'masters', 'releases'].map((kind) =>
      join(files, `discogs_20261101_${kind}.xml.gz`),
    );
    expect((await dumps(store, 'import', ...next)).output).toContain('--restart');
    const status = await dumps(store, 'status');
    expect([status.code, status.output]).toEqual([1, expect.stringContaining('has format 2')]);
    expect(status.output).toContain('An import is unfinished: 2026-11-01. The same command goes on with it.');
    const db = new DatabaseSync(join(store, 'building', STORE_FILE));
    db.exec('PRAGMA user_version = 2');
    db.close();
    const { output } = await dumps(store, 'status');
    expect(output).toContain(
      'An import is unfinished, and this version cannot go on with it: the next one begins anew.',
    );
    expect(output).not.toContain('The same command goes on');
  });

  it('finds what is wrong with a catalogue', async () => {
    const { store, files, served = '' } = await imported();
    writeMonth({
      folder: files,
      counts: { releases: 100 },
      broken: ['<release id="50"><title>Another</title></release>'],
    });
    const differs = await dumps(store, 'verify', files);
    expect([differs.code, differs.output]).toEqual([1, expect.stringContaining('releases 50 differs in')]);
    for (const [summary, fault] of [
      ["json_replace(summary, '$[0]', 'Wrong')", 'lists show another record'],
      ["'['", 'JSON'],
    ]) {
      const db = new DatabaseSync(join(store, served));
      db.exec(`UPDATE releases SET summary = ${summary} WHERE id = 70`);
      db.close();
      const wrong = await dumps(store, 'verify');
      expect([wrong.code, wrong.output]).toEqual([1, expect.stringMatching(`releases 70: .*${fault}`)]);
    }
    const bytes = readFileSync(join(store, served));
    bytes.fill(0x5a, 8192 * 3, 8192 * 6);
    writeFileSync(join(store, served), bytes);
    const damaged = await dumps(store, 'verify');
    expect([damaged.code, damaged.output]).toEqual([1, expect.stringMatching(/faults|cannot be read/)]);
    rmSync(join(store, served));
    const gone = await dumps(store, 'verify');
    expect([gone.code, gone.output]).toEqual([1, expect.stringContaining('is gone')]);
    expect(existsSync(join(store, 'current.json'))).toBe(true);
  });

  it.each([
    [[], 0, 'Usage: npm run dumps -- <command>'],
    [['--help'], 0, 'import'],
    [['import', '--help'], 0, '--partial'],
    [['nonsense'], 1, 'nonsense is no command'],
    [['import'], 1, 'which files?'],
    [['import', '--nix'], 1, "Unknown option '--nix'"],
    [['import', '--checkpoint', 'x', '.'], 1, 'expected a whole number'],
    [['status', 'x'], 1, 'Unexpected argument'],
    [['status'], 0, 'There is no catalogue in'],
    [['verify'], 1, 'there is no catalogue in'],
    [['remove'], 0, 'There is no catalogue in'],
  ])('%j ends with %d', async (args, code, said) => {
    const { store } = places();
    const ended = await dumps(store, ...args);
    expect([ended.code, ended.output]).toEqual([code, expect.stringContaining(said)]);
  });
});
