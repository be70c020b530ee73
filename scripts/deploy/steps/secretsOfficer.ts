/** Lends the signed-in account the right to write secrets, for as long as a piece of work takes. */
import { createHash } from 'node:crypto';
import { listAssignments } from '../az/assignments.ts';
import { azText } from '../az/az.ts';
import { SECRETS_OFFICER } from '../az/roles.ts';
import type { DeployContext } from '../deployContext.ts';
import { explain } from '../explain.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import type { Login } from './checkLogin.ts';

const REMOVAL_ATTEMPTS = 3;
const REMOVAL_PAUSE_MS = 10_000;

/** Always the same GUID for an account and a vault, so that a later run recognises what a killed one left. */
export function assignmentName(vaultId: string, principalId: string): string {
  const hash = createHash('sha256')
    .update(`${vaultId}|${principalId}|discogs-agent`.toLowerCase())
    .digest('hex');
  const [a, b, c, d, e] = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    hash.slice(13, 16),
    hash.slice(17, 20),
    hash.slice(20, 32),
  ];
  return `${a}-${b}-4${c}-8${d}-${e}`;
}

async function removeRole(
  context: DeployContext,
  subscriptionId: string,
  assignmentId: string,
): Promise<Outcome<void>> {
  const args = ['role', 'assignment', 'delete', '--ids', assignmentId, '--subscription', subscriptionId];
  for (let attempt = 1; ; attempt += 1) {
    const call = { doing: 'removing the temporary role', args, evenIfInterrupted: true };
    const removed = await azText(context, call);
    if (removed.ok || removed.failure.kind === 'not_found') return done(undefined);
    if (attempt === REMOVAL_ATTEMPTS) {
      const detail = 'detail' in removed.failure ? removed.failure.detail : removed.failure.kind;
      return failed({ kind: 'role_left', assignmentId, detail });
    }
    context.say('  Removing the temporary role failed, once more');
    await context.clock.sleep(REMOVAL_PAUSE_MS);
  }
}

async function lend(
  context: DeployContext,
  login: Login,
  vaultId: string,
  name: string,
): Promise<Outcome<void>> {
  const created = await azText(context, {
    doing: 'giving you the temporary role Key Vault Secrets Officer',
    args: [
      ...['role', 'assignment', 'create', '--subscription', login.subscriptionId],
      ...['--role', SECRETS_OFFICER, '--scope', vaultId, '--name', name],
      ...['--assignee-object-id', login.principalId, '--assignee-principal-type', login.principalType],
      ...['--description', 'Temporary, by the DiscogsAgent deployment; safe to delete'],
    ],
  });
  return created.ok ? done(undefined) : created;
}

/**
 * Runs `work` with the role Key Vault Secrets Officer on the vault. The role goes whatever happens: `work` failing,
 * Ctrl-C, even a creation that failed, since Azure may have done it all the same. An assignment of the owner's own is
 * used and left alone.
 */
export async function withSecretsOfficer(
  context: DeployContext,
  login: Login,
  vaultId: string,
  work: () => Promise<Outcome<void>>,
): Promise<Outcome<void>> {
  const { subscriptionId, principalId } = login;
  const name = assignmentName(vaultId, principalId);
  const existing = await listAssignments(context, {
    doing: 'reading your roles on the vault',
    subscriptionId,
    principalId,
    scope: vaultId,
  });
  if (!existing.ok) return existing;
  const officer = existing.value.filter(({ roleDefinitionId }) =>
    roleDefinitionId.toLowerCase().endsWith(SECRETS_OFFICER),
  );
  const lasting = officer.find((assignment) => assignment.name !== name);
  if (lasting && officer.length === 1) {
    context.say(`You have Key Vault Secrets Officer on the vault already, and keep it (${lasting.id})`);
    return work();
  }
  const id = `${vaultId}/providers/Microsoft.Authorization/roleAssignments/${name}`;
  context.say('Giving you Key Vault Secrets Officer on the vault for a moment');
  const lent = await lend(context, login, vaultId, name);
  const result = lent.ok ? await work() : lent;
  const removed = await removeRole(context, subscriptionId, id);
  if (removed.ok) {
    context.say('Temporary role removed');
    return result;
  }
  if (!result.ok) context.say(`Before that: ${explain(result.failure).what}`);
  return removed;
}

/** Takes back a role that a killed run left, when this run has no secrets to write. */
export async function removeLeftRole(
  context: DeployContext,
  login: Login,
  vaultId: string,
): Promise<Outcome<void>> {
  const { subscriptionId, principalId } = login;
  const existing = await listAssignments(context, {
    doing: 'looking for a role that an earlier run left',
    subscriptionId,
    principalId,
    scope: vaultId,
  });
  if (!existing.ok) return existing;
  const name = assignmentName(vaultId, principalId);
  const left = existing.value.find((assignment) => assignment.name === name);
  return left ? removeRole(context, subscriptionId, left.id) : done(undefined);
}
