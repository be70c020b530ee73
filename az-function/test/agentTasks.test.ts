/** Twenty tasks of record lovers, solved over `/api/gpt`: see `support/agentTasks.ts`. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createAgent } from './support/agent.ts';
import { TASKS, type Task } from './support/agentTasks.ts';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway();
});
afterAll(() => gateway.close());

async function attempt({ solve }: Task) {
  const agent = createAgent(gateway);
  const answer = await solve(agent);
  return { answer, ...agent.spent() };
}
const attempts = new Map<Task, ReturnType<typeof attempt>>();
/** Each task is solved once. */
function attemptOf(task: Task) {
  const made = attempts.get(task) ?? attempt(task);
  attempts.set(task, made);
  return made;
}

/** The upper of the two in the middle. */
const median = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

describe('an agent with the document for agents alone', () => {
  it.each(TASKS)('can $task', async (task) => {
    expect((await attemptOf(task)).answer).toMatchObject(task.holds);
  });

  it('needs two calls and 5,000 characters at most for half of these twenty tasks', async () => {
    const spent = [];
    for (const task of TASKS) spent.push(await attemptOf(task));
    expect(spent).toHaveLength(20);
    expect(median(spent.map(({ calls }) => calls))).toBeLessThanOrEqual(2);
    expect(median(spent.map(({ characters }) => characters))).toBeLessThanOrEqual(5_000);
  });
});
