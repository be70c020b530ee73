/** The targets beside what was measured. */
import type { Starts } from '../coldStart/measure.ts';
import type { CandidateResult } from '../forwarding/measure.ts';
import type { Rewriting } from '../rewriting/measure.ts';
import { relative, resultOf } from './forwarding.ts';
import { startMedian } from './others.ts';
import { ratio, table } from './table.ts';

/** What a run found; a part that was left out is undefined. */
export interface Results {
  readonly forwarding: readonly CandidateResult[] | undefined;
  readonly starts: Starts | undefined;
  readonly rewriting: readonly Rewriting[] | undefined;
}

interface Target {
  readonly what: string;
  readonly reference: string;
  readonly measured: number;
  readonly target: number;
  readonly stretch: number;
}

function forwardingTargets(results: readonly CandidateResult[]): readonly Target[] {
  const [gateway, unit] = [resultOf(results, 'gateway'), resultOf(results, 'passThrough')];
  if (!gateway || !unit) return [];
  return [
    {
      what: 'a miss: CPU per call at one caller',
      reference: '(d)',
      measured: relative(gateway, unit, 'cpuOf1'),
      target: 2.3,
      stretch: 2,
    },
    {
      what: 'a miss: CPU per call at 50 callers',
      reference: '(d)',
      measured: relative(gateway, unit, 'cpuOf50'),
      target: 3.2,
      stretch: 2.5,
    },
    {
      what: 'a miss: p50 at one caller',
      reference: '(d)',
      measured: relative(gateway, unit, 'p50Of1'),
      target: 1.5,
      stretch: 1.3,
    },
    {
      what: 'connections per 1,000 sequential calls',
      reference: '–',
      measured: gateway.connections ?? Number.NaN,
      target: 10,
      stretch: 1,
    },
  ];
}

/** What a change may cost where an answer has to come from Discogs. */
function changeTargets(results: readonly CandidateResult[]): readonly Target[] {
  const [gateway, earlier] = [resultOf(results, 'gateway'), resultOf(results, 'earlier')];
  if (!gateway || !earlier) return [];
  const row = (callers: string, name: 'cpuOf1' | 'cpuOf50'): Target => ({
    what: `a miss: CPU per call at ${callers}`,
    reference: 'the other checkout',
    measured: relative(gateway, earlier, name),
    target: 1.2,
    stretch: 1,
  });
  return [row('one caller', 'cpuOf1'), row('50 callers', 'cpuOf50')];
}

function startTargets(starts: Starts): readonly Target[] {
  const over = (a: keyof Starts, b: keyof Starts, name: 'cpuMs' | 'wallMs' | 'rssMb'): number =>
    startMedian(starts[a], name) / startMedian(starts[b], name);
  const first = { reference: 'bare app', target: 1.2, stretch: 1.1 };
  const load = { reference: 'empty script' };
  return [
    {
      what: 'entry loaded: CPU',
      ...load,
      measured: over('gatewayLoad', 'empty', 'cpuMs'),
      target: 2.6,
      stretch: 2.3,
    },
    {
      what: 'entry loaded: memory',
      ...load,
      measured: over('gatewayLoad', 'empty', 'rssMb'),
      target: 1.5,
      stretch: 1.3,
    },
    { what: 'spawn to first answer: CPU', ...first, measured: over('gatewayFirst', 'bareFirst', 'cpuMs') },
    { what: 'spawn to first answer: wall', ...first, measured: over('gatewayFirst', 'bareFirst', 'wallMs') },
    ...(starts.earlierFirst.length === 0
      ? []
      : [
          {
            what: 'spawn to first answer: CPU',
            reference: 'the other checkout',
            measured: over('gatewayFirst', 'earlierFirst', 'cpuMs'),
            target: 1.1,
            stretch: 1,
          },
        ]),
  ];
}

function rewritingTargets(results: readonly Rewriting[]): readonly Target[] {
  const largest = results.at(-1);
  if (!largest) return [];
  const measured = largest.oursMicros / largest.parsingMicros;
  const what = `rewriting links in ${largest.label}`;
  return [{ what, reference: 'parse + walk + stringify', measured, target: 0.25, stretch: 0.12 }];
}

function verdict({ measured, target, stretch }: Target): string {
  if (measured <= stretch) return 'stretch';
  return measured <= target ? 'yes' : '**no**';
}

/** One row for each target of the parts that ran. */
export function targetsReport({ forwarding, starts, rewriting }: Results): string {
  const targets = [
    ...(forwarding ? [...forwardingTargets(forwarding), ...changeTargets(forwarding)] : []),
    ...(starts ? startTargets(starts) : []),
    ...(rewriting ? rewritingTargets(rewriting) : []),
  ];
  const rows = targets.map((target) => [
    target.what,
    target.reference,
    ratio(target.measured),
    `≤ ${target.target}`,
    `≤ ${target.stretch}`,
    verdict(target),
  ]);
  return [
    '### Targets',
    '',
    table(['What', 'relative to', 'measured', 'target', 'stretch', 'holds'], rows),
  ].join('\n');
}
