/** The Function App as it is in Azure. */
import { z } from 'zod';
import { az } from '../az/az.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import type { World } from '../world.ts';

/** Where an app is. */
export interface AppPlace {
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

export const whereIs = ({ subscriptionId, resourceGroup, app: name }: AppPlace): readonly string[] => [
  ...['--name', name, '--resource-group', resourceGroup],
  ...['--subscription', subscriptionId],
];

/** The host name is read and never composed: new apps may get one with a hash and a region in it. */
export async function readApp(world: World, place: AppPlace): Promise<Outcome<App>> {
  const args = ['functionapp', 'show', ...whereIs(place)];
  const found = await az(world, { doing: 'reading the Function App', args }, app);
  if (found.ok) return done({ hostname: found.value.defaultHostName, planId: found.value.serverFarmId });
  return found.failure.kind === 'not_found'
    ? failed({ kind: 'no_app', app: place.app, group: place.resourceGroup })
    : found;
}

/** FC1 is Flex Consumption, Y1 the classic one; an app on either stays there. */
export async function checkPlan(
  world: World,
  place: AppPlace,
  useFlexConsumption: boolean,
): Promise<Outcome<void>> {
  const existing = await readApp(world, place);
  if (!existing.ok) return existing;
  const found = await az(
    world,
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
    : failed({ kind: 'other_plan', app: place.app, found: name, wanted });
}
