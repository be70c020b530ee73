/** The catalogue in a Blob container, read by the app's identity. Heavy: load it when a catalogue is configured. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CatalogueStore } from '@discogs-agent/core/catalogue';
import { openPackStore } from '@discogs-agent/core/catalogue/pack';
import { unzstd } from '@discogs-agent/dumps/pack';
import { createFetcher } from '../http/fetcher.ts';
import { azureCredential, boundedCredential } from '../secrets/azureCredential.ts';
import { describeTokenFailure } from '../secrets/tokenFailure.ts';
import { noToken } from './blobFailure.ts';
import { createBlobSource } from './blobSource.ts';
import type { ContainerAddress } from './containerAddress.ts';

const SCOPE = 'https://storage.azure.com/.default';
/** Of blocks that are being read: 20 KB each, most of them; the versions of the largest masters are half a megabyte. */
const MAX_BYTES_IN_FLIGHT = 24 * 1024 * 1024;

/** Opens nothing before the first look-up. */
export function openBlobCatalogue(address: ContainerAddress): CatalogueStore {
  const credential = boundedCredential(azureCredential());
  async function getToken(): Promise<string> {
    const token = await credential.getToken(SCOPE).catch((error: unknown) => {
      throw noToken(describeTokenFailure(error)?.detail ?? 'unknown');
    });
    if (token === null) throw noToken('none was given');
    return token.token;
  }
  const now = (): number => performance.now();
  const fetcher = createFetcher(address.origin, MAX_BYTES_IN_FLIGHT);
  const source = createBlobSource({ address, fetcher, getToken, now, sleep: (ms) => sleep(ms) });
  return openPackStore({ source, decompress: unzstd, now });
}
