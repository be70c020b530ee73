/** Bodies of exports and uploads. Their times have no zone. */
import { type ExportJob, finishedMs, isFinished, type UploadJob } from '../state/jobs.ts';
import { apiUrl } from './addresses.ts';
import { pacificTime } from './invented.ts';

export const exportPath = ({ id }: ExportJob): string => `/inventory/export/${id}`;

/** `2018-09-27T12:59:02`. */
const localTime = (epochMs: number): string => pacificTime(epochMs).slice(0, 19);

/** `crate_digger-inventory-20180927-1259.csv`. */
export const exportFilename = (username: string, createdMs: number): string =>
  `${username}-inventory-${localTime(createdMs).slice(0, 16).replace(/[-:]/g, '').replace('T', '-')}.csv`;

/** What an unfinished export has for members is composed. */
export function exportBody(job: ExportJob, now: number): object {
  const url = apiUrl(exportPath(job));
  const done = isFinished(job, now);
  return {
    status: done ? 'success' : 'pending',
    created_ts: localTime(job.createdMs),
    url,
    finished_ts: done ? localTime(finishedMs(job)) : null,
    download_url: done ? `${url}/download` : null,
    filename: job.filename,
    id: job.id,
  };
}

export const uploadPath = ({ id }: UploadJob): string => `/inventory/upload/${id}`;

/** What an unfinished upload has for members is composed. */
export function uploadBody(job: UploadJob, now: number): object {
  const done = isFinished(job, now);
  return {
    status: done ? 'success' : 'pending',
    results: done ? job.results : '',
    created_ts: localTime(job.createdMs),
    finished_ts: done ? localTime(finishedMs(job)) : null,
    filename: job.filename,
    type: job.type,
    id: job.id,
  };
}
