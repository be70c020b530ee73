/** What reads the same file of releases, one process after the other. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { numberIn } from '../processes/child.ts';
import { type OneShot, runOnce } from '../processes/oneShot.ts';

/** What one run took. */
export interface Run {
  readonly records: number;
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly peakMb: number;
}

export interface Candidate {
  readonly title: string;
  run(): Promise<Run>;
}

/** What candidates need. */
export interface Setting {
  /** The file of releases. */
  readonly path: string;
  readonly records: number;
  /** One core for all candidates but those on two; undefined where nothing is pinned. */
  readonly core: string | undefined;
  /** A folder for what is written. */
  readonly out: string;
}

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

async function measured(shot: OneShot, records: number): Promise<Run> {
  let run: Run | undefined;
  await runOnce(shot, (line, elapsedMs) => {
    run = {
      records: numberIn(line, 'records'),
      cpuSeconds: numberIn(line, 'cpuMicros') / 1e6,
      wallSeconds: elapsedMs() / 1000,
      peakMb: numberIn(line, 'peakBytes') / 2 ** 20,
    };
  });
  if (run?.records !== records) throw new Error(`${shot.script} read ${run?.records} of ${records} records`);
  return run;
}

const reader = (title: string, threads: '1' | '2', { path, records, core }: Setting): Candidate => ({
  title,
  run: () => measured({ script: script('./readOnce.ts'), args: [path, threads], core }, records),
});

/** With the heap that `npm run dumps` gives it. */
const importer = (title: string, { path, records, core, out }: Setting): Candidate => ({
  title,
  run: () =>
    measured(
      {
        script: script('./importOnce.ts'),
        args: [path, join(out, 'store')],
        core,
        nodeFlags: ['--max-semi-space-size=8'],
      },
      records,
    ),
});

/** The usual importer, which writes CSV files and no database; in a virtual environment `venv` in its folder or beside it. */
function exporter(folder: string, { path, records, core, out }: Setting): Candidate {
  const places = [join(folder, 'venv'), join(dirname(folder), 'venv')].map((venv) =>
    join(venv, 'bin', 'python'),
  );
  const python = places.find((place) => existsSync(place)) ?? 'python3';
  const args = [folder, String(records), `--output=${out}`, '--export=release', dirname(path)];
  const environment = { TQDM_DISABLE: '1' };
  return {
    title: 'discogs-xml2db (Python), to CSV files',
    run: () =>
      measured({ command: python, script: script('./exporter.py'), args, environment, core }, records),
  };
}

/** All of them, the reference last; without a folder of the exporter there is no reference. */
export const candidates = (setting: Setting, xml2db: string | undefined): readonly Candidate[] => [
  reader('read and prepared, one core', '1', setting),
  reader('read and prepared in a worker thread, two cores', '2', { ...setting, core: undefined }),
  importer('imported: store written and indexed, one core', setting),
  importer('imported: store written and indexed, two cores', { ...setting, core: undefined }),
  ...(xml2db === undefined ? [] : [exporter(xml2db, setting)]),
];
