import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { INFRA, REPOSITORY, readProject } from './support/project.ts';
import { at, literal, ofType } from './support/syntax.ts';

const project = await readProject();
const root = project.get('modules/alerts.bicep')?.root;
const rules = (root === undefined ? [] : ofType(root, 'object')).filter(
  (object) => at(object, 'query') !== undefined,
);
const nameOf = (rule: (typeof rules)[number]): string => literal(at(rule, 'name')) ?? '';
const queries = readdirSync(join(REPOSITORY, 'docs/kql/alerts'));

describe('The alerts', () => {
  const deployed = rules.filter((rule) => literal(at(rule, 'title')) !== undefined);

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

describe('The workbook', () => {
  test('is the JSON that the portal expects', () => {
    const workbook: unknown = JSON.parse(readFileSync(join(INFRA, 'workbook.json'), 'utf8'));
    expect(workbook).toMatchObject({ version: 'Notebook/1.0', items: expect.any(Array) });
  });
});
