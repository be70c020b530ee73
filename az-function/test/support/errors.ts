/** Bodies of errors, byte for byte, for tests that meet the same one from several sides. */

export const INVALID_JSON =
  '{"error":"invalid_json","message":"The body is not valid JSON. Send a JSON object."}';

export const KEY_MISMATCH =
  '{"error":"unauthorized","reason":"api_key_mismatch","message":"The client key is missing or wrong. Send it as x-api-key, or as Authorization: Bearer <key>."}';

export const TOKEN_MISSING =
  '{"error":"unauthorized","reason":"discogs_token_missing","message":"Discogs answers this with a token only, and this gateway has none. Its owner must set DISCOGS_TOKEN."}';

export const NO_CLIENT_KEY =
  '{"error":"server_misconfigured","reason":"x_api_key_missing","message":"This gateway has no client key, so it lets nobody in. Its owner must set X_API_KEY or CLIENT_KEYS."}';

export const notAnInteger = (name: string): string =>
  `{"error":"${name} must be an integer","message":"${name} must be an integer, written in the digits 0 to 9."}`;

export const missingFields = (...names: readonly string[]): string =>
  `{"error":"missing_fields","fields":"${names.join(',')}","message":"The body lacks ${names.join(', ')}. Send every required member."}`;

export const invalidSetting = (which: string): string =>
  `{"error":"server_misconfigured","reason":"invalid_setting","which":"${which}","message":"The setting ${which} cannot be used. The log of the gateway says what it must look like."}`;

export const secretUnresolved = (which: string): string =>
  `{"error":"secrets_unresolved","which":"${which}","message":"The secret ${which} cannot be read at the moment. Try again in a minute; if it stays so, the owner must check that it exists and that the gateway may read it."}`;

export const badGateway = (traceId: string | undefined): string =>
  `{"error":"bad_gateway","trace_id":"${traceId}","message":"The connection to Discogs failed. Try again in a moment. After a write, check first whether it was carried out."}`;
