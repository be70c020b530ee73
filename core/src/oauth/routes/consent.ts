/** `/authorize/consent`: the user sees what an app wants, and allows it or not. */
import { backToApp, failureToApp } from '../answers.ts';
import { consentPage } from '../consentPage.ts';
import { type Context, isFailure, type Outcome, type Route, type Visit } from '../context.ts';
import { openPair, sealPair } from '../credential.ts';
import { CODE_SECONDS } from '../grantRules.ts';
import { type AuthorizationTarget, grantRecord } from '../records.ts';
import { type OpenRequest, readAnswer, readLook } from '../request.ts';
import { hashOf, newGrantId, newSecret, tokenText } from '../tokens.ts';

interface Signed {
  readonly userId: string;
  readonly username: string;
  readonly sealed: string;
}

/** What can be answered: an app's request whose user is known. */
function answerable({ request }: OpenRequest): { target: AuthorizationTarget; user: Signed } | undefined {
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

/** The grant, and the code that leads to its tokens. */
async function grant(
  context: Context,
  { baseUrl }: Visit,
  { id }: OpenRequest,
  { state, ...target }: AuthorizationTarget,
  { userId, username, sealed }: Signed,
): Promise<Outcome> {
  const { stores, randomBytes, seconds } = context;
  const credential = await openPair(context, ['oauth_requests', id], sealed);
  if (!credential) return { code: 'state_unavailable' };
  const grantId = newGrantId(randomBytes);
  const code = tokenText('code', grantId, newSecret(randomBytes));
  const createdAt = seconds();
  const expiresAt = createdAt + CODE_SECONDS;
  const record = grantRecord(
    grantId,
    {
      ...target,
      userId,
      username,
      sealed: await sealPair(context, ['oauth_grants', grantId], credential),
      createdAt,
      code: { hash: await hashOf(code), expiresAt, isUsed: false },
      access: [],
    },
    expiresAt,
  );
  await stores.grants.insert(record);
  return backToApp({ ...target, state }, baseUrl, { code });
}

export const answerConsent: Route = async (context, visit) => {
  const answer = await readAnswer(context, visit);
  if (isFailure(answer)) return answer;
  const { form, open } = answer;
  const asked = answerable(open);
  const decision = form('decision');
  if (!asked || (decision !== 'allow' && decision !== 'deny')) return { code: 'request_over' };
  // Of two answers, one gets the request; the other one finds it gone.
  if (!(await context.stores.requests.take(open.id))) return { code: 'request_over' };
  const { target, user } = asked;
  if (decision === 'deny') return failureToApp(target, visit.baseUrl, { code: 'denied', at: 'here' });
  try {
    return await grant(context, visit, open, target, user);
  } catch {
    // The request is gone, so that a reload would not help: the app hears of it and can begin again.
    context.log.warn('oauth_grant_not_stored');
    return failureToApp(target, visit.baseUrl, { code: 'store_unavailable' });
  }
};
