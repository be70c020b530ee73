/** The workloads are what they say, and the gateway keeps Discogs from saying no. */
import { describe, expect, test } from '@jest/globals';
import { figures } from '../src/budget/figures.ts';
import { play } from '../src/budget/play.ts';
import { budgetReport } from '../src/budget/report.ts';
import { passThrough } from '../src/budget/systems.ts';
import { thisGateway } from '../src/budget/thisGateway.ts';
import { chat, chatAndCrawl, zipfLookUps } from '../src/budget/workloads.ts';

const gateway = (instances: number) => ({ title: `${instances}`, build: thisGateway(instances) });

describe('the workloads', () => {
  test('come from the seed alone', () => {
    expect(chat(7)).toEqual(chat(7));
    expect(chat(7)).not.toEqual(chat(8));
  });

  test('chat: 13 look-ups each, two of them twice', () => {
    for (const { lookUps } of chat(1).conversations) {
      expect(lookUps).toHaveLength(13);
      expect(new Set(lookUps.map(({ target }) => target)).size).toBe(11);
    }
  });

  test('crawl: 3,000 releases that no conversation asks for', () => {
    const { crawl, conversations } = chatAndCrawl(1);
    const talked = conversations.flatMap(({ lookUps }) => lookUps.map(({ target }) => target));
    expect(new Set(crawl?.targets).size).toBe(3000);
    expect(talked.filter((target) => crawl?.targets.includes(target))).toEqual([]);
  });

  test('Zipf: an hour, evenly over 30 conversations, the first far ahead of the second hundred', () => {
    const { arrivals } = zipfLookUps(1);
    const count = (target: string): number => arrivals.filter((one) => one.target === target).length;
    expect(arrivals).toHaveLength(36_000);
    expect(new Set(arrivals.map(({ conversation }) => conversation)).size).toBe(30);
    expect(count('/releases/1')).toBeGreaterThan(50 * count('/releases/100'));
  });
});

describe('in virtual time', () => {
  test.each([1, 4])(
    '%i instances: Discogs never says no, beside a crawl, without strangers',
    async (count) => {
      const played = await play(chatAndCrawl(1), gateway(count), { seed: 1, strangersPerMinute: 0 });
      expect(figures(played)).toMatchObject({ limited: 0 });
      expect(figures(played).crawledPerMinute).toBeGreaterThanOrEqual(30);
    },
  );

  test('with strangers it says no at most once a minute, and never at once again', async () => {
    const played = await play(chatAndCrawl(2), gateway(1), { seed: 2, strangersPerMinute: 30 });
    expect(figures(played).limitedPerMinute).toBeLessThanOrEqual(1);
    expect(figures(played).limitedInARow).toBe(0);
  });

  test('a run repeats itself, and the report shows it', async () => {
    const options = { seed: 3, strangersPerMinute: 30 };
    const runs = [0, 1].map(async () => figures(await play(chat(3), gateway(1), options)));
    const [first, second] = await Promise.all(runs);
    expect(first).toEqual(second);
    const original = await play(chat(3), { title: 'original', build: passThrough }, options);
    const report = budgetReport(3, [{ title: 'Chat', rows: [{ title: 'x', figures: figures(original) }] }]);
    expect(report).toContain('| x | ');
  });
});
