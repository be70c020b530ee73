import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { BROKEN_NAMES } from './support/brokenNames.ts';
import { BROKEN_SECURITY } from './support/brokenSecurity.ts';
import * as names from './support/names.ts';
import { projectOf, readProject } from './support/project.ts';
import { documentedReads, documentedResources } from './support/resourceTypes.ts';
import type { Rule } from './support/rule.ts';
import * as security from './support/security.ts';
import { ofType, properties } from './support/syntax.ts';
import { typesFit } from './support/types.ts';

const project = await readProject();
const { REFUSED_BY_FLEX, ROLES, ...securityRules } = security;
const rules: Readonly<Record<string, Rule>> = {
  ...names,
  ...securityRules,
  documentedResources,
  documentedReads,
  typesFit,
};

const BROKEN = [...BROKEN_NAMES, ...BROKEN_SECURITY];

describe('Every template', () => {
  test.each(Object.entries(rules))('obeys %s', (_, rule) => {
    expect(rule(project)).toEqual([]);
  });

  test('is among those that were read', () => {
    expect([...project.keys()]).toEqual(expect.arrayContaining(['main.bicep', 'modules/access.bicep']));
    expect(project.size).toBeGreaterThan(10);
  });
});

describe('A broken template is caught:', () => {
  test.each(BROKEN)('%s, when %s', (name, _, texts, words) => {
    expect(rules[name]?.(projectOf(texts)).join('\n')).toContain(words);
  });

  test('every rule is shown to catch something', () => {
    const shown = new Set(BROKEN.map(([name]) => name));
    expect(Object.keys(rules).filter((name) => !shown.has(name))).toEqual([]);
  });
});

describe('The written policy', () => {
  const policy = readFileSync(new URL('../policy.md', import.meta.url), 'utf8');

  test('names every role that may be given', () => {
    for (const role of ROLES.values()) expect(policy).toContain(`| ${role} |`);
  });

  test('knows settings that Flex refuses', () => {
    expect(REFUSED_BY_FLEX).toContain('WEBSITE_RUN_FROM_PACKAGE');
  });
});

describe('The settings of the app', () => {
  const page = readFileSync(new URL('../../docs/settings.md', import.meta.url), 'utf8');
  const file = project.get('modules/functionApp.bicep');
  const variables = [
    'vaultSettings',
    'consumerSettings',
    'brokerSettings',
    'signInSettings',
    'stateSettings',
    'catalogueSettings',
    'appSettings',
  ].map((name) => file?.variables.get(name)?.node);
  const settings = variables
    .flatMap((node) => (node === undefined ? [] : ofType(node, 'object')))
    .flatMap((object) => [...properties(object).keys()]);

  test('are those that the page of settings explains', () => {
    const unknown = settings.filter((name) => !page.includes(`| \`${name}\` |`));
    expect(unknown).toEqual([]);
  });

  test('include secrets, shared state and the identity', () => {
    const needed = [
      'DISCOGS_TOKEN',
      'X_API_KEY',
      'CLIENT_KEYS',
      'BROKER_ENABLED',
      'SIGN_IN',
      'SIGN_IN_CLIENTS',
      'DISCOGS_CONSUMER_SECRET',
      'BROKER_STATE_ENCRYPTION_KEY',
      'KEY_VAULT_URI',
      'STATE_TABLES_URI',
      'AZURE_CLIENT_ID',
    ];
    expect(settings).toEqual(expect.arrayContaining(needed));
  });
});
