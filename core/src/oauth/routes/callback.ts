/** `GET /authorize/callback`: Discogs sends the browser back, with a verifier or with a no. */
import { constantTimeEqual } from '../../lib/constantTime.ts';
import { RESERVE_MS } from '../../upstream/send.ts';
import { failureToApp, goTo } from '../answers.ts';
import { type Context, isFailure, type Outcome, type Route, type Visit } from '../context.ts';
import { openPair, sealPair } from '../credential.ts';
import { readParameters } from '../form.ts';
import { move, type OpenRequest, openRequest, type Stage } from '../request.ts';

/** No request lives longer: an exchange that began before has ended, and its result is lost. */
const EXCHANGE_SECONDS = 30;

type StageOf<K extends Stage['kind']> = Extract<Stage, { readonly kind: K }>;

/** The page that the browser goes on to. */
const nextPage = ({ baseUrl }: Visit, { id, request }: OpenRequest): Outcome =>
  goTo(`${baseUrl}/${request.target ? 'authorize/consent' : 'grants'}?request=${id}`);

/** Asks whose the credential is, and keeps it where an app is to get it. */
async function identify(
  context: Context,
  visit: Visit,
  open: OpenRequest,
  { sealed }: StageOf<'nameless'>,
): Promise<Outcome> {
  const credential = await openPair(context, ['oauth_requests', open.id], sealed);
  if (!credential) return { code: 'state_unavailable' };
  const result = await context.signIn.identity(credential, visit.deadline);
  if (!result.ok) return { code: 'identity_unknown', failure: result.failure };
  const { id, username } = result.value;
  if (id === null || username === null) return { code: 'identity_unknown', failure: undefined };
  const kept = open.request.target ? sealed : null;
  await move(context, open, 'nameless', { kind: 'signed_in', userId: String(id), username, sealed: kept });
  return nextPage(visit, open);
}

/** Spends the verifier, which works once. A failure of Discogs leaves everything as it was: the page can be reloaded. */
async function exchange(
  context: Context,
  visit: Visit,
  open: OpenRequest,
  stage: StageOf<'at_discogs'>,
  verifier: string,
): Promise<Outcome> {
  const place = ['oauth_requests', open.id] as const;
  const requestToken = await openPair(context, place, stage.sealed);
  if (!requestToken) return { code: 'state_unavailable' };
  const exchanging = { kind: 'exchanging', since: context.seconds() } as const;
  if (!(await move(context, open, 'at_discogs', exchanging))) return { code: 'request_in_progress' };
  // What is left must be enough for the name as well.
  const result = await context.signIn.accessToken(requestToken, verifier, visit.deadline - RESERVE_MS);
  if (!result.ok) {
    await move(context, open, 'exchanging', stage);
    return { code: 'discogs', failure: result.failure };
  }
  const nameless = { kind: 'nameless', sealed: await sealPair(context, place, result.value) } as const;
  if (!(await move(context, open, 'exchanging', nameless))) return { code: 'request_over' };
  return identify(context, visit, open, nameless);
}

export const callback: Route = async (context, visit) => {
  const parameters = readParameters(visit.query);
  if (typeof parameters !== 'function') return parameters;
  const open = await openRequest(context, visit, parameters('request'));
  if (isFailure(open)) return open;
  const { stage, target } = open.request;
  switch (stage.kind) {
    case 'exchanging':
      return Math.abs(context.seconds() - stage.since) > EXCHANGE_SECONDS
        ? { code: 'request_lost' }
        : { code: 'request_in_progress' };
    case 'nameless':
      return identify(context, visit, open, stage);
    case 'signed_in':
      return nextPage(visit, open);
    case 'answered':
      return { code: 'request_over' };
    case 'at_discogs': {
      const token = parameters('oauth_token');
      const verifier = parameters('oauth_verifier');
      if (verifier === undefined || token === undefined) {
        const taken = await context.stores.requests.take(open.id);
        if (!taken) return { code: 'request_over' };
        const denied = { code: 'denied', at: 'discogs' } as const;
        return target ? failureToApp(target, visit.baseUrl, denied) : denied;
      }
      if (!constantTimeEqual(token, stage.requestToken)) {
        return { code: 'parameter_invalid', parameter: 'oauth_token', fix: 'belongs to another sign-in' };
      }
      const work = exchange(context, visit, open, stage, verifier);
      // From here a verifier is spent that Discogs gives only once: the work ends even if the browser has left.
      context.waitUntil(work.catch(() => {}));
      return work;
    }
    default:
      return stage satisfies never;
  }
};
