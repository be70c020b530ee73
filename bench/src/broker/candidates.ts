/** Workers in workerd: the broker's cached search, and what it is measured against. */
import { startSandbox } from '@discogs-agent/sandbox';
import { variables } from '../../../broker/test/support/brokerHere.ts';
import { app } from '../../../broker/test/support/client.ts';
import { execute, migrate, startWorkerd } from '../../../broker/test/support/workerd.ts';
import { childrenNamed } from '../processes/children.ts';

/** A running Worker that answers one request, over and over. */
export interface Candidate {
  readonly title: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly pid: number;
  close(): Promise<void>;
}

const SEARCH = JSON.stringify({ artist: 'Daft Punk', title: 'One More Time', album: null });

/** Answers with a row of the size of the broker's answer. `reads`: queries, one after the other. */
const bareWorker = (reads: number): string => `export default {
  async fetch(request, { DB }) {
    await request.text();
    let row;
    for (let read = 0; read < ${reads}; read += 1) {
      row = await DB.prepare('SELECT text FROM answers WHERE name = ?1').bind('one').first();
    }
    return new Response(row.text, { headers: { 'content-type': 'application/json' } });
  },
};`;

/** Starts one Worker and finds its process. */
async function started(...given: Parameters<typeof startWorkerd>) {
  const before = new Set(childrenNamed('workerd'));
  const workerd = await startWorkerd(...given);
  const pid = childrenNamed('workerd').find((id) => !before.has(id));
  if (pid === undefined) throw new Error('workerd is not among the processes');
  return { workerd, pid };
}

async function brokerSearch(): Promise<Candidate & { readonly answer: string }> {
  const sandbox = await startSandbox();
  const { workerd, pid } = await started({ environment: variables(sandbox) });
  await migrate(workerd.database);
  const client = app(workerd.url);
  const token = await client.signIn();
  await client.search(token);
  const { text, json } = await client.search(token);
  if (json?.['cache_hit'] !== true) throw new Error(`no cached answer: ${text}`);
  return {
    title: 'the broker: a cached search',
    url: `${workerd.url}/v1/discogs/proxy/search`,
    headers: { authorization: `Bearer ${token}` },
    body: SEARCH,
    pid,
    answer: text,
    close: async () => void (await Promise.all([workerd.kill(), sandbox.close()])),
  };
}

async function bare(reads: number, answer: string): Promise<Candidate> {
  const { workerd, pid } = await started({ worker: bareWorker(reads) });
  await execute(workerd.database, 'CREATE TABLE answers (name TEXT PRIMARY KEY, text TEXT NOT NULL)');
  await workerd.database.prepare("INSERT INTO answers VALUES ('one', ?1)").bind(answer).all();
  return {
    title: `a bare Worker: ${reads} row${reads === 1 ? '' : 's'} of D1`,
    url: `${workerd.url}/`,
    headers: {},
    body: SEARCH,
    pid,
    close: () => workerd.kill(),
  };
}

/** Starts all of them. */
export async function candidates(): Promise<Candidate[]> {
  const broker = await brokerSearch();
  return [broker, await bare(1, broker.answer), await bare(2, broker.answer)];
}
