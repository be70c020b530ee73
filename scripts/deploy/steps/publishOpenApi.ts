/** Writes the OpenAPI documents of one deployment. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeployContext } from '../deployContext.ts';
import { done, failed, type Outcome } from '../outcome.ts';

const PLACEHOLDER = '{{FUNCTION_HOST}}';
const HOST = /^[a-z0-9.-]+(:\d+)?$/i;

/** The one for agents, the one that GPTs from before it use, and the one for agents whose users sign in. */
const DOCUMENTS = ['gpt-action', 'proxy', 'gpt-action-oauth'] as const;

async function publishOne(context: DeployContext, name: string, hostname: string): Promise<Outcome<string>> {
  const source = join(context.root, 'openapi', `${name}.yaml`);
  const text = await readFile(source, 'utf8').catch(() => '');
  if (!text.includes(PLACEHOLDER)) {
    return failed({
      kind: 'bad_file',
      path: source,
      detail: `it does not hold ${PLACEHOLDER}; run "npm run generate"`,
    });
  }
  const directory = join(context.root, 'dist');
  const path = join(directory, `${name}.published.yaml`);
  try {
    await mkdir(directory, { recursive: true });
    await writeFile(path, text.replaceAll(PLACEHOLDER, hostname));
  } catch (error) {
    return failed({ kind: 'bad_file', path, detail: error instanceof Error ? error.message : String(error) });
  }
  return done(path);
}

/**
 * Writes `dist/NAME.published.yaml` for each document, with the real host name where the placeholder was, and gives the
 * path of the first.
 */
export async function publishOpenApi(context: DeployContext, hostname: string): Promise<Outcome<string>> {
  if (!HOST.test(hostname)) return failed({ kind: 'usage', problem: `"${hostname}" is not a host name.` });
  const [first, ...others] = await Promise.all(DOCUMENTS.map((name) => publishOne(context, name, hostname)));
  const problem = others.find(({ ok }) => !ok);
  if (problem) return problem;
  return first ?? failed({ kind: 'usage', problem: 'There is no document.' });
}
