/** Where telemetry goes and as whom, as the platform's own two variables say it. */

/** Telemetry that is on. */
export interface TelemetrySettings {
  readonly connectionString: string;
  /** Present: a token of the app's identity goes with every batch. `clientId` names a user-assigned one. */
  readonly identity: { readonly clientId: string | undefined } | undefined;
}

/** `unusable`: a connection string is there and cannot be one. That is never a reason to refuse a call. */
export type TelemetryChoice = TelemetrySettings | 'off' | 'unusable';

const KEY = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** `A=1;B=2` by lower-case name; undefined where a part is not a pair. */
function pairs(text: string): ReadonlyMap<string, string> | undefined {
  const found = new Map<string, string>();
  for (const part of text.split(';').filter((piece) => piece.trim() !== '')) {
    const at = part.indexOf('=');
    if (at < 1) return undefined;
    found.set(part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim());
  }
  return found;
}

function isUsable(connectionString: string): boolean {
  const parts = pairs(connectionString);
  const endpoint = parts?.get('ingestionendpoint');
  const good = endpoint === undefined || (URL.canParse(endpoint) && new URL(endpoint).protocol === 'https:');
  return good && KEY.test(parts?.get('instrumentationkey') ?? '');
}

/**
 * Reads `APPLICATIONINSIGHTS_CONNECTION_STRING` and `APPLICATIONINSIGHTS_AUTHENTICATION_STRING`
 * (`Authorization=AAD`, with `ClientId=…` for a user-assigned identity). Never throws.
 *
 * @see https://learn.microsoft.com/azure/azure-functions/functions-app-settings#applicationinsights_authentication_string
 */
export function readTelemetrySettings(
  variables: Readonly<Record<string, string | undefined>>,
): TelemetryChoice {
  // The SDK splits without trimming.
  const connectionString =
    variables['APPLICATIONINSIGHTS_CONNECTION_STRING']?.trim().replace(/;+$/, '') ?? '';
  if (connectionString === '') return 'off';
  if (!isUsable(connectionString)) return 'unusable';
  const authentication = pairs(variables['APPLICATIONINSIGHTS_AUTHENTICATION_STRING'] ?? '');
  const byIdentity = authentication?.get('authorization')?.toLowerCase() === 'aad';
  const clientId = authentication?.get('clientid') || undefined;
  return { connectionString, identity: byIdentity ? { clientId } : undefined };
}
