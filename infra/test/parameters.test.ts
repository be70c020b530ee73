import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type BicepFile, readBicep, readProject } from './support/project.ts';
import { literal, ofType, syntaxFaults } from './support/syntax.ts';

const read = (name: string): string => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const main = (await readProject()).get('main.bicep');
if (main === undefined) throw new Error('main.bicep is missing');

const PLAIN: Readonly<Record<string, string>> = { "''": 'empty', '{}': 'none', '[]': 'none' };

/** The row of the table that describes a parameter. */
function rows({ parameters }: BicepFile): readonly string[] {
  return [...parameters.values()].map(({ name, defaultValue, decorators }) => {
    const value = defaultValue?.text ?? '';
    const shown = PLAIN[value] ?? `\`${literal(defaultValue) ?? value}\``;
    const call = decorators.find((each) => each.namedChildren[0]?.text === 'description');
    const text = literal(call === undefined ? undefined : ofType(call, 'string')[0]) ?? '';
    return `| \`${name}\` | ${shown} | ${text} |`;
  });
}

/** The original's parameters with their defaults; the plan's is the one that was changed. */
const ORIGINAL: readonly (readonly [string, string])[] = [
  ['location', "'canadacentral'"],
  ['rgName', "'jmd-discogs'"],
  ['namePrefix', "'jmd-discogs'"],
  ['enableKeyVault', 'true'],
  ['useFlexConsumption', 'true'],
  ['logAnalyticsRetentionDays', '30'],
  ['adminObjectId', "''"],
  ['userObjectId', "''"],
  ['userRoleDefinitionId', "''"],
];

describe('The parameters of main.bicep', () => {
  test.each(ORIGINAL)('keep %s = %s', (name, value) => {
    expect(main.parameters.get(name)?.defaultValue?.text).toBe(value);
  });

  test('all have defaults, so that a plain deployment asks nothing', () => {
    const without = [...main.parameters.values()].filter(({ defaultValue }) => defaultValue === undefined);
    expect(without.map(({ name }) => name)).toEqual([]);
  });

  test('are listed in the README as they are', () => {
    const section = read('README.md')
      .split(/^## /m)
      .find((each) => each.startsWith('Parameters'));
    const listed = section?.split(/\r?\n/).filter((line) => line.startsWith('| `'));
    expect(listed).toEqual(rows(main));
  });
});

describe('The outputs of main.bicep', () => {
  test.each([
    'resourceGroupName',
    'functionAppName',
    'functionAppHostname',
    'appInsightsConnectionString',
    'keyVaultName',
    'discogsTokenSecretUri',
    'clientApiKeySecretUri',
    'keyVaultUri',
    'storageAccountName',
    'deploymentContainerName',
    'outboundIpAddress',
    'AZURE_RESOURCE_GROUP',
  ])('include %s', (name) => {
    expect([...main.outputs.keys()]).toContain(name);
  });
});

describe('main.bicepparam', () => {
  const values = readBicep(
    'main.bicepparam',
    read('main.bicepparam').replace(/^param (\w+) =/gm, 'var $1 ='),
  );

  test('can be read, and is for main.bicep', () => {
    expect(syntaxFaults(values.root)).toEqual([]);
    expect(ofType(values.root, 'using_statement')[0]?.text).toBe("using 'main.bicep'");
  });

  test('sets only parameters that exist', () => {
    expect([...values.variables.keys()].filter((name) => !main.parameters.has(name))).toEqual([]);
    expect(values.variables.size).toBeGreaterThan(5);
  });

  test('falls back to the defaults of main.bicep', () => {
    for (const { name, node } of values.variables.values()) {
      const fallback = literal(ofType(node, 'string').at(-1));
      const value = main.parameters.get(name)?.defaultValue;
      expect([name, fallback]).toEqual([name, literal(value) ?? value?.text]);
    }
  });
});
