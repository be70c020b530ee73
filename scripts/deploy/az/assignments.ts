/** Role assignments of one principal. */
import { z } from 'zod';
import type { DeployContext } from '../deployContext.ts';
import type { Outcome } from '../outcome.ts';
import { az } from './az.ts';

const assignment = z.object({
  id: z.string(),
  name: z.string(),
  roleDefinitionId: z.string(),
  scope: z.string(),
});
export type Assignment = z.infer<typeof assignment>;

/** The GUID at the end of a role definition's id. */
export const roleOf = ({ roleDefinitionId }: Assignment): string =>
  roleDefinitionId.slice(roleDefinitionId.lastIndexOf('/') + 1).toLowerCase();

export interface AssignmentQuery {
  readonly doing: string;
  readonly subscriptionId: string;
  readonly principalId: string;
  readonly scope: string;
  /** Also what comes from above the scope and, for a user, from groups. */
  readonly effective?: { readonly isUser: boolean };
}

export function listAssignments(
  context: DeployContext,
  query: AssignmentQuery,
): Promise<Outcome<Assignment[]>> {
  const { doing, subscriptionId, principalId, scope, effective } = query;
  const wider = effective ? ['--include-inherited', ...(effective.isUser ? ['--include-groups'] : [])] : [];
  return az(
    context,
    {
      doing,
      args: [
        ...['role', 'assignment', 'list', '--subscription', subscriptionId],
        ...['--assignee-object-id', principalId, '--scope', scope, ...wider],
        // Names of principals would need Graph, which a service principal often may not ask.
        ...['--fill-principal-name', 'false'],
      ],
    },
    z.array(assignment),
  );
}
