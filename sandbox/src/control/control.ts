/** The control routes under `/__sandbox/`, for tests that run in another process. */
import type { IncomingMessage } from 'node:http';
import type { FaultList } from '../faults/faultList.ts';
import { InvalidRule, readFields } from '../faults/fieldReader.ts';
import { readRule } from '../faults/readRule.ts';
import { json, message, ok, type Reply } from '../http/reply.ts';
import type { Grants } from '../oauth/grants.ts';
import type { RecordedRequest } from '../options.ts';

export const CONTROL_PREFIX = '/__sandbox/';

export interface Controlled {
  readonly faults: FaultList;
  readonly requests: readonly RecordedRequest[];
  readonly grants: Grants;
  reset(): void;
}

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;
/** Present when a proxy or a web page stands between us and the caller. */
const SECOND_HAND_HEADERS = ['forwarded', 'x-forwarded-for', 'origin'];

export const mayControl = (remoteAddress: string | undefined, headers: IncomingMessage['headers']): boolean =>
  LOOPBACK.test(remoteAddress ?? '') && SECOND_HAND_HEADERS.every((name) => headers[name] === undefined);

/** Runs `use` on the JSON of a body; what is wrong with it is the caller's to mend. */
function withJson(body: Buffer, use: (value: unknown) => Reply): Reply {
  try {
    return use(JSON.parse(body.toString('utf8')));
  } catch (error) {
    if (error instanceof InvalidRule) return message(400, error.message);
    if (error instanceof SyntaxError) return message(400, 'rule: expected JSON');
    throw error;
  }
}

function addFault(rule: unknown, faults: FaultList): Reply {
  faults.add(readRule(rule));
  return json(201, { faults: faults.all() });
}

/** `{"username": …}` takes back the grants of one user, `{}` those of all. */
function revoke(value: unknown, grants: Grants): Reply {
  const fields = readFields(value, '');
  const username = fields.has('username') ? fields.text('username') : undefined;
  fields.end();
  return ok({ revoked: grants.revoke(username) });
}

export function answerControl(method: string, path: string, body: Buffer, controlled: Controlled): Reply {
  const { faults, requests, grants } = controlled;
  switch (`${method} ${path.slice(CONTROL_PREFIX.length)}`) {
    case 'POST faults':
      return withJson(body, (value) => addFault(value, faults));
    case 'GET faults':
      return ok({ faults: faults.all() });
    case 'DELETE faults':
      faults.clear();
      return ok({ faults: [] });
    case 'GET requests':
      return ok({
        requests: requests.map((request) => ({ ...request, body: request.body.toString('utf8') })),
      });
    case 'GET grants':
      return ok({ grants: grants.all().map(({ token, username }) => ({ token, username })) });
    case 'POST revoke':
      return withJson(body, (value) => revoke(value, grants));
    case 'POST reset':
      controlled.reset();
      return ok({ reset: true });
    default:
      return message(404, 'No such control route. See sandbox/src/control/control.ts.');
  }
}
