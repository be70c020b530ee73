/** `npm run dumps -- pack`. */
import { join, resolve } from 'node:path';
import type { TableName } from '@discogs-agent/core/catalogue/pack';
import { diskFailure, explainError, ImportError } from '../import/importFailure.ts';
import { grouped } from '../import/importProgress.ts';
import { fileSource } from '../pack/packSource.ts';
import { writePack } from '../pack/writePack.ts';
import { damaged } from '../sqlite/openFile.ts';
import { currentPointer } from '../sqlite/storeLayout.ts';
import type { Command, CommandContext } from './command.ts';
import { withLock } from './withLock.ts';

/** Looks at the clock once in so many entries. */
const TELL_EVERY = 1000;

/** Where the pack of a folder is, unless another one is named. */
export const packFolder = ({ folder }: CommandContext, given: string | undefined): string =>
  given ?? join(folder, 'pack');

/** Both have a pointer and a folder for what is being built: the gateway would read the one in place of the other. */
function refuseCatalogueFolder(folder: string, out: string): void {
  if (resolve(out) !== resolve(folder)) return;
  throw new ImportError({
    code: 'usage',
    problem: `${out} is the folder of the catalogue, not of its pack.`,
  });
}

async function build(context: CommandContext, out: string): Promise<void> {
  const { folder, say, progress, signal } = context;
  refuseCatalogueFolder(folder, out);
  // Says what is missing, where nothing is served.
  const path = join(folder, currentPointer(folder).file);
  const source = fileSource(path);
  const tell = (table: TableName, entries: number): void => {
    if (entries % TELL_EVERY !== 0) return;
    if (signal.aborted) throw new ImportError({ code: 'interrupted' });
    progress(`${table}: ${grouped(entries)}`);
  };
  try {
    const { folder: month, bytes } = await writePack(source, out, tell);
    say(`${join(out, month)}, ${(bytes / 1e9).toFixed(3)} GB. npm run dumps -- upload <address> uploads it.`);
  } catch (error) {
    const known = diskFailure(error);
    throw explainError(known) ? known : damaged(path, error);
  } finally {
    source.close();
  }
}

export const packCommand: Command = {
  about: 'Builds the pack for Blob storage from the month that is served.',
  operands: '',
  options: {
    out: { type: 'string', about: 'Folder of the pack (default: pack in the folder of the catalogue)' },
  },
  run: (context, given) => withLock(context, () => build(context, packFolder(context, given.text('out')))),
};
