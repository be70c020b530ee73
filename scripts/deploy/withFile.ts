/** Hands a text to a program by file, which exists no longer than the program needs it. */
import { rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Folders in use. A process that ends at once skips every `finally`, and must not leave a secret behind. */
const inUse = new Set<string>();
process.once('exit', () => {
  for (const directory of inUse) rmSync(directory, { recursive: true, force: true });
});

/** The folder is for its owner only (mkdtemp makes it 0700), and so is the file; both are gone afterwards. */
export async function withFile<T>(name: string, text: string, use: (path: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'discogs-agent-deploy-'));
  inUse.add(directory);
  try {
    const path = join(directory, name);
    await writeFile(path, text, { mode: 0o600 });
    return await use(path);
  } finally {
    await rm(directory, { recursive: true, force: true });
    inUse.delete(directory);
  }
}
