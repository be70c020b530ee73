/** `npm run dumps -- demo`: a small catalogue of the sandbox's records, imported like any month. The sandbox is loaded for it alone. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { RECORD_KINDS } from '@discogs-agent/core/catalogue';
import { dumpFileName } from '../dumpFile.ts';
import { findMonth } from '../import/findFiles.ts';
import { ImportError } from '../import/importFailure.ts';
import { importMonth } from '../import/importMonth.ts';
import { readPointer } from '../sqlite/storeLayout.ts';
import type { Command, CommandContext } from './command.ts';
import { withLock } from './withLock.ts';

/** Of no month that Discogs has published, so that a real one is never replaced by mistake. */
const DEMO_DATE = '2000-01-01';
const CHECKPOINT = 100_000;

async function importDemo(context: CommandContext, files: string): Promise<void> {
  const { sandboxDump } = await import('@discogs-agent/sandbox');
  const dump = sandboxDump();
  for (const kind of RECORD_KINDS) {
    writeFileSync(join(files, dumpFileName({ kind, date: DEMO_DATE })), gzipSync(dump[kind]));
  }
  await importMonth({
    ...context,
    month: findMonth([files], false),
    force: false,
    restart: true,
    strict: false,
    checkpointEvery: CHECKPOINT,
  });
}

export const demoCommand: Command = {
  about: "Makes a small catalogue of the sandbox's records, to see how it works.",
  operands: '',
  options: {},
  run: (context) =>
    withLock(context, async () => {
      const { folder, say } = context;
      const served = readPointer(folder);
      if (served && served.date !== DEMO_DATE) {
        const problem = `${folder} serves the month ${served.date}: set CATALOGUE_STORE to another folder for the demo.`;
        throw new ImportError({ code: 'usage', problem });
      }
      const files = mkdtempSync(join(tmpdir(), 'discogs-agent-demo-'));
      try {
        await importDemo(context, files);
      } finally {
        rmSync(files, { recursive: true, force: true });
      }
      say('');
      say(
        `The demo is in ${folder}. A gateway reads it with CATALOGUE_STORE=${folder}; npm start finds the folder`,
      );
      say(
        'catalogue of the repository by itself. CATALOGUE=off turns it off, npm run dumps -- remove removes it.',
      );
    }),
};
