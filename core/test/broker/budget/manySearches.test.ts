import { describe, expect, it } from '@jest/globals';
import { type Asked, closest, SPACING_MS, searchWorld } from '../support/searchWorld.ts';

const KEYS = Array.from({ length: 40 }, (_, index) => `Title ${index}`);
const found = (asked: readonly Asked[]) => asked.filter(({ result }) => result.kind === 'found');

/** Sends every (session, title) until all are answered, each round after what the last one told; returns the rounds. */
async function untilAnswered(isolates: number, sessionOf: (caller: number, key: number) => string) {
  const world = searchWorld();
  const ports = Array.from({ length: isolates }, () => world.isolate());
  let left = KEYS.flatMap((title, key) =>
    Array.from({ length: 5 }, (_, caller) => ({ title, session: sessionOf(caller, key), caller })),
  );
  const rounds: Asked[][] = [];
  while (left.length > 0 && rounds.length < 6) {
    const asking = left.map(({ title, session, caller }) => {
      const port = ports[caller % ports.length];
      if (!port) throw new Error('no isolate');
      return world.search(port, session, title);
    });
    const asked = await world.time.until(Promise.all(asking));
    rounds.push(asked);
    left = left.filter((_, index) => asked[index]?.result.kind !== 'found');
    const waits = asked.flatMap(({ result }) => (result.kind === 'busy' ? [result.retryAfterSeconds] : []));
    const lastEnd = Math.max(...asked.map(({ endedAt }) => endedAt));
    const firstEnd = Math.min(
      ...asked.filter(({ result }) => result.kind === 'busy').map(({ endedAt }) => endedAt),
    );
    const backAt = firstEnd + Math.max(0, ...waits) * 1000;
    await world.time.advance(Math.max(1, backAt - lastEnd));
  }
  return { ...world, rounds };
}

describe.each([
  ['one session', 1, () => 's'],
  ['five sessions', 1, (caller: number) => `s${caller}`],
  ['two hundred sessions', 1, (caller: number, key: number) => `s${caller}-${key}`],
  ['one session over two isolates', 2, () => 's'],
  ['five sessions over two isolates', 2, (caller: number) => `s${caller}`],
] as const)('200 searches at once for 40 tracks, five callers each: %s', (_, isolates, sessionOf) => {
  it('serves what fits into 25 s, tells the rest at once when to come back, and asks Discogs 40 times', async () => {
    const { rounds, sends, operations } = await untilAnswered(isolates, sessionOf);
    const [first = []] = rounds;
    expect(found(first).length).toBeGreaterThanOrEqual(90);
    expect(new Set(found(first).map(({ title }) => title)).size).toBeGreaterThanOrEqual(18);
    for (const { result, startedAt, endedAt } of rounds.flat()) {
      expect(endedAt - startedAt).toBeLessThanOrEqual(25_000);
      if (result.kind === 'found') continue;
      expect(result.kind).toBe('busy');
      expect(endedAt - startedAt).toBeLessThanOrEqual(2000);
    }
    expect(rounds.length).toBeLessThanOrEqual(3);
    expect(found(rounds.at(-1) ?? [])).toHaveLength(rounds.at(-1)?.length ?? 0);
    expect(sends).toHaveLength(40);
    expect(closest(sends)).toBeGreaterThanOrEqual(SPACING_MS);
    expect(Math.max(...operations.map(({ count }) => count))).toBeLessThanOrEqual(36);
  });
});
