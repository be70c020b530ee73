/** Writes a program for PATH, in JavaScript, that this Node runs. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A shell starts Node: the first line of a file cannot name a program whose path has a blank, as that of a clone in
 * `my projects` has.
 */
export function writeProgram(directory: string, name: string, source: string): void {
  const script = join(directory, `${name}.mjs`);
  writeFileSync(script, source);
  writeFileSync(join(directory, name), `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`, {
    mode: 0o755,
  });
  writeFileSync(join(directory, `${name}.cmd`), `@"${process.execPath}" "${script}" %*\r\n`);
}
