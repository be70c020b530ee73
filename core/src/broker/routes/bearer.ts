/** The session token of a call. */

import type { WebRequest } from '../../signIn/web.ts';
import { hashSessionToken } from '../state/sessionToken.ts';

/** SHA-256 of the token in `Authorization: Bearer <token>`; undefined without a usable one. */
export async function bearerHash({ header }: WebRequest): Promise<string | undefined> {
  const [scheme = '', token = ''] = (header('authorization') ?? '').trim().split(/\s+/);
  return scheme.toLowerCase() === 'bearer' && token !== '' ? hashSessionToken(token) : undefined;
}
