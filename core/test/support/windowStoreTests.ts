/** What every store of the window must do, whatever is behind it. */

import { discogsBudget, emptyWindow, type WindowState, type WindowStore } from '@discogs-agent/core';
import { expect, it } from '@jest/globals';

/** The policy of the stores under test. */
export const POLICY = discogsBudget(true);

/** Whole seconds, which every store can keep. */
const NOW = 1_700_000_000_000;

const slot = (id: string): WindowState['inFlight'][number] => ({
  id,
  key: 'k',
  conversation: 'c',
  sentAt: NOW,
});

const FULL: WindowState = {
  limit: 25,
  inFlight: [slot('a'), { ...slot('b'), conversation: 'a "quoted" näme' }],
  ended: [{ at: NOW - 250, conversation: 'c', calls: 3 }],
  endedCalls: 3,
  external: { calls: 2, until: NOW + 1000 },
  cooldown: { until: NOW + 5000, lengthMs: 2000, probe: 'a' },
  lastSentAt: NOW,
};

/**
 * Registers the tests. `open` gives stores over one and the same, new and empty place.
 *
 * @example
 * windowStoreTests(async () => { const store = memoryWindowStore(POLICY); return () => store; });
 */
export function windowStoreTests(open: () => Promise<() => WindowStore>): void {
  it('reads an empty window where nobody has written', async () => {
    expect((await (await open())().read()).state).toEqual(emptyWindow(POLICY));
  });

  it('reads what was written, from everywhere', async () => {
    const instance = await open();
    const [one, other] = [instance(), instance()];
    expect(await one.write(FULL, (await one.read()).version)).toEqual(expect.any(String));
    expect((await other.read()).state).toEqual(FULL);
  });

  it('takes a window far larger than a store keeps in one piece', async () => {
    const instance = await open();
    const inFlight = Array.from({ length: 1000 }, (_, index) => slot(`slot-${index}-${'x'.repeat(100)}`));
    const large = { ...FULL, inFlight };
    const [one, other] = [instance(), instance()];
    const written = await one.write(large, (await one.read()).version);
    expect((await other.read()).state).toEqual(large);
    expect(await one.write(FULL, written ?? '')).toBeDefined();
    expect((await other.read()).state).toEqual(FULL);
  });

  it('goes on with the version that a write returned', async () => {
    const store = (await open())();
    const first = await store.write(FULL, (await store.read()).version);
    expect(await store.write({ ...FULL, limit: 60 }, first ?? '')).toBeDefined();
    expect((await store.read()).state.limit).toBe(60);
  });

  it('refuses the second of two first writes', async () => {
    const instance = await open();
    const [one, other] = [instance(), instance()];
    const [{ version }, { version: same }] = [await one.read(), await other.read()];
    expect(await one.write(FULL, version)).toBeDefined();
    expect(await other.write(emptyWindow(POLICY), same)).toBeUndefined();
    expect((await one.read()).state).toEqual(FULL);
  });

  it('refuses a version that has been overtaken, and does not call it current', async () => {
    const store = (await open())();
    const old = await store.write(FULL, (await store.read()).version);
    const newer = await store.write({ ...FULL, limit: 30 }, old ?? '');
    expect(await store.write({ ...FULL, limit: 40 }, old ?? '')).toBeUndefined();
    expect([store.isCurrent(old ?? ''), store.isCurrent(newer ?? '')]).toEqual([false, true]);
    expect((await store.read()).state.limit).toBe(30);
  });

  it('loses none of 20 calls that are taken at the same time', async () => {
    const instance = await open();
    const takers = Array.from({ length: 20 }, async (_, index) => {
      const store = instance();
      for (let attempt = 0; attempt < 200; attempt += 1) {
        const { state, version } = await store.read();
        const next = { ...state, inFlight: [...state.inFlight, slot(`taker-${index}`)] };
        if ((await store.write(next, version)) !== undefined) return;
      }
      throw new Error('never got through');
    });
    await Promise.all(takers);
    const { state } = await instance().read();
    expect(new Set(state.inFlight.map(({ id }) => id)).size).toBe(20);
  });
}
