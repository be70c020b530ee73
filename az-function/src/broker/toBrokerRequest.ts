/** From an Azure Functions request to one of the broker. */
import type { HttpRequest } from '@azure/functions';
import type { BrokerRequest } from '@discogs-agent/core/broker';
import type { BrokerHostOptions } from './brokerDoor.ts';

/** Fills it. The host has read the body already; one that came in chunks it has lost, which is then an empty one. */
export function toBrokerRequest(
  request: HttpRequest,
  clientAddress: BrokerHostOptions['clientAddress'],
): BrokerRequest {
  const { method, url, headers } = request;
  return {
    method,
    url,
    header: (name) => headers.get(name) ?? undefined,
    async body(limitBytes) {
      if (request.body === null) return new Uint8Array(0);
      const bytes = new Uint8Array(await request.arrayBuffer());
      return bytes.byteLength > limitBytes ? null : bytes;
    },
    clientAddress: clientAddress(headers.get('x-forwarded-for')),
  };
}
