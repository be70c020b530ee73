/** The broker in workerd, with a database of its own, as `wrangler dev` runs it. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare';

const ROOT = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');

/** Of wrangler.toml. */
export const COMPATIBILITY_DATE = /^compatibility_date = "(.+)"$/m.exec(read('wrangler.toml'))?.[1] ?? '';

let bundled: Promise<string> | undefined;

/** One file, as wrangler bundles it. */
export function bundle(): Promise<string> {
  bundled ??= build({
    entryPoints: [fileURLToPath(new URL('src/worker.ts', ROOT))],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*'],
  }).then(({ outputFiles: [file] }) => file?.text ?? '');
  return bundled;
}
export const convert = convertV4MiniflareOptions;
export { Log, LogLevel, Miniflare, readdirSync };
