/** What every store of the authorization server must do, whatever is behind it. */
import type { OAuthRecord, OAuthStores, RecordStore } from '@discogs-agent/core/oauth';
import { describe, expect, it } from '@jest/globals';

/** Unix seconds. */
const NOW = 1_800_000_000;

const record = (change: Partial<OAuthRecord> = {}): OAuthRecord => ({
  id: "id/1?#\\ä'",
  owner: "owner/1'",
  expiresAt: NOW + 60,
  data: '{"text":"ø – 😀"}',
  ...change,
});
const { id, owner } = record();

/** Counts up in the data. */
const next = (found: OAuthRecord): OAuthRecord => ({ ...found, data: String(Number(found.data) + 1) });

/**
 * Registers the tests. `create` gives stores over a new and empty place each time.
 *
 * @example
 * describeRecordStores('in memory', async () => memoryOAuthStores());
 */
export function describeRecordStores(name: string, create: () => Promise<OAuthStores>): void {
  describe(`records of the authorization server ${name}`, () => {
    const withRecord = async (change: Partial<OAuthRecord> = {}): Promise<RecordStore> => {
      const { grants } = await create();
      await grants.insert(record(change));
      return grants;
    };

    it('are found as they were inserted, and only where they were inserted', async () => {
      const { requests, grants, clients } = await create();
      await grants.insert(record());
      expect(await grants.get(id)).toEqual(record());
      expect([await requests.get(id), await clients.get(id), await grants.get('other')]).toEqual([
        null,
        null,
        null,
      ]);
    });

    it('are not inserted over one another', async () => {
      const grants = await withRecord();
      await expect(grants.insert(record({ data: 'other' }))).rejects.toThrow();
      expect(await grants.get(id)).toEqual(record());
    });

    it('are returned after their end, which the caller looks at', async () => {
      const grants = await withRecord({ expiresAt: 1 });
      expect(await grants.get(id)).toEqual(record({ expiresAt: 1 }));
    });

    it('are replaced as a whole by what the caller decides', async () => {
      const grants = await withRecord();
      const changed = record({ owner: 'owner-2', expiresAt: NOW + 90, data: '2' });
      expect(await grants.change(id, (found) => ({ ...changed, id: found.id }))).toBe(true);
      expect(await grants.get(id)).toEqual(changed);
    });

    it('stay as they are where the caller decides nothing, or there is none', async () => {
      const grants = await withRecord();
      expect(await grants.change(id, () => undefined)).toBe(false);
      expect(await grants.change('other', next)).toBe(false);
      expect([await grants.get(id), await grants.get('other')]).toEqual([record(), null]);
    });

    it('lose no change of twenty callers at once', async () => {
      const grants = await withRecord({ data: '0' });
      const changes = Array.from({ length: 20 }, () => grants.change(id, next));
      expect(new Set(await Promise.all(changes))).toEqual(new Set([true]));
      expect((await grants.get(id))?.data).toBe('20');
    });

    it('let one of twenty callers change what only the first may change', async () => {
      const grants = await withRecord({ data: '0' });
      const once = (found: OAuthRecord) => (found.data === '0' ? next(found) : undefined);
      const changes = await Promise.all(Array.from({ length: 20 }, () => grants.change(id, once)));
      expect(changes.filter(Boolean)).toHaveLength(1);
      expect((await grants.get(id))?.data).toBe('1');
    });

    it('are taken by one of twenty callers, and are gone', async () => {
      const grants = await withRecord();
      const taken = await Promise.all(Array.from({ length: 20 }, () => grants.take(id)));
      expect(taken.filter((found) => found !== null)).toEqual([record()]);
      expect([await grants.get(id), await grants.change(id, next)]).toEqual([null, false]);
    });

    it('are listed by owner, not more than asked for, and those of nobody else', async () => {
      const grants = await withRecord();
      await grants.insert(record({ id: 'second' }));
      await grants.insert(record({ id: 'foreign', owner: 'owner-2' }));
      const found = await grants.ownedBy(owner, 10);
      expect(found.map((one) => one.id).sort()).toEqual([id, 'second'].sort());
      expect(await grants.ownedBy(owner, 1)).toHaveLength(1);
      expect(await grants.ownedBy('nobody', 10)).toEqual([]);
    });

    it('are pruned once they are over, and not a second earlier', async () => {
      const grants = await withRecord({ expiresAt: NOW });
      await grants.insert(record({ id: 'later', expiresAt: NOW + 1 }));
      expect(await grants.prune(NOW - 1)).toBe(0);
      expect(await grants.prune(NOW)).toBe(1);
      expect([await grants.get(id), (await grants.get('later'))?.id]).toEqual([null, 'later']);
    });

    it('hold sixteen thousand characters', async () => {
      const data = 'ä'.repeat(16_000);
      const grants = await withRecord({ data });
      expect((await grants.get(id))?.data).toBe(data);
    });
  });
}
