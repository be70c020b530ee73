import { describe, expect, it } from '@jest/globals';
import { ARTIST_LIST, LABEL_LIST, MASTER_LIST, RELEASES } from '../src/catalogue/catalogue.ts';
import { BENCH_RELEASE_IDS, COMPOSED_ID_MIN } from '../src/index.ts';
import { at, rowsAt, sandboxed } from './support/sandboxed.ts';

const discogs = sandboxed({ limits: { authenticated: 100_000, anonymous: 100_000 } });

/** The paths of all API links in a body, without queries. */
function linksIn(value: unknown): string[] {
  const text = JSON.stringify(value);
  return [...text.matchAll(/https:\/\/api\.discogs\.com(\/[^"?\\]*)/g)].map(([, path = '']) => path);
}

const paths = [
  ...RELEASES.map(({ id }) => `/releases/${id}`),
  ...MASTER_LIST.flatMap(({ id }) => [`/masters/${id}`, `/masters/${id}/versions`]),
  ...ARTIST_LIST.flatMap(({ id }) => [`/artists/${id}`, `/artists/${id}/releases`]),
  ...LABEL_LIST.flatMap(({ id }) => [`/labels/${id}`, `/labels/${id}/releases`]),
];

describe('the catalogue', () => {
  it('holds at least 60 releases and masters with several versions', () => {
    const known = RELEASES.filter(({ title }) => !title.startsWith('Composed'));
    expect(known.length).toBeGreaterThanOrEqual(60);
    expect(MASTER_LIST.filter(({ versions }) => versions.length > 1).length).toBeGreaterThan(10);
  });

  it('gives every release, artist and label an id of its own', () => {
    for (const list of [RELEASES, ARTIST_LIST, LABEL_LIST]) {
      expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
    }
  });

  it('resolves every link of every body', async () => {
    const linked = new Set<string>();
    for (const path of paths) {
      const { status, body } = await discogs.call(path);
      expect([path, status]).toEqual([path, 200]);
      for (const link of linksIn(body)) linked.add(link);
    }
    for (const link of linked) {
      if (paths.includes(link)) continue;
      expect([link, (await discogs.call(link)).status]).toEqual([link, 200]);
    }
  });

  it('reads every row of the fact files completely', () => {
    for (const { title, tracklist, year, format, country, labels, extraartists } of RELEASES) {
      expect([
        title,
        tracklist.length > 0,
        year > 1900,
        format.name,
        country,
        labels[0]?.catno,
      ]).not.toContain('');
      const rows = tracklist.flatMap((row) => [row, ...(row.sub_tracks ?? [])]);
      for (const row of rows) {
        expect([title, row.title]).not.toContain('');
        if (row.type_ === 'track') expect(row.position).toMatch(/^[A-D]?\d*(\.[IVX\d]+)?$/);
      }
      for (const { name, role } of extraartists) expect([name, role]).not.toContain('');
    }
  });

  it('has the records that the documentation and the examples of the project use', async () => {
    for (const path of [
      '/artists/108713',
      '/releases/249504',
      '/masters/96559',
      '/artists/72872',
      '/labels/895',
    ]) {
      expect((await discogs.call(path)).status).toBe(200);
    }
    const { body } = await discogs.call('/artists/108713/releases');
    expect(rowsAt(body, 'releases').map((row) => at(row, 'title'))).toEqual([
      'Curb',
      'Hesher',
      'Silver Side Up',
    ]);
  });

  it('invents ids only in the composed range', () => {
    const invented = RELEASES.filter(({ id }) => id >= COMPOSED_ID_MIN);
    expect(invented.length).toBeGreaterThan(0);
    expect(RELEASES.filter(({ id }) => id < COMPOSED_ID_MIN).length).toBeGreaterThan(5);
  });
});

describe('composed records', () => {
  it('answer for thousands of release and artist ids, and for no id outside', async () => {
    for (const id of [500_000_000, 500_099_999]) {
      expect(at((await discogs.call(`/releases/${id}`)).body, 'title')).toBe(
        `Composed record ${id - 500_000_000}`,
      );
      expect(at((await discogs.call(`/artists/${id}`)).body, 'name')).toBe(
        `Composed record ${id - 500_000_000}`,
      );
    }
    expect((await discogs.call('/releases/500100000')).status).toBe(404);
  });

  it.each([
    ['small', 2],
    ['medium', 12],
    ['large', 60],
  ] as const)('include a %s body of about %i KB', async (size, kilobytes) => {
    const { body } = await discogs.call(`/releases/${BENCH_RELEASE_IDS[size]}`);
    expect(Math.abs(JSON.stringify(body).length / 1_000 - kilobytes)).toBeLessThan(1);
  });
});
