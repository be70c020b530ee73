/** The package, as Azure unpacks it: in an empty folder that has no node_modules above it. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';

/** Folders made by this process, for {@link removeTemporaryFolders}. */
const made: string[] = [];

/** A new folder outside the repository. Throws where a package could find modules that it does not bring. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'discogs-agent-test-'));
  made.push(folder);
  for (let above = folder; above !== dirname(above); above = dirname(above)) {
    if (existsSync(join(above, 'node_modules'))) throw new Error(`${above} has a node_modules`);
  }
  return folder;
}

/** Unpacks the archive into a folder of its own. */
export async function unpack(archive: string): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, bytes] of Object.entries(unzipSync(await readFile(archive)))) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  }
  return folder;
}

/** For `afterAll`. */
export async function removeTemporaryFolders(): Promise<void> {
  for (const folder of made.splice(0)) await rm(folder, { recursive: true, force: true });
}
