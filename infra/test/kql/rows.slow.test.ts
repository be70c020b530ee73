/** What the queries read is there: in rows captured from the running gateway. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { metricsOf } from '../../../az-function/src/telemetry/items.ts';
import { triggers } from '../../../az-function/src/triggers.ts';
import { readKqlFiles } from '../../generate/kqlFiles.ts';
import { withConversation } from '../../generate/parameters.ts';
import { captureDay, GPT_HEADERS } from './support/day.ts';
import { type Read, type Reads, readsOf } from './support/reads.ts';
import { type EventRow, type TraceRow, toEventRows, type Value } from './support/rows.ts';

let traces: readonly TraceRow[];
let events: readonly EventRow[];
beforeAll(async () => {
  traces = await captureDay();
  events = toEventRows(traces);
}, 60_000);

/** Which values a conversion turns into something else than null. */
const CONVERTIBLE: Readonly<Record<string, RegExp>> = {
  toint: /^-?[0-9]+$/,
  tolong: /^-?[0-9]+$/,
  todouble: /^-?[0-9]+(\.[0-9]+)?$/,
  tostring: /^[\s\S]+$/,
  isnull: /^[\s\S]*$/,
  isempty: /^[\s\S]*$/,
  isnotempty: /^[\s\S]*$/,
};

/** What is wrong with a read, given the records it may find; undefined where nothing is. */
function faultOf(read: Read, records: readonly Readonly<Record<string, Value>>[]): string | undefined {
  const values = records.flatMap((record) => record[read.member] ?? []);
  if (values.length === 0) return `${read.member} is in no row`;
  const pattern = CONVERTIBLE[read.conversion ?? 'tostring'];
  if (!pattern) return `nobody knows what ${read.conversion} makes of ${read.member}`;
  const odd = values.find((value) => !pattern.test(String(value)));
  return odd === undefined
    ? undefined
    : `${read.conversion} cannot convert ${read.member}, which can be ${odd}`;
}

function faultsOf({ reads, names, prefixes }: Reads): readonly string[] {
  const dimensions = events.flatMap((row) => (names.includes(row.name) ? [row.customDimensions] : []));
  const json = traces.flatMap(({ prefix, data }) =>
    prefix !== undefined && data && prefixes.includes(prefix) ? [data] : [],
  );
  return reads.flatMap((read) => faultOf(read, read.from === 'json' ? json : dimensions) ?? []);
}

/** A query over the log looks for parts of lines, one over events for whole values. */
function unknownWords({ tables, words }: Reads): readonly string[] {
  const known = new Set(
    events.flatMap(({ name, customDimensions }) => [name, ...Object.values(customDimensions)]),
  );
  const method = /^(POST|PUT|DELETE)$/;
  const isInLog = (word: string) => traces.some(({ message }) => message.includes(word));
  return words.filter(
    (word) => !(known.has(word) || method.test(word) || (tables.includes('traces') && isInLog(word))),
  );
}

const files = readKqlFiles().map(({ path, text }) => ({
  path,
  found: readsOf(withConversation(text, GPT_HEADERS['openai-conversation-id'])),
}));
/** The others hold what the platform and the telemetry write, none of whose columns is dynamic. */
const CAPTURED = ['traces', 'customEvents'];

describe('every member that a query reads', () => {
  for (const { path, found } of files.filter(({ found: { reads } }) => reads.length > 0)) {
    it(`is in the captured rows, fit for its conversion: ${path}`, () => {
      expect(faultsOf(found)).toEqual([]);
    });
  }

  it('is in a table whose rows were captured', () => {
    for (const { path, found } of files.filter(({ found: { reads } }) => reads.length > 0)) {
      expect([path, found.tables.filter((table) => !CAPTURED.includes(table))]).toEqual([path, []]);
    }
  });
});

describe('every word that a query compares with', () => {
  for (const { path, found } of files.filter(({ found: { tables } }) =>
    tables.every((t) => CAPTURED.includes(t)),
  )) {
    it(`is one that the gateway writes: ${path}`, () => {
      expect(unknownWords(found)).toEqual([]);
    });
  }
});

describe('every name in a table that is not captured here', () => {
  const members = { cache: 'hit', attempts: 1, waited_ms: 0, budget_remaining: 1 };
  const known: Readonly<Record<string, readonly string[]>> = {
    customMetrics: metricsOf({ kind: 'call', members, waiting: 0 }).map(({ name }) => name),
    requests: triggers().map(({ name }) => name),
  };
  const named = files.flatMap(({ path, found: { tables, names } }) =>
    tables.flatMap((table) => (table in known ? names.map((name) => [path, table, name] as const) : [])),
  );

  it.each(named)('%s: %s has %s', (_, table, name) => {
    expect(known[table]).toContain(name);
  });

  it('is looked for at all', () => {
    expect(new Set(named.map(([, table]) => table))).toEqual(new Set(['customMetrics', 'requests']));
  });
});

