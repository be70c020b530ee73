/** `npm run bench`: measures, prints Markdown, and with `--write` puts it into the README. */
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Apps, buildApps } from './apps.ts';
import { measureStarts } from './coldStart/measure.ts';
import { candidates } from './forwarding/candidates.ts';
import { measureForwarding } from './forwarding/measure.ts';
import { type Options, readOptions } from './options.ts';
import { startChild } from './processes/child.ts';
import { type Cores, findCores, pinSelf } from './processes/pinning.ts';
import { forwardingReport } from './report/forwarding.ts';
import { machineReport } from './report/machine.ts';
import { rewritingReport, startReport } from './report/others.ts';
import { COMMANDS, writeResults } from './report/readme.ts';
import { type Results, targetsReport } from './report/targets.ts';
import { measureRewriting } from './rewriting/measure.ts';

const README = new URL('../README.md', import.meta.url);
const progress = (line: string): void => console.error(line);

async function measure(options: Options, apps: Apps, cores: Cores | undefined): Promise<Results> {
  const core = cores?.candidate;
  const upstream = await startChild({ script: apps.script('upstream'), core: cores?.load });
  const wants = (part: Options['parts'][number]): boolean => options.parts.includes(part);
  const { profile, starts } = options;
  const needs = { apps, upstreamPort: upstream.port, core };
  try {
    return {
      forwarding: wants('forwarding')
        ? await measureForwarding(candidates({ ...needs, profile }), upstream, options, progress)
        : undefined,
      starts: wants('start') ? await measureStarts({ ...needs, starts }) : undefined,
      rewriting: wants('rewriting') ? await measureRewriting(apps, core) : undefined,
    };
  } finally {
    await upstream.stop();
  }
}

const readOptionsOrStop = (): Options => {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
};

const options = readOptionsOrStop();
if (options.profile !== undefined) await mkdir(resolve(options.profile), { recursive: true });
progress('building');
const apps = await buildApps(options.beside);
try {
  const cores = findCores();
  if (cores) pinSelf(cores.load);
  const results = await measure(options, apps, cores);
  const { forwarding, starts, rewriting } = results;
  const report = [
    `Measured ${await machineReport(cores)}.`,
    targetsReport(results),
    ...(forwarding ? [forwardingReport(forwarding)] : []),
    ...(starts ? [startReport(starts, apps.sizes)] : []),
    ...(rewriting ? [rewritingReport(rewriting)] : []),
  ].join('\n\n');
  console.log(report);
  if (options.write) await writeResults(README, report, COMMANDS.bench);
} finally {
  await apps.remove();
}
