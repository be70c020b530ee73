/** Whether the signed-in account may do what the deployment does. */
import { listAssignments, roleOf } from '../az/assignments.ts';
import { CONTRIBUTOR, OWNER, RBAC_ADMINISTRATOR, USER_ACCESS_ADMINISTRATOR } from '../az/roles.ts';
import type { DeployContext } from '../deployContext.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import type { Login } from './checkLogin.ts';

const KNOWN = new Set([OWNER, CONTRIBUTOR, USER_ACCESS_ADMINISTRATOR, RBAC_ADMINISTRATOR]);

/** Enough, too little, or not to be told from ids alone, because another role is among them. */
export function judgeRoles(roles: readonly string[]): 'enough' | 'too_little' | 'unknown' {
  const has = (role: string) => roles.includes(role);
  const assigns = has(USER_ACCESS_ADMINISTRATOR) || has(RBAC_ADMINISTRATOR);
  if (has(OWNER) || (has(CONTRIBUTOR) && assigns)) return 'enough';
  return roles.some((role) => !KNOWN.has(role)) ? 'unknown' : 'too_little';
}

/** The deployment makes a resource group and role assignments, so it takes roles on the whole subscription. */
export async function checkPermissions(context: DeployContext, login: Login): Promise<Outcome<void>> {
  const { subscriptionId, principalId, principalType } = login;
  const scope = `/subscriptions/${subscriptionId}`;
  const found = await listAssignments(context, {
    doing: 'reading your roles',
    subscriptionId,
    principalId,
    scope,
    effective: { isUser: principalType === 'User' },
  });
  if (!found.ok) return found;
  const verdict = judgeRoles(found.value.map(roleOf));
  if (verdict === 'too_little') return failed({ kind: 'roles_missing', principalId, scope });
  context.say(
    verdict === 'enough'
      ? 'Your roles are enough'
      : 'Your roles are custom or special ones: whether they are enough, Azure will say',
  );
  return done(undefined);
}
