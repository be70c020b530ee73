/** Makes the committed documents. Same source, same bytes. */
import { readFile, writeFile } from 'node:fs/promises';
import type { Operation } from '@discogs-agent/core';
import {
  gptDocument,
  openApiDocument,
  programOperations,
  proxyOperations,
  shortDocument,
} from '@discogs-agent/core/documents';
import { stringify } from 'yaml';
import { collectExamples } from './examples.ts';

/** The folder of the committed documents. */
const DIRECTORY = new URL('../', import.meta.url);

/**
 * The file name of a document, without its ending: `proxy` is for the GPT Actions in use, `discogs-agent` has every
 * operation, `gpt-action` is for agents, `gpt-action-oauth` the same for agents whose users sign in.
 */
export type DocumentName = 'proxy' | 'discogs-agent' | 'gpt-action' | 'gpt-action-oauth';

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

function written(document: unknown): GeneratedOpenApi {
  return {
    // Neither folded lines nor aliases: the file is pasted into editors and searched for whole sentences.
    // `compat` quotes what only a reader of YAML 1.1 takes for a time or a number: "3:41", "2026-01-15".
    yaml: stringify(document, { lineWidth: 0, aliasDuplicateObjects: false, compat: 'yaml-1.1' }),
    json: `${JSON.stringify(document, null, 2)}\n`,
  };
}

/** Projects the catalog to OpenAPI, with examples from the sandbox where the document has room for them. */
export async function generateOpenApi(): Promise<Readonly<Record<DocumentName, GeneratedOpenApi>>> {
  const version = await packageVersion();
  const given = { title: 'DiscogsAgent API', version, examples: await collectExamples(version) };
  const projected = (operations: readonly Operation[]) => openApiDocument({ ...given, operations });
  return {
    proxy: written(shortDocument(projected(proxyOperations))),
    'discogs-agent': written(projected(programOperations)),
    'gpt-action': written(gptDocument(version)),
    'gpt-action-oauth': written(gptDocument(version, 'sign-in')),
  };
}

/** Writes every document into the workspace, as YAML and as JSON. */
export async function writeOpenApi(): Promise<void> {
  for (const [name, { yaml, json }] of Object.entries(await generateOpenApi())) {
    await writeFile(new URL(`${name}.yaml`, DIRECTORY), yaml);
    await writeFile(new URL(`${name}.json`, DIRECTORY), json);
  }
}
