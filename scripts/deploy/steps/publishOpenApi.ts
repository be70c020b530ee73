/** Writes the OpenAPI document of one deployment. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeployContext } from '../deployContext.ts';
import { done, failed, type Outcome } from '../outcome.ts';

const PLACEHOLDER = '{{FUNCTION_HOST}}';
const HOST = /^[a-z0-9.-]+(:\d+)?$/i;

/** The path of `dist/proxy.published.yaml`, with the real host name where the placeholder was. */
export async function publishOpenApi(context: DeployContext, hostname: string): Promise<Outcome<string>> {
  const source = join(context.root, 'openapi', 'proxy.yaml');
  if (!HOST.test(hostname)) return failed({ kind: 'usage', problem: `"${hostname}" is not a host name.` });
  const text = await readFile(source, 'utf8').catch(() => '');
  if (!text.includes(PLACEHOLDER)) {
    return failed({
      kind: 'bad_file',
      path: source,
      detail: `it does not hold ${PLACEHOLDER}; run "npm run generate"`,
    });
  }
  const directory = join(context.root, 'dist');
  const path = join(directory, 'proxy.published.yaml');
  try {
    await mkdir(directory, { recursive: true });
    await writeFile(path, text.replaceAll(PLACEHOLDER, hostname));
  } catch (error) {
    return failed({ kind: 'bad_file', path, detail: error instanceof Error ? error.message : String(error) });
  }
  return done(path);
}
