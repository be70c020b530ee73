/**
 * `POST /register`, where a setting allows it: a client enters itself. It gets no secret, and must use PKCE.
 * @see https://www.rfc-editor.org/rfc/rfc7591
 */
import * as z from 'zod/mini';
import { once } from '../../lib/once.ts';
import { toHex } from '../../signIn/bytes.ts';
import { programAnswer } from '../answers.ts';
import { REGISTERED_PREFIX, UNUSED_REGISTRATION_SECONDS } from '../clients.ts';
import type { Route } from '../context.ts';
import { readBody } from '../form.ts';
import { clientRecord } from '../records.ts';
import { isRedirectUri } from '../redirectUri.ts';
import { countAttempt } from '../throttle.ts';

const CLIENT_ID_BYTES = 16;
const MAX_REDIRECT_URIS = 10;
const decoder = new TextDecoder('utf-8', { fatal: true });

/** Everything else that a client says about itself is neither kept nor shown. */
const metadataSchema = once(() => z.looseObject({ redirect_uris: z.array(z.string()) }));

export const register: Route = async (context, { request }) => {
  const { settings, stores, randomBytes, seconds } = context;
  if (!settings.registration) return { code: 'registration_off' };
  const body = await readBody(request);
  if ('code' in body) return body;
  let json: unknown;
  try {
    json = JSON.parse(decoder.decode(body.bytes));
  } catch {
    return { code: 'metadata_invalid', fix: 'must be a JSON object' };
  }
  const { data } = metadataSchema().safeParse(json);
  const redirectUris = data?.redirect_uris ?? [];
  const isUsable = redirectUris.length > 0 && redirectUris.length <= MAX_REDIRECT_URIS;
  if (!isUsable || !redirectUris.every(isRedirectUri)) return { code: 'redirect_uris_invalid' };
  const throttled = await countAttempt(context, request, 'register');
  if (throttled) return throttled;
  const clientId = `${REGISTERED_PREFIX}${toHex(randomBytes(CLIENT_ID_BYTES))}`;
  const now = seconds();
  await stores.clients.insert(clientRecord(clientId, { redirectUris }, now + UNUSED_REGISTRATION_SECONDS));
  return programAnswer(201, {
    client_id: clientId,
    client_id_issued_at: now,
    redirect_uris: redirectUris,
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
  });
};
