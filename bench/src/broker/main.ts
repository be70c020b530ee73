/** `npm run bench:broker`: a cached search beside bare Workers, in alternating rounds; `--write` keeps the table. */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { cpuMicros } from '../processes/procStat.ts';
import { COMMANDS, writeResults } from '../report/readme.ts';
import { figure, ratio, table } from '../report/table.ts';
import { median, percentile } from '../stats.ts';
import { type Candidate, candidates } from './candidates.ts';

const README = new URL('../../README.md', import.meta.url);
const CALLERS = 8;

interface Round {
  readonly callsPerSecond: number;
  readonly cpuMsPerCall: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

async function measure({ url, headers, body, pid }: Candidate, seconds: number): Promise<Round> {
  const { origin, pathname: path } = new URL(url);
  const pool = new Pool(origin, { connections: CALLERS });
  const latencies: number[] = [];
  const cpuBefore = cpuMicros(pid);
  const start = performance.now();
  const caller = async (): Promise<void> => {
    while (performance.now() - start < seconds * 1000) {
      const sentAt = performance.now();
      const reply = await pool.request({ method: 'POST', path, headers, body });
      const text = await reply.body.text();
      latencies.push(performance.now() - sentAt);
      if (reply.statusCode !== 200 || !text.includes('match_quality')) throw new Error(`not it: ${text}`);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  const tookSeconds = (performance.now() - start) / 1000;
  const cpuMs = (cpuMicros(pid) - cpuBefore) / 1000;
  await pool.close();
  latencies.sort((a, b) => a - b);
  return {
    callsPerSecond: latencies.length / tookSeconds,
    cpuMsPerCall: cpuMs / latencies.length,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
  };
}

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    write: { type: 'boolean', default: false },
  },
});
const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];

if (process.platform !== 'linux') {
  console.error('Only on Linux can the CPU time of workerd be read.');
  process.exit(1);
}
const all = await candidates();
try {
  const measured = new Map<Candidate, Round[]>(all.map((candidate) => [candidate, []]));
  for (const candidate of all) await measure(candidate, seconds);
  for (let round = 0; round < rounds; round += 1) {
    console.error(`round ${round + 1} of ${rounds}`);
    for (const [candidate, results] of measured) results.push(await measure(candidate, seconds));
  }
  const middle = (candidate: Candidate, what: keyof Round): number =>
    median((measured.get(candidate) ?? []).map((round) => round[what]));
  const oneRow = all[1];
  if (!oneRow) throw new Error('nothing to compare with');
  const rows = all.map((candidate) => [
    candidate.title,
    figure(middle(candidate, 'cpuMsPerCall')),
    ratio(middle(candidate, 'cpuMsPerCall') / middle(oneRow, 'cpuMsPerCall')),
    figure(middle(candidate, 'callsPerSecond')),
    figure(middle(candidate, 'p50Ms')),
    figure(middle(candidate, 'p99Ms')),
  ]);
  const processors = cpus();
  const report = [
    `Measured ${new Date().toISOString().slice(0, 10)}; ${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}; ${CALLERS} callers, median of ${rounds} rounds of ${seconds} s.`,
    table(['In workerd', 'CPU ms a call', '… of one row', 'calls/s', 'p50 ms', 'p99 ms'], rows),
  ].join('\n\n');
  console.log(report);
  if (values.write) await writeResults(README, report, COMMANDS.broker);
} finally {
  await Promise.all(all.map((candidate) => candidate.close()));
}
