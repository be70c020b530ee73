/** `GET /v1/device/session/status`: an app asks how far its user is. */

import { jsonAnswer } from '../../signIn/answers.ts';
import { type Route, refuseClient } from '../context.ts';
import { findSession } from '../sessions.ts';
import { PAIR_MISSING, trimmed } from './pair.ts';

export const status: Route = async (context, visit) => {
  const refusal = refuseClient(context, visit);
  if (refusal) return refusal;
  const deviceId = trimmed(visit.query, 'device_id');
  const pendingToken = trimmed(visit.query, 'pending_token');
  if (deviceId === '' || pendingToken === '') {
    return { code: 'invalid_params', message: PAIR_MISSING };
  }
  const found = await findSession(context, deviceId, pendingToken);
  switch (found.kind) {
    case 'none':
      return { code: 'session_not_found' };
    case 'unreadable':
      return { code: 'state_unavailable' };
    case 'pair':
    case 'replay':
      return jsonAnswer(200, { status: found.row.status, expires_at: found.row.expiresAt });
  }
};
