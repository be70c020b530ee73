/** Makes the committed documents. Same source, same bytes. */
import { readFile, writeFile } from 'node:fs/promises';
import { gptDocument, openApiDocument } from '@discogs-agent/core/documents';
import { stringify } from 'yaml';
import { collectExamples } from './examples.ts';

/** The folder of the committed documents. */
const DIRECTORY = new URL('../', import.meta.url);

/** The same document twice. */
export interface GeneratedOpenApi {
  readonly yaml: string;
  readonly json: string;
}

async function packageVersion(): Promise<string> {
  const found: { version?: unknown } = JSON.parse(await readFile(new URL('package.json', DIRECTORY), 'utf8'));
  if (typeof found.version !== 'string') throw new Error('openapi/package.json names no version');
  return found.version;
}

/** Projects the catalog to OpenAPI, with examples from the sandbox. */
export async function generateOpenApi(): Promise<GeneratedOpenApi> {
  const version = await packageVersion();
  const examples = await collectExamples(version);
  const document = openApiDocument({ title: 'DiscogsAgent API', version, examples });
  return written(document);
}

/** The document for agents. */
export const generateGptAction = async (): Promise<GeneratedOpenApi> =>
  written(gptDocument(await packageVersion()));

function written(document: unknown): GeneratedOpenApi {
  return {
    // Neither folded lines nor aliases: the file is pasted into editors and searched for whole sentences.
    // `compat` quotes what only a reader of YAML 1.1 takes for a time or a number: "3:41", "2026-01-15".
    yaml: stringify(document, { lineWidth: 0, aliasDuplicateObjects: false, compat: 'yaml-1.1' }),
    json: `${JSON.stringify(document, null, 2)}\n`,
  };
}

/** Writes `proxy.*` and `gpt-action.*` into the workspace. */
export async function writeOpenApi(): Promise<void> {
  const documents = { proxy: await generateOpenApi(), 'gpt-action': await generateGptAction() };
  for (const [name, { yaml, json }] of Object.entries(documents)) {
    await writeFile(new URL(`${name}.yaml`, DIRECTORY), yaml);
    await writeFile(new URL(`${name}.json`, DIRECTORY), json);
  }
}
