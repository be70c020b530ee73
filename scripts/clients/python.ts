/** Python packages in an environment of their own, by a file that pins every one of them. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Outcome, tryTo } from './outcome.ts';

/** The files of the checks. */
export const CLIENTS = fileURLToPath(new URL('../../tools/clients', import.meta.url));

/** Installs what `requirements`, a file in `tools/clients`, pins; gives the folder of the programs, or why there is none. */
export async function installPython(
  folder: string,
  requirements: string,
): Promise<{ readonly programs: string } | { readonly problem: Outcome }> {
  const programs = join(folder, 'venv/bin');
  const file = join(CLIENTS, requirements);
  const problem =
    (await tryTo('python3', ['-m', 'venv', join(folder, 'venv')])) ??
    (await tryTo(join(programs, 'python'), ['-m', 'pip', 'install', '-q', '--no-deps', '-r', file]));
  return problem === undefined ? { programs } : { problem };
}
