/** Which client a request is from: entered by the owner, registered by itself, or described by a document of its own. */
import { createClientDocuments, looksLikeAddress } from './clientDocument.ts';
import type { Client, Context } from './context.ts';
import type { OAuthFailure } from './failure.ts';
import { readClientRecord } from './records.ts';
import type { OAuthSettings } from './settings.ts';

/** Ids of clients that registered themselves. */
export const REGISTERED_PREFIX = 'reg_';
/** A registration with which nobody has signed in for this long is forgotten. */
const REGISTRATION_SECONDS = 90 * 86_400;
/** One with which nobody ever has: anybody may make them, and begin as many sign-ins as they like. */
export const UNUSED_REGISTRATION_SECONDS = 7 * 86_400;

/** The client that the owner has entered under this id. */
export const configuredClient = ({ clients }: OAuthSettings, clientId: string) =>
  clients.find(({ id }) => id === clientId);

/** Makes it for one server. */
export function createFindClient({
  settings,
  stores,
  fetchDocument,
  now,
  seconds,
}: Pick<Context, 'settings' | 'stores' | 'fetchDocument' | 'now' | 'seconds'>): Context['findClient'] {
  const documentOf = createClientDocuments(fetchDocument, now);

  async function byDocument(clientId: string): Promise<Client | OAuthFailure> {
    if (!settings.clientDocuments) return { code: 'client_document', reason: 'switched_off' };
    const result = await documentOf(clientId);
    if (result.kind === 'problem') return { code: 'client_document', reason: result.problem };
    const { redirectUris } = result.document;
    return { id: clientId, redirectUris, mustUsePkce: true, host: new URL(clientId).host };
  }

  return async (clientId) => {
    const configured = configuredClient(settings, clientId);
    if (configured) {
      const { id, redirectUris, secret } = configured;
      return { id, redirectUris, mustUsePkce: secret === undefined, host: undefined };
    }
    if (looksLikeAddress(clientId)) return byDocument(clientId);
    if (!settings.registration || !clientId.startsWith(REGISTERED_PREFIX)) return { code: 'client_unknown' };
    const record = await stores.clients.get(clientId);
    if (!record || record.expiresAt <= seconds()) return { code: 'client_unknown' };
    const { redirectUris } = readClientRecord(record);
    return { id: clientId, redirectUris, mustUsePkce: true, host: undefined };
  };
}

/** A user has let the client in: where it registered itself, it is remembered from now on. */
export async function keepClient(
  { stores, seconds }: Pick<Context, 'stores' | 'seconds'>,
  clientId: string,
): Promise<void> {
  if (!clientId.startsWith(REGISTERED_PREFIX)) return;
  const expiresAt = seconds() + REGISTRATION_SECONDS;
  await stores.clients.change(clientId, (found) => ({ ...found, expiresAt }));
}
