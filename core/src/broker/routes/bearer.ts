/** The session token of a call. */
import { hashSessionToken } from '../state/sessionToken.ts';
import type { BrokerRequest } from '../wire/types.ts';

/** SHA-256 of the token in `Authorization: Bearer <token>`; undefined without a usable one. */
export async function bearerHash({ header }: BrokerRequest): Promise<string | undefined> {
  const [scheme = '', token = ''] = (header('authorization') ?? '').trim().split(/\s+/);
  return scheme.toLowerCase() === 'bearer' && token !== '' ? hashSessionToken(token) : undefined;
}
