/** What `azure.yaml` may say, as far as the published schema goes, and what it points at. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod/mini';
import { REPOSITORY } from './project.ts';

const Fields = z.object({
  source: z.string(),
  project: z.array(z.string()),
  infra: z.array(z.string()),
  functionService: z.array(z.string()),
  languages: z.array(z.string()),
  events: z.array(z.string()),
  hook: z.array(z.string()),
  shells: z.array(z.string()),
});

const FIELDS = Fields.parse(
  JSON.parse(readFileSync(new URL('../azureYamlFields.json', import.meta.url), 'utf8')),
);
const EVENTS = FIELDS.events.flatMap((event) => [`pre${event}`, `post${event}`]);

const Command = z.object({ shell: z.optional(z.string()), run: z.optional(z.string()) });
const Hook = z.extend(Command, { posix: z.optional(Command), windows: z.optional(Command) });
const Service = z.object({ project: z.string(), host: z.literal('function'), language: z.string() });

/** The parts that the rules below look at; the rest is only checked by name. */
export const AzureYaml = z.object({
  name: z.string(),
  infra: z.object({ path: z.string(), module: z.string() }),
  services: z.record(z.string(), Service),
  hooks: z.record(z.string(), Hook),
});
export type AzureYaml = z.infer<typeof AzureYaml>;

const record = z.catch(z.record(z.string(), z.unknown()), {});

const strangers = (where: string, value: unknown, known: readonly string[]): readonly string[] =>
  Object.keys(record.parse(value))
    .filter((key) => !known.includes(key))
    .map((key) => `${where} has no field ${key}`);

function hookFaults(name: string, value: unknown): readonly string[] {
  const hook = record.parse(value);
  const platforms = ['posix', 'windows'].filter((platform) => platform in hook);
  const both = platforms.length === 2 && Object.keys(hook).length > 2;
  return [
    ...strangers(name, hook, FIELDS.hook),
    ...(both ? [`${name} says something beside posix and windows`] : []),
    ...platforms.flatMap((platform) => hookFaults(`${name}.${platform}`, hook[platform])),
    ...('shell' in hook && !FIELDS.shells.includes(String(hook['shell'])) ? [`${name}: unknown shell`] : []),
    ...(platforms.length === 0 && typeof hook['run'] !== 'string' ? [`${name} runs nothing`] : []),
  ];
}

/** Each name, language or shell that the schema does not document. */
export function undocumented(document: unknown): readonly string[] {
  const root = record.parse(document);
  const name = String(root['name']);
  return [
    ...(/^[a-z0-9]([-a-z0-9]*[a-z0-9])$/.test(name) ? [] : [`${name} is no name`]),
    ...strangers('azure.yaml', root, FIELDS.project),
    ...strangers('infra', root['infra'], FIELDS.infra),
    ...Object.entries(record.parse(root['services'])).flatMap(([service, value]) => [
      ...strangers(service, value, FIELDS.functionService),
      ...(FIELDS.languages.includes(String(record.parse(value)['language'])) ? [] : [`${service}: language`]),
    ]),
    ...strangers('hooks', root['hooks'], EVENTS),
    ...Object.entries(record.parse(root['hooks'])).flatMap(([hook, value]) => hookFaults(hook, value)),
  ];
}

const Package = z.object({ scripts: z.optional(z.record(z.string(), z.string())) });

const scripts = (folder: string): Readonly<Record<string, string>> =>
  Package.parse(JSON.parse(readFileSync(join(REPOSITORY, folder, 'package.json'), 'utf8'))).scripts ?? {};

/** Paths and npm scripts that are named and missing. */
export function danglingReferences({ infra, services, hooks }: AzureYaml): readonly string[] {
  const paths = [
    join(infra.path, `${infra.module}.bicep`),
    ...Object.values(services).flatMap(({ project }) => [
      join(project, 'host.json'),
      join(project, 'package.json'),
    ]),
  ];
  const commands = Object.values(hooks).flatMap(({ run, posix, windows }) => [run, posix?.run, windows?.run]);
  const named = commands.flatMap((command) => /^npm run (\S+)/.exec(command ?? '')?.[1] ?? []);
  const known = scripts('.');
  return [
    ...paths.filter((path) => !existsSync(join(REPOSITORY, path))),
    ...named.filter((name) => !(name in known)).map((name) => `npm run ${name}`),
    ...Object.values(services)
      .filter(({ project }) => !('build' in scripts(project)))
      .map(({ project }) => `npm run build in ${project}`),
  ];
}
