/** Bodies of good answers, taken from the sandbox. */
import { catalog, type Operation, rewriteLinks } from '@discogs-agent/core';
import { exampleBody, SERVER_URL } from '@discogs-agent/core/documents';
import { SANDBOX_TOKEN, type Sandbox, startSandbox } from '@discogs-agent/sandbox';
import { trim } from './trim.ts';

/** Dates of writes and the rate window follow this clock, so that every run gives the same bytes. */
const FIXED_TIME = Date.UTC(2026, 0, 15, 12, 0, 0);
/** Two rows show a list as well as fifty, and the figures of `pagination` then fit them. */
const PER_PAGE = '2';

/** All search filters at once find nothing; these two show what the description recommends. */
const SEARCH = ['artist', 'release_title'];

/** Values of path parameters that only a running upstream can tell. */
export type PathValues = Readonly<Record<string, string | number>>;

/** What only a gateway that has been at work for a while can tell. */
const status = (version: string) => ({
  window: { limit: 60, used: 14, remaining: 46, reset: 0 },
  queue: { waiting: 0 },
  breaker: { state: 'closed' },
  cache: { entries: 412, bytes: 3_812_006, hit_ratio: 0.7312 },
  store: { kind: 'memory', healthy: true },
  version,
  outbound: 'shared',
  upstream: 'discogs',
  read_only: false,
  uptime_seconds: 8_412,
  last_hour: { requests: 1_034, client_errors: 12, rate_limited: 3, errors: 1 },
  answered_by: { discogs: 58, cache: 620, catalogue: 352, proxy: 4 },
  catalogue: { state: 'ready', date: '2026-10-01' },
  broker: { enabled: false },
});

const decoder = new TextDecoder();

/** The path of an operation with its parameters' examples, where `known` has no better value. */
export const examplePath = ({ path, pathParameters }: Operation, known: PathValues = {}): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(known[name] ?? pathParameters[name]?.example ?? ''),
  );

/** A query that has an answer worth showing. */
export function exampleQuery({ query, requireOneOf }: Operation): URLSearchParams {
  const values = new URLSearchParams();
  for (const name of requireOneOf ? SEARCH : []) values.set(name, String(query[name]?.example ?? ''));
  if (query['per_page']) values.set('per_page', PER_PAGE);
  return values;
}

async function ask(sandbox: Sandbox, operation: Operation): Promise<unknown> {
  const url = `${sandbox.url}${examplePath(operation)}?${exampleQuery(operation)}`;
  const body = exampleBody(operation);
  const response = await fetch(url, {
    method: operation.method,
    headers: {
      'user-agent': 'DiscogsAgentDocuments/1.0',
      authorization: `Discogs token=${SANDBOX_TOKEN}`,
      ...(body ? { 'content-type': body.contentType } : {}),
    },
    ...(body ? { body: body.text } : {}),
  });
  if (!operation.reply.statuses.includes(response.status)) {
    throw new Error(`${operation.id}: the sandbox answered ${response.status}: ${await response.text()}`);
  }
  if (operation.reply.mediaType) return response.text();
  const origins = [sandbox.url, 'https://api.discogs.com'];
  const shown = rewriteLinks(await response.bytes(), origins, SERVER_URL);
  return trim(JSON.parse(decoder.decode(shown)));
}

/** One example for each operation whose good answer has a body, by the operation's `id`. */
export async function collectExamples(version: string): Promise<Readonly<Record<string, unknown>>> {
  const sandbox = await startSandbox({ now: () => FIXED_TIME });
  const examples: Record<string, unknown> = { ping: { status: 'ok' }, getStatus: status(version) };
  try {
    for (const operation of catalog) {
      const { schema, mediaType } = operation.reply;
      if (operation.handledBy === 'gateway' || !(schema || mediaType)) continue;
      // One write must not change what the next operation shows.
      sandbox.reset();
      examples[operation.id] = await ask(sandbox, operation);
    }
  } finally {
    await sandbox.close();
  }
  return examples;
}
