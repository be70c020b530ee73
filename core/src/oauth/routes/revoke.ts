/**
 * `POST /revoke`: an app gives a token back. A refresh token ends its grant; an access token ends alone.
 * @see https://www.rfc-editor.org/rfc/rfc7009
 */
import { programAnswer } from '../answers.ts';
import { authenticateClient } from '../clientAuthentication.ts';
import { isFailure, type Outcome, type Route } from '../context.ts';
import { readForm } from '../form.ts';
import { accessSecondsLeft, standingOf, withoutAccess } from '../grantRules.ts';
import { grantRecord, readGrantRecord } from '../records.ts';
import { readToken } from '../tokens.ts';

/** The same whether or not there was such a token. */
const done = (): Outcome => programAnswer(200, {});

export const revoke: Route = async (context, visit) => {
  const form = await readForm(visit.request);
  if (typeof form !== 'function') return form;
  const client = authenticateClient(context, visit, form);
  if (isFailure(client)) return client;
  const text = form('token');
  if (text === undefined) return { code: 'parameter_missing', parameter: 'token' };
  const { grants } = context.stores;
  const access = await readToken('access', text);
  const presented = access ?? (await readToken('refresh', text));
  const record = presented && (await grants.get(presented.grantId));
  if (!record) return done();
  const grant = readGrantRecord(record);
  if (grant.clientId !== client.clientId) return { code: 'token_of_other_client' };
  const { grantId, hash } = presented;
  const now = context.seconds();
  if (!access) {
    if (standingOf(grant, hash, now) !== 'none') await grants.take(grantId);
  } else if (accessSecondsLeft(grant, hash, now) > 0) {
    await grants.change(grantId, (current) =>
      grantRecord(grantId, withoutAccess(readGrantRecord(current), hash), current.expiresAt),
    );
  }
  return done();
};
