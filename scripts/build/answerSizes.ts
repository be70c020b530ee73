/** The page that compares answers of plain `/api` with those for agents, in characters, from the sandbox. */
import type { Fetcher } from '@discogs-agent/core';
import { createGptDoor } from '@discogs-agent/core/gpt';
import { SANDBOX_TOKEN, startSandbox } from '@discogs-agent/sandbox';
import { call, gateway } from '../../core/test/support/fakes.ts';

const USER = 'crate_digger';

/** Typical calls of a conversation: what they are for, and their path. */
const CALLS: readonly (readonly [string, string])[] = [
  ['Search, 100 rows', '/database/search?q=the&type=release'],
  ['Search with masters and releases', '/database/search?q=nevermind'],
  ['A release', '/releases/249504'],
  ['A release of an album', '/releases/930000001'],
  ['A master', '/masters/13814'],
  ['Versions of a master', '/masters/13814/versions'],
  ['Versions from the US', '/masters/13814/versions?country=US'],
  ['An artist', '/artists/108713'],
  ["An artist's releases", '/artists/125246/releases'],
  ['A label', '/labels/895'],
  ['A collection of 28', `/users/${USER}/collection/folders/0/releases`],
  ['A wantlist of 10', `/users/${USER}/wants`],
];

const withRows = (path: string): string =>
  /search|versions|releases$|releases\?|wants/.test(path)
    ? `${path}${path.includes('?') ? '&' : '?'}per_page=100`
    : path;

const grouped = (number: number): string => String(number).replace(/\B(?=(\d{3})+$)/g, ',');

/** Measures and writes the page. */
export async function answerSizesPage(): Promise<string> {
  const sandbox = await startSandbox({ now: () => Date.UTC(2026, 0, 15, 12) });
  const fetcher: Fetcher = async ({ method, pathAndQuery, headers }) => {
    const response = await fetch(`${sandbox.url}${pathAndQuery}`, {
      method,
      headers: { ...headers, authorization: `Discogs token=${SANDBOX_TOKEN}` },
    });
    const body = new Uint8Array(await response.arrayBuffer());
    return {
      kind: 'answer',
      status: response.status,
      header: (name) => response.headers.get(name) ?? undefined,
      body,
    };
  };
  try {
    const plain = gateway({ fetcher });
    const door = createGptDoor(plain, () => 0);
    const rows: string[] = [];
    for (const [what, path] of CALLS) {
      const raw = (await plain.handle(call('GET', withRows(path)))).body.length;
      const lean = (await door.handle(call('GET', `/gpt${path}`))).body.length;
      rows.push(
        `| ${what} | \`${path}\` | ${grouped(raw)} | ${grouped(lean)} | ${Math.round((lean / raw) * 100)} % |`,
      );
    }
    return `# Characters of an answer

Made by \`npm run generate\` from the sandbox; do not edit. Plain \`/api\` with 100 rows a page where there are pages, beside
[\`/api/gpt\`](agents.md) with its usual limit of 20,000 characters.

| What | Path | \`/api\` | \`/api/gpt\` | Share |
|---|---|--:|--:|--:|
${rows.join('\n')}
`;
  } finally {
    await sandbox.close();
  }
}
