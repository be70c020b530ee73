/** What the resources are called. */
import { createHash } from 'node:crypto';
import type { Failure } from './failure.ts';

export interface Names {
  readonly suffix: string;
  readonly app: string;
  readonly storage: string;
  readonly vault: string;
}

/** Azure's limit for the names of storage accounts and of vaults. */
const SHORT_NAME = 24;
/** As infra/main.bicep limits them. */
const LONGEST_PREFIX = 21;
const LONGEST_SUFFIX = 8;
const plain = (text: string): string => text.replaceAll('-', '').toLowerCase();

/** As infra/main.bicep composes them, which shortens a long prefix. A suffix brings its own hyphen. */
export function namesOf(prefix: string, suffix: string): Names {
  const short = (part: string, end: string) => `${part.slice(0, SHORT_NAME - end.length)}${end}`;
  return {
    suffix,
    app: `${prefix}-func${suffix}`,
    storage: short(plain(prefix), `sa${plain(suffix)}`),
    vault: short(prefix, `-kv${suffix}`),
  };
}

/**
 * The suffix for a plain name that somebody else has. The same subscription and group always give the same one, so a
 * later run finds what an earlier one made.
 */
export function derivedSuffix(subscriptionId: string, resourceGroup: string): string {
  const hash = createHash('sha256').update(`${subscriptionId}/${resourceGroup}`.toLowerCase()).digest('hex');
  return `-${hash.slice(0, 6)}`;
}

/** Azure's rules for names: https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules */
export function badName({ suffix, app, storage, vault }: Names): Failure | undefined {
  const bad = (name: string, rule: string): Failure => ({ kind: 'bad_name', name, rule });
  if (suffix.length > LONGEST_SUFFIX) return bad(suffix, `a suffix has at most ${LONGEST_SUFFIX} characters`);
  if (app.length - `-func${suffix}`.length > LONGEST_PREFIX) {
    return bad(app, `its prefix may have at most ${LONGEST_PREFIX} characters`);
  }
  if (!/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])$/i.test(app)) {
    return bad(app, 'a Function App has 2 to 60 letters, digits and hyphens');
  }
  if (!/^[a-z0-9]{3,24}$/.test(storage))
    return bad(storage, 'a storage account has 3 to 24 letters and digits');
  if (!/^[a-z](?:[a-z0-9]|-(?!-)){1,22}[a-z0-9]$/i.test(vault)) {
    return bad(
      vault,
      'a vault has 3 to 24 letters, digits and single hyphens, begins with a letter and does not end with a hyphen',
    );
  }
  return undefined;
}
