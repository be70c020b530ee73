import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { RECORD_KINDS, type RecordKind } from '@discogs-agent/core/catalogue';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type Batch,
  describeBadRecord,
  parseDumpFileName,
  type ReadOptions,
  readDump,
} from '../src/index.ts';
import { fixtureXml, writeDumpFile, writeFixtureDump } from './support/fixtureDump.ts';
import { recordsIn } from './support/prepare.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dumps-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function allOf(path: string, options: ReadOptions) {
  const batches: Batch[] = [];
  for await (const batch of readDump(path, options)) batches.push(batch);
  const unknown = new Map<string, number>();
  for (const batch of batches) {
    for (const [name, count] of batch.unknown) unknown.set(name, (unknown.get(name) ?? 0) + count);
  }
  return {
    batches,
    ids: batches.flatMap(({ records }) => records.map(({ id }) => id)),
    bad: batches.flatMap(({ bad }) => bad.map(describeBadRecord)),
    unknown: Object.fromEntries(unknown),
  };
}

const written = async (name: string, bytes: Uint8Array): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
};
const artists = (records: string): Buffer => gzipSync(`<artists>\n${records}\n</artists>`);
const artist = (id: number): string => `<artist><id>${id}</id><name>A</name></artist>`;

test.each(['2020', '2026'] as const)('the four files of %s are read', async (shape) => {
  const paths = await writeFixtureDump(join(folder, shape), shape);
  for (const kind of RECORD_KINDS) {
    const { ids, bad } = await allOf(paths[kind], { kind });
    expect(ids).toHaveLength(recordsIn(await fixtureXml(shape, kind), kind).length);
    expect(bad).toEqual([]);
  }
});

test('a batch says how far the file is read', async () => {
  const path = await writeDumpFile(folder, '2026-10-01', 'artists', await fixtureXml('2026', 'artists'));
  const { batches } = await allOf(path, { kind: 'artists' });
  expect(batches).toMatchObject([{ position: 8 }]);
  expect(batches[0]?.fileBytes).toBe(batches[0]?.fileSize);
});

test('several gzip members are one file', async () => {
  const parts = ['<artists>', artist(1), artist(2), '</artists>'].map((part) => gzipSync(part));
  expect((await allOf(await written('members.gz', Buffer.concat(parts)), { kind: 'artists' })).ids).toEqual([
    1, 2,
  ]);
});

test('a run goes on after the records that an earlier one has read, bad ones included', async () => {
  const path = await written(
    'skip.gz',
    artists(`${artist(1)}<artist><id>2</id></wrong></artist>${artist(3)}${artist(4)}`),
  );
  const { ids, bad, batches } = await allOf(path, { kind: 'artists', skip: 2 });
  expect(ids).toEqual([3, 4]);
  expect(bad).toEqual([]);
  expect(batches[0]?.position).toBe(4);
});

test('a record that cannot be understood is named and skipped', async () => {
  const damaged = '<artist><id>2</id><name>A</nam></artist>';
  const path = await written(
    'bad.gz',
    artists(`${artist(1)}\n${damaged}\n<artist><name>X</name></artist>\n${artist(3)}`),
  );
  const { ids, bad } = await allOf(path, { kind: 'artists' });
  expect(ids).toEqual([1, 3]);
  expect(bad).toEqual([
    'record 2 at byte 52: another end tag than expected at byte 30 of the record',
    'a record at byte 93: no id at byte 0 of the record',
  ]);
});

test('a record that is too long is named and skipped', async () => {
  const path = await written(
    'long.gz',
    artists(`<artist><id>1</id><profile>${'x'.repeat(2000)}</profile></artist>${artist(2)}`),
  );
  const { ids, bad } = await allOf(path, { kind: 'artists', recordBytesMax: 1000 });
  expect(ids).toEqual([2]);
  expect(bad).toEqual(['record 1 at byte 10: longer than 1000 bytes']);
});

