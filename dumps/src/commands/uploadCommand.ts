/** `npm run dumps -- upload <address of a container>`. The SDK of Azure is loaded for it alone. */
import { ImportError } from '../import/importFailure.ts';
import type { Command, CommandContext, Given } from './command.ts';
import { packFolder } from './packCommand.ts';

const KEEP = '1';

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

const usage = (problem: string): ImportError => new ImportError({ code: 'usage', problem });

function keepOf(given: Given): number {
  const keep = Number(given.text('keep') ?? KEEP);
  if (!Number.isInteger(keep) || keep < 0) throw usage('--keep: expected a whole number from 0.');
  return keep;
}

async function upload(context: CommandContext, given: Given): Promise<void> {
  const [address, ...more] = given.names;
  if (address === undefined || more.length > 0) throw usage('upload needs the address of one container.');
  const keep = keepOf(given);
  const folder = packFolder(context, given.text('pack'));
  const [{ explain, openContainer }, { uploadPack }] = await Promise.all([
    import('../upload/container.ts'),
    import('../upload/uploadPack.ts'),
  ]);
  const { now, say, progress, signal } = context;
  const start = now();
  function tell(name: string, done: number, sent: number, total: number): void {
    const seconds = Math.max(1, (now() - start) / 1000);
    const left = sent === 0 ? '' : `, ${Math.ceil(((total - done) / sent) * (seconds / 60))} min left`;
    const share = ((100 * done) / Math.max(1, total)).toFixed(1);
    progress(`${name}: ${share} % of ${megabytes(total)}, ${megabytes(sent / seconds)}/s${left}`);
  }
  try {
    const container = openContainer(address);
    const found = await uploadPack({ container, folder, keep, now, progress: tell, signal });
    say(`${found.date} is served: ${megabytes(found.bytes)}, ${megabytes(found.sent)} of them sent now.`);
    if (found.deleted.length > 0) say(`Deleted: ${found.deleted.join(', ')}.`);
  } catch (error) {
    if (signal.aborted) throw new ImportError({ code: 'interrupted' });
    throw explain(error);
  }
}

export const uploadCommand: Command = {
  about: 'Uploads the pack to a Blob container, checks it there, and serves it.',
  operands: '<https address of the container>',
  options: {
    pack: { type: 'string', about: 'Folder of the pack (default: pack in the folder of the catalogue)' },
    keep: { type: 'string', about: 'Former months that stay in the container', default: KEEP },
  },
  run: upload,
};
