import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ASSUMPTIONS } from '../generate/cost/assumptions.ts';
import { costOfMonth } from '../generate/cost/month.ts';
import { INFRA, REPOSITORY, readProject } from './support/project.ts';
import { at, literal, ofType } from './support/syntax.ts';

const project = await readProject();
const root = project.get('modules/alerts.bicep')?.root;
const rules = (root === undefined ? [] : ofType(root, 'object')).filter(
  (object) => at(object, 'query') !== undefined,
);
const nameOf = (rule: (typeof rules)[number]): string => literal(at(rule, 'name')) ?? '';
const deployed = rules.filter((rule) => literal(at(rule, 'title')) !== undefined);
const queries = readdirSync(join(REPOSITORY, 'docs/kql/alerts'));

describe('The alerts', () => {
  test('are the queries of docs/kql/alerts, all of them', () => {
    expect(deployed.map((rule) => `${nameOf(rule)}.kql`).sort()).toEqual(queries.sort());
  });

  test.each(deployed.map((rule) => [nameOf(rule), rule] as const))(
    '%s loads the query of its name',
    (name, rule) => {
      expect(at(rule, 'query')?.text).toContain(`/alerts/${name}.kql'`);
    },
  );
});

/** ISO durations of the rules, as the table of the queries writes them. */
const WORDS: Readonly<Record<string, string>> = {
  PT5M: '5 minutes',
  PT15M: '15 minutes',
  PT1H: '1 hour',
  P2D: '2 days',
};

describe('The pages about alerts', () => {
  const times = deployed.map((rule) => ({
    name: nameOf(rule),
    every: literal(at(rule, 'frequency')) ?? '',
    over: literal(at(rule, 'window')) ?? '',
  }));

  test('say how often each looks, and how far back', () => {
    const page = readFileSync(join(REPOSITORY, 'docs/kql/README.md'), 'utf8');
    for (const { name, every, over } of times)
      expect(page).toContain(`| \`${name}\` | ${WORDS[every]} | ${WORDS[over]} |`);
  });

  test('count the money of those that are on by default', () => {
    const paid = (name: 'alertEvery5Minutes' | 'alertEvery15Minutes') =>
      times.filter((rule) => ASSUMPTIONS[name].what.includes(`\`${rule.name}\``));
    expect(paid('alertEvery5Minutes').map(({ every }) => every)).toEqual(['PT5M']);
    expect(paid('alertEvery15Minutes').map(({ every }) => every)).toEqual(['PT15M', 'PT15M', 'PT1H']);
    expect(costOfMonth(0).alerts).toBe(
      ASSUMPTIONS.alertEvery5Minutes.value + 2 * ASSUMPTIONS.alertEvery15Minutes.value,
    );
  });

  test.each(deployed.map((rule) => [nameOf(rule), rule] as const))(
    '%s has a window that its query does not look beyond',
    (name, rule) => {
      const query = readFileSync(join(REPOSITORY, `docs/kql/alerts/${name}.kql`), 'utf8');
      const over = literal(at(rule, 'window'));
      if (over === 'P2D') expect(query).toContain('ago(1d + quiet)');
      else expect([over, query]).toEqual(['PT15M', expect.stringContaining('let window = 15m;')]);
    },
  );
});

describe('The workbook', () => {
  test('is the JSON that the portal expects', () => {
    const workbook: unknown = JSON.parse(readFileSync(join(INFRA, 'workbook.json'), 'utf8'));
    expect(workbook).toMatchObject({ version: 'Notebook/1.0', items: expect.any(Array) });
  });
});
