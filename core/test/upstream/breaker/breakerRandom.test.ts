/** Random callers, hostile ones among them, and a Discogs that comes and goes. */
import { describe, expect, it } from '@jest/globals';
import { createBreaker } from '../../../src/upstream/breaker/breaker.ts';
import type { BreakerCall } from '../../../src/upstream/breaker/callHistory.ts';
import type { Health } from '../../../src/upstream/breaker/health.ts';
import { seeded } from '../../support/seeded.ts';
import { virtualTime } from '../../support/virtualTime.ts';

const callFor = (pathAndQuery: string, who: { key: string; conversation: string }): BreakerCall => ({
  request: { method: 'GET', pathAndQuery },
  turn: { priority: 'caller', ...who },
});

describe('whatever happens', () => {
  it.each(Array.from({ length: 40 }, (_, seed) => seed))(
    'one probe is out at a time, and a healthy Discogs is found: run %i',
    async (seed) => {
      const random = seeded(seed);
      const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
      const time = virtualTime();
      const breaker = createBreaker({ now: time.now, random, setTimer: time.setTimer });
      let health: 'well' | 'down' = 'down';
      /** Of the time since it was closed last. */
      let probes = new Set<BreakerCall>();
      let mostProbes = 0;

      async function attempt(call: BreakerCall, mayDie: boolean): Promise<'worked' | number | 'other'> {
        const latestAt = time.now() + 25_000;
        for (;;) {
          const decision = breaker.isQuiet()
            ? { kind: 'allowed' as const }
            : await breaker.acquire(call, latestAt);
          if (decision.kind === 'open') return decision.retryAfterMs;
          // The limiter.
          await time.sleep(pick([0, 0, 0, 50, 3000]));
          if (mayDie && random() < 0.05) return 'other';
          if (random() < 0.05) {
            breaker.notSent(call);
            return 'other';
          }
          if (breaker.start(call)) break;
        }
        if (breaker.state() !== 'closed') probes.add(call);
        mostProbes = Math.max(mostProbes, probes.size);
        await time.sleep(pick([20, 300, 10_000]));
        probes.delete(call);
        const isPoisoned = call.request.pathAndQuery.includes('poison');
        const outcome =
          health === 'down' || isPoisoned ? pick<Health>(['failed', 'failed', 'inconclusive']) : 'worked';
        breaker.record(call, outcome);
        if (outcome === 'worked') probes = new Set();
        return outcome === 'worked' ? 'worked' : 'other';
      }

      let calm = false;
      let found = false;
      async function hostile(number: number): Promise<void> {
        for (let at = 0; !found; at += 1) {
          const path = pick([
            `/labels/${at % 7}?poison`,
            '/database/search?q=poison',
            `/users/poison-${at % 3}`,
          ]);
          void attempt(callFor(path, { key: 'hostile', conversation: `h${number}` }), false);
          await time.sleep(100);
        }
      }
      async function usual(number: number): Promise<void> {
        while (!calm) {
          const path = pick([
            `/artists/${Math.floor(random() * 50)}`,
            '/database/search?q=good',
            '/labels/3',
          ]);
          await attempt(
            callFor(path, { key: pick(['a', 'b']), conversation: `u${number}` }),
            health === 'down',
          );
          await time.sleep(2000 * random());
          if (calm) return;
          if (health === 'down' && random() < 0.1) health = 'well';
          else if (random() < 0.1) health = 'down';
        }
      }
      const running = [hostile(1), hostile(2), usual(1), usual(2)];
      await time.advance(60_000 + 60_000 * random());
      expect(mostProbes).toBeLessThanOrEqual(1);

      // From now on it is well, and somebody who has had no part in it comes, and comes back when told.
      health = 'well';
      calm = true;
      const healthyAt = time.now();
      const newcomer = (async () => {
        for (let at = 0; ; at += 1) {
          const came = await attempt(callFor(`/masters/${at}`, { key: 'new', conversation: 'n' }), false);
          if (came === 'worked') return;
          await time.sleep(typeof came === 'number' ? Math.max(1, Math.floor(came / 1000)) * 1000 : 100);
        }
      })();
      await time.until(newcomer);
      found = true;
      // The longest open time, one probe, its own call with its wait for a slot, and room for calls that are not sent.
      expect(time.now() - healthyAt).toBeLessThanOrEqual(30_000 + 10_000 + 13_000 + 7000);
      await time.until(Promise.all(running));
    },
  );
});
