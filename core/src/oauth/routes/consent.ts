/** `/authorize/consent`: the user sees what an app wants, and allows it or not. */
import { backToApp, failureToApp } from '../answers.ts';
import { consentPage } from '../consentPage.ts';
import { type Context, isFailure, type Outcome, type Route, type Visit } from '../context.ts';
import type { OAuthFailure } from '../failure.ts';
import { CODE_SECONDS } from '../grantRules.ts';
import { codeOf, type SignedIn, storeGrant } from '../newGrant.ts';
import { type AuthorizationTarget, readGrantRecord, readRequestRecord } from '../records.ts';
import { move, type OpenRequest, readAnswer, readLook } from '../request.ts';
import { newGrantId } from '../tokens.ts';

type Decision = 'allow' | 'deny';
const DENIED: OAuthFailure = { code: 'denied', at: 'here' };

/** What can be answered: an app's request whose user is known. */
function answerable({ request }: OpenRequest): { target: AuthorizationTarget; user: SignedIn } | undefined {
  const { stage, target } = request;
  if (stage.kind !== 'signed_in' || !target || stage.sealed === null) return undefined;
  const { userId, username, sealed } = stage;
  return { target, user: { userId, username, sealed } };
}

export const showConsent: Route = async (context, visit) => {
  const open = await readLook(context, visit);
  if (isFailure(open)) return open;
  const asked = answerable(open);
  if (!asked) return { code: 'request_over' };
  return consentPage(asked.target, asked.user.username, visit.baseUrl, open);
};

/**
 * The first answer is worked on when the same one comes again: a browser sends two for a double click, and shows what the
 * second one gets.
 */
async function answerAgain(
  context: Context,
  { baseUrl }: Visit,
  id: string,
  wanted: Decision,
): Promise<Outcome> {
  const record = await context.stores.requests.get(id);
  const { target, stage } = record ? readRequestRecord(record) : {};
  if (!target || stage?.kind !== 'answered') return { code: 'request_over' };
  const { grantId } = stage;
  if (wanted !== (grantId === null ? 'deny' : 'allow')) return { code: 'request_over' };
  if (grantId === null) return failureToApp(target, baseUrl, DENIED);
  const grant = await context.stores.grants.get(grantId);
  // The app has what it wants; to lead it to a used code would end the grant.
  if (grant && readGrantRecord(grant).code.isUsed) return { code: 'request_over' };
  return backToApp(target, baseUrl, { code: await codeOf(context, id, grantId) });
}

export const answerConsent: Route = async (context, visit) => {
  const answer = await readAnswer(context, visit);
  if (isFailure(answer)) return answer;
  const { form, open } = answer;
  const decision = form('decision');
  if (decision !== 'allow' && decision !== 'deny') return { code: 'request_over' };
  const asked = answerable(open);
  const grantId = decision === 'allow' ? newGrantId(context.randomBytes) : null;
  const until = { id: open.id, expiresAt: context.seconds() + CODE_SECONDS };
  const isFirst = asked && (await move(context, until, 'signed_in', { kind: 'answered', grantId }));
  if (!isFirst) return answerAgain(context, visit, open.id, decision);
  const { target, user } = asked;
  if (grantId === null) return failureToApp(target, visit.baseUrl, DENIED);
  try {
    const code = await codeOf(context, open.id, grantId);
    const failure = await storeGrant(context, grantId, code, open, target, user);
    return failure ?? backToApp(target, visit.baseUrl, { code });
  } catch {
    // The credential is gone, so that a reload would not help: the app hears of it and can begin again.
    context.log.warn('oauth_grant_not_stored');
    return failureToApp(target, visit.baseUrl, { code: 'store_unavailable' });
  }
};
