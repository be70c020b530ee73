/** The ten conversations of docs/gpt-action.md, held with the operations and the number of calls that it tells. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Agent, createAgent } from './support/agent.ts';
import { openTestGateway, type TestGateway } from './support/testGateway.ts';

const page = readFileSync(new URL('../../docs/gpt-action.md', import.meta.url), 'utf8');
const rows = [...page.matchAll(/^\| ([^|]+) \| ([^|]+) \| (\d) \|$/gm)].map(
  ([, say = '', how = '', calls = '']) => ({
    say,
    operations: [...how.matchAll(/`([a-z]+[A-Z]\w+)`/g)].map(([, id]) => id),
    calls: Number(calls),
  }),
);

interface Conversation {
  readonly hold: (agent: Agent) => Promise<unknown>;
  readonly tells: unknown;
}

const artist = async ({ find }: Agent, q: string) => (await find({ type: 'artist', q })).id;

const CONVERSATIONS: Readonly<Record<string, Conversation>> = {
  'Find Nevermind by Nirvana on vinyl from 1991': {
    hold: ({ ask }) =>
      ask('/identify', { artist: 'Nirvana', title: 'Nevermind', format: 'Vinyl', year: '1991' }),
    tells: { results: [{ year: '1991', format: expect.stringContaining('Vinyl') }, {}] },
  },
  'Which record has the barcode 0 74646 49352 6?': {
    hold: ({ ask }) => ask('/identify', { barcode: '0 74646 49352 6' }),
    tells: { results: [{ title: 'Miles Davis - Kind Of Blue' }] },
  },
  'Show me release 249504 with all credits': {
    hold: ({ ask }) => ask('/releases/249504', { fields: 'credits' }),
    tells: { credits: expect.arrayContaining(['Design: Me Co']) },
  },
  'Which US pressings of master 13814 came out before 1995?': {
    hold: ({ ask }) => ask('/masters/13814/versions', { country: 'US', year_to: '1994' }),
    tells: { results: [{ country: 'US' }, { country: 'US' }] },
  },
  'Who played in Joy Division, and where else?': {
    hold: async (agent) => agent.ask(`/artists/${await artist(agent, 'Joy Division')}/group`),
    tells: { members: expect.arrayContaining([expect.objectContaining({ name: 'Peter Hook' })]) },
  },
  'Which albums by Nirvana do I not have?': {
    hold: async (agent) => agent.ask(`/artists/${await artist(agent, 'Nirvana')}/missing`),
    tells: { results: [{ title: 'Bleach' }] },
  },
  'What is a good copy of release 249504 worth?': {
    hold: ({ ask }) => ask('/marketplace/price_suggestions/249504'),
    tells: { suggestions: { 'Very Good Plus (VG+)': expect.stringMatching(/ USD$/) } },
  },
  'What is in my collection?': {
    hold: async ({ ask, self }) => ask(`${await self()}/collection/folders/0/releases`),
    tells: { items: 28 },
  },
  'Add release 249504 to my wantlist': {
    hold: async ({ ask, self }) => ask(`${await self()}/wants/249504`, {}, 'PUT'),
    tells: { status: 201, id: 249504 },
  },
  'What are the lyrics of its first track?': {
    hold: async () => 'Discogs has none.',
    tells: 'Discogs has none.',
  },
};

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await openTestGateway();
});
afterAll(() => gateway.close());

describe('a conversation of the page', () => {
  it('is held here, each of the ten', () => {
    expect(rows.map(({ say }) => say)).toEqual(Object.keys(CONVERSATIONS));
    expect(rows).toHaveLength(10);
  });

  it.each(rows)('"$say" takes $calls calls: $operations', async ({ say, operations, calls }) => {
    const agent = createAgent(gateway);
    const answer = await CONVERSATIONS[say]?.hold(agent);
    const { tells } = CONVERSATIONS[say] ?? {};
    if (typeof tells === 'object') expect(answer).toMatchObject(Object(tells));
    else expect(answer).toBe(tells);
    expect(agent.spent()).toMatchObject({ calls, operations });
  });
});

it('the instructions name operations that the document has', () => {
  const [, instructions = ''] = /^## Instructions\n+```text\n(.*?)^```/ms.exec(page) ?? [];
  const document = readFileSync(new URL('../../openapi/gpt-action.json', import.meta.url), 'utf8');
  const named = instructions.match(/\b(?:get|list|search|identify|add|remove)[A-Z]\w+/g) ?? [];
  expect(named.length).toBeGreaterThan(6);
  for (const id of named) expect(document).toContain(`"operationId": "${id}"`);
});
