/** Blocks that were read: concurrent reads share one, and the least recently used go when the bytes are used up. */
import type { Block } from './block.ts';

export interface BlockCache {
  /** The blocks of `key`, or what `load` gives now. A load that fails is not kept. */
  get(key: string, load: () => Promise<readonly Block[]>): Promise<readonly Block[]>;
  /** Of what is loaded. */
  readonly bytes: number;
}

interface Slot {
  readonly blocks: Promise<readonly Block[]>;
  /** 0 while they are being loaded. */
  bytes: number;
}

/** Of the slot and its promise. */
const SLOT_BYTES = 200;

/** Holds at most `maxBytes` of what is loaded. */
export function createBlockCache(maxBytes: number): BlockCache {
  // In the order of the last use.
  const slots = new Map<string, Slot>();
  let bytes = 0;

  function makeRoom(): void {
    for (const [key, slot] of slots) {
      if (bytes <= maxBytes) return;
      // What is being loaded has no bytes yet, and somebody waits for it.
      if (slot.bytes === 0) continue;
      slots.delete(key);
      bytes -= slot.bytes;
    }
  }

  async function settle(key: string, slot: Slot): Promise<void> {
    try {
      const blocks = await slot.blocks;
      slot.bytes = blocks.reduce((sum, block) => sum + block.bytes, SLOT_BYTES);
      bytes += slot.bytes;
      makeRoom();
    } catch {
      slots.delete(key);
    }
  }

  return {
    get bytes() {
      return bytes;
    },
    get(key, load) {
      const known = slots.get(key);
      const slot = known ?? { blocks: load(), bytes: 0 };
      slots.delete(key);
      slots.set(key, slot);
      if (!known) void settle(key, slot);
      return slot.blocks;
    },
  };
}
