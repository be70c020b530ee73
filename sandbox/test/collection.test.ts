/** What is written to a collection shows wherever it is read, and what is refused changes nothing. */
import { describe, expect, it } from '@jest/globals';
import { AS_USER, at, rowsAt, sandboxed } from './support/sandboxed.ts';

const discogs = sandboxed({ limits: { authenticated: 1_000, anonymous: 1_000 } });
const MINE = '/users/crate_digger/collection';
const FOLDERS = `${MINE}/folders`;
/** The first copy of the starting state. */
const COPY = `${FOLDERS}/1/releases/930000000/instances/901000000`;
const MOVED = COPY.replace('/1/', '/5002/');

const get = async (path: string) => (await discogs.call(path, { headers: AS_USER })).body;
const post = (path: string, body: unknown) => discogs.send('POST', path, body);
const count = async (folder: number) => Number(at(await get(`${FOLDERS}/${folder}`), 'count'));
const names = async () => rowsAt(await get(FOLDERS), 'folders').map((folder) => at(folder, 'name'));
const copies = async () => rowsAt(await get(`${MINE}/releases/930000000`), 'releases');
const value = async () => Number(String(at(await get(`${MINE}/value`), 'minimum')).replace(/[^\d.]/g, ''));

describe('a folder', () => {
  it('is created, listed, renamed, and deleted when it is empty', async () => {
    const created = await post(FOLDERS, { name: 'Jazz' });
    const path = `${FOLDERS}/${at(created.body, 'id')}`;
    expect([created.status, at(created.body, 'count'), at(created.body, 'name')]).toEqual([201, 0, 'Jazz']);
    expect(await names()).toContain('Jazz');
    const renamed = await post(path, { name: 'Jazz, hot' });
    expect([renamed.status, at(renamed.body, 'name')]).toEqual([200, 'Jazz, hot']);
    const filled = await discogs.send('POST', `${path}/releases/249504`);
    expect((await discogs.send('DELETE', path)).status).toBe(422);
    const instance = at(filled.body, 'instance_id');
    await discogs.send('DELETE', `${path}/releases/249504/instances/${instance}`);
    const deleted = await discogs.send('DELETE', path);
    expect([deleted.status, deleted.body]).toEqual([204, '']);
    expect(await names()).not.toContain('Jazz, hot');
    expect((await discogs.call(path, { headers: AS_USER })).status).toBe(404);
  });

  it.each([0, 1])('with the fixed id %i is neither renamed nor deleted', async (id) => {
    const before = await names();
    expect((await post(`${FOLDERS}/${id}`, { name: 'Mine' })).status).toBe(403);
    expect((await discogs.send('DELETE', `${FOLDERS}/${id}`)).status).toBe(403);
    expect(await names()).toEqual(before);
  });

  it.each([{}, { name: '' }, { name: null }])('needs a name, which %j has not', async (body) => {
    expect((await post(FOLDERS, body)).status).toBe(422);
    expect((await post(`${FOLDERS}/5001`, body)).status).toBe(422);
  });
});

describe('a copy', () => {
  it('that is moved leaves the one folder and is in the other', async () => {
    const before = [await count(0), await count(1), await count(5002)] as const;
    const moved = await post(COPY, { folder_id: 5002, rating: 5 });
    expect([moved.status, moved.body]).toEqual([204, '']);
    expect([await count(0), await count(1), await count(5002)]).toEqual([
      before[0],
      before[1] - 1,
      before[2] + 1,
    ]);
    expect(await copies()).toMatchObject([{ instance_id: 901000000, folder_id: 5002, rating: 5 }]);
    expect((await post(COPY, { rating: 1 })).status).toBe(404);
  });

  it('that is deleted is gone from every folder, and from the value', async () => {
    const [before, worth] = [await count(0), await value()];
    expect((await discogs.send('DELETE', COPY)).status).toBe(204);
    expect([await count(0), await copies()]).toEqual([before - 1, []]);
    expect(await value()).toBeLessThan(worth);
    const again = await discogs.send('DELETE', COPY);
    expect([again.status, again.body]).toEqual([
      404,
      { message: "The requested collection item does not exist in this user's collection." },
    ]);
  });

  it.each([
    [{ folder_id: 77 }, 'Invalid folder_id: folder does not exist.'],
    [{ folder_id: 0 }, 'Invalid folder_id: folder does not exist.'],
    [{ rating: 6, folder_id: 5002 }, 'Invalid rating: expected an integer from 0 to 5.'],
  ])('stays as it was after %j', async (body, message) => {
    const before = await copies();
    const answer = await post(COPY, body);
    expect([answer.status, answer.body]).toEqual([422, { message }]);
    expect(await copies()).toEqual(before);
  });
});

