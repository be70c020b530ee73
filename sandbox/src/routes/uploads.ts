/** Uploads to a seller's inventory. @see https://www.discogs.com/developers#page:inventory-upload */
import { uploadBody, uploadPath } from '../compose/job.ts';
import { invalid, notCsv } from '../http/errors.ts';
import { fileIn } from '../http/multipart.ts';
import type { Reply } from '../http/reply.ts';
import { readCsv } from '../state/csv.ts';
import type { UploadJob, UploadType } from '../state/jobs.ts';
import type { User } from '../state/model.ts';
import type { Call, Route } from './call.ts';
import { getJob, type JobKind, listJobs, startJob } from './jobs.ts';
import { applyRow, headerComplaint } from './uploadRows.ts';

const UPLOADS: JobKind<UploadJob> = { jobs: ({ state }) => state.uploads, body: uploadBody };
/** Discogs' own words for what went well; those for a row that did not are composed. */
const resultsOf = (rows: number, problems: readonly string[]): string =>
  [`CSV file contains ${rows} records.`, `Processed ${rows - problems.length} records.`, ...problems].join(
    '<p>',
  );

/** The rows take effect at once; only the word of it takes a while. */
const newUpload =
  (type: UploadType) =>
  (
    { state, now, contentType, body }: Call,
    { username: seller }: User,
  ): { job: UploadJob; path: string } | Reply => {
    const file = fileIn(contentType, body, 'upload');
    if (!file || !(file.contentType === 'text/csv' || /\.csv$/i.test(file.filename))) return notCsv();
    const [header, ...rows] = readCsv(file.content.toString('utf8').replace(/^\uFEFF/, '')) ?? [];
    if (header === undefined || file.content.includes(0)) return notCsv();
    const names = header.map((name) => name.trim().toLowerCase());
    const complaint = headerComplaint(type, names);
    if (complaint !== undefined) return invalid('header', complaint);
    const createdMs = now();
    const problems = rows.flatMap((row, index) => {
      const problem = applyRow(type, names, row, { state, seller, now: createdMs });
      return problem === undefined ? [] : [`Line ${index + 2}: ${problem}`];
    });
    const id = state.nextId();
    const results = resultsOf(rows.length, problems);
    const job: UploadJob = { id, owner: seller, createdMs, filename: file.filename, type, results };
    return { job, path: uploadPath(job) };
  };

const UPLOAD = '/inventory/upload';
const start = (type: UploadType): Route => ({
  method: 'POST',
  pattern: `${UPLOAD}/${type}`,
  handle: startJob(UPLOADS, newUpload(type)),
});

export const UPLOAD_ROUTES: readonly Route[] = [
  start('add'),
  start('change'),
  start('delete'),
  { method: 'GET', pattern: UPLOAD, handle: listJobs(UPLOADS) },
  { method: 'GET', pattern: `${UPLOAD}/:job_id`, handle: getJob(UPLOADS) },
];
