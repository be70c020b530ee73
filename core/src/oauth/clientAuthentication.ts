/** Which client calls the token endpoint: by Basic credentials, by parameters of the form, or by its id alone. */

import { looksLikeAddress } from './clientDocument.ts';
import { configuredClient, REGISTERED_PREFIX } from './clients.ts';
import type { Context, Visit } from './context.ts';
import type { OAuthFailure } from './failure.ts';
import type { Parameters } from './form.ts';
import { isSecretOf } from './settings.ts';

const UNAUTHENTICATED: OAuthFailure = { code: 'client_not_authenticated' };

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** Undefined without such a header; null for one that cannot be read. */
function basicCredentials(header: string | undefined): { id: string; secret: string } | undefined | null {
  const [, base64] = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(header ?? '') ?? [];
  if (base64 === undefined) return header === undefined ? undefined : null;
  try {
    const [id = '', ...rest] = atob(base64).split(':');
    return { id: decoded(id), secret: decoded(rest.join(':')) };
  } catch {
    return null;
  }
}

/**
 * The client's id, once it has shown its secret where it has one. A public client shows nothing here: its code or refresh
 * token tells whether it is the right one.
 */
export function authenticateClient(
  { settings }: Pick<Context, 'settings'>,
  { request }: Visit,
  form: Parameters,
): { readonly clientId: string } | OAuthFailure {
  const basic = basicCredentials(request.header('authorization'));
  if (basic === null) return UNAUTHENTICATED;
  const inForm = form('client_id');
  if (basic && inForm !== undefined && inForm !== basic.id) return UNAUTHENTICATED;
  const clientId = basic?.id ?? inForm;
  const secret = basic?.secret || form('client_secret');
  if (clientId === undefined) return UNAUTHENTICATED;
  const configured = configuredClient(settings, clientId);
  if (configured?.secret !== undefined) {
    return secret !== undefined && isSecretOf(configured, secret) ? { clientId } : UNAUTHENTICATED;
  }
  const isPublic =
    configured !== undefined ||
    (settings.clientDocuments && looksLikeAddress(clientId)) ||
    (settings.registration && clientId.startsWith(REGISTERED_PREFIX));
  return isPublic && secret === undefined ? { clientId } : UNAUTHENTICATED;
}
