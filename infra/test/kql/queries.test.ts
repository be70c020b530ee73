/** Every query means what the tables can answer, as far as types tell; and the checker that says so can say no. */
import { describe, expect, it } from '@jest/globals';
import { readKqlFiles } from '../../generate/kqlFiles.ts';
import { withConversation } from '../../generate/parameters.ts';
import { check } from './support/kusto.ts';

const files = readKqlFiles();

describe('the queries', () => {
  for (const { path, text } of files) {
    it(`${path} parses, and every name and type in it is right`, () => {
      expect(check(withConversation(text, 'a "quoted" id\\')).diagnostics).toEqual([]);
    });
  }

  it('have no placeholder but the conversation', () => {
    for (const { text } of files) expect(withConversation(text, 'x')).not.toMatch(/\{\w+(:\w+)?\}/);
  });

  it('ask for a time themselves only where the README or an alert does', () => {
    const readme = ['recent-proxy-calls', 'average-latency-per-entity', 'rate-limit-responses'];
    for (const { path, text } of files) {
      const mayAsk =
        path.startsWith('alerts/') || [...readme, 'retries-and-timeouts'].includes(path.slice(0, -4));
      expect([path, /\bago\(/.test(text)]).toEqual([path, mayAsk]);
    }
  });
});

/** What asks about Discogs or its window, where a call that nobody waited for is a call like every other. */
const REFRESHES_COUNT = [
  'budget-left',
  'minutes-at-the-limit',
  'rate-limited-by-source',
  'retries-and-timeouts-by-operation',
];

describe('a refresh behind an answer', () => {
  const overCalls = files.filter(({ text }) => text.includes('"discogs_proxy_call"'));

  it('is told from the calls of callers wherever it is not meant to count', () => {
    const blind = overCalls.filter(({ text }) => !text.includes('customDimensions.lane'));
    expect(blind.map(({ path }) => path.slice(0, -4))).toEqual(REFRESHES_COUNT);
    expect(overCalls.length).toBeGreaterThan(10);
  });
});

describe('the checker', () => {
  const broken = [
    ['an unknown table', 'tracez | count', 'tracez'],
    ['an unknown column', 'traces | where mesage == "x"', 'mesage'],
    ['a column of another table', 'customEvents | where message == "x"', 'message'],
    ['a column that an earlier step took away', 'requests | project name | where duration > 1', 'duration'],
    ['types that cannot be compared', 'requests | where timestamp > "yesterday"', "'>'"],
    ['an aggregate over text', 'requests | summarize avg(name)', 'avg'],
    ['an unknown function', 'requests | extend x = tointeger(resultCode)', 'tointeger'],
    ['too few arguments', 'requests | summarize percentile(duration)', 'percentile'],
    ['a missing bracket', 'requests | where (duration > 1', ')'],
    ['an unknown step', 'requests | filtr duration > 1', 'operator expected'],
  ];
  for (const [what = '', query = '', named = ''] of broken) {
    it(`finds ${what}`, () => {
      expect(check(query).diagnostics.join('\n')).toContain(named);
    });
  }
});
