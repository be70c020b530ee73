/** Reads a pack from a container with the SDK, to check what was uploaded. */
import type { ContainerClient } from '@azure/storage-blob';
import type { RangeAnswer, RangeSource } from '@discogs-agent/core/catalogue/pack';
import { isStatus } from './container.ts';

const CHANGED: RangeAnswer = { kind: 'changed' };

export function containerSource(container: ContainerClient): RangeSource {
  return {
    async read(name, offset, length, etag) {
      try {
        const blob = container.getBlobClient(name);
        const conditions = etag === undefined ? {} : { ifMatch: etag };
        const answer = await blob.download(offset, length, { conditions });
        const chunks: Buffer[] = [];
        for await (const chunk of answer.readableStreamBody ?? []) chunks.push(Buffer.from(chunk));
        return { kind: 'bytes', bytes: Buffer.concat(chunks), etag: answer.etag ?? '' };
      } catch (error) {
        if (isStatus(error, 404, 412)) return CHANGED;
        throw error;
      }
    },
    close: async () => {},
  };
}
