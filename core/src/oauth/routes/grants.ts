/** `/grants`: a user signs in at Discogs, sees which apps have access, and ends it. */
import { goTo, page } from '../answers.ts';
import { isPartOfPage } from '../browser.ts';
import { appName } from '../consentPage.ts';
import { type Context, isFailure, type Outcome, type Route, type Visit } from '../context.ts';
import { readGrantRecord } from '../records.ts';
import { type OpenRequest, readAnswer, readLook } from '../request.ts';
import { SHORT_SCOPE_WORDS } from '../scopes.ts';
import { goToDiscogs } from './authorize.ts';

/** More grants than a person has; a page of them is enough. */
const MAX_SHOWN = 100;

const signedInUser = ({ request: { stage, target } }: OpenRequest) =>
  stage.kind === 'signed_in' && target === null ? stage : undefined;

const day = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);

async function list(context: Context, { baseUrl }: Visit, open: OpenRequest): Promise<Outcome> {
  const user = signedInUser(open);
  if (!user) return { code: 'request_over' };
  const records = await context.stores.grants.ownedBy(user.userId, MAX_SHOWN);
  const grants = records
    .filter(({ expiresAt }) => expiresAt > context.seconds())
    .map((record) => ({ id: record.id, grant: readGrantRecord(record) }))
    .sort((a, b) => b.grant.createdAt - a.grant.createdAt);
  return page({
    status: 200,
    title: 'Apps with access to your Discogs account',
    message:
      grants.length === 0
        ? `No app has access to the account ${user.username} through this server.`
        : `These apps use the account ${user.username} through this server.`,
    forms: grants.map(({ id, grant }) => ({
      action: `${baseUrl}/grants`,
      text: `${appName(grant)}: ${grant.scopes.map((scope) => SHORT_SCOPE_WORDS[scope]).join(', ')}; since ${day(grant.createdAt)}`,
      hidden: { request: open.id, proof: open.proof, grant: id },
      buttons: [{ name: 'decision', value: 'end', label: 'End access', isSecondary: true }],
    })),
    hints: [
      'Ending it takes effect at once and deletes the stored credential. What you have allowed at Discogs itself you withdraw there, in Settings, Applications.',
    ],
  });
}

export const showGrants: Route = async (context, visit) => {
  if (isPartOfPage(visit)) return { code: 'not_a_page_of_its_own' };
  if (!visit.query.has('request')) return goToDiscogs(context, visit, null);
  const open = await readLook(context, visit);
  return isFailure(open) ? open : list(context, visit, open);
};

export const endGrant: Route = async (context, visit) => {
  const answer = await readAnswer(context, visit);
  if (isFailure(answer)) return answer;
  const { form, open } = answer;
  const user = signedInUser(open);
  if (!user) return { code: 'request_over' };
  const { grants } = context.stores;
  const record = await grants.get(form('grant') ?? '');
  // Of others, it is not even said that there is one.
  if (record && record.owner === user.userId) await grants.take(record.id);
  return goTo(`${visit.baseUrl}/grants?request=${open.id}`);
};
