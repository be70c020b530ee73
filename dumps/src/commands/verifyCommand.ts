/** `npm run dumps -- verify [files or folder]`. */
import { join } from 'node:path';
import { checkChecksums } from '../import/checksums.ts';
import { findMonth } from '../import/findFiles.ts';
import { explainError, ImportError } from '../import/importFailure.ts';
import { type FileStore, openFileStore } from '../sqlite/fileStore.ts';
import { damaged } from '../sqlite/openFile.ts';
import { currentPointer } from '../sqlite/storeLayout.ts';
import { verifyFile } from '../verify/verifyFiles.ts';
import { type VerifyOptions, verifyStore } from '../verify/verifyStore.ts';
import { type Command, type CommandContext, type Given, positive } from './command.ts';

async function compareFiles(
  store: FileStore,
  context: CommandContext,
  { names }: Given,
  options: VerifyOptions,
): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const month = findMonth(names, true);
  if (month.date !== store.info.date) {
    const problem = `The files are of ${month.date}, the catalogue is of ${store.info.date}.`;
    throw new ImportError({ code: 'usage', problem });
  }
  const right = await checkChecksums(month, context.signal);
  if (right.length > 0) context.say(`checksums are right: ${right.join(', ')}`);
  const faults: string[] = [];
  for (const file of month.files) {
    const found = await verifyFile(store, file, options);
    context.say(`${file.kind}: ${found.compared} records compared with the file`);
    faults.push(...found.faults);
  }
  return faults;
}

export const verifyCommand: Command = {
  about: 'Checks the catalogue that is served; with the files of its month also against these.',
  operands: '[files or folder]',
  options: {
    sample: { type: 'string', default: '1000', about: 'Records of each kind that are read and compared' },
  },
  async run(context, given) {
    const { folder, say, signal, progress } = context;
    const path = join(folder, currentPointer(folder).file);
    const options = { sample: positive('sample', given.text('sample') ?? ''), signal, progress };
    const store = openFileStore(path);
    try {
      const { faults, notes } = verifyStore(store, options);
      for (const note of notes) say(note);
      const all = [
        ...faults,
        ...(faults.length > 0 ? [] : await compareFiles(store, context, given, options)),
      ];
      if (all.length > 0) throw new ImportError({ code: 'faults', faults: all });
      say(`The catalogue of ${store.info.date} has no faults.`);
    } catch (error) {
      if (signal.aborted) throw new ImportError({ code: 'interrupted' });
      throw explainError(error) ? error : damaged(path, error);
    } finally {
      store.close();
    }
  },
};
