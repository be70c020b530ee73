/** Where and with what a run was made. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { cpus, release, type } from 'node:os';
import { dirname, join } from 'node:path';
import { nginxVersion } from '../candidates/nginx.ts';
import type { Cores } from '../processes/pinning.ts';

const require = createRequire(import.meta.url);

async function versionOf(name: string): Promise<string> {
  // Not every package exports its package.json; the folder of its main file, or one above, holds it.
  for (let directory = dirname(require.resolve(name)); ; directory = dirname(directory)) {
    const text = await readFile(join(directory, 'package.json'), 'utf8').catch(() => undefined);
    if (text === undefined && directory !== dirname(directory)) continue;
    const manifest: { name?: unknown; version?: unknown } = JSON.parse(text ?? '{}');
    if (manifest.name === name || text === undefined) return String(manifest.version);
  }
}

/** One line. */
export async function machineReport(cores: Cores | undefined): Promise<string> {
  const processors = cpus();
  const [undici, functions] = await Promise.all(['undici', '@azure/functions'].map(versionOf));
  return [
    `${new Date().toISOString().slice(0, 10)}`,
    `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}`,
    `${type()} ${release()}`,
    cores ? 'candidate on one core, load and upstream on another' : 'not pinned',
    `Node ${process.versions.node}`,
    `undici ${undici}`,
    `@azure/functions ${functions}`,
    `nginx ${nginxVersion() ?? 'not installed'}`,
  ].join('; ');
}
