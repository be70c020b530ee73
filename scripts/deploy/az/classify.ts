/** Reads what kind of refusal an error text of the Azure CLI is. */
import type { AzFailure } from '../failure.ts';

const LONGEST_DETAIL = 600;

/** The first error of the text, on one line: Azure repeats itself over many. */
function firstError(stderr: string): string {
  const text = stderr.replace(/^(WARNING|INFO):.*$/gm, '').trim();
  const line = text
    .replace(/^ERROR:\s*/, '')
    .replace(/\s+/g, ' ')
    .slice(0, LONGEST_DETAIL);
  return line || 'no error text';
}

type Maker = (doing: string, detail: string, match: RegExpExecArray) => AzFailure;

/** In order: the first that matches wins, so the more telling words come first. */
const RULES: readonly (readonly [RegExp, Maker])[] = [
  [
    /MissingSubscriptionRegistration[\s\S]*?namespace '([\w.]+)'/,
    (doing, _, [, namespace = 'the resource provider']) => ({ kind: 'not_registered', doing, namespace }),
  ],
  [/DeploymentActive/, (doing) => ({ kind: 'busy', doing })],
  [
    /SubscriptionIsOverQuotaForSku|QuotaExceeded|exceed\w* .*quota|quota .*exceed/i,
    (doing, detail) => ({ kind: 'quota', doing, detail }),
  ],
  [
    /VaultAlreadyExists|StorageAccountAlreadyTaken|already (taken|in use)|AlreadyExists.*not available/i,
    (doing, detail) => ({ kind: 'name_in_use', doing, detail }),
  ],
  [
    /AuthorizationFailed|ForbiddenByRbac|\(Forbidden\)|not authorized to perform|does not have (authorization|permission)|Authorization_RequestDenied|RequestDisallowedByPolicy/i,
    (doing, detail) => ({ kind: 'no_permission', doing, detail }),
  ],
  [
    /az login|AADSTS\d+|Subscription '[^']*' not found|SubscriptionNotFound/i,
    (_, detail) => ({ kind: 'not_logged_in', detail }),
  ],
  [
    /misspelled or not recognized|unrecognized arguments|invalid choice/i,
    (_, detail) => ({ kind: 'az_too_old', detail }),
  ],
  [
    /ResourceGroupNotFound|ResourceNotFound|DeploymentNotFound|SecretNotFound|\(NotFound\)|could not be found|was not found/i,
    (doing, detail) => ({ kind: 'not_found', doing, detail }),
  ],
  [
    /Max retries exceeded|Failed to establish|Connection (aborted|reset|refused)|getaddrinfo|Name or service not known|Temporary failure in name resolution/i,
    (doing, detail) => ({ kind: 'unreachable', doing, detail }),
  ],
];

/** `doing` completes "while …", as in "creating the resources". */
export function classify(doing: string, stderr: string): AzFailure {
  const detail = firstError(stderr);
  for (const [pattern, make] of RULES) {
    const match = pattern.exec(stderr);
    if (match) return make(doing, detail, match);
  }
  return { kind: 'az_failed', doing, detail };
}
