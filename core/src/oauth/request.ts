/** An authorization under way, found by the browser that began it. */
import { constantTimeEqual } from '../lib/constantTime.ts';
import { answerProof, isFromElsewhere } from './browser.ts';
import { type Context, isFailure, type Visit } from './context.ts';
import type { OAuthFailure } from './failure.ts';
import { type Parameters, readForm, readParameters } from './form.ts';
import { type AuthorizationRequest, readRequestRecord, requestRecord } from './records.ts';

/** In hex, of 16 random bytes. What else is in the store is nobody's sign-in. */
const REQUEST_ID = /^[0-9a-f]{32}$/;

export type Stage = AuthorizationRequest['stage'];

/** What a route works with. */
export interface OpenRequest {
  readonly id: string;
  readonly request: AuthorizationRequest;
  readonly expiresAt: number;
  /** What our forms must bring along. */
  readonly proof: string;
}

/** An answer on one of our pages. */
export interface PageAnswer {
  readonly form: Parameters;
  readonly open: OpenRequest;
}

/** Reads an answer; a failure where it did not come from our page, in the browser that began. */
export async function readAnswer(context: Context, visit: Visit): Promise<PageAnswer | OAuthFailure> {
  if (isFromElsewhere(visit)) return { code: 'answer_not_confirmed' };
  const form = await readForm(visit.request);
  if (typeof form !== 'function') return form;
  const open = await openRequest(context, visit, form('request'));
  if (isFailure(open)) return open;
  return constantTimeEqual(form('proof') ?? '', open.proof)
    ? { form, open }
    : { code: 'answer_not_confirmed' };
}

/** The same for a page that is only looked at. */
export async function readLook(context: Context, visit: Visit): Promise<OpenRequest | OAuthFailure> {
  const parameters = readParameters(visit.query);
  if (typeof parameters !== 'function') return parameters;
  return openRequest(context, visit, parameters('request'));
}

/** Finds it; a failure where it is over, or where another browser asks. */
export async function openRequest(
  context: Context,
  visit: Visit,
  id: string | undefined,
): Promise<OpenRequest | OAuthFailure> {
  if (id === undefined) return { code: 'parameter_missing', parameter: 'request' };
  const record = REQUEST_ID.test(id) ? await context.stores.requests.get(id) : null;
  if (!record || record.expiresAt <= context.seconds()) return { code: 'request_over' };
  const request = readRequestRecord(record);
  const proof = await answerProof(context, visit, id, request.browser);
  if (proof === undefined) return { code: 'other_browser' };
  return { id, request, expiresAt: record.expiresAt, proof };
}

/** Moves from one stage to another; false when somebody else has moved. */
export const move = (
  { stores }: Pick<Context, 'stores'>,
  { id, expiresAt }: Pick<OpenRequest, 'id' | 'expiresAt'>,
  from: Stage['kind'],
  to: Stage,
): Promise<boolean> =>
  stores.requests.change(id, (record) => {
    const request = readRequestRecord(record);
    return request.stage.kind === from ? requestRecord(id, { ...request, stage: to }, expiresAt) : undefined;
  });
