/** Makes the package with the command that people use. This workspace cannot import it: `scripts/` builds on us. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** What the command says about the package. */
export interface Package {
  readonly path: string;
  readonly files: readonly string[];
  readonly bytes: number;
  readonly entryBytes: number;
  readonly sha256: string;
  readonly missing: readonly string[];
}

const RUN = fileURLToPath(new URL('../../../scripts/run.mjs', import.meta.url));

/** Writes it to `out`. */
export async function createPackage(out: string): Promise<Package> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    RUN,
    'build/package',
    '--json',
    '--out',
    out,
  ]);
  return JSON.parse(stdout);
}