describe('these checks', () => {
  const from = 'customEvents | where name == "discogs_proxy_call"';
  const parse = 'traces | parse message with "discogs_proxy: " text | extend data = parse_json(text)';
  const broken = [
    [`${from} | project toint(customDimensions.statuss)`, 'statuss is in no row'],
    [`${from} | project tostring(customDimensions.suppressed)`, 'suppressed is in no row'],
    [`${from} | project toint(customDimensions.elapsed_ms)`, 'toint cannot convert elapsed_ms'],
    [`${from} | project todouble(customDimensions.entity)`, 'todouble cannot convert entity'],
    [`${from} | project totimespan(customDimensions.waited_ms)`, 'nobody knows what totimespan makes'],
    [`${parse} | project data.duration`, 'duration is in no row'],
    [`${parse} | summarize avg(todouble(data.cache))`, 'todouble cannot convert cache'],
  ];
  for (const [query = '', fault = ''] of broken) {
    it(`find: ${fault}`, () => {
      expect(faultsOf(readsOf(query)).join()).toContain(fault);
    });
  }

  it('find words that nobody writes', () => {
    const query = `${from} | where tostring(customDimensions.cache) in ("hit", "coalesce") | where tostring(customDimensions.error) != "time_out"`;
    expect(unknownWords(readsOf(query))).toEqual(['coalesce', 'time_out']);
  });

  it('accept no member that they could not find', () => {
    expect(() => readsOf(`${from} | project customDimensions["status"]`)).toThrow('customDimensions.member');
    expect(() => readsOf('traces | extend x = customMeasurements.y')).toThrow('nobody knows');
  });
});

describe('the captured day', () => {
  const all = (member: string) => new Set(events.map(({ customDimensions }) => customDimensions[member]));

  it('has everything that an operator may meet', () => {
    const expected = {
      cache: ['hit', 'miss', 'stale', 'coalesced', undefined],
      source: ['discogs', 'cache', 'proxy'],
      error: [
        'not_found',
        'upstream_error',
        'upstream_invalid',
        'upstream_unavailable',
        'bad_gateway',
        'timeout',
        'rate_limited',
        'secrets_unresolved',
        'unauthorized',
        'invalid_request',
        'read_only',
      ],
      attempts: ['0', '1', '2'],
      key: ['default', 'phone'],
      lane: ['caller', 'refresh'],
      openai_conversation_id: [GPT_HEADERS['openai-conversation-id'], undefined],
    };
    for (const [member, values] of Object.entries(expected)) {
      for (const value of values)
        expect([member, [...all(member)]]).toEqual([member, expect.arrayContaining([value])]);
    }
    expect([...all('waited_ms')].some((ms) => Number(ms) > 0)).toBe(true);
  });

  it('has refreshes that no caller waited for: counted at Discogs, with no share in what callers got', () => {
    const refreshes = events.filter(({ customDimensions }) => customDimensions['lane'] === 'refresh');
    expect(refreshes.map(({ customDimensions }) => customDimensions['status']).sort()).toEqual([
      '200',
      '500',
    ]);
    for (const { name, customDimensions } of refreshes) {
      expect([name, customDimensions['attempts']]).toEqual(['discogs_proxy_call', '1']);
      for (const member of ['client_status', 'cache']) expect(customDimensions).not.toHaveProperty(member);
    }
  });
});

describe("what the README's four queries select", () => {
  // The queries' own steps, in plain code.
  const calls = () =>
    traces.flatMap(({ prefix, data }) => (prefix === 'discogs_proxy: ' && data ? [data] : []));
  const of = (name: string, value: Value) => calls().filter((call) => call[name] === value);

  it('recent-proxy-calls: all calls and no refusal, each with entity, status, time and trace id', () => {
    expect(calls().length).toBeGreaterThan(15);
    for (const call of calls()) {
      expect(call).toMatchObject({
        entity: expect.stringMatching(/^[a-z_]+$/),
        status: expect.any(Number),
        elapsed_ms: expect.any(Number),
        trace_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
    }
    expect(new Set(calls().map(({ event }) => event))).toEqual(new Set(['discogs_proxy_call']));
  });

  it('average-latency-per-entity: a number for each kind of call of the day', () => {
    const entities = new Set(calls().map(({ entity }) => entity));
    expect(entities).toEqual(new Set(['search', 'release', 'artist', 'label', 'master', 'listing']));
    const average = (entity: Value) => {
      const times = of('entity', entity).map(({ elapsed_ms: ms }) => Number(ms));
      return times.reduce((sum, ms) => sum + ms, 0) / times.length;
    };
    // The one that hung for ten seconds leads the list.
    expect([...entities].sort((a, b) => average(b ?? '') - average(a ?? ''))[0]).toBe('listing');
  });

  it('rate-limit-responses: those of Discogs and those of the gateway', () => {
    const limited = calls().filter(({ status }) => Number(status) === 429);
    expect(limited.map(({ source }) => source).sort()).toEqual(['discogs', 'proxy']);
  });

  it('retries-and-timeouts: each repeat with its cause, each timeout with its path', () => {
    const selected = traces
      .map(({ message }) => message)
      .filter((message) => /transient_retry|Timeout contacting Discogs/i.test(message));
    const shapes = selected
      .map((line) => line.replace(/backoff_s=\S+/, '…').replace(/trace_id=\S+/, '…'))
      .sort();
    expect(shapes).toEqual([
      'Timeout contacting Discogs path=/marketplace/listings …',
      'transient_retry attempt=1 … error_type=Http429',
      'transient_retry attempt=1 … error_type=Http503',
      'transient_retry attempt=1 … error_type=ReadError',
    ]);
  });
});
