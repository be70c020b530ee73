/** Exports of a seller's inventory. @see https://www.discogs.com/developers#page:inventory-export */
import { inventoryCsv } from '../compose/inventoryCsv.ts';
import { exportBody, exportFilename, exportPath } from '../compose/job.ts';
import { noResource } from '../http/errors.ts';
import type { Reply } from '../http/reply.ts';
import { type ExportJob, isFinished } from '../state/jobs.ts';
import type { User } from '../state/model.ts';
import type { Call, Route } from './call.ts';
import { forJob, getJob, type JobKind, listJobs, startJob } from './jobs.ts';

const EXPORTS: JobKind<ExportJob> = { jobs: ({ state }) => state.exports, body: exportBody };

function newExport({ state, now }: Call, { username }: User) {
  const listings = [...state.listings.values()].filter(({ seller }) => seller === username);
  const createdMs = now();
  const job: ExportJob = {
    id: state.nextId(),
    owner: username,
    createdMs,
    filename: exportFilename(username, createdMs),
    csv: inventoryCsv(listings),
  };
  return { job, path: exportPath(job) };
}

function download(call: Call, job: ExportJob): Reply {
  if (!isFinished(job, call.now())) return noResource();
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename=${job.filename}`,
    },
    body: Buffer.from(job.csv),
  };
}

const EXPORT = '/inventory/export/:job_id';

export const EXPORT_ROUTES: readonly Route[] = [
  { method: 'POST', pattern: '/inventory/export', handle: startJob(EXPORTS, newExport) },
  { method: 'GET', pattern: '/inventory/export', handle: listJobs(EXPORTS) },
  { method: 'GET', pattern: EXPORT, handle: getJob(EXPORTS) },
  { method: 'GET', pattern: `${EXPORT}/download`, handle: forJob(EXPORTS, download) },
];
