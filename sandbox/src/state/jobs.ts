/** Work that Discogs does after it has answered: exports of an inventory, and uploads to it. */

/** How long it takes (composed). */
export const JOB_MS = 2_000;

/** What all of them have. */
export interface Job {
  readonly id: number;
  readonly owner: string;
  readonly createdMs: number;
  readonly filename: string;
}

export interface ExportJob extends Job {
  readonly csv: string;
}

export type UploadType = 'add' | 'change' | 'delete';

export interface UploadJob extends Job {
  readonly type: UploadType;
  readonly results: string;
}

export const finishedMs = ({ createdMs }: Job): number => createdMs + JOB_MS;
export const isFinished = (job: Job, now: number): boolean => now >= finishedMs(job);

/** A user has one of a kind running at a time. */
export const isRunning = (jobs: Iterable<Job>, owner: string, now: number): boolean =>
  [...jobs].some((job) => job.owner === owner && !isFinished(job, now));

/** Newest first. */
export const jobsOf = <J extends Job>(jobs: Iterable<J>, owner: string): J[] =>
  [...jobs].filter((job) => job.owner === owner).reverse();
