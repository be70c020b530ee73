/** The answers that faults put in the place of Discogs' own. */
import { STATUS_CODES } from 'node:http';
import { cloudflarePage } from '../http/cloudflarePage.ts';
import { tooManyRequests } from '../http/errors.ts';
import { empty, json, message, type Reply, withHeaders } from '../http/reply.ts';
import type { Fault } from './rule.ts';

const TOO_MANY_REQUESTS = 429;
const FOUND = 302;

/** `fromEdge` answers never reached the API and carry none of its headers. */
export interface Replacement {
  readonly reply: Reply;
  readonly fromEdge: boolean;
}

const fromApi = (reply: Reply): Replacement => ({ reply, fromEdge: false });

export function replacementFor(fault: Fault | undefined): Replacement | undefined {
  switch (fault?.kind) {
    case 'status': {
      const text = fault.message ?? STATUS_CODES[fault.status] ?? 'Unknown';
      const reply =
        fault.status === TOO_MANY_REQUESTS && fault.message === undefined
          ? tooManyRequests()
          : message(fault.status, text);
      return fromApi(withHeaders(reply, fault.headers ?? {}));
    }
    case 'empty':
      return fromApi(empty(fault.status));
    case 'html':
      return { reply: cloudflarePage(fault.status), fromEdge: true };
    case 'body': {
      const headers = { 'Content-Type': fault.contentType, ...fault.headers };
      return fromApi({ status: fault.status, headers, body: Buffer.from(fault.body) });
    }
    case 'redirect':
      return fromApi(withHeaders(empty(fault.status ?? FOUND), { Location: fault.location }));
    case 'noContentWithBody':
      return fromApi(json(204, { message: 'This body must not be here.' }));
    case 'huge':
      return fromApi(json(200, ''));
    default:
      return undefined;
  }
}
