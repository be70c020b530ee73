/** `npm run dumps -- remove`. */
import { existsSync, rmSync } from 'node:fs';
import { removeUnusedFiles } from '../sqlite/publish.ts';
import { buildingPath, removePointer } from '../sqlite/storeLayout.ts';
import type { Command } from './command.ts';
import { packFolder } from './packCommand.ts';
import { withLock } from './withLock.ts';

export const removeCommand: Command = {
  about: 'Removes the catalogue and its pack here. A gateway that runs asks Discogs again.',
  operands: '',
  options: {
    unfinished: { type: 'boolean', about: 'Removes the unfinished import only' },
    former: { type: 'boolean', about: 'Removes the months that are not served any more only' },
  },
  async run(context, given) {
    const { folder, say } = context;
    if (!existsSync(folder)) return say(`There is no catalogue in ${folder}.`);
    await withLock(context, async () => {
      const isAll = !given.isOn('unfinished') && !given.isOn('former');
      if (isAll || given.isOn('unfinished')) rmSync(buildingPath(folder), { recursive: true, force: true });
      if (isAll) removePointer(folder);
      // Its container keeps what was uploaded.
      if (isAll) rmSync(packFolder(context, undefined), { recursive: true, force: true });
      const left = isAll || given.isOn('former') ? removeUnusedFiles(folder) : [];
      if (left.length > 0)
        say(`Still in use, and left there: ${left.join(', ')}. Run the command again later.`);
      say(`Removed from ${folder}.`);
    });
  },
};
