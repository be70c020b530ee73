/** At full length, in the real runtime: `npm run test:long`. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { discogsProcess } from './support/discogsProcess.ts';
import { type Reply, searchWorkerd } from './support/searchWorkerd.ts';

const INTERVAL_MS = 1100;
const ROUND_MS = 60_000;

const inLongRuns = process.env['LONG'] ? describe : describe.skip;

inLongRuns('200 searches at once for 40 tracks, five callers each, 1,100 ms apart', () => {
  let world: Awaited<ReturnType<typeof searchWorkerd>>;

  beforeAll(async () => {
    world = await searchWorkerd({ intervalMs: INTERVAL_MS, startDiscogs: discogsProcess });
  });
  afterAll(async () => {
    await world?.close();
  });

  it(
    'serves what fits into 25 s, refuses the rest at once, and all within three rounds and 40 calls',
    async () => {
      let left = Array.from({ length: 200 }, (_, index) => ({ index, title: `Track ${index % 40}` }));
      const rounds: Reply[][] = [];
      while (left.length > 0 && rounds.length < 3) {
        const asking = left.map(async ({ index, title }) => {
          const reply = await world.search(index % 2, `s${index % 5}`, title);
          // Whoever is refused comes back when it was told to.
          const waitMs = (reply.retryAfterSeconds ?? 0) * 1000;
          await new Promise((resolve) => setTimeout(resolve, waitMs));
          return reply;
        });
        const replies = await Promise.all(asking);
        rounds.push(replies);
        left = left.filter((_, index) => replies[index]?.kind !== 'found');
      }
      expect(left).toEqual([]);
      const [first = []] = rounds;
      const summary = rounds.map((round) => {
        const found = round.filter(({ kind }) => kind === 'found').length;
        const refused = round.filter(({ kind }) => kind === 'busy');
        const slowest = Math.max(0, ...refused.map(({ tookMs }) => tookMs));
        return `${found} found, ${refused.length} refused within ${slowest} ms`;
      });
      const arrivals = world.discogs.sends.map(({ at }) => at);
      const gaps = arrivals.slice(1).map((at, index) => at - (arrivals[index] ?? 0));
      console.info(
        `${summary.join('; ')}; at most ${await world.mostQueries()} queries a request; ` +
          `calls arrive ${Math.min(...gaps)} ms apart or more`,
      );
      expect(first.filter(({ kind }) => kind === 'found').length).toBeGreaterThanOrEqual(90);
      expect(Math.max(...rounds.flat().map(({ tookMs }) => tookMs))).toBeLessThanOrEqual(25_000);
      const refused = rounds.flat().filter(({ kind }) => kind !== 'found');
      expect(refused.filter(({ kind, tookMs }) => kind !== 'busy' || tookMs > 2000)).toEqual([]);
      expect(world.discogs.sends).toHaveLength(40);
      expect(await world.mostQueries()).toBeLessThanOrEqual(36);
    },
    3 * ROUND_MS,
  );
});
