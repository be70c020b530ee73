/** `npm run dumps -- import <files or folder>`. */
import { findMonth } from '../import/findFiles.ts';
import { ImportError } from '../import/importFailure.ts';
import { importMonth } from '../import/importMonth.ts';
import { type Command, positive } from './command.ts';
import { withLock } from './withLock.ts';

export const importCommand: Command = {
  about: "Imports a month of Discogs' data dumps. The former month is served until the new one is complete.",
  operands: '<files or folder>',
  options: {
    force: {
      type: 'boolean',
      about: 'Takes over a month that is smaller than it should be, or has too many bad records',
    },
    partial: { type: 'boolean', about: 'Imports some of the four files; the rest is asked of Discogs' },
    restart: { type: 'boolean', about: 'Begins anew where an import of the same files was interrupted' },
    strict: {
      type: 'boolean',
      about: 'Lists elements that this version does not know; takes a third longer',
    },
    checkpoint: {
      type: 'string',
      default: '100000',
      about: 'Records after which an interrupted import goes on',
    },
  },
  run: (context, given) =>
    withLock(context, async () => {
      const checkpointEvery = positive('checkpoint', given.text('checkpoint') ?? '');
      if (given.names.length === 0) throw new ImportError({ code: 'usage', problem: 'import: which files?' });
      const month = findMonth(given.names, given.isOn('partial'));
      const path = await importMonth({
        ...context,
        month,
        force: given.isOn('force'),
        restart: given.isOn('restart'),
        strict: given.isOn('strict'),
        checkpointEvery,
      });
      context.say(
        `The catalogue of ${month.date} is served from ${path}. A gateway that runs takes it over by itself.`,
      );
    }),
};