describe('the value of a collection', () => {
  it('follows what is in it, in the currency of its owner', async () => {
    const before = await value();
    await discogs.send('POST', `${FOLDERS}/1/releases/249504`);
    expect(await value()).toBeGreaterThan(before);
    await post('/users/crate_digger', { curr_abbr: 'AUD' });
    expect(at(await get(`${MINE}/value`), 'minimum')).toMatch(/^A\$\d{1,3}(,\d{3})*\.\d\d$/);
  });
});

describe('a note on a copy', () => {
  it('is taken from the body or the query, and shown with the copy', async () => {
    const noted = await post(`${COPY}/fields/3`, { value: 'Skips on B2' });
    expect([noted.status, noted.body]).toEqual([204, '']);
    await discogs.send('POST', `${COPY}/fields/1?value=Mint%20(M)`);
    const notes = [
      { field_id: 1, value: 'Mint (M)' },
      { field_id: 3, value: 'Skips on B2' },
    ];
    expect(await copies()).toMatchObject([{ notes }]);
    await post(`${COPY}/fields/3`, { value: '' });
    expect(await copies()).toMatchObject([{ notes: notes.slice(0, 1) }]);
  });

  it('in a private field is for the owner only', async () => {
    await post(`${COPY}/fields/3`, { value: 'Skips' });
    await post(`${COPY}/fields/4`, { value: '12 EUR' });
    const theirs = (await discogs.call(`${MINE}/releases/930000000`)).body;
    expect(at(theirs, 'releases', 0, 'notes')).toEqual([{ field_id: 3, value: 'Skips' }]);
    expect(rowsAt((await copies())[0], 'notes')).toHaveLength(2);
  });

  it.each([
    [`${COPY}/fields/1`, { value: 'Good enough' }, 'literal_error'],
    [`${COPY}/fields/9`, { value: 'x' }, 'literal_error'],
    [COPY.replace('/1/', '/77/').concat('/fields/3'), { value: 'x' }, 'literal_error'],
    [`${COPY}/fields/3`, {}, 'missing'],
  ])('at %s with %j is refused with details', async (path, body, type) => {
    const answer = await post(path, body);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      detail: [{ type }],
      message: 'See "detail" for validation errors.',
    });
  });

  it('of a copy that is elsewhere is refused', async () => {
    const answer = await post(`${MOVED}/fields/3`, { value: 'x' });
    expect([answer.status, answer.body]).toEqual([
      404,
      { message: "Release not found in user's collection." },
    ]);
  });
});

describe('to others', () => {
  it.each(['value', 'fields'])('the %s of a collection is private, even of a public one', async (what) => {
    expect((await discogs.call(`${MINE}/${what}`)).status).toBe(403);
    expect((await discogs.call(`${MINE}/${what}`, { headers: AS_USER })).status).toBe(200);
  });

  it('the copies in a private collection are, too', async () => {
    const path = '/users/quiet_listener/collection/releases/930000000';
    expect((await discogs.call(path, { headers: AS_USER })).status).toBe(403);
  });
});
