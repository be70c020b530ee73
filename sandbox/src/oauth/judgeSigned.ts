/** Whose signed request it is. */
import type { Judgement } from '../http/credentials.ts';
import { unknownToken } from '../http/errors.ts';
import type { State } from '../state/model.ts';
import { callRefusal } from './refusals.ts';
import type { SignedRequest } from './signed.ts';
import { flawOf } from './verify.ts';

/** A request without a token stands for the application alone, as its key and secret do. */
export function judgeSigned(signed: SignedRequest, { grants, nonces }: State, nowMs: number): Judgement {
  const token = signed.get('oauth_token') ?? '';
  const grant = grants.granted(token);
  if (token !== '' && grant === undefined) return { claimed: true, refusal: unknownToken() };
  if (flawOf(signed, [grant?.secret ?? ''], nonces, nowMs) !== undefined) {
    return { claimed: true, refusal: callRefusal() };
  }
  if (grant === undefined) return { claimed: true, caller: { kind: 'application' } };
  return { claimed: true, caller: { kind: 'user', username: grant.username } };
}