describe('unknown elements and attributes are counted by path', () => {
  const records = [
    '<artist rank="1"><id>1</id><lyrics><line/></lyrics><aliases><name id="2" since="x">B</name></aliases></artist>',
    '<artist><id>3</id><members><url/></members></artist>',
    '<artist><id>4</id>between<name>A</name></artist>',
  ];
  test('in records that have a name of no known shape', async () => {
    const path = await written('unknown.gz', artists(records.join('')));
    expect((await allOf(path, { kind: 'artists' })).unknown).toEqual({
      'artist@rank': 1,
      'artist/lyrics': 1,
      'artist/aliases/name@since': 1,
    });
  });
  test('in all records where reading is strict', async () => {
    const path = await written('strict.gz', artists(records.join('')));
    expect((await allOf(path, { kind: 'artists', strict: true })).unknown).toEqual({
      'artist@rank': 1,
      'artist/lyrics': 1,
      'artist/aliases/name@since': 1,
      'artist/members/url': 1,
      'artist/#text': 1,
    });
  });
  test.each(['2020', '2026'] as const)('and the shapes of %s are known', async (shape) => {
    const paths = await writeFixtureDump(join(folder, `strict-${shape}`), shape);
    for (const kind of ['labels', 'masters', 'releases'] as const) {
      expect((await allOf(paths[kind], { kind, strict: true })).unknown).toEqual({});
    }
    const expected = shape === '2026' ? { 'artist/newelement': 1 } : {};
    expect((await allOf(paths.artists, { kind: 'artists', strict: true })).unknown).toEqual(expected);
  });
});

describe('a file that cannot be read to its end', () => {
  const good = artists(Array.from({ length: 2000 }, (_, index) => artist(index + 1)).join('\n'));
  const changed = (at: number): Buffer => {
    const bytes = Buffer.from(good);
    bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    return bytes;
  };
  test.each<[string, Uint8Array, RecordKind, string, string]>([
    ['is cut', good.subarray(0, good.length - 400), 'artists', 'cut', 'before its end'],
    ['lost its last bytes', good.subarray(0, good.length - 4), 'artists', 'cut', 'before its end'],
    ['has a wrong checksum', changed(good.length - 6), 'artists', 'damaged', 'incorrect data check'],
    ['is empty', Buffer.alloc(0), 'artists', 'cut', 'ends after 0 bytes'],
    ['is no gzip', Buffer.from('<artists></artists>'), 'artists', 'not-gzip', 'not a gzip file'],
    [
      'has something after it',
      Buffer.concat([good, Buffer.from('garbage')]),
      'artists',
      'damaged',
      'is damaged',
    ],
    ['is of another kind', good, 'labels', 'wrong-kind', 'expected <labels>'],
    ['is no dump', gzipSync('id,name\n1,A'), 'artists', 'wrong-kind', 'expected <artists>'],
    ['is two dumps', Buffer.concat([good, good]), 'artists', 'wrong-kind', 'nothing after </artists>'],
    ['ends inside a record', gzipSync('<artists><artist><id>1'), 'artists', 'cut', 'before its end'],
  ])('because it %s says so', async (_, bytes, kind, code, message) => {
    const path = await written('faulty.xml.gz', bytes);
    const error: unknown = await allOf(path, { kind }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      name: 'DumpError',
      failure: { code },
      message: expect.stringContaining(message),
    });
  });

  test('because it is not there says so', async () => {
    await expect(allOf(join(folder, 'absent.gz'), { kind: 'artists' })).rejects.toMatchObject({
      failure: { code: 'unreadable', reason: 'ENOENT' },
    });
  });
});

test('reading ends with the reason of its signal', async () => {
  const path = await written('aborted.gz', artists(artist(1)));
  const abort = new AbortController();
  abort.abort(new Error('stopped by the user'));
  await expect(allOf(path, { kind: 'artists', signal: abort.signal })).rejects.toThrow('stopped by the user');
});

test.each([
  ['discogs_20261001_releases.xml.gz', { kind: 'releases', date: '2026-10-01' }],
  ['discogs_20261001_CHECKSUM.txt', undefined],
  ['discogs_20261001_users.xml.gz', undefined],
  ['releases.xml.gz', undefined],
])('the name %s is read', (name, expected) => {
  expect(parseDumpFileName(name)).toEqual(expected);
});
