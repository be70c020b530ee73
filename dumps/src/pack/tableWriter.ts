/** Writes one table: blocks of entries in the order of their keys, an index page behind each 1024 of them. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import {
  compareKeys,
  type Entry,
  encodeBlock,
  encodeHandle,
  entryBytes,
  type Handle,
  MAX_KEY_BYTES,
  MAX_RAW_BYTES,
  type TableManifest,
} from '@discogs-agent/core/catalogue/pack';

/** How large a block gets: it ends at whichever comes first. */
export interface BlockSize {
  readonly entries: number;
  readonly rawBytes: number;
}

const PAGE_ENTRIES = 1024;
/** Blocks that are compressed at once: as many as Node has threads for it, twice. */
const IN_FLIGHT = 8;
/** 19 is 8 % smaller than 9 and takes ten times as long: docs/decisions/0020-catalogue-on-azure.md. */
const LEVEL = 9;

const compress = promisify(zstdCompress);
const zstd = (raw: Uint8Array): Promise<Uint8Array> =>
  compress(raw, {
    params: { [constants.ZSTD_c_compressionLevel]: LEVEL, [constants.ZSTD_c_checksumFlag]: 1 },
    // Without it zstd prepares for megabytes.
    pledgedSrcSize: raw.length,
  });

/** Writes `path` and says what the manifest must say of it. Memory does not grow with the table. */
export async function writeTable(
  path: string,
  entries: AsyncIterable<Entry>,
  size: BlockSize,
): Promise<TableManifest> {
  const file = await open(path, 'wx');
  try {
    const md5 = createHash('md5');
    let bytes = 0;
    let count = 0;
    const pages: TableManifest['pages'] = [];
    let page: Entry[] = [];
    let block: Entry[] = [];
    let blockBytes = 0;
    const pending: { firstKey: Uint8Array; rawLength: number; packed: Promise<Uint8Array> }[] = [];

    async function append(packed: Uint8Array, rawLength: number): Promise<Handle> {
      const handle = { offset: bytes, length: packed.length, rawLength };
      md5.update(packed);
      await file.writeFile(packed);
      bytes += packed.length;
      return handle;
    }

    async function endPage(): Promise<void> {
      const [first] = page;
      if (!first) return;
      const raw = encodeBlock(page);
      const { offset, length, rawLength } = await append(await zstd(raw), raw.length);
      pages.push([Buffer.from(first[0]).toString('base64'), offset, length, rawLength]);
      page = [];
    }

    async function writeOldest(): Promise<void> {
      const oldest = pending.shift();
      if (!oldest) return;
      page.push([oldest.firstKey, encodeHandle(await append(await oldest.packed, oldest.rawLength))]);
      if (page.length === PAGE_ENTRIES) await endPage();
    }

    async function endBlock(): Promise<void> {
      const [first] = block;
      if (!first) return;
      const raw = encodeBlock(block);
      pending.push({ firstKey: first[0], rawLength: raw.length, packed: zstd(raw) });
      block = [];
      blockBytes = 0;
      if (pending.length >= IN_FLIGHT) await writeOldest();
    }

    let previous: Uint8Array | undefined;
    for await (const entry of entries) {
      const [key, value] = entry;
      if (previous && compareKeys(previous, key) >= 0) throw new Error(`${path}: keys do not ascend`);
      if (key.length > MAX_KEY_BYTES || value.length > MAX_RAW_BYTES / 2) {
        throw new Error(`${path}: an entry of ${entryBytes(key, value)} bytes is too large`);
      }
      previous = key;
      count += 1;
      // A large record gets a block of its own, so that its neighbours stay cheap.
      if (blockBytes > 0 && blockBytes + entryBytes(key, value) > size.rawBytes) await endBlock();
      block.push(entry);
      blockBytes += entryBytes(key, value);
      if (block.length >= size.entries || blockBytes >= size.rawBytes) await endBlock();
    }
    await endBlock();
    while (pending.length > 0) await writeOldest();
    await endPage();
    await file.sync();
    return { entries: count, bytes, md5: md5.digest('base64'), pages };
  } finally {
    await file.close();
  }
}
