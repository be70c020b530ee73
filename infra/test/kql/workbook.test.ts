/** The workbook as it is deployed, and the pages made from the queries. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { betweenMarks } from '../../generate/betweenMarks.ts';
import { generatedFiles } from '../../generate/index.ts';
import { readKqlFiles } from '../../generate/kqlFiles.ts';
import { CONVERSATION, withConversation } from '../../generate/parameters.ts';
import { check } from './support/kusto.ts';

interface Item {
  readonly type: number;
  readonly name: string;
  readonly content: {
    readonly query?: string;
    readonly items?: readonly Item[];
    readonly parameters?: readonly { readonly id: string; readonly name: string; readonly query?: string }[];
    readonly links?: readonly {
      readonly id: string;
      readonly subTarget: string;
      readonly linkLabel: string;
    }[];
    readonly timeContextFromParameter?: string;
    readonly resourceType?: string;
  };
  readonly conditionalVisibility?: { readonly parameterName: string; readonly value: string };
}

const workbook: { version: string; items: readonly Item[] } = JSON.parse(
  readFileSync(new URL('../../workbook.json', import.meta.url), 'utf8'),
);
const all = (items: readonly Item[]): readonly Item[] =>
  items.flatMap((item) => [item, ...all(item.content.items ?? [])]);
const items = all(workbook.items);
const panels = items.filter(({ type }) => type === 3);
const parameters = items.flatMap(({ content }) => content.parameters ?? []);
const links = items.flatMap(({ content }) => content.links ?? []);
const files = readKqlFiles();

describe('the committed files', () => {
  it('are what npm run generate writes', async () => {
    for (const { url, text } of await generatedFiles()) {
      expect([url.pathname, readFileSync(url, 'utf8')]).toEqual([url.pathname, text]);
    }
  });

  it('cannot lose the place where the generated part belongs', () => {
    expect(() => betweenMarks('# A page without marks', 'index', 'x')).toThrow('has no part between');
  });
});

describe('the workbook', () => {
  it('has the three pages, each behind its tab', () => {
    expect(workbook.version).toBe('Notebook/1.0');
    expect(links.map(({ linkLabel }) => linkLabel)).toEqual([
      'Is it healthy?',
      'Are we short of budget?',
      'What did this conversation do?',
    ]);
    const shown = items.flatMap(({ conditionalVisibility: on }) =>
      on ? [[on.parameterName, on.value]] : [],
    );
    expect(shown).toEqual(links.map(({ subTarget }) => ['Page', subTarget]));
  });

  it('asks nothing but the files, of the component, in the chosen time', () => {
    const texts = files.map(({ text }) => text);
    expect(panels.length).toBeGreaterThan(15);
    for (const { content } of panels) {
      expect(texts).toContain(content.query);
      expect(content).toMatchObject({
        timeContextFromParameter: 'TimeRange',
        resourceType: 'microsoft.insights/components',
      });
    }
  });

  it('asks for the time range and the conversation, and its queries for nothing else', () => {
    expect(parameters.map(({ name }) => name)).toEqual(['TimeRange', 'Conversation']);
    const queries = [...panels.map(({ content }) => content.query), ...parameters.map(({ query }) => query)];
    for (const query of queries.flatMap((text) => text ?? [])) {
      const placeholders = query.match(/\{[A-Z]\w*(:\w+)?\}/g) ?? [];
      expect(placeholders.filter((placeholder) => placeholder !== CONVERSATION)).toEqual([]);
    }
  });

  it('gives every id and name once', () => {
    const ids = [...parameters, ...links].map(({ id }) => id);
    const names = items.map(({ name }) => name);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(names).size).toBe(names.length);
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('shows every query that is not an alert, a query of the README or the list of conversations', () => {
    const shown = new Set(panels.map(({ name }) => `${name}.kql`));
    const left = files
      .map(({ path }) => path)
      .filter((path) => !shown.has(path) && !path.startsWith('alerts/'));
    expect(left).toEqual([
      'average-latency-per-entity.kql',
      'conversation-choices.kql',
      'rate-limit-responses.kql',
      'recent-proxy-calls.kql',
      'retries-and-timeouts.kql',
    ]);
  });
});

describe("a conversation's id", () => {
  it('cannot leave the text that it is put into', () => {
    const evil = '" | union requests | where name != "\\';
    const query = withConversation(`customEvents | where name == "${CONVERSATION}"`, evil);
    const { diagnostics, nodes } = check(query);
    expect(diagnostics).toEqual([]);
    const literals = nodes.flatMap((node) =>
      node instanceof Kusto.Language.Syntax.LiteralExpression ? [node.LiteralValue] : [],
    );
    expect(literals).toEqual([evil]);
  });
});

describe('the alerts', () => {
  const alerts = files.filter(({ path }) => path.startsWith('alerts/'));

  it('are the four that are deployed, each with its way out in the operations page', () => {
    const names = alerts.map(({ path }) => path.slice('alerts/'.length, -'.kql'.length));
    expect(names).toEqual(['error-rate', 'no-traffic', 'rate-limited-share', 'secrets-unresolved']);
    const page = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
    for (const name of names) expect(page).toContain(`### Alert: ${name}\n`);
  });

  it('end in a condition, or in groups of rows that are empty while nothing is wrong', () => {
    for (const { path, text } of alerts) {
      const last = text.trim().split('\n').at(-1) ?? '';
      expect([path, /^\| where /.test(last) || / by /.test(last)]).toEqual([path, true]);
    }
  });
});
