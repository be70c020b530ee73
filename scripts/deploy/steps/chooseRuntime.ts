/** Which Node the app runs on. */
import { z } from 'zod';
import { az } from '../az/az.ts';
import type { DeployContext } from '../deployContext.ts';
import { done, failed, type Outcome } from '../outcome.ts';

const runtimes = z.array(z.object({ name: z.string(), version: z.string(), default: z.boolean().nullish() }));
type Runtime = z.infer<typeof runtimes>[number];

/** What the package is tested on, newest first. */
const TESTED = ['24', '22'];
/** The last version that classic Linux Consumption got. */
const CLASSIC = '22';

/**
 * 22, until the platform makes 24 its default or stops listing 22. That 24 is listed is no sign by itself: the list says
 * nothing about previews, but a default is none.
 */
export function preferredNode(listed: readonly Runtime[]): string | undefined {
  const usable = TESTED.filter((version) => listed.some((runtime) => runtime.version === version));
  const standard = listed.find((runtime) => runtime.default)?.version;
  return usable.find((version) => version === standard) ?? usable.at(-1);
}

export interface RuntimeWish {
  readonly subscriptionId: string;
  readonly location: string;
  readonly useFlexConsumption: boolean;
  readonly nodeVersion: string | undefined;
}

/** Asks the region, which also tells whether it has Flex Consumption at all. */
export async function chooseRuntime(context: DeployContext, wish: RuntimeWish): Promise<Outcome<string>> {
  const { location, nodeVersion: asked, useFlexConsumption } = wish;
  if (!useFlexConsumption) {
    return asked === undefined || asked === CLASSIC
      ? done(CLASSIC)
      : failed({ kind: 'runtime_unavailable', asked, listed: [CLASSIC], location: 'classic Consumption' });
  }
  const found = await az(
    context,
    {
      doing: 'asking which Node versions the region has',
      args: [
        ...['functionapp', 'list-flexconsumption-runtimes', '--subscription', wish.subscriptionId],
        ...['--location', location, '--runtime', 'node'],
      ],
    },
    runtimes,
  );
  if (!found.ok) return found;
  const listed = found.value.filter(({ name }) => name === 'node');
  const versions = listed.map(({ version }) => version);
  const chosen = asked === undefined ? preferredNode(listed) : versions.find((version) => version === asked);
  if (chosen === undefined) {
    return failed({
      kind: 'runtime_unavailable',
      asked: asked ?? TESTED.join(' or '),
      listed: versions,
      location,
    });
  }
  context.say(`Node ${chosen} (the region offers ${versions.join(', ')})`);
  return done(chosen);
}
