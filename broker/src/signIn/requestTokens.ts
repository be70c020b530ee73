/** Table `oauth_request_tokens`. */
import type { RequestTokenStore } from '@discogs-agent/core/broker';
import { changes, first, type Run } from './primary.ts';
import { readRequestToken } from './rows.ts';

export function d1RequestTokens(run: Run): RequestTokenStore {
  return {
    put: async ({ oauthToken, sealedSecret, deviceId, pendingToken, createdAt, expiresAt }) => {
      await run(
        `INSERT INTO oauth_request_tokens
           (oauth_token, oauth_token_secret, device_id, pending_token, created_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (oauth_token) DO UPDATE SET oauth_token_secret = excluded.oauth_token_secret,
           device_id = excluded.device_id, pending_token = excluded.pending_token, created_at = excluded.created_at,
           expires_at = excluded.expires_at`,
        oauthToken,
        sealedSecret,
        deviceId,
        pendingToken,
        createdAt,
        expiresAt,
      );
    },

    claim: async (oauthToken, deviceId, pendingToken, now) => {
      const row = await first(
        run(
          `DELETE FROM oauth_request_tokens
         WHERE oauth_token = ?1 AND device_id = ?2 AND pending_token = ?3 AND expires_at > ?4 RETURNING *`,
          oauthToken,
          deviceId,
          pendingToken,
          now,
        ),
      );
      return row === null ? null : readRequestToken(row);
    },

    dropDevice: async (deviceId) => {
      await run('DELETE FROM oauth_request_tokens WHERE device_id = ?1', deviceId);
    },

    prune: (before) => changes(run('DELETE FROM oauth_request_tokens WHERE expires_at <= ?1', before)),
  };
}
