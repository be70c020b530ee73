/** What every store of the broker's window must do, whatever is behind it. */
import { type BrokerWindow, brokerBudget } from '@discogs-agent/core/broker';
import { expect, it } from '@jest/globals';

/** The policy of the stores under test. */
export const WINDOW_POLICY = brokerBudget(1100);

type Waiter = Parameters<BrokerWindow['line']['stand']>[0];

/**
 * Registers the tests. `open` gives stores over one and the same, new and empty place, on the clock `now`.
 *
 * @example
 * brokerWindowTests(async (now) => { const store = memoryBrokerWindow(WINDOW_POLICY, now); return () => store; });
 */
export function brokerWindowTests(open: (now: () => number) => Promise<() => BrokerWindow>): void {
  let time = 1_800_000_000_000;
  const now = (): number => time;

  const waiter = (id: string, more: Partial<Waiter> = {}): Waiter => ({
    id,
    lane: 'caller',
    key: 's',
    conversation: 's/',
    enteredAt: time,
    latestAt: time + 20_000,
    call: undefined,
    ...more,
  });

  /** Sends one call now, for `taken`. */
  async function send(window: BrokerWindow, ...taken: Waiter[]): Promise<string | undefined> {
    const { state, version } = await window.read();
    return window.write({ ...state, lastSentAt: time }, version, taken);
  }

  const ids = async (window: BrokerWindow): Promise<string[]> =>
    ((await window.read()).line?.waiters ?? []).map(({ id }) => id).sort();

  it('is empty where nobody has written', async () => {
    const { state, line } = await (await open(now))().read();
    expect(state).toMatchObject({ lastSentAt: 0, pause: undefined, endedCalls: 0, underWay: [] });
    expect(line).toEqual({ waiters: [], served: [] });
  });

  it('tells everybody when the newest call was sent, and by whom', async () => {
    const instance = await open(now);
    expect(await send(instance(), waiter('a', { call: 'c' }))).toEqual(expect.any(String));
    const { state, line } = await instance().read();
    expect(state).toMatchObject({ lastSentAt: time, endedCalls: 1 });
    expect(line?.served).toEqual([{ key: 's', conversation: 's/', call: 'c', at: time }]);
  });

  it('gives a slot to one of twenty who saw the same', async () => {
    const instance = await open(now);
    const seen = await Promise.all(Array.from({ length: 20 }, () => instance().read()));
    const writes = seen.map(({ state, version }, index) =>
      instance().write({ ...state, lastSentAt: time }, version, [waiter(`w${index}`)]),
    );
    expect((await Promise.all(writes)).filter((version) => version !== undefined)).toHaveLength(1);
    expect((await instance().read()).line?.served).toHaveLength(1);
  });

  it('shows who waits, to everybody, until they leave or their time is over', async () => {
    const instance = await open(now);
    const first = waiter('a', { lane: 'sign_in', call: 'c' });
    await instance().line.stand(first);
    await instance().line.stand(waiter('b', { latestAt: time + 1000 }));
    await instance().line.stand(waiter('c'));
    expect((await instance().read()).line?.waiters).toContainEqual(first);
    await instance().line.leave('c');
    expect(await ids(instance())).toEqual(['a', 'b']);
    time += 1001;
    expect(await ids(instance())).toEqual(['a']);
  });

  it('serves all who want the same call, and nobody else, with one call', async () => {
    const instance = await open(now);
    for (const [id, call] of [
      ['a', 'c'],
      ['b', 'c'],
      ['x', 'd'],
      ['y', undefined],
    ] as const) {
      await instance().line.stand(waiter(id, { call, key: id, conversation: `${id}/` }));
    }
    await send(instance(), waiter('a', { call: 'c', key: 'a', conversation: 'a/' }));
    const { state, line } = await instance().read();
    expect(line?.waiters.map(({ id }) => id).sort()).toEqual(['x', 'y']);
    expect(line?.served.map(({ key }) => key).sort()).toEqual(['a', 'b']);
    expect(state.endedCalls).toBe(1);
  });

  it('does not forget who was served when it leaves the line', async () => {
    const instance = await open(now);
    await send(instance(), waiter('a'));
    await instance().line.leave('a');
    expect((await instance().read()).line?.served).toHaveLength(1);
  });

  it('forgets calls a window later', async () => {
    const instance = await open(now);
    await send(instance(), waiter('a'));
    time += WINDOW_POLICY.windowMs;
    expect(await instance().read()).toMatchObject({ state: { endedCalls: 0 }, line: { served: [] } });
  });

  it('keeps the longest pause, and lets no call go before its end', async () => {
    const instance = await open(now);
    const before = await instance().read();
    await instance().coolDown(time + 5000);
    await instance().coolDown(time + 2000);
    expect((await instance().read()).state.pause?.until).toBe(time + 5000);
    // Read before the pause was known, as by somebody who was just about to send.
    const late = { ...before.state, lastSentAt: time };
    expect(await instance().write(late, before.version, [waiter('a')])).toBeUndefined();
    expect((await instance().read()).state.lastSentAt).toBe(0);
    time += 5001;
    expect((await instance().read()).state.pause).toBeUndefined();
    expect(await send(instance(), waiter('a'))).toEqual(expect.any(String));
  });

  it('postpones the newest call, unless another one was sent since or a pause lasts', async () => {
    const instance = await open(now);
    await send(instance(), waiter('a'));
    const sentAt = time;
    time += 300;
    expect(await instance().postpone(sentAt, time)).toBe(true);
    expect((await instance().read()).state.lastSentAt).toBe(time);
    expect(await instance().postpone(sentAt, time + 1)).toBe(false);
    await instance().coolDown(time + 5000);
    expect(await instance().postpone(time, time + 1)).toBe(false);
    expect((await instance().read()).state.lastSentAt).toBe(time);
  });

  it('goes on at once when the clock, which was a day ahead, is right again', async () => {
    const instance = await open(now);
    time += 86_400_000;
    await send(instance(), waiter('a', { call: 'c' }));
    await instance().line.stand(waiter('b'));
    await instance().coolDown(time + 5000);
    time -= 86_400_000;
    const { state, line } = await instance().read();
    expect(state).toMatchObject({ lastSentAt: 0, pause: undefined, endedCalls: 0 });
    expect(line).toEqual({ waiters: [], served: [] });
    expect(await send(instance(), waiter('c'))).toEqual(expect.any(String));
    expect(await instance().postpone(time, time + 1)).toBe(true);
    await instance().coolDown(time + 3000);
    expect((await instance().read()).state.pause?.until).toBe(time + 3000);
    expect(await send(instance(), waiter('d'))).toBeUndefined();
  });

  it('writes nothing where nothing was sent', async () => {
    const store = (await open(now))();
    const { state, version } = await store.read();
    expect(await store.write({ ...state, limit: 1 }, version)).toBe(version);
    expect((await store.read()).state.limit).toBe(WINDOW_POLICY.limit);
  });
}
