/** All albums in the order that fixes the composed ids: add new ones at the end. */
import { ELECTRONIC } from './electronic.ts';
import type { AlbumFacts } from './facts.ts';
import { POP } from './pop.ts';
import { withComposedPressings } from './pressings.ts';
import { ROCK } from './rock.ts';
import { ROCK_MORE } from './rockMore.ts';
import { WORLD } from './world.ts';

const FACTS: readonly AlbumFacts[] = [...ROCK, ...ROCK_MORE, ...ELECTRONIC, ...POP, ...WORLD];

/** Enough pressings of one album that a search for it, and its versions, fill more than one page. */
const MANY_PRESSINGS = FACTS.filter(({ title }) => title === 'Nevermind').map((album) =>
  withComposedPressings(album, 'DGC'),
);

export const ALBUMS: readonly AlbumFacts[] = [...FACTS, ...MANY_PRESSINGS];
