/** Who is signed in, and to which subscription. */
import { z } from 'zod';
import { az } from '../az/az.ts';
import type { DeployContext } from '../deployContext.ts';
import { done, failed, type Outcome } from '../outcome.ts';

export interface Login {
  readonly subscriptionId: string;
  readonly principalId: string;
  readonly principalType: 'User' | 'ServicePrincipal';
}

const account = z.object({
  id: z.string(),
  name: z.string(),
  user: z.object({ name: z.string(), type: z.string() }),
});
const token = z.object({ accessToken: z.string() });
const claims = z.object({ oid: z.guid() });

/** The object id in a token: right for users, guests, service principals and managed identities, and needs no Graph. */
function objectIdIn(accessToken: string): string | undefined {
  try {
    const [, payload = ''] = accessToken.split('.');
    return claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))).oid;
  } catch {
    return undefined;
  }
}

const inSubscription = (id: string | undefined): readonly string[] => (id ? ['--subscription', id] : []);

/** The subscription by its id, whether it was given by name, by id, or not at all. */
export async function checkSubscription(
  context: DeployContext,
  subscription: string | undefined,
): Promise<Outcome<{ readonly subscriptionId: string; readonly userType: string }>> {
  const found = await az(
    context,
    { doing: 'reading the login', args: ['account', 'show', ...inSubscription(subscription)] },
    account,
  );
  if (!found.ok) return found;
  const { id, name, user } = found.value;
  context.say(`Signed in as ${user.name} (${user.type}), subscription ${name} (${id})`);
  return done({ subscriptionId: id, userType: user.type });
}

/** Subscription and principal. `principalId` stands in where a token cannot be read. */
export async function checkLogin(
  context: DeployContext,
  subscription: string | undefined,
  principalId: string | undefined,
): Promise<Outcome<Login>> {
  const found = await checkSubscription(context, subscription);
  if (!found.ok) return found;
  const { subscriptionId, userType } = found.value;
  const principalType = userType === 'user' ? 'User' : 'ServicePrincipal';
  if (principalId) return done({ subscriptionId, principalId, principalType });
  const access = await az(
    context,
    {
      doing: 'asking for an access token',
      args: ['account', 'get-access-token', ...inSubscription(subscriptionId)],
    },
    token,
  );
  if (!access.ok) return access;
  context.hide(access.value.accessToken);
  const objectId = objectIdIn(access.value.accessToken);
  if (objectId === undefined) return failed({ kind: 'no_principal' });
  return done({ subscriptionId, principalId: objectId, principalType });
}
