/** Which client a request is from: entered by the owner, registered by itself, or described by a document of its own. */
import { createClientDocuments, looksLikeAddress } from './clientDocument.ts';
import type { Client, Context } from './context.ts';
import type { OAuthFailure } from './failure.ts';
import { readClientRecord } from './records.ts';
import type { OAuthSettings } from './settings.ts';

/** Ids of clients that registered themselves. */
export const REGISTERED_PREFIX = 'reg_';
/** A registration that no sign-in has used for this long is forgotten. */
export const REGISTRATION_SECONDS = 90 * 86_400;
/** A registration in use is written once a day at most. */
const EXTEND_AFTER_SECONDS = 86_400;

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
    const now = seconds();
    if (!record || record.expiresAt <= now) return { code: 'client_unknown' };
    if (record.expiresAt - now < REGISTRATION_SECONDS - EXTEND_AFTER_SECONDS) {
      await stores.clients.change(clientId, (found) => ({ ...found, expiresAt: now + REGISTRATION_SECONDS }));
    }
    const { redirectUris } = readClientRecord(record);
    return { id: clientId, redirectUris, mustUsePkce: true, host: undefined };
  };
}
