/**
 * CORS in front of the app, as the Linux host of Azure Functions does it with ASP.NET Core's middleware: a preflight is
 * answered before any function is looked for, whether or not its origin may call.
 * @see https://github.com/Azure/azure-functions-host/blob/dev/src/WebJobs.Script.WebHost/Configuration/CorsOptionsSetup.cs
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** The platform's list, of which `CORS_ORIGINS` is the copy that the app checks. */
export const corsOriginsOf = ({ CORS_ORIGINS = '' }: NodeJS.ProcessEnv): readonly string[] =>
  CORS_ORIGINS.split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '');

/** Sets what a page of one of `origins` needs in order to read the answer. True: that was all, and it is sent. */
export function answerCors(
  origins: readonly string[],
  { method, headers }: IncomingMessage,
  response: ServerResponse,
): boolean {
  const { origin } = headers;
  if (origin === undefined) return false;
  const isAllowed = origins.includes(origin);
  if (isAllowed) response.setHeader('access-control-allow-origin', origin).setHeader('vary', 'Origin');
  const wanted = headers['access-control-request-method'];
  if (method !== 'OPTIONS' || wanted === undefined) return false;
  if (isAllowed) {
    response.setHeader('access-control-allow-methods', wanted);
    const asked = headers['access-control-request-headers'];
    if (asked !== undefined) response.setHeader('access-control-allow-headers', asked);
  }
  response.writeHead(204).end();
  return true;
}
