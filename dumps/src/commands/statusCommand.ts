/** `npm run dumps -- status`. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { RECORD_KINDS } from '@discogs-agent/core/catalogue';
import { dateOf, grouped, readProgress } from '../import/importProgress.ts';
import { openFileStore } from '../sqlite/fileStore.ts';
import { STORE_FILE } from '../sqlite/format.ts';
import { readUnfinished } from '../sqlite/publish.ts';
import { buildingPath, currentPointer, readPointer } from '../sqlite/storeLayout.ts';
import type { Command, CommandContext } from './command.ts';

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(bytes < 1e9 ? 3 : 1)} GB`;

function tellServed({ folder, say }: CommandContext): void {
  if (!readPointer(folder)) {
    say(`There is no catalogue in ${folder}. npm run dumps -- import <files or folder> makes one.`);
    return;
  }
  const { file } = currentPointer(folder);
  const path = join(folder, file);
  const store = openFileStore(path);
  store.close();
  const counts = RECORD_KINDS.map((kind) => `${grouped(store.info.counts[kind])} ${kind}`).join(', ');
  say(`${store.info.date} is served: ${counts}.`);
  say(`${path}, ${gigabytes(statSync(path).size)}`);
}

function tellUnfinished({ folder, say }: CommandContext): void {
  if (!existsSync(join(buildingPath(folder), STORE_FILE))) return;
  const unfinished = readUnfinished(folder);
  if (!unfinished.isOfThisFormat) {
    say('An import is unfinished, and this version cannot go on with it: the next one begins anew.');
    return;
  }
  const progress = readProgress(unfinished.progress);
  if (!progress) {
    say('An import has begun, and has no checkpoint yet.');
    return;
  }
  say(`An import is unfinished: ${dateOf(progress)}. The same command goes on with it.`);
  for (const kind of RECORD_KINDS) {
    const { position, isRead } = progress.files[kind];
    say(`  ${kind}: ${grouped(position)} records${isRead ? ', all of the file' : ''}`);
  }
}

export const statusCommand: Command = {
  about: 'Says which month is served, and whether an import is unfinished.',
  operands: '',
  options: {},
  async run(context) {
    try {
      tellServed(context);
    } finally {
      // Also where the month that is served cannot be read: the import will replace it.
      tellUnfinished(context);
    }
  },
};
