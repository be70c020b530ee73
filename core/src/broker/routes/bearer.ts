/** The session token of a call. */

import type { WebRequest } from '../../signIn/web.ts';
import { hashSessionToken } from '../state/sessionToken.ts';

/** The token in `Authorization: Bearer <token>`; undefined without a usable one. */
export function bearerToken({ header }: WebRequest): string | undefined {
  const [scheme = '', token = ''] = (header('authorization') ?? '').trim().split(/\s+/);
  return scheme.toLowerCase() === 'bearer' && token !== '' ? token : undefined;
}

/** SHA-256 of it. */
export async function bearerHash(request: WebRequest): Promise<string | undefined> {
  const token = bearerToken(request);
  return token === undefined ? undefined : hashSessionToken(token);
}
