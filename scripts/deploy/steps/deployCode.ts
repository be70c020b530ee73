/** Brings the app's zip into Azure. */
import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { azText } from '../az/az.ts';
import type { DeployContext } from '../deployContext.ts';
import { done, failed, type Outcome } from '../outcome.ts';
import { type AppTarget, whereIs } from './readApp.ts';

/** az itself waits a minute after a Flex deployment before it looks at the app. */
const TIMEOUT_SECONDS = 20 * 60;

/** A zip of the caller's, or none. */
export async function checkZip(zipPath: string | undefined): Promise<Outcome<string | undefined>> {
  if (zipPath === undefined) return done(undefined);
  const path = resolve(zipPath);
  const there = await access(path).then(
    () => true,
    () => false,
  );
  return there ? done(path) : failed({ kind: 'bad_file', path, detail: 'there is no such file' });
}

async function packaged(context: DeployContext): Promise<Outcome<string>> {
  try {
    return done(await context.createPackage());
  } catch (error) {
    return failed({ kind: 'package_failed', detail: error instanceof Error ? error.message : String(error) });
  }
}

/** Packages the app, unless a zip is given, and deploys it. */
export async function deployCode(
  context: DeployContext,
  target: AppTarget,
  zipPath: string | undefined,
): Promise<Outcome<void>> {
  const zip = zipPath === undefined ? await packaged(context) : done(zipPath);
  if (!zip.ok) return zip;
  context.say(`Deploying ${zip.value} to ${target.app} (a minute or two)`);
  const deployed = await azText(context, {
    doing: 'deploying the package',
    args: ['functionapp', 'deployment', 'source', 'config-zip', ...whereIs(target), '--src', zip.value],
    timeoutSeconds: TIMEOUT_SECONDS,
  });
  return deployed.ok ? done(undefined) : deployed;
}
