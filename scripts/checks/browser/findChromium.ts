/** A Chromium of this machine, or one from its package manager. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from '../../programs/spawn.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
/** Without fonts the pictures show boxes. */
const PACKAGES = ['chromium', 'fonts-dejavu-core'];
/** Without a network it must be given up, not waited for. */
const QUIETLY = ['-qq', '-o', 'Acquire::http::Timeout=20', '-o', 'Acquire::Retries=0'];

function onPath(name: string): string | undefined {
  const candidates = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name));
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const firstOnPath = (): string | undefined => NAMES.map(onPath).find((path) => path !== undefined);

/** The path of a Chromium. `mayInstall`: with apt-get, where that is there and this is root, as in a CI container. */
export async function findChromium(mayInstall: boolean): Promise<string | undefined> {
  const found = firstOnPath();
  if (found !== undefined || !mayInstall || process.getuid?.() !== 0 || !onPath('apt-get')) return found;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', ...QUIETLY], { env });
  await run('apt-get', ['install', '-y', '--no-install-recommends', ...QUIETLY, ...PACKAGES], { env });
  return firstOnPath();
}
