/** An authorization under way, found by the browser that began it. */
import { answerProof } from './browser.ts';
import type { Context, Visit } from './context.ts';
import type { OAuthFailure } from './failure.ts';
import { type AuthorizationRequest, readRequestRecord } from './records.ts';

/** What a route works with. */
export interface OpenRequest {
  readonly id: string;
  readonly request: AuthorizationRequest;
  readonly expiresAt: number;
  /** What our forms must bring along. */
  readonly proof: string;
}

/** Finds it; a failure where it is over, or where another browser asks. */
export async function openRequest(
  context: Context,
  visit: Visit,
  id: string | undefined,
): Promise<OpenRequest | OAuthFailure> {
  if (id === undefined) return { code: 'parameter_missing', parameter: 'request' };
  const record = await context.stores.requests.get(id);
  if (!record || record.expiresAt <= context.seconds()) return { code: 'request_over' };
  const request = readRequestRecord(record);
  const proof = await answerProof(context, visit, id, request.browser);
  if (proof === undefined) return { code: 'other_browser' };
  return { id, request, expiresAt: record.expiresAt, proof };
}
