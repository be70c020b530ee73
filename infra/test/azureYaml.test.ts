import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { AzureYaml, danglingReferences, undocumented } from './support/azureYaml.ts';
import { REPOSITORY, readProject } from './support/project.ts';
import { at, literal } from './support/syntax.ts';

const text = readFileSync(join(REPOSITORY, 'azure.yaml'), 'utf8');
const document: unknown = parse(text);
const azureYaml = AzureYaml.parse(document);

/** What is wrong, its place in the text, what stands there then, and words of the complaint. */
const BROKEN = [
  ['a field is misspelt', 'infra:', 'infrastructure:', 'has no field infrastructure'],
  ['a field of infra is misspelt', 'module: main', 'modul: main', 'infra has no field modul'],
  ['a field is one of containers', 'language: ts', 'language: ts\n    docker: {}', 'api has no field docker'],
  ['a language is unknown', 'language: ts', 'language: typescript', 'api: language'],
  ['a hook belongs to no event', 'postprovision:', 'afterprovision:', 'hooks has no field afterprovision'],
  ['a shell is unknown', 'shell: sh', 'shell: bash', 'unknown shell'],
  ['a hook runs nothing', 'run: npm run deploy -- secrets', 'dir: scripts', 'runs nothing'],
  ['a hook for two platforms has a third command', 'postdeploy:', 'postdeploy:\n    run: x', 'beside posix'],
  ['the name has capitals', 'name: discogs-agent', 'name: DiscogsAgent', 'is no name'],
] as const;

describe('azure.yaml', () => {
  test('has only documented fields', () => {
    expect(undocumented(document)).toEqual([]);
  });

  test.each(BROKEN)('would be refused if %s', (_, found, replacement, words) => {
    expect(text).toContain(found);
    expect(undocumented(parse(text.replace(found, replacement))).join('\n')).toContain(words);
  });

  test('points at what exists', () => {
    expect(danglingReferences(azureYaml)).toEqual([]);
  });

  test.each([
    ['infra', { ...azureYaml, infra: { path: 'infra', module: 'gone' } }],
    ['hooks', { ...azureYaml, hooks: { postdeploy: { run: 'npm run gone' } } }],
    [
      'services',
      { ...azureYaml, services: { api: { project: 'core', host: 'function', language: 'ts' } as const } },
    ],
  ])('would be refused if %s pointed at nothing', (_, broken) => {
    expect(danglingReferences(broken)).not.toEqual([]);
  });

  test('runs the same commands on every system', () => {
    for (const { posix, windows } of Object.values(azureYaml.hooks)) expect(posix?.run).toBe(windows?.run);
  });

  test('names the service by which the template tags the app', async () => {
    const main = (await readProject()).get('main.bicep');
    expect(Object.keys(azureYaml.services)).toEqual([
      literal(main?.parameters.get('azdServiceName')?.defaultValue),
    ]);
    const tags = at(main?.modules.get('functionApp')?.body, 'params', 'tags')?.text;
    expect(tags).toContain("'azd-service-name': azdServiceName");
  });

  test('builds in Azure what it uploads: nothing', () => {
    expect(text).toContain('remoteBuild: false');
  });

  describe('together with .funcignore', () => {
    const ignored = readFileSync(join(REPOSITORY, 'az-function/.funcignore'), 'utf8').split(/\r?\n/);

    test('uploads the build, and no sources and no settings', () => {
      expect(ignored).toEqual(expect.arrayContaining(['src', 'test', 'local.settings.json']));
      for (const needed of ['dist', 'host.json', 'package.json']) expect(ignored).not.toContain(needed);
    });

    // azd takes an ignored folder node_modules for a wish to build in Azure, and refuses remoteBuild: false then:
    // resolveFunctionAppRemoteBuild in https://github.com/Azure/azure-dev, cli/azd/pkg/project.
    test('leaves out what is in node_modules without naming the folder', () => {
      expect(ignored).toContain('node_modules/*');
      expect(ignored.filter((line) => /^\/?node_modules\/?$/.test(line))).toEqual([]);
    });
  });
});
