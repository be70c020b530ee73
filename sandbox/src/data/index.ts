/** All albums in the order that fixes the composed ids: add new ones at the end. */
import { ELECTRONIC } from './electronic.ts';
import type { AlbumFacts } from './facts.ts';
import { POP } from './pop.ts';
import { ROCK } from './rock.ts';
import { ROCK_MORE } from './rockMore.ts';
import { WORLD } from './world.ts';

export const ALBUMS: readonly AlbumFacts[] = [...ROCK, ...ROCK_MORE, ...ELECTRONIC, ...POP, ...WORLD];
