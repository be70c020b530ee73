/** What every shared store of answers must do, whatever is behind it. */
import { NO_ENTRY, type SharedStore } from '@discogs-agent/core';
import { expect, it } from '@jest/globals';

/** Printable, since a store may keep text. */
const bytesOf = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => 32 + ((index * 31) % 95));
const LEASE_MS = 10_000;

/**
 * Registers the tests. `open` gives stores over one and the same, new and empty place.
 *
 * @example
 * sharedStoreTests(async () => { const store = memorySharedStore(Date.now); return () => store; });
 */
export function sharedStoreTests(open: () => Promise<() => SharedStore>): void {
  it('reads nothing where nobody has written', async () => {
    const entry = await (await open())().read('name');
    expect(entry).toMatchObject({ bytes: undefined, leased: false, version: NO_ENTRY });
  });

  it.each([1, 1000, 200_000])('reads %i bytes as they were put, from everywhere', async (length) => {
    const instance = await open();
    const name = `["getRelease","signed-in","/releases/${length}","ä 漢字 / # ?"]`;
    await instance().put(name, bytesOf(length));
    const { bytes, ageMs, leased } = await instance().read(name);
    expect(Buffer.from(bytes ?? []).equals(Buffer.from(bytesOf(length)))).toBe(true);
    expect(leased).toBe(false);
    expect(Math.abs(ageMs)).toBeLessThan(2000);
  });

  it('leaves nothing of a longer answer behind a shorter one', async () => {
    const store = (await open())();
    await store.put('name', bytesOf(150_000));
    await store.put('name', bytesOf(10));
    expect((await store.read('name')).bytes).toHaveLength(10);
  });

  it('keeps names apart, however alike', async () => {
    const store = (await open())();
    await store.put('a', bytesOf(1));
    await store.put('A', bytesOf(2));
    expect((await store.read('a')).bytes).toHaveLength(1);
    expect((await store.read('a ')).bytes).toBeUndefined();
  });

  it('gives the lease of a new name to one of twenty', async () => {
    const instance = await open();
    const takers = Array.from({ length: 20 }, () => instance().lease('name', NO_ENTRY, LEASE_MS));
    const got = (await Promise.all(takers)).filter((version) => version !== undefined);
    expect(got).toHaveLength(1);
    expect(await instance().read('name')).toMatchObject({ leased: true, bytes: undefined, version: got[0] });
  });

  it('gives the lease of a known name to one of twenty, and keeps its bytes', async () => {
    const instance = await open();
    await instance().put('name', bytesOf(100));
    const { version } = await instance().read('name');
    const takers = Array.from({ length: 20 }, () => instance().lease('name', version, LEASE_MS));
    expect((await Promise.all(takers)).filter((taken) => taken !== undefined)).toHaveLength(1);
    const { leased, bytes } = await instance().read('name');
    expect([leased, bytes?.byteLength]).toEqual([true, 100]);
  });

  it('lets the holder extend its lease, and end it', async () => {
    const store = (await open())();
    const first = await store.lease('name', NO_ENTRY, LEASE_MS);
    const second = await store.lease('name', first ?? '', LEASE_MS);
    expect(second).toEqual(expect.any(String));
    await store.release('name', second ?? '');
    expect((await store.read('name')).leased).toBe(false);
  });

  it('ends a lease by itself, so that a holder that died is not waited for', async () => {
    const store = (await open())();
    await store.lease('name', NO_ENTRY, 1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { leased, version } = await store.read('name');
    expect(leased).toBe(false);
    expect(await store.lease('name', version, LEASE_MS)).toEqual(expect.any(String));
  });

  it('does not let an old holder end the lease of a new one', async () => {
    const store = (await open())();
    const old = await store.lease('name', NO_ENTRY, 1);
    await store.lease('name', old ?? '', LEASE_MS);
    await store.release('name', old ?? '');
    expect((await store.read('name')).leased).toBe(true);
  });

  it('ends the lease with the answer', async () => {
    const store = (await open())();
    await store.lease('name', NO_ENTRY, LEASE_MS);
    await store.put('name', bytesOf(5));
    const { leased, bytes } = await store.read('name');
    expect([leased, bytes?.byteLength]).toEqual([false, 5]);
  });

  it('shows an answer no longer than it was to be kept, and until then from everywhere', async () => {
    const instance = await open();
    await instance().put('long', bytesOf(5), 60_000);
    await instance().put('short', bytesOf(5), 2500);
    expect((await instance().read('short')).bytes).toHaveLength(5);
    await new Promise((resolve) => setTimeout(resolve, 3600));
    expect((await instance().read('short')).bytes).toBeUndefined();
    expect((await instance().read('long')).bytes).toHaveLength(5);
  });
}
