/** What exports and uploads share: their lists, their status, and that one of a kind runs at a time. */
import { apiUrl } from '../compose/addresses.ts';
import { conflict, noResource, notAuthenticated } from '../http/errors.ts';
import { rowsOf } from '../http/pagination.ts';
import { empty, json, type Reply, withHeaders } from '../http/reply.ts';
import { finishedMs, isFinished, isRunning, type Job, jobsOf } from '../state/jobs.ts';
import type { User } from '../state/model.ts';
import { type Call, callingUser, type Handler, idParam, paged } from './call.ts';

/** One kind of jobs. */
export interface JobKind<J extends Job> {
  jobs(call: Call): Map<number, J>;
  body(job: J, now: number): object;
}

const forUser =
  (handle: (call: Call, user: User) => Reply): Handler =>
  (call) => {
    const user = callingUser(call);
    return user === undefined ? notAuthenticated() : handle(call, user);
  };

/** Adds a job unless one is running, and answers with its address. */
export const startJob = <J extends Job>(
  kind: JobKind<J>,
  make: (call: Call, user: User) => { readonly job: J; readonly path: string } | Reply,
): Handler =>
  forUser((call, user) => {
    const jobs = kind.jobs(call);
    if (isRunning(jobs.values(), user.username, call.now())) return conflict();
    const made = make(call, user);
    if (!('job' in made)) return made;
    jobs.set(made.job.id, made.job);
    return withHeaders(empty(200), { Location: apiUrl(made.path) });
  });

export const listJobs = <J extends Job>(kind: JobKind<J>): Handler =>
  forUser((call, { username }) =>
    paged(call, {
      key: 'items',
      ...rowsOf(jobsOf(kind.jobs(call).values(), username), (job) => kind.body(job, call.now())),
    }),
  );

/** Runs `handle` with the job of the path, if it is the caller's. */
export const forJob = <J extends Job>(kind: JobKind<J>, handle: (call: Call, job: J) => Reply): Handler =>
  forUser((call, { username }) => {
    const job = kind.jobs(call).get(idParam(call, 'job_id'));
    return job === undefined || job.owner !== username ? noResource() : handle(call, job);
  });

/** Honours `If-Modified-Since`. HTTP dates have whole seconds. */
export const getJob = <J extends Job>(kind: JobKind<J>): Handler =>
  forJob(kind, (call, job) => {
    const now = call.now();
    const changedMs = isFinished(job, now) ? finishedMs(job) : job.createdMs;
    const lastModified = new Date(changedMs).toUTCString();
    const headers = { 'Last-Modified': lastModified };
    const since = Date.parse(call.ifModifiedSince ?? '');
    return Date.parse(lastModified) <= since
      ? withHeaders(empty(304), headers)
      : json(200, kind.body(job, now), headers);
  });
