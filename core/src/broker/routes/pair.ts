/** The pair of a device session: how it is made, and how it travels in addresses. */
import { type Bytes, toHex } from '../../signIn/bytes.ts';

const PENDING_TOKEN_BYTES = 24;

/** What an app reads that did not send both. */
export const PAIR_MISSING = 'device_id and pending_token are required';

/** A secret of 48 hex digits. */
export const newPendingToken = (randomBytes: (length: number) => Bytes): string =>
  toHex(randomBytes(PENDING_TOKEN_BYTES));

/** The pair as a query, without the question mark. */
export const pairQuery = (deviceId: string, pendingToken: string): string =>
  `device_id=${encodeURIComponent(deviceId)}&pending_token=${encodeURIComponent(pendingToken)}`;

/** A parameter, trimmed; empty where absent. */
export const trimmed = (query: URLSearchParams, name: string): string => query.get(name)?.trim() ?? '';

/** A parameter without any white space: terminals wrap long links. */
export const unwrapped = (query: URLSearchParams, name: string): string =>
  query.get(name)?.replace(/\s+/g, '') ?? '';
