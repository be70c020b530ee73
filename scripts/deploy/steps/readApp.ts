/** The Function App as it is in Azure. */
import { z } from 'zod';
import { az } from '../az/az.ts';
import type { DeployContext } from '../deployContext.ts';
import { done, failed, type Outcome } from '../outcome.ts';

/** Where an app is. */
export interface AppTarget {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly app: string;
}

export interface App {
  readonly hostname: string;
  readonly planId: string;
}

const facts = z.object({ defaultHostName: z.string(), serverFarmId: z.string() });
/** `az functionapp show` answers for Flex what the service said, and for other plans its own, flat form. */
const app = z.union([
  z.object({ properties: facts }).transform(({ properties }) => properties),
  facts,
  z
    .object({ defaultHostName: z.string(), appServicePlanId: z.string() })
    .transform((flat) => ({ defaultHostName: flat.defaultHostName, serverFarmId: flat.appServicePlanId })),
]);
const plan = z.object({ sku: z.object({ name: z.string() }) });

export const whereIs = ({ subscriptionId, resourceGroup, app: name }: AppTarget): readonly string[] => [
  ...['--name', name, '--resource-group', resourceGroup],
  ...['--subscription', subscriptionId],
];

/** The host name is read and never composed: new apps may get one with a hash and a region in it. */
export async function readApp(context: DeployContext, target: AppTarget): Promise<Outcome<App>> {
  const args = ['functionapp', 'show', ...whereIs(target)];
  const found = await az(context, { doing: 'reading the Function App', args }, app);
  if (found.ok) return done({ hostname: found.value.defaultHostName, planId: found.value.serverFarmId });
  return found.failure.kind === 'not_found'
    ? failed({ kind: 'no_app', app: target.app, group: target.resourceGroup })
    : found;
}

/** FC1 is Flex Consumption, Y1 the classic one; an app on either stays there. */
export async function checkPlan(
  context: DeployContext,
  target: AppTarget,
  useFlexConsumption: boolean,
): Promise<Outcome<void>> {
  const existing = await readApp(context, target);
  if (!existing.ok) return existing;
  const found = await az(
    context,
    {
      doing: "reading the app's plan",
      args: ['appservice', 'plan', 'show', '--ids', existing.value.planId],
    },
    plan,
  );
  if (!found.ok) return found;
  const wanted = useFlexConsumption ? 'FC1' : 'Y1';
  const { name } = found.value.sku;
  return name === wanted
    ? done(undefined)
    : failed({ kind: 'other_plan', app: target.app, found: name, wanted });
}
