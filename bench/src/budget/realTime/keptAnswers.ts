/** What an answer from the cache costs, beside the same bytes without any work and beside nginx. */
import { nginxVersion, startCachingNginx } from '../../candidates/nginx.ts';
import { type Candidate, type CandidateOptions, candidates } from '../../forwarding/candidates.ts';
import type { Effort } from '../../forwarding/measure.ts';
import type { Child } from '../../processes/child.ts';

/** `ids`: few enough that all are kept after the warm-up, enough that it is no single one. */
export const KEPT_EFFORT: Effort = {
  rounds: 3,
  seconds: 1,
  warmUpSeconds: 2,
  sequentialCalls: 0,
  ids: 50,
};

/** Not to be reached: nothing may be refused while the cache is filled. */
const UNLIMITED = { callsPerMinute: 1_000_000, waiting: 1000 };

/** The gateway, the bare app and nginx, each with answers that need no upstream. */
export function keptCandidates(options: CandidateOptions): readonly Candidate[] {
  const { apps, upstreamPort, core } = options;
  const label = { gateway: 'this gateway, a kept answer', bare: 'bare `@azure/functions` objects' };
  const ours = candidates(options).flatMap((candidate): readonly Candidate[] => {
    const { id } = candidate;
    return id === 'gateway' || id === 'bare' ? [{ ...candidate, label: label[id], forwards: false }] : [];
  });
  if (nginxVersion() === undefined) return ours;
  const start = (): Promise<Child> =>
    startCachingNginx(apps.scratch, core, { upstreamPort, token: 'benchmark', ...UNLIMITED });
  return [...ours, { id: 'nginx', label: 'nginx `proxy_cache`, a hit', forwards: false, start }];
}
