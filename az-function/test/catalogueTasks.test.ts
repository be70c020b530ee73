/** The twenty tasks with a catalogue that answers first: what a dump knows costs one call to Discogs at most. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createAgent } from './support/agent.ts';
import { TASKS } from './support/agentTasks.ts';
import { sandboxCatalogue } from './support/catalogueFolder.ts';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  const environment = { CATALOGUE_STORE: await sandboxCatalogue(), CATALOGUE: 'first' };
  gateway = await openTestGateway({ environment });
});
afterAll(() => gateway.close());

describe('an agent at a gateway with a catalogue', () => {
  it.each(TASKS)('can $task', async ({ solve, holds, isLive }) => {
    const before = gateway.sandbox.requests.length;
    expect(await solve(createAgent(gateway))).toMatchObject(holds);
    if (isLive) return;
    expect(gateway.sandbox.requests.slice(before).map(({ path }) => path)).toEqual([]);
  });

  it("needs Discogs for half of the twenty: prices, and what is a user's", () => {
    expect(TASKS.filter(({ isLive }) => isLive)).toHaveLength(10);
  });
});
